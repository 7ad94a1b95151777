import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SavedLearner, SavedPool } from '../../../src/core/learning/saved-learner';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Snapshot } from '../../../src/core/terms/snapshots';
import { atOnce } from '../../../src/core/terms/steps';
import type { TeamVerdict, TeamVerification } from '../../../src/core/terms/team';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { snapshotBytes, snapshotIn } from '../../../src/ledger/team/snapshot-bytes';
import { connectTeam } from '../../../src/ledger/team/team-connection';
import type { TeamDatabase } from '../../../src/ledger/team/team-database';
import { openTeamDatabase } from '../../../src/ledger/team/team-database';
import { foldName } from '../../../src/ledger/team/team-snapshots';
import { decisionEntry } from '../ledger-contract';
import type { Member, MemberOptions } from './members';
import { differenceOf, foldedBySamples, learnerOf } from './members';
import { placeAt } from './place-at';
import { knows, patience, teamOfTest } from './team-of-test';

const here = teamOfTest();
const { join, leaves, timesInFiles } = here;
const fold = foldName(foldedBySamples);

function begunOf(member: Member): unknown {
  const status = member.team.status();
  return status.kind === 'joined' ? status.begun : undefined;
}

/** A member that may save snapshots records so many decisions, of three entries each, and one is there. */
async function recorded(member: Member, decisions: number): Promise<void> {
  for (let made = 0; made < decisions; made += 1)
    await member.decides(made % 3 === 0 ? 'cheap' : 'strong', made % 4 === 0 ? 'down' : 'up');
  await knows(member, decisions);
  await expect.poll(() => here.reader.snapshotHeads(fold), patience).not.toEqual([]);
}

describe('a member’s start', () => {
  test('goes on from the server’s snapshot, to what all of the record comes to', async () => {
    const keeper = join();
    await recorded(keeper, 24);
    const [head] = await here.reader.snapshotHeads(fold);
    const newcomer = join();
    await newcomer.decides('middling', 'up');
    await knows(newcomer, 25);
    expect(begunOf(newcomer)).toEqual({ at: head?.sequence, from: 'server' });
    await knows(keeper, 25);
    expect(differenceOf(await keeper.learnt(), await newcomer.learnt())).toBeUndefined();
  });

  test('goes on from its own where it has one, and counts its own entries once', async () => {
    const [record, secret, keptIn] = [memoryRecord(() => 1_000), randomUUID(), here.folder];
    const ledgerId = (): Promise<string> => Promise.resolve('theirs');
    const one = join({ secret, keptIn, ledgerId, local: record.open() });
    await recorded(one, 24);
    const learnt = await one.learnt();
    await leaves(one);
    await here.server.query(here.database, 'DELETE FROM conduit.snapshot');
    const again = join({ secret, keptIn, ledgerId, local: record.open() });
    await knows(again, 24);
    expect(begunOf(again)).toMatchObject({ from: 'machine' });
    expect(differenceOf(learnt, await again.learnt())).toBeUndefined();
    await again.decides('cheap', 'up');
    await knows(again, 25);
    const fresh = join();
    await knows(fresh, 25);
    expect(begunOf(fresh)).toBeUndefined();
    await expect
      .poll(async () => differenceOf(await again.learnt(), await fresh.learnt()), patience)
      .toBeUndefined();
  });

  test('keeps nothing of what it had learnt where something is forgotten', async () => {
    const one = join({ keptIn: here.folder });
    await recorded(one, 24);
    expect(readdirSync(here.folder).length).toBeGreaterThan(0);
    const other = join();
    const id = await other.decides('cheap', 'up');
    await knows(one, 25);
    await other.ledger.forget([id]);
    const isOfNow = async (): Promise<boolean> => {
      const { forgotten } = await here.reader.state();
      const there = (await here.reader.snapshotHeads(fold)).map((head) => head.forgotten);
      return forgotten > 0 && [...timesInFiles(), ...there].every((times) => times === forgotten);
    };
    await knows(one, 24);
    // What is folded anew may be kept anew.
    await expect.poll(isOfNow, patience).toBe(true);
  });
});

