import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textSpace } from '../../../src/core/features/feature-space';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import { sharedEntry } from '../../../src/ledger/team/shared-entry';
import { connectTeam } from '../../../src/ledger/team/team-connection';
import { openTeamDatabase, teamQueries } from '../../../src/ledger/team/team-database';
import { foldName } from '../../../src/ledger/team/team-snapshots';
import { attemptWith, decisionWith } from '../../core/samples';
import { runs } from '../../runs';
import type { Member } from './members';
import { createMember, differenceOf, foldedBySamples } from './members';
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

/** Kinds of entries, each in some forms; of a decision, one of each kind. */
function templates(): readonly (readonly [kind: string, payloads: readonly string[]])[] {
  const models = ['a', 'b', 'c', 'd'];
  const figures = { quality01: 0.6123456789, bonus: 0.0312345678, outcomes: 41.25, costUsd: 0.00312345 };
  const candidates = models.map((deploymentId) => ({
    deploymentId,
    ...figures,
    before: { quality01: 0.55123, weight: 6.123 },
    latencyMs: 2_312.5,
    utility: 0.4123456789,
    probability: 0.25,
  }));
  const features = models.map((_, model) =>
    textSpace.ridge.map((__, index) => ((index + model) % 9 === 0 ? 0.4472135955 : 0)),
  );
  const thumbs = ['up', 'up', 'up', 'down'] as const;
  return [
    [
      'decision',
      models.map((deploymentId, index) =>
        payloadOf({
          kind: 'decision',
          decision: decisionWith({
            candidates,
            deploymentId,
            features: features[index] ?? [],
            featureSpace: textSpace.name,
          }),
        }),
      ),
    ],
    [
      'attempt',
      models.map((deploymentId) => payloadOf({ kind: 'attempt', attempt: attemptWith({ deploymentId }) })),
    ],
    [
      'observation',
      models.map((deploymentId, index) =>
        payloadOf({
          kind: 'observation',
          observation: {
            decisionId: 'd',
            deploymentId,
            signal: { kind: 'rating', thumb: thumbs[index] },
          },
        }),
      ),
    ],
  ];
}

/** A hundredth of what is told comes so many decisions late: those are sealed by then. Each is its author's own. */
const late = 3_000;

async function fill(database: string): Promise<void> {
  const numbered = (kind: string): string =>
    kind === 'observation'
      ? `CASE WHEN n % 100 = 0 AND n > ${String(late)} THEN n - ${String(late)} ELSE n END`
      : 'n';
  const rows = templates().map(
    ([kind, payloads], index) => `
      SELECT n * 3 + ${String(index - 2)}, 1 + n % ${String(people)}, n * 3 + ${String(index)}, n, '${kind}',
        md5(of::text), replace((ARRAY[${payloads.map((each) => `'${each}'`).join()}])[1 + of % 4], '{n}', md5(of::text))
      FROM (SELECT n, ${numbered(kind)} AS of FROM generate_series($from, $to) n) numbered`,
  );
  await server.query(
    database,
    `INSERT INTO conduit.source (member, ledger, last)
      SELECT decode(md5(n::text), 'hex'), 'ledger', 9e15 FROM generate_series(1, ${String(people)}) n`,
  );
  for (let from = 1; from <= decisions; from += batch) {
    const to = Math.min(decisions, from + batch - 1);
    const text = rows.join(' UNION ALL ').replaceAll('$from', String(from)).replaceAll('$to', String(to));
    await server.query(database, `INSERT INTO conduit.entry ${text} ORDER BY 1`);
  }
  await server.query(database, `UPDATE conduit.head SET last = ${String(decisions * 3)}`);
  await server.query(database, 'VACUUM ANALYZE conduit.entry');
}

/** Decisions of one statement. */
const batch = 50_000;

/** A statement of the client's with values in it. */
function withValues(text: string, values: readonly string[]): string {
  return values.reduce((so, value, index) => so.replaceAll(`$${String(index + 1)}`, value), text);
}

async function showPlans(database: string): Promise<void> {
  const [half, last] = [Math.floor(decisions * 1.5), decisions * 3];
  const fold = `'${foldName(foldedBySamples)}'`;
  const asked = {
    'a page of what is new': withValues(teamQueries.page, [String(half), '3', '250']),
    'earlier entries of decisions': withValues(teamQueries.ofDecisions, [
      "ARRAY[md5('7'), md5('77')]",
      String(last),
    ]),
    'own entries up to a place': withValues(teamQueries.ownUpTo, ['3', String(Math.max(1, last - 3_000))]),
    'which snapshots there are': withValues(teamQueries.snapshotHeads, [fold]),
    'a snapshot': withValues(teamQueries.snapshot, [fold, String(last)]),
  };
  for (const [what, query] of Object.entries(asked)) {
    const lines = await server.query(
      database,
      `SET enable_seqscan = ${decisions < 10_000 ? 'off' : 'on'}; EXPLAIN (ANALYZE, TIMING OFF) ${query}`,
    );
    const plan = lines.map((row) => String(row['QUERY PLAN'])).join('\n');
    console.log(`${what}:\n${plan}`);
    // A table of two rows for each way of folding is read whole.
    if (query.includes('conduit.snapshot')) continue;
    expect(plan).toMatch(/Index (Only )?Scan|Bitmap Index Scan/);
    expect(plan).not.toContain('Seq Scan');
  }
}

