import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { postgresLedger } from '../../../src/ledger/team/postgres-ledger';
import { ledgerContract } from '../ledger-contract';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

let server: PostgresServer;
beforeAll(async () => void (server = await startPostgres()), 60_000);
afterAll(() => server.remove());

ledgerContract('PostgreSQL', async () => {
  const place = placeAt(server.url(await server.createDatabase()));
  const secret = randomUUID();
  return {
    open: () => postgresLedger({ place, secret, nowMs: () => 77 }),
    remove: () => Promise.resolve(),
  };
});
