import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { connectTeam } from '../../../src/ledger/team/team-connection';
import { openTeamDatabase } from '../../../src/ledger/team/team-database';
import { attemptWith, decisionWith } from '../../core/samples';
import { decisionEntry } from '../ledger-contract';
import { startCutProxy } from './cut-proxy';
import type { Member, MemberOptions } from './members';
import { createMember, differenceOf } from './members';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

let server: PostgresServer;
let database: string;
const members: Member[] = [];

beforeAll(async () => void (server = await startPostgres()), 60_000);
afterAll(() => server.remove());
beforeEach(async () => void (database = await server.createDatabase()));
afterEach(async () => {
  for (const member of members.splice(0)) await member.close();
});

function join(options: Partial<MemberOptions> = {}): Member {
  const member = createMember({ place: placeAt(server.url(database)), ...options });
  members.push(member);
  return member;
}

const patience = { timeout: 20_000, interval: 20 };

async function synced(...all: readonly Member[]): Promise<void> {
  const isSynced = async (): Promise<boolean> => {
    const [head] = await server.query(database, 'SELECT last::int FROM conduit.head').catch(() => []);
    return all.every(({ team }) => {
      const status = team.status();
      return status.kind === 'joined' && status.pending === 0 && status.upTo === head?.['last'];
    });
  };
  await expect.poll(isSynced, patience).toBe(true);
}

describe('members of a team', () => {
  test('learn from each other, whatever each of them calls the models', async () => {
    const [one, other] = [join(), join()];
    for (let times = 0; times < 5; times += 1) await one.decides('strong', 'up');
    await other.decides('cheap', 'down');
    await synced(one, other);
    await expect.poll(async () => (await other.learnt())?.decisions, patience).toBe(6);
    const learnt = await other.learnt();
    expect(differenceOf(await one.learnt(), learnt)).toBeUndefined();
    expect(learnt?.arms).toMatchObject([{ pulls: 1 }, { pulls: 0 }, { pulls: 5 }]);
  });

  test('hear of each other’s ratings from the server, long before they would look by themselves', async () => {
    const [one, other] = [join(), join()];
    const id = await one.decides('strong');
    await synced(one, other);
    await expect.poll(async () => (await other.learnt())?.decisions, patience).toBe(1);
    const before = await other.learnt();
    await one.ledger.append([
      {
        kind: 'observation',
        observation: {
          decisionId: id,
          deploymentId: one.idOf('strong'),
          signal: { kind: 'rating', thumb: 'down' },
        },
      },
    ]);
    await expect.poll(async () => differenceOf(before, await other.learnt()), patience).toBeDefined();
  });

  test('know their own newest entries before the team has them, and count them once when it has', async () => {
    const proxy = await startCutProxy(server.port);
    const url = server.url(database).replace(String(server.port), String(proxy.port));
    const [away, other] = [join({ place: placeAt(url) }), join()];
    await away.decides('strong', 'up');
    await synced(away, other);
    await expect.poll(async () => (await away.learnt())?.decisions, patience).toBe(1);
    proxy.cut();
    await away.decides('strong', 'up');
    await other.decides('cheap', 'down');
    await expect.poll(async () => (await away.learnt())?.decisions, patience).toBe(2);
    await expect.poll(() => away.team.status(), patience).toMatchObject({ connected: false, pending: 3 });
    proxy.mend();
    await synced(away, other);
    await expect.poll(async () => (await away.learnt())?.decisions, patience).toBe(3);
    await expect
      .poll(async () => differenceOf(await away.learnt(), await other.learnt()), patience)
      .toBe(undefined);
    await proxy.close();
  });

  test('go on alone where the database was never reached', async () => {
    const alone = join({ place: placeAt('postgres://nobody@localhost:1/team') });
    await alone.decides('strong', 'up');
    expect(await alone.ledger.readAfter(0)).toHaveLength(3);
    expect(await alone.learnt()).toBeUndefined();
    await expect
      .poll(() => alone.team.status(), patience)
      .toMatchObject({
        connected: false,
        failure: { problem: 'unreachable' },
      });
  });

  test('have two of their own models that are one arm learn alike', async () => {
    const one = join();
    await one.decides('strong', 'up');
    await synced(one);
    const { armOf } = one.team.learning;
    expect(armOf(one.idOf('strong'))).not.toBe(armOf(one.idOf('cheap')));
    const other = join();
    await synced(one, other);
    expect(other.team.learning.armOf(other.idOf('strong'))).toBe(armOf(one.idOf('strong')));
  });

  test('who have something forgotten have it deleted there, now or when it is reached again; others’ stays', async () => {
    const [one, other] = [join(), join()];
    const id = await one.decides('strong', 'up');
    await one.decides('cheap', 'up');
    await other.decides('middling', 'up');
    await synced(one, other);
    await server.kill();
    expect(await one.ledger.forget([id])).toBe(1);
    await server.start();
    const left = async (): Promise<unknown> =>
      (await server.query(database, 'SELECT count(*)::int AS left FROM conduit.entry').catch(() => []))[0];
    await expect.poll(left, patience).toEqual({ left: 6 });
    await expect.poll(async () => (await other.learnt())?.decisions, patience).toBe(2);
    await one.ledger.forget('everything');
    await expect.poll(left, patience).toEqual({ left: 3 });
  });

  test('have a second window, whose entries are sent once', async () => {
    const record = memoryRecord(() => 1_000);
    const secret = randomUUID();
    const ledgerId = (): Promise<string> => Promise.resolve('theirs');
    const windows = [0, 1].map(() => join({ secret, ledgerId, local: record.open() }));
    for (let times = 0; times < 5; times += 1)
      for (const window of windows) await window.decides('strong', 'up');
    await synced(...windows);
    const [counted] = await server.query(database, 'SELECT count(*)::int AS entries FROM conduit.entry');
    expect(counted).toEqual({ entries: 30 });
    for (const window of windows)
      await expect.poll(async () => (await window.learnt())?.decisions, patience).toBe(10);
  });
});