const ms = (since: number): string => `${(performance.now() - since).toFixed(0)} ms`;

/**
 * How long it takes, and the CPU time of it and of about the longest turn of the event loop: what other processes do isn't
 * in that.
 */
async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let longestMs = 0;
  let turnFrom = cpuMs();
  let measuring = true;
  const turn = (): void => {
    const now = cpuMs();
    longestMs = Math.max(longestMs, now - turnFrom);
    turnFrom = now;
    if (measuring) setTimeout(turn, 1);
  };
  turn();
  const [startedMs, cpuFrom] = [performance.now(), cpuMs()];
  await work();
  measuring = false;
  const cpu = (cpuMs() - cpuFrom).toFixed(0);
  console.log(`${what}: ${ms(startedMs)}, ${cpu} ms of CPU; longest turn ${longestMs.toFixed(0)} ms of CPU`);
}

const atHand = (member: Member): Promise<void> =>
  expect
    .poll(async () => (await member.learnt()) !== undefined, { timeout: 6_000_000, interval: 5 })
    .toBe(true);

/** `npm run campaign -- team-years --runs 360000` has a hundredth of the year of 50 people, and prints its figures. */
test('what a client asks of a team’s record of years is found by an index, and its start goes on from a snapshot, however long it is', async () => {
  const database = await server.createDatabase();
  const place = placeAt(server.url(database));
  const connection = await connectTeam(place);
  const team = await openTeamDatabase(connection, { secret: randomUUID(), ledgerId: 'ledger' });
  const filledMs = performance.now();
  await fill(database);
  console.log(`${String(decisions)} decisions were made in ${ms(filledMs)}`);

  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-years-'));
  // A record of a test is shorter than what lies between two snapshots.
  const options = { place, ...(decisions < 10_000 && { entriesBetween: decisions }) };
  const [keeper, secret] = [createMember({ ...options, keptIn: folder }), randomUUID()];
  await timed('the whole record folded, with snapshots on the way', () => atHand(keeper));
  const whole = await keeper.learnt();
  await expect.poll(() => team.snapshotHeads(foldName(foldedBySamples)), { timeout: 60_000 }).not.toEqual([]);
  await keeper.close();

  const newcomer = createMember({ ...options, secret });
  await timed('a client’s start from the server’s snapshot', () => atHand(newcomer));
  expect(begunOf(newcomer)).toMatchObject({ from: 'server' });
  console.log(`of ${String(decisions * 3)} entries, begun after`, begunOf(newcomer));
  expect(differenceOf(whole, await newcomer.learnt())).toBeUndefined();
  await newcomer.close();
  if ((await team.snapshotHeads(foldName(foldedBySamples))).length > 1) {
    await server.query(
      database,
      'DELETE FROM conduit.snapshot WHERE sequence = (SELECT max(sequence) FROM conduit.snapshot)',
    );
    const second = createMember(options);
    await timed('the same from the snapshot before that', () => atHand(second));
    console.log('begun after', begunOf(second));
    expect(differenceOf(whole, await second.learnt())).toBeUndefined();
    await second.close();
  }
  const back = createMember({ ...options, keptIn: folder });
  await timed('a client’s start from its own snapshot', () => atHand(back));
  expect(begunOf(back)).toMatchObject({ from: 'machine' });
  expect(differenceOf(whole, await back.learnt())).toBeUndefined();
  await back.close();
  rmSync(folder, { recursive: true, force: true });

  await showPlans(database);
  const [sizes] = await server.query(
    database,
    `SELECT pg_size_pretty(pg_table_size('conduit.entry')) AS rows,
      pg_size_pretty(pg_indexes_size('conduit.entry')) AS indexes,
      pg_total_relation_size('conduit.entry') / ${String(decisions)} AS bytes_a_decision,
      (SELECT pg_size_pretty(max(octet_length(state))::bigint) FROM conduit.snapshot) AS snapshot`,
  );
  console.log(sizes);
  await timed('where the record stands', () => team.state());
  await timed('a page of 250', () => team.page(Math.floor(decisions * 1.5), 250));
  await timed('one decision added', () =>
    team.add([{ kind: 'decision', decision: decisionWith({ id: 'new' }), sequence: 1, atMs: 5 }]),
  );
  await connection.close();
}, 7_200_000);

function begunOf({ team }: Member): unknown {
  const status = team.status();
  return status.kind === 'joined' ? status.begun : undefined;
}
