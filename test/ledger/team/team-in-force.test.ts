import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import type { TeamInForce } from '../../../src/ledger/team/team-in-force';
import { createTeamInForce } from '../../../src/ledger/team/team-in-force';
import { quietLog } from '../../core/samples';
import { decisionEntry } from '../ledger-contract';
import type { CutProxy } from './cut-proxy';
import { startCutProxy } from './cut-proxy';
import { foldedBySamples } from './members';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

let server: PostgresServer;
let proxy: CutProxy;
let folder: string;
let team: TeamInForce;
let database: string;
let ledgerId = 'first';
const record = memoryRecord(() => 5);
const patience = { timeout: 20_000, interval: 20 };

beforeAll(async () => void (server = await startPostgres()), 60_000);
afterAll(() => server.remove());
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-in-force-'));
  proxy = await startCutProxy(server.port);
  database = await server.createDatabase();
  ledgerId = 'first';
  team = createTeamInForce({
    local: record.open(),
    ledgerId: () => Promise.resolve(ledgerId),
    folder: path.join(folder, 'team'),
    nowMs: Date.now,
    random: Math.random,
    log: quietLog,
    onNews: () => undefined,
  });
});
afterEach(async () => {
  await team.close();
  await proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

function follow(shareVectors = false): Promise<void> {
  const databaseUrl = server.url(database).replace(String(server.port), String(proxy.port));
  return team.follow({ team: { databaseUrl, shareVectors }, deployments: [] });
}

const isSynced = (): boolean => {
  const status = team.status();
  return status.kind === 'joined' && status.pending === 0;
};

test('nothing goes anywhere before the user agreed, and nothing after they left', async () => {
  await team.ledger.append([decisionEntry('before')]);
  await follow();
  expect(team.status()).toEqual({ kind: 'not-agreed', host: 'localhost' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(proxy.sent()).toHaveLength(0);

  await team.agree(true);
  await expect.poll(isSynced, patience).toBe(true);
  await expect
    .poll(
      async () => (await team.learning.news({ by: foldedBySamples, anew: false })).placed.length,
      patience,
    )
    .toBeGreaterThan(0);

  const learnt = path.join(folder, 'team', 'learnt');
  const [name = ''] = readdirSync(path.join(folder, 'team'));
  mkdirSync(learnt);
  writeFileSync(path.join(learnt, `${path.parse(name).name}-of-theirs.snapshot`), 'what the team learnt');
  await team.agree(false);
  expect(readdirSync(learnt)).toEqual([]);
  // The connections take their leave.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const sent = proxy.sent().length;
  await team.ledger.append([decisionEntry('after')]);
  await follow();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(proxy.sent()).toHaveLength(sent);
  expect(await team.learning.news({ by: foldedBySamples, anew: false })).toMatchObject({
    placed: [],
    unplaced: [],
    complete: false,
  });
});

test('what was agreed to holds from then on, for that and no more', async () => {
  await follow();
  await team.agree(true);
  expect(team.status().kind).toBe('joined');
  // Vectors weren't listed.
  await follow(true);
  expect(team.status().kind).toBe('not-agreed');
  await follow(false);
  expect(team.status().kind).toBe('joined');
  await team.follow({ team: { databaseUrl: undefined, shareVectors: false }, deployments: [] });
  expect(team.status()).toEqual({ kind: 'none' });
});

test('the member’s secret can be read by the user alone', async () => {
  await follow();
  await team.agree(true);
  const kept = path.join(folder, 'team');
  expect(statSync(kept).mode & 0o777).toBe(0o700);
  const files = readdirSync(kept);
  expect(files).toHaveLength(1);
  for (const name of files) expect(statSync(path.join(kept, name)).mode & 0o777).toBe(0o600);
});

test('a ledger that was begun anew with copies of the old one’s entries sends what is new, and that alone', async () => {
  await follow();
  await team.agree(true);
  await team.ledger.append([decisionEntry('old')]);
  await expect.poll(isSynced, patience).toBe(true);
  const count = async (): Promise<unknown> =>
    (
      await server.query(database, 'SELECT count(*)::int AS n, max(sequence)::int AS last FROM conduit.entry')
    )[0];
  const entries = (await team.ledger.readAfter(0)).length;
  expect(await count()).toEqual({ n: entries, last: entries });
  // All of it is a copy, but for what follows.
  ledgerId = 'second';
  await team.ledger.append([decisionEntry('new')]);
  await expect.poll(count, patience).toEqual({ n: entries + 1, last: entries + 1 });
  await expect.poll(isSynced, patience).toBe(true);
  await expect
    .poll(async () => {
      const news = await team.learning.news({ by: foldedBySamples, anew: true });
      return news.complete && news.placed.length === entries + 1 && news.unplaced.length === 0;
    }, patience)
    .toBe(true);
});