describe('the order of the team’s record', () => {
  test('is that of commits: who reads while a slow one is under way doesn’t skip it', async () => {
    const identity = (): { secret: string; ledgerId: string } => ({
      secret: randomUUID(),
      ledgerId: randomUUID(),
    });
    const connection = await connectTeam(placeAt(server.url(database)));
    const reader = await openTeamDatabase(connection, identity());
    const slow = new pg.Client(server.url(database));
    await slow.connect();
    const append = (client: pg.Client, { secret, ledgerId }: ReturnType<typeof identity>, id: string) =>
      client.query('SELECT * FROM conduit.append($1, $2, $3, $4, $5, $6, $7)', [
        ...[secret, ledgerId, [1], [5], ['decision'], [id], [JSON.stringify(decisionEntry(id))]],
      ]);
    await slow.query('BEGIN');
    await append(slow, identity(), 'slow');
    const quick = new pg.Client(server.url(database));
    await quick.connect();
    const done = append(quick, identity(), 'quick');
    // Nothing of the quick one is there before the slow one's is.
    let upTo = 0;
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      const page = await reader.page(upTo, 10);
      upTo = page.upTo;
      for (const { entry } of page.entries) seen.push(entry.kind === 'decision' ? entry.decision.id : '');
    };
    for (let times = 0; times < 10; times += 1) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen).toEqual([]);
    await slow.query('COMMIT');
    await done;
    await look();
    expect(seen).toEqual(['slow', 'quick']);
    for (const client of [slow, quick]) await client.end();
    await connection.close();
  });

  test('has no gap where a transaction was undone', async () => {
    const [one] = [join()];
    await one.decides('strong');
    await synced(one);
    await server.query(
      database,
      `BEGIN; SELECT * FROM conduit.append(gen_random_uuid(), 'ledger', '{1}', '{5}', '{decision}', '{lost}', ARRAY['{}']); ROLLBACK; SELECT 1`,
    );
    await one.decides('strong');
    await synced(one);
    const [counted] = await server.query(
      database,
      'SELECT count(*)::int AS entries, max(sequence)::int AS last FROM conduit.entry',
    );
    expect(counted).toEqual({ entries: 4, last: 4 });
  });
});

