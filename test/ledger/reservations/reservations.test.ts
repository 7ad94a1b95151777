import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { quietLog, utcCalendar } from '../../core/samples';
import type { BudgetWindow } from './reservations-contract';
import { reservationsContract } from './reservations-contract';

reservationsContract('memory', (clock) => {
  const record = memoryRecord(() => clock.nowMs, { calendar: utcCalendar, uptimeMs: () => clock.uptimeMs });
  return { open: (window) => Promise.resolve(record.open(window)), end: () => Promise.resolve() };
});

reservationsContract('SQLite', (clock) => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  const opened: BudgetWindow[] = [];
  return {
    open: async (window) => {
      const ledger = await sqliteLedger({
        storage,
        window,
        nowMs: () => clock.nowMs,
        uptimeMs: () => clock.uptimeMs,
        calendar: utcCalendar,
        log: quietLog,
      });
      opened.push(ledger);
      return ledger;
    },
    end: async () => {
      for (const ledger of opened) await ledger.close();
      rmSync(storage, { recursive: true, force: true });
    },
  };
});

test('while the file is looked through, what is left can be seen, and nothing is reserved', async () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  const options = { storage, nowMs: () => 0, uptimeMs: () => 1_000, calendar: utcCalendar, log: quietLog };
  const asked = {
    id: 'r',
    leastUsd: 1,
    mostUsd: 1,
    scopes: ['s'],
    caps: [{ scope: 's', usd: 2 }],
    lastsMs: 60_000,
  };
  const other = await sqliteLedger({ ...options, window: 'other' });
  await other.reservations.reserve(asked);
  const ledger = await sqliteLedger({ ...options, window: 'new', check: () => new Promise(() => undefined) });
  const seen = await ledger.reservations.look(['s']);
  expect(seen.scopes).toMatchObject([{ reservedUsd: 1 }]);
  expect(seen.windows).toBe(2);
  await expect(ledger.reservations.reserve({ ...asked, id: 'q' })).rejects.toThrow('looked through');
  await ledger.close();
  await other.close();
  rmSync(storage, { recursive: true, force: true });
});