describe('a snapshot on the server', () => {
  test('is saved by members whose role may, and by nobody else', async () => {
    for (const role of ['conduit_member', 'conduit_snapshots'])
      await here.server.query(
        'postgres',
        `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role}; END IF; END $$`,
      );
    const ofItsOwn = await here.server.createDatabase();
    await here.server.query('postgres', "CREATE ROLE plain LOGIN PASSWORD 'secret' IN ROLE conduit_member");
    await here.server.query(
      'postgres',
      "CREATE ROLE keeping LOGIN PASSWORD 'secret' IN ROLE conduit_member, conduit_snapshots",
    );
    const opened = async (role: string): Promise<TeamDatabase> => {
      const connection = await connectTeam(placeAt(here.server.url(ofItsOwn, role)));
      return openTeamDatabase(connection, { secret: randomUUID(), ledgerId: role });
    };
    const [owner, plain, keeping] = [await opened('owner'), await opened('plain'), await opened('keeping')];
    expect(await plain.maySaveSnapshots()).toBe(false);
    expect(await keeping.maySaveSnapshots()).toBe(true);
    const place = (role: string): MemberOptions['place'] => placeAt(here.server.url(ofItsOwn, role));
    const reader = join({ place: place('plain') });
    for (let made = 0; made < 24; made += 1) await reader.decides('strong', 'up');
    await knows(reader, 24);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await owner.snapshotHeads(fold)).toEqual([]);
    const keeper = join({ place: place('keeping') });
    await knows(keeper, 24);
    await expect.poll(() => owner.snapshotHeads(fold), patience).toHaveLength(1);
    for (const each of [owner, plain, keeping]) await each.close();
  });

  test('that isn’t what it says is left out with a reason, and what is left serves', async () => {
    const keeper = join();
    await recorded(keeper, 24);
    const whole = await keeper.learnt();
    await leaves(keeper);
    const { salt, last, forgotten } = await here.reader.state();
    const [head] = await here.reader.snapshotHeads(fold);
    const saved = await here.reader.snapshot(fold, head?.sequence ?? 0);
    const snapshot = saved && (await snapshotIn(saved.state, salt));
    if (snapshot === undefined) throw new Error('No snapshot was saved.');
    const bytes = (changes: Partial<Snapshot>, of = salt): Promise<Buffer> =>
      snapshotBytes({ ...snapshot, ...changes }, of);
    const at = snapshot.sequence;
    const cut = (await bytes({})).subarray(0, -1);
    const forged: readonly (readonly [
      reason: string,
      sequence: number,
      forgotten: number,
      state: Buffer | 'too large',
    ])[] = [
      ['it is damaged', at, forgotten, cut],
      ['it is damaged', at, forgotten, await bytes({}, 'the salt of another team')],
      ['it is larger than any can be', at, forgotten, 'too large'],
      [
        'it has entries that the team’s record has not',
        last + 9,
        forgotten,
        await bytes({ sequence: last + 9 }),
      ],
      ['something was deleted since', at, forgotten + 1, await bytes({ timesForgotten: forgotten + 1 })],
      ['something was deleted since', at, forgotten, await bytes({ timesForgotten: forgotten + 1 })],
      ['it was made in another way than it says', at, forgotten, await bytes({ version: 99 })],
      ['it was made in another way than it says', at, forgotten, await bytes({ sequence: at - 1 })],
      ['it is of another record', at, forgotten, await bytes({ atMs: snapshot.atMs + 1 })],
    ];
    for (const [reason, sequence, deleted, state] of forged) {
      await here.server.query(
        here.database,
        `DELETE FROM conduit.snapshot; INSERT INTO conduit.snapshot (fold, sequence, forgotten, state)
          VALUES ('${fold}', ${String(sequence)}, ${String(deleted)}, ${state === 'too large' ? "convert_to(repeat('x', 17000000), 'UTF8')" : `'\\x${state.toString('hex')}'`})`,
      );
      const reader = join();
      await knows(reader, 24);
      expect([reason, reader.team.status()]).toEqual([
        reason,
        expect.objectContaining({ begun: undefined, leftOut: expect.stringContaining(reason) as string }),
      ]);
      expect(differenceOf(whole, await reader.learnt())).toBeUndefined();
      await leaves(reader);
    }
  });

  test('with a state that no learner has is left out, and the one before it serves', async () => {
    const keeper = join();
    await recorded(keeper, 24);
    const whole = await keeper.learnt();
    await leaves(keeper);
    const { salt, forgotten, last } = await here.reader.state();
    const [head] = await here.reader.snapshotHeads(fold);
    const saved = await here.reader.snapshot(fold, head?.sequence ?? 0);
    const snapshot = saved && (await snapshotIn(saved.state, salt));
    const [newest] = (await here.reader.page(last - 1, 1)).entries;
    if (snapshot === undefined || newest === undefined) throw new Error('No snapshot was saved.');
    const { sequence, atMs } = newest.entry;
    const state = await snapshotBytes(
      { ...snapshot, sequence, atMs, state: { ...snapshot.state, met: 'x' } },
      salt,
    );
    expect(await here.reader.saveSnapshot(fold, { sequence, state }, forgotten)).toBe(true);
    const reader = join();
    await knows(reader, 24);
    expect(begunOf(reader)).toEqual({ at: snapshot.sequence, from: 'server' });
    expect(differenceOf(whole, await reader.learnt())).toBeUndefined();
  });

  test('of this machine that is damaged is left out, and the server’s serves', async () => {
    const keeper = join({ keptIn: here.folder });
    await recorded(keeper, 24);
    await leaves(keeper);
    for (const name of readdirSync(here.folder)) {
      const file = path.join(here.folder, name);
      const bytes = readFileSync(file);
      const at = bytes.length - 20;
      bytes[at] = (bytes[at] ?? 0) ^ 255;
      writeFileSync(file, bytes);
    }
    appendFileSync(path.join(here.folder, 'team-anything.snapshot'), 'of a database that was made anew');
    const again = join({ keptIn: here.folder });
    await knows(again, 24);
    expect(begunOf(again)).toMatchObject({ from: 'server' });
    expect(readdirSync(here.folder)).not.toContain('team-anything.snapshot');
  });
});