test('a snapshot is the newest of those that were saved, and void once something was forgotten', async () => {
  const connection = await connectTeam(placeAt(server.url(database)));
  const team = await openTeamDatabase(connection, { secret: randomUUID(), ledgerId: 'ledger' });
  await team.add(
    ['a', 'b', 'c'].map((id, index) => ({ ...decisionEntry(id), sequence: index + 1, atMs: 5 })),
  );
  const { forgotten } = await team.state();
  const at = (sequence: number): { sequence: number; state: Uint8Array } => ({
    sequence,
    state: Buffer.from([sequence, 0, 255]),
  });
  expect(await team.snapshotHeads('fold')).toEqual([]);
  for (const sequence of [1, 2, 3])
    expect(await team.saveSnapshot('fold', at(sequence), forgotten)).toBe(true);
  const head = { forgotten, bytes: 3 };
  expect(await team.snapshotHeads('fold')).toEqual([
    { ...head, sequence: 3 },
    { ...head, sequence: 2 },
  ]);
  expect(await team.snapshot('fold', 3)).toEqual(at(3));
  expect(await team.snapshotHeads('another fold')).toEqual([]);
  // Nobody has seen so many entries.
  expect(await team.saveSnapshot('fold', at(4), forgotten)).toBe(false);
  await team.forget(['b']);
  expect(await team.snapshotHeads('fold')).toEqual([]);
  expect(await team.saveSnapshot('fold', at(3), forgotten)).toBe(false);
  await connection.close();
});

test('all that goes over the network has none of the words that are nobody’s business', async () => {
  const proxy = await startCutProxy(server.port);
  const place = placeAt(server.url(database).replace(String(server.port), String(proxy.port)));
  const member = join({ place, vectors: false });
  const word = 'PLANTED';
  const known = { decisionId: `${word}-id`, deploymentId: `${word}-model` };
  const failure = { reason: 'server-error', detail: `${word} failed in /home/${word}`, status: 500 } as const;
  const figures = { quality01: 0.5, bonus: 0, costUsd: 1, latencyMs: 1, utility: 0, probability: 1 };
  const candidates = [{ ...figures, ...known, known: { ability: 0.5, from: 'index' as never, as: word } }];
  const decision = decisionWith({
    id: known.decisionId,
    pool: `${word}-pool`,
    origin: `${word}-origin`,
    conversationId: `${word}-conversation`,
    workspace: `${word}-workspace`,
    preset: word,
    prompt: `${word} prompt`,
    task: word,
    domain: word,
    featureSpace: `text56-v3+${word}`,
    features: [...Array<number>(56).fill(0), 0.123456789],
    deploymentId: known.deploymentId,
    candidates: candidates.map(({ known: _, decisionId: __, ...rest }) => rest),
    excluded: [{ deploymentId: `${word}-other`, reason: 'missing-key' }],
    repeats: `${word}-repeats`,
    stickyInsteadOf: `${word}-sticky`,
    escalatedFrom: `${word}-escalated`,
    escalation: { deploymentId: `${word}-stuck`, steps: 3 },
    changes: [{ deploymentId: `${word}-changed`, recentFrom: 1, oldScale: 1 }],
  });
  const attempt = attemptWith({ ...known, outcome: 'failed', failure });
  const entries: LedgerEntry[] = [
    { kind: 'decision', decision },
    {
      kind: 'attempt',
      attempt: { ...attempt, receipt: { ...attempt.receipt, servedModel: `${word}-served` } },
    },
    { kind: 'observation', observation: { ...known, signal: { kind: 'failed', failure } } },
    {
      kind: 'observation',
      observation: {
        ...known,
        signal: { kind: 'compared', won: true, otherDecisionId: `${word}-compared` },
      },
    },
    {
      kind: 'observation',
      observation: {
        ...known,
        signal: {
          kind: 'judged',
          quality01: 0.7,
          reason: 'good',
          judge: `${word}-judge`,
          probability: 1,
          otherDecisionId: `${word}-second`,
        },
      },
    },
    {
      kind: 'judgement',
      judgement: {
        id: `${word}-judgement`,
        decisionId: known.decisionId,
        judge: `${word}-judge`,
        outcome: 'verdict',
        mostUsd: 0.1,
      },
    },
  ];
  await member.ledger.append(entries);
  await synced(member);
  const [counted] = await server.query(database, 'SELECT count(*)::int AS entries FROM conduit.entry');
  expect(counted).toEqual({ entries: entries.length });
  const sent = proxy.sent();
  expect(sent.length).toBeGreaterThan(1_000);
  for (const encoding of ['utf8', 'utf16le', 'latin1'] as const) {
    const text = sent.toString(encoding).toLowerCase();
    for (const planted of [word, '0.123456789', process.env['USER'] ?? word, process.cwd()].filter(Boolean))
      expect(text).not.toContain(planted.toLowerCase());
  }
  for (const hidden of [Buffer.from(word).toString('base64').slice(0, 8), Buffer.from(word).toString('hex')])
    expect(sent.toString('latin1').toLowerCase()).not.toContain(hidden.toLowerCase());
  await proxy.close();
});
