import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textSpace } from '../../../src/core/features/feature-space';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import { sharedEntry } from '../../../src/ledger/team/shared-entry';
import { connectTeam } from '../../../src/ledger/team/team-connection';
import { openTeamDatabase } from '../../../src/ledger/team/team-database';
import { attemptWith, decisionWith } from '../../core/samples';
import { runs } from '../../runs';
import { createMember } from './members';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

let server: PostgresServer;
beforeAll(async () => void (server = await startPostgres()), 60_000);
afterAll(() => server.remove());

/** Of 50 people with 4 models each; three entries a decision. */
const decisions = runs(400);
const people = 50;
const key = (kind: string, id: string): string => `${kind}${id}`.padEnd(16, 'x').slice(0, 16);

/** One entry as it is shared, with `{n}` where the number of its decision is to be. */
function payloadOf(entry: LedgerEntry): string {
  const names = {
    arm: (id: string) => key('arm', id),
    pool: (name: string) => key('pool', name),
    id: () => '{n}',
  };
  const stored: StoredEntry = { ...entry, sequence: 1, atMs: 1 };
  const { sequence: _, atMs: __, ...shared } = sharedEntry(stored, names, { vectors: false });
  return JSON.stringify(shared).replaceAll("'", "''");
}

function templates(): readonly (readonly [kind: string, payload: string])[] {
  const figures = { quality01: 0.6123456789, bonus: 0.0312345678, outcomes: 41.25, costUsd: 0.00312345 };
  const candidates = ['a', 'b', 'c', 'd'].map((deploymentId) => ({
    deploymentId,
    ...figures,
    before: { quality01: 0.55123, weight: 6.123 },
    latencyMs: 2_312.5,
    utility: 0.4123456789,
    probability: 0.25,
  }));
  const features = textSpace.ridge.map((_, index) => (index % 9 === 0 ? 0.4472135955 : 0));
  const decision = decisionWith({ candidates, deploymentId: 'a', features, featureSpace: textSpace.name });
  return [
    ['decision', payloadOf({ kind: 'decision', decision })],
    ['attempt', payloadOf({ kind: 'attempt', attempt: attemptWith({ deploymentId: 'a' }) })],
    [
      'observation',
      payloadOf({
        kind: 'observation',
        observation: { decisionId: 'd', deploymentId: 'a', signal: { kind: 'rating', thumb: 'up' } },
      }),
    ],
  ];
}

/** `npm run campaign -- team-years --runs 360000` has a hundredth of the year of 50 people, and prints its figures. */
test('what a client asks of a team’s record of years is found by an index, however long it is', async () => {
  const database = await server.createDatabase();
  const place = placeAt(server.url(database));
  const connection = await connectTeam(place);
  const [secret, ledgerId] = [randomUUID(), 'ledger'];
  const team = await openTeamDatabase(connection, { secret, ledgerId });
  const rows = templates().map(
    ([kind, payload], index) => `
      SELECT n * 3 + ${String(index - 2)}, 1 + n % ${String(people)}, n * 3 + ${String(index)}, n, '${kind}',
        md5(n::text), replace('${payload}', '{n}', md5(n::text))
      FROM generate_series(1, ${String(decisions)}) n`,
  );
  const fill = `INSERT INTO conduit.entry ${rows.join(' UNION ALL ')} ORDER BY 1;`;
  await server.query(
    database,
    `INSERT INTO conduit.source (member, ledger, last)
        SELECT decode(md5(n::text), 'hex'), 'ledger', 9e15 FROM generate_series(1, ${String(people)}) n;
      ${fill}
      UPDATE conduit.head SET last = ${String(decisions * 3)}; SELECT 1`,
  );
  await server.query(database, 'VACUUM ANALYZE conduit.entry');

  const half = Math.floor(decisions * 1.5);
  const asked = {
    'a page of what is new': `SELECT sequence, at_ms, payload, CASE WHEN source = 3 THEN source_sequence END AS own
        FROM conduit.entry WHERE sequence > ${String(half)} ORDER BY sequence LIMIT 250`,
    'the entries of a decision':
      "SELECT payload FROM conduit.entry WHERE decision_id = md5('7') ORDER BY sequence",
    'whether an entry is there': 'SELECT FROM conduit.entry WHERE source = 3 AND source_sequence = 12',
  };
  for (const [what, query] of Object.entries(asked)) {
    const lines = await server.query(
      database,
      `SET enable_seqscan = ${decisions < 10_000 ? 'off' : 'on'}; EXPLAIN (ANALYZE, TIMING OFF) ${query}`,
    );
    const plan = lines.map((row) => String(row['QUERY PLAN'])).join('\n');
    console.log(`${what}:\n${plan}`);
    expect(plan).toMatch(/Index (Only )?Scan|Bitmap Index Scan/);
    expect(plan).not.toContain('Seq Scan');
  }

  const sizes = await server.query(
    database,
    `SELECT pg_size_pretty(pg_relation_size('conduit.entry')) AS rows,
        pg_size_pretty(pg_indexes_size('conduit.entry')) AS indexes`,
  );
  const timed = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    const startedMs = performance.now();
    await work();
    console.log(`${what}: ${(performance.now() - startedMs).toFixed(0)} ms`);
  };
  console.log(decisions, 'decisions', sizes[0]);
  await timed('where the record stands', () => team.state());
  await timed('a page of 250', () => team.page(half, 250));
  const entry: StoredEntry = {
    kind: 'decision',
    decision: decisionWith({ id: 'new' }),
    sequence: 1,
    atMs: 5,
  };
  await timed('one decision added', () => team.add([entry]));
  const newcomer = createMember({ place });
  await timed('a client’s start without a snapshot', () =>
    expect
      .poll(async () => (await newcomer.learnt()) !== undefined, { timeout: 1_500_000, interval: 5 })
      .toBe(true),
  );
  await newcomer.close();
  await connection.close();
}, 1_800_000);
