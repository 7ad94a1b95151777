import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/terms/snapshots';
import { atOnce } from '../../../src/core/terms/steps';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { connectTeam } from '../../../src/ledger/team/team-connection';
import type { TeamDatabase } from '../../../src/ledger/team/team-database';
import { openTeamDatabase } from '../../../src/ledger/team/team-database';
import type { TeamSnapshots } from '../../../src/ledger/team/team-snapshots';
import { createTeamSnapshots, foldName } from '../../../src/ledger/team/team-snapshots';
import { quietLog } from '../../core/samples';
import type { Member, MemberOptions } from './members';
import { createMember, differenceOf, foldedBySamples, learnerOf } from './members';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

let server: PostgresServer;
let database: string;
let folder: string;
let team: TeamDatabase;
const members: Member[] = [];
const patience = { timeout: 20_000, interval: 20 };

beforeAll(async () => void (server = await startPostgres()), 60_000);
afterAll(() => server.remove());
beforeEach(async () => {
  database = await server.createDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-team-deletions-'));
  const connection = await connectTeam(placeAt(server.url(database)));
  team = await openTeamDatabase(connection, { secret: randomUUID(), ledgerId: 'a reader' });
});
afterEach(async () => {
  for (const member of members.splice(0)) await member.close();
  await team.close();
  rmSync(folder, { recursive: true, force: true });
});

function join(options: Partial<MemberOptions> = {}): Member {
  const member = createMember({ place: placeAt(server.url(database)), entriesBetween: 30, ...options });
  members.push(member);
  return member;
}

async function leaves(member: Member): Promise<void> {
  members.splice(members.indexOf(member), 1);
  await member.close();
}

/** Until it knows so many decisions of the team. */
async function knows(member: Member, decisions: number): Promise<void> {
  await expect.poll(async () => (await member.learnt())?.decisions, patience).toBe(decisions);
  await expect.poll(() => member.team.status(), patience).toMatchObject({ pending: 0 });
}

/** So many decisions, of three entries each. */
async function records(member: Member, decisions: number): Promise<void> {
  for (let made = 0; made < decisions; made += 1)
    await member.decides(made % 3 === 0 ? 'cheap' : 'strong', made % 4 === 0 ? 'down' : 'up');
}

/** Of the snapshots that a machine kept: how often something had been forgotten. */
function timesInFiles(): readonly number[] {
  const whole = readdirSync(folder).filter((name) => name.endsWith('.snapshot'));
  return whole.map((name) => {
    const [line = ''] = readFileSync(path.join(folder, name), 'latin1').split('\n', 1);
    return (JSON.parse(line) as { timesForgotten: number }).timesForgotten;
  });
}

