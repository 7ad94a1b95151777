import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/terms/snapshots';
import { atOnce } from '../../../src/core/terms/steps';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import type { TeamSnapshots } from '../../../src/ledger/team/team-snapshots';
import { createTeamSnapshots, foldName } from '../../../src/ledger/team/team-snapshots';
import { quietLog } from '../../core/samples';
import type { Member } from './members';
import { differenceOf, foldedBySamples, learnerOf } from './members';
import { knows, patience, teamOfTest } from './team-of-test';

const here = teamOfTest();
const { join, leaves, timesInFiles } = here;

/** So many decisions, of three entries each. */
async function records(member: Member, decisions: number): Promise<void> {
  for (let made = 0; made < decisions; made += 1)
    await member.decides(made % 3 === 0 ? 'cheap' : 'strong', made % 4 === 0 ? 'down' : 'up');
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
    await expect.poll(async () => (await here.reader.state()).forgotten, patience).toBeGreaterThan(1);
    for (const member of [one, other, join()]) await knows(member, 2);
  });

  test('leave nothing of their own where something was forgotten while they were away', async () => {
    const [record, secret, keptIn] = [memoryRecord(() => 1_000), randomUUID(), here.folder];
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
    const one = join({ keptIn: here.folder });
    const other = join();
    await other.decides('cheap', 'up');
    await knows(one, 1);
    await records(one, 24);
    await knows(one, 25);
    await leaves(other);
    const { salt } = await here.reader.state();
    await here.server.query(here.database, 'DROP SCHEMA conduit CASCADE');
    await one.decides('strong', 'up');
    await knows(one, 25);
    await expect.poll(async () => (await here.reader.state()).last, patience).toBe(75);
    expect((await here.reader.state()).salt).not.toBe(salt);
    const fresh = join();
    await knows(fresh, 25);
    expect(differenceOf(await one.learnt(), await fresh.learnt())).toBeUndefined();
  });
});

describe('a snapshot that is being kept', () => {
  const opened = (): TeamSnapshots =>
    createTeamSnapshots({ folder: here.folder, name: 'team', log: quietLog });
  const snapshotAt = (sequence: number, timesForgotten: number): Snapshot => ({
    ...foldedBySamples,
    sequence,
    atMs: 5,
    timesForgotten,
    state: atOnce(learnerOf().save()),
  });
  const isVoid = (): boolean => false;

  test('goes with the others where they are deleted meanwhile', async () => {
    const [snapshots, state] = [opened(), await here.reader.state()];
    const keeping = snapshots.keep(snapshotAt(0, 0), state, { database: undefined, isVoid });
    await Promise.all([snapshots.clear(), keeping]);
    expect(readdirSync(here.folder)).toEqual([]);
    await snapshots.keep(snapshotAt(0, 0), state, { database: undefined, isVoid });
    expect(timesInFiles()).toEqual([0]);
  });

  test('is kept nowhere where it turns out meanwhile to be wrong', async () => {
    const [snapshots, state] = [opened(), await here.reader.state()];
    await snapshots.keep(snapshotAt(0, 0), state, { database: here.reader, isVoid: () => true });
    expect(readdirSync(here.folder)).toEqual([]);
    let isWrong = false;
    const maySaveSnapshots = (): Promise<boolean> => {
      isWrong = true;
      return here.reader.maySaveSnapshots();
    };
    const there = { ...here.reader, maySaveSnapshots };
    await snapshots.keep(snapshotAt(0, 0), state, { database: there, isVoid: () => isWrong });
    expect(await here.reader.snapshotHeads(foldName(foldedBySamples))).toEqual([]);
    await snapshots.keep(snapshotAt(0, 0), state, { database: here.reader, isVoid });
    expect(await here.reader.snapshotHeads(foldName(foldedBySamples))).toHaveLength(1);
  });

  test('neither crowds out one of after a deletion, nor is crowded out by those of before', async () => {
    const [snapshots, otherWindow, state] = [opened(), opened(), await here.reader.state()];
    const to = { database: undefined, isVoid };
    for (const sequence of [60, 90]) await otherWindow.keep(snapshotAt(sequence, 0), state, to);
    await snapshots.keep(snapshotAt(40, 1), state, to);
    expect(timesInFiles()).toEqual([1]);
    await otherWindow.keep(snapshotAt(120, 0), state, to);
    expect(timesInFiles()).toEqual([1]);
  });
});