describe('who verifies a snapshot by folding the record', () => {
  const freshFold = (): TeamVerification['fold'] => {
    const learner = learnerOf();
    return { apply: learner.apply, save: () => Promise.resolve(atOnce(learner.save())) };
  };
  const verdictOf = (member: Member): Promise<TeamVerdict> =>
    member.team.learning.verify({
      by: foldedBySamples,
      fold: freshFold(),
      onShare01: () => undefined,
      signal: new AbortController().signal,
    });

  test('is told that it is what the record comes to, and so it goes on with it', async () => {
    const keeper = join();
    expect(await verdictOf(keeper)).toEqual({ kind: 'none' });
    await recorded(keeper, 24);
    const [head] = await here.reader.snapshotHeads(fold);
    expect(await verdictOf(keeper)).toEqual({ kind: 'same', sequence: head?.sequence });
  });

  test('finds one that somebody made up, and learns from the record alone from then on', async () => {
    const keeper = join();
    await recorded(keeper, 24);
    const whole = await keeper.learnt();
    await leaves(keeper);
    const { salt, forgotten } = await here.reader.state();
    const [head] = await here.reader.snapshotHeads(fold);
    const saved = await here.reader.snapshot(fold, head?.sequence ?? 0);
    const snapshot = saved && (await snapshotIn(saved.state, salt));
    if (snapshot === undefined) throw new Error('No snapshot was saved.');
    const { pools } = snapshot.state as SavedLearner;
    const madeUp = new Map(
      Array.from(pools, ([name, saved]) => {
        const pool = saved as SavedPool;
        return [name, { ...pool, decisions: pool.decisions + 1_000 }];
      }),
    );
    const { sequence } = snapshot;
    const state = await snapshotBytes({ ...snapshot, state: { ...snapshot.state, pools: madeUp } }, salt);
    await here.server.query(here.database, 'DELETE FROM conduit.snapshot');
    expect(await here.reader.saveSnapshot(fold, { sequence, state }, forgotten)).toBe(true);
    const victim = join({ keptIn: here.folder });
    await knows(victim, 1_024);
    expect(await verdictOf(victim)).toMatchObject({ kind: 'different', sequence });
    await knows(victim, 24);
    expect(begunOf(victim)).toBeUndefined();
    expect(differenceOf(whole, await victim.learnt())).toBeUndefined();
  });
});

describe('what is told of a decision that many others followed', () => {
  test('is learnt by all, from the record and from a snapshot', async () => {
    const author = join({ entriesBetween: 2_000 });
    const id = await author.decides('strong');
    await knows(author, 1);
    const others = Array.from({ length: 2_600 }, (_, index): LedgerEntry =>
      decisionEntry(`other-${String(index)}`),
    );
    for (let from = 0; from < others.length; from += 200)
      await here.reader.add(
        others
          .slice(from, from + 200)
          .map((entry, index) => ({ ...entry, sequence: from + index + 1, atMs: 5 })),
      );
    const upTo = async (member: Member, last: number): Promise<void> => {
      await expect
        .poll(async () => {
          await member.learnt();
          const status = member.team.status();
          return status.kind === 'joined' && status.pending === 0 && status.upTo;
        }, patience)
        .toBe(last);
      await member.learnt();
    };
    await upTo(author, 2_602);
    await expect.poll(() => here.reader.snapshotHeads(fold), patience).not.toEqual([]);
    const before = await author.learnt();
    const reader = join({ entriesBetween: 1e9 });
    await upTo(reader, 2_602);
    expect(begunOf(reader)).toMatchObject({ from: 'server' });
    expect(differenceOf(before, await reader.learnt())).toBeUndefined();

    await author.ledger.append([
      {
        kind: 'observation',
        observation: {
          decisionId: id,
          deploymentId: author.idOf('strong'),
          signal: { kind: 'rating', thumb: 'down' },
        },
      },
    ]);
    await upTo(author, 2_603);
    await upTo(reader, 2_603);
    await here.server.query(here.database, 'DELETE FROM conduit.snapshot');
    const fresh = join({ entriesBetween: 1e9 });
    await upTo(fresh, 2_603);
    expect(begunOf(fresh)).toBeUndefined();
    const after = await fresh.learnt();
    expect(differenceOf(before, after)).toBeDefined();
    expect(differenceOf(await author.learnt(), after)).toBeUndefined();
    expect(differenceOf(await reader.learnt(), after)).toBeUndefined();
  });
});