describe('members', () => {
  test('learn what is left, wherever in the record that was', async () => {
    const one = join();
    const other = join();
    const ids: string[] = [];
    for (let made = 0; made < 8; made += 1) {
      await one.decides('cheap', 'down');
      ids.push(await other.decides('strong', 'up'));
    }
    for (const member of [one, other]) await knows(member, 16);
    // Of both at once; of one's own in the middle; of the last in the record; of all.
    await Promise.all([other.ledger.forget(ids.slice(0, 1)), one.ledger.forget('everything')]);
    for (const member of [one, other]) await knows(member, 7);
    for (const which of [ids.slice(3, 4), ids.slice(6)]) await other.ledger.forget(which);
    for (const member of [one, other, join()]) await knows(member, 4);
    await other.ledger.forget('everything');
    const newcomer = join();
    for (const member of [one, other, newcomer]) await knows(member, 0);
    await newcomer.decides('middling', 'up');
    for (const member of [one, other, newcomer]) await knows(member, 1);
    expect(differenceOf(await one.learnt(), await newcomer.learnt())).toBeUndefined();
  });

  test('keep what they record right after a deletion, though it goes while entries are sent', async () => {
    const record = memoryRecord(() => 1_000).open();
    let whileSending = (): Promise<unknown> => Promise.resolve();
    const readAfter: typeof record.readAfter = async (...where) => {
      const work = whileSending;
      whileSending = () => Promise.resolve();
      await work();
      return record.readAfter(...where);
    };
    const [one, other] = [join({ local: { ...record, readAfter } }), join()];
    await records(one, 2);
    for (const member of [one, other]) await knows(member, 2);
    whileSending = async () => {
      await one.ledger.forget('everything');
      await one.decides('strong', 'up');
    };
    await other.decides('cheap', 'up');
    await expect.poll(async () => (await team.state()).forgotten, patience).toBeGreaterThan(1);
    for (const member of [one, other, join()]) await knows(member, 2);
  });

  test('leave nothing of their own where something was forgotten while they were away', async () => {
    const [record, secret, keptIn] = [memoryRecord(() => 1_000), randomUUID(), folder];
    const ledgerId = (): Promise<string> => Promise.resolve('theirs');
    const other = join();
    const id = await other.decides('cheap', 'up');
    const one = join({ secret, keptIn, ledgerId, local: record.open() });
    await knows(one, 1);
    await records(one, 24);
    await knows(one, 25);
    await expect.poll(timesInFiles, patience).toContain(0);
    await leaves(one);
    await other.ledger.forget([id]);
    await knows(other, 24);
    const again = join({ secret, keptIn, ledgerId, local: record.open(), entriesBetween: 1_000 });
    await knows(again, 24);
    expect(again.team.status()).not.toMatchObject({ begun: { from: 'machine' } });
    expect(timesInFiles()).not.toContain(0);
  });

  test('learn anew where the database was made anew while they were connected', async () => {
    const one = join({ keptIn: folder });
    const other = join();
    await other.decides('cheap', 'up');
    await knows(one, 1);
    await records(one, 24);
    await knows(one, 25);
    await leaves(other);
    const { salt } = await team.state();
    await server.query(database, 'DROP SCHEMA conduit CASCADE');
    await one.decides('strong', 'up');
    await knows(one, 25);
    await expect.poll(async () => (await team.state()).last, patience).toBe(75);
    expect((await team.state()).salt).not.toBe(salt);
    const fresh = join();
    await knows(fresh, 25);
    expect(differenceOf(await one.learnt(), await fresh.learnt())).toBeUndefined();
  });
});

describe('a snapshot that is being kept', () => {
  const opened = (): TeamSnapshots => createTeamSnapshots({ folder, name: 'team', log: quietLog });
  const snapshotAt = (sequence: number, timesForgotten: number): Snapshot => ({
    ...foldedBySamples,
    sequence,
    atMs: 5,
    timesForgotten,
    state: atOnce(learnerOf().save()),
  });
  const isVoid = (): boolean => false;

  test('goes with the others where they are deleted meanwhile', async () => {
    const [snapshots, state] = [opened(), await team.state()];
    const keeping = snapshots.keep(snapshotAt(0, 0), state, { database: undefined, isVoid });
    await Promise.all([snapshots.clear(), keeping]);
    expect(readdirSync(folder)).toEqual([]);
    await snapshots.keep(snapshotAt(0, 0), state, { database: undefined, isVoid });
    expect(timesInFiles()).toEqual([0]);
  });

  test('is kept nowhere where it turns out meanwhile to be wrong', async () => {
    const [snapshots, state] = [opened(), await team.state()];
    await snapshots.keep(snapshotAt(0, 0), state, { database: team, isVoid: () => true });
    expect(readdirSync(folder)).toEqual([]);
    let isWrong = false;
    const maySaveSnapshots = (): Promise<boolean> => {
      isWrong = true;
      return team.maySaveSnapshots();
    };
    const there = { ...team, maySaveSnapshots };
    await snapshots.keep(snapshotAt(0, 0), state, { database: there, isVoid: () => isWrong });
    expect(await team.snapshotHeads(foldName(foldedBySamples))).toEqual([]);
    await snapshots.keep(snapshotAt(0, 0), state, { database: team, isVoid });
    expect(await team.snapshotHeads(foldName(foldedBySamples))).toHaveLength(1);
  });

  test('neither crowds out one of after a deletion, nor is crowded out by those of before', async () => {
    const [snapshots, otherWindow, state] = [opened(), opened(), await team.state()];
    const to = { database: undefined, isVoid };
    for (const sequence of [60, 90]) await otherWindow.keep(snapshotAt(sequence, 0), state, to);
    await snapshots.keep(snapshotAt(40, 1), state, to);
    expect(timesInFiles()).toEqual([1]);
    await otherWindow.keep(snapshotAt(120, 0), state, to);
    expect(timesInFiles()).toEqual([1]);
  });
});
