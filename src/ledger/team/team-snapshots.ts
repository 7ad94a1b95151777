import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Log } from '../../core/terms/ports';
import type { FoldedBy, Snapshot, Snapshots } from '../../core/terms/snapshots';
import { isSameFold } from '../../core/terms/snapshots';
import type { TeamBeginning } from '../../core/terms/team';
import { fileSnapshots } from '../file-snapshots';
import { mostStoredBytes, snapshotBytes, snapshotIn } from './snapshot-bytes';
import type { TeamDatabase, TeamState } from './team-database';

/** Why a snapshot is left out. */
export type SnapshotFault =
  'damaged' | 'too-large' | 'from-the-future' | 'other-record' | 'before-deletion' | 'other-fold';

/** Where folding begins. */
export interface Begun extends TeamBeginning {
  readonly from: 'machine' | 'server';
}

/** Of a team's record: those that this machine kept, and those of the server. */
export interface TeamSnapshots {
  /** The furthest that is sound, and folded by the same; undefined: none is, and the record is folded from its beginning. */
  newest(database: TeamDatabase, by: FoldedBy, state: TeamState): Promise<Begun | undefined>;
  /** As `newest`, of the server's alone. */
  newestThere: TeamSnapshots['newest'];
  /** What `newest` gave last can't be used: it isn't given again; `all`: nor is any of the server's. */
  refuse(all: boolean): void;
  /** Keeps one here, and there where this member may and enough came since the newest that is there. */
  keep(snapshot: Snapshot, state: TeamState, to: KeptTo): Promise<void>;
  /** Deletes those of this machine: for where something was forgotten. */
  clear(): Promise<void>;
  /** The last one that was left out, in words for the user; undefined: none was since this window is open. */
  leftOut(): string | undefined;
}

export interface KeptTo {
  /** Undefined while it isn't reached. */
  readonly database: TeamDatabase | undefined;
  /** What is to be kept turned out meanwhile to be nothing to go on from. */
  readonly isVoid: () => boolean;
}

export interface TeamSnapshotsParts {
  /** Where this machine's are. */
  readonly folder: string;
  /** Begins the names of this team's there. */
  readonly name: string;
  readonly log: Log;
  /** So many entries are between two of the server's at least; absent: as shipped. */
  readonly entriesBetween?: number | undefined;
}

/** Fewer than between two that one member keeps: several members who may save take turns, and none saves for nothing. */
const usuallyBetween = 4_000;

export function createTeamSnapshots({
  folder,
  name,
  log,
  entriesBetween = usuallyBetween,
}: TeamSnapshotsParts): TeamSnapshots {
  let own: { readonly salt: string; readonly kept: Snapshots } | undefined;
  const refused = new Set<string>();
  let trusts = true;
  let given: string | undefined;
  let leftOut: string | undefined;
  let working: Promise<unknown> = Promise.resolve();

  /** One after the other: what is deleted is all that was begun to be saved before, and nothing of what comes after. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = working.then(work);
    working = done.catch(() => undefined);
    return done;
  }

  /** A database that was made anew under the same address has another salt: what is of the old one goes. */
  async function ownOf(salt: string): Promise<Snapshots> {
    if (own?.salt === salt) return own.kept;
    const ledger = `${name}-${createHash('sha256').update(salt).digest('hex').slice(0, 12)}`;
    const files = await readdir(folder).catch(() => []);
    for (const file of files)
      if (file.startsWith(`${name}-`) && !file.startsWith(`${ledger}.`))
        await rm(path.join(folder, file), { force: true });
    own = { salt, kept: fileSnapshots({ folder, ledger, log }) };
    return own.kept;
  }

  function leaveOut(sequence: number, fault: SnapshotFault): undefined {
    leftOut = l10n.t('the one up to entry {0}: {1}', String(sequence), faultText(fault));
    log.warn(`The team's snapshot up to entry ${String(sequence)} is left out: ${fault}.`);
    return undefined;
  }

  async function ofMachine(
    by: FoldedBy,
    { salt, forgotten: forgottenNow }: TeamState,
  ): Promise<readonly Offer[]> {
    const kept = await ownOf(salt);
    const all = await kept.heads();
    // Something was deleted while no window was there to hear of it.
    const isSound = all.every((head) => head.timesForgotten === forgottenNow);
    if (!isSound) await kept.clear();
    const heads = isSound ? all.filter((head) => isSameFold(head, by)) : [];
    return heads.map((head) => {
      const { sequence, timesForgotten: forgotten } = head;
      return { from: 'machine', sequence, forgotten, bytes: 0, load: () => kept.load(head) };
    });
  }

  async function ofServer(database: TeamDatabase, by: FoldedBy, salt: string): Promise<readonly Offer[]> {
    const fold = foldName(by);
    return (await database.snapshotHeads(fold)).map((head) => {
      const load = async (): Promise<Snapshot | undefined> => {
        const saved = await database.snapshot(fold, head.sequence);
        return saved && snapshotIn(saved.state, salt);
      };
      return { from: 'server', ...head, load };
    });
  }

  async function firstSound(
    offers: readonly Offer[],
    database: TeamDatabase,
    by: FoldedBy,
    state: TeamState,
  ): Promise<Begun | undefined> {
    const furthest = offers
      .filter((offer) => !refused.has(nameOf(offer)))
      .toSorted((one, other) => other.sequence - one.sequence);
    for (const offer of furthest) {
      const begun = await loaded(offer, database, by, state);
      if (begun !== undefined) return begun;
    }
    return undefined;
  }

  async function loaded(
    { from, sequence, forgotten, bytes, load }: Offer,
    database: TeamDatabase,
    by: FoldedBy,
    state: TeamState,
  ): Promise<Begun | undefined> {
    if (bytes > mostStoredBytes) return leaveOut(sequence, 'too-large');
    if (sequence > state.last) return leaveOut(sequence, 'from-the-future');
    if (forgotten !== state.forgotten) return leaveOut(sequence, 'before-deletion');
    const snapshot = await load();
    if (snapshot === undefined) return leaveOut(sequence, 'damaged');
    // What the row says is one thing, and what is in it another.
    if (!isSameFold(snapshot, by) || snapshot.sequence !== sequence) return leaveOut(sequence, 'other-fold');
    if (snapshot.timesForgotten !== state.forgotten) return leaveOut(sequence, 'before-deletion');
    const { atMs } = snapshot;
    const [last] = (await database.page(sequence - 1, 1)).entries;
    if (last?.entry.sequence !== sequence || last.entry.atMs !== atMs)
      return leaveOut(sequence, 'other-record');
    return {
      from,
      to: { sequence, atMs },
      state: snapshot.state,
      ownUpTo: await database.ownUpTo(sequence),
    };
  }

  async function keepHere(snapshot: Snapshot, salt: string, isVoid: () => boolean): Promise<void> {
    if (isVoid()) return;
    const kept = await ownOf(salt);
    const times = (await kept.heads()).map((head) => head.timesForgotten);
    // Another window heard of a deletion before this one.
    if (times.some((each) => each > snapshot.timesForgotten)) return;
    if (times.some((each) => each < snapshot.timesForgotten)) await kept.clear();
    await kept.save(snapshot);
  }

  async function keepThere(
    snapshot: Snapshot,
    salt: string,
    database: TeamDatabase,
    isVoid: () => boolean,
  ): Promise<void> {
    if (!(await database.maySaveSnapshots())) return;
    const [newest] = await database.snapshotHeads(foldName(snapshot));
    const { sequence, timesForgotten } = snapshot;
    if (newest?.forgotten === timesForgotten && sequence - newest.sequence < entriesBetween) return;
    const state = await snapshotBytes(snapshot, salt);
    if (isVoid()) return;
    await database.saveSnapshot(foldName(snapshot), { sequence, state }, timesForgotten);
  }

  function told(what: 'kept' | 'deleted', error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    log.warn(`What the team learnt could not be ${what}: ${detail}`);
  }

  return {
    newest: async (database, by, state) => {
      const there = trusts ? await ofServer(database, by, state.salt) : [];
      const offers = [...(await inTurn(() => ofMachine(by, state))), ...there];
      const begun = await firstSound(offers, database, by, state);
      given = begun && nameOf({ ...begun, ...begun.to, forgotten: state.forgotten });
      return begun;
    },
    newestThere: async (database, by, state) =>
      firstSound(await ofServer(database, by, state.salt), database, by, state),
    refuse: (all) => {
      if (given !== undefined) refused.add(given);
      if (all) trusts = false;
    },
    keep: async (snapshot, { salt }, { database, isVoid }) => {
      try {
        await inTurn(() => keepHere(snapshot, salt, isVoid));
        if (database !== undefined && !isVoid()) await keepThere(snapshot, salt, database, isVoid);
      } catch (error) {
        told('kept', error);
      }
    },
    clear: () =>
      inTurn(async () => {
        for (const file of await readdir(folder).catch(() => []))
          if (file.startsWith(`${name}-`)) await rm(path.join(folder, file), { force: true });
      }).catch((error: unknown) => {
        told('deleted', error);
      }),
    leftOut: () => leftOut,
  };
}

/** A snapshot as it says that it is. */
interface Offer {
  readonly from: Begun['from'];
  readonly sequence: number;
  readonly forgotten: number;
  /** 0: that is known already. */
  readonly bytes: number;
  readonly load: () => Promise<Snapshot | undefined>;
}

function nameOf({ from, sequence, forgotten }: Pick<Offer, 'from' | 'sequence' | 'forgotten'>): string {
  return `${from} ${String(sequence)} ${String(forgotten)}`;
}

/** What the server calls the snapshots of one way of folding. */
export function foldName({ version, space, signals }: FoldedBy): string {
  return `learner ${String(version)} ${space} ${signals}`;
}

function faultText(fault: SnapshotFault): string {
  switch (fault) {
    case 'damaged':
      return l10n.t('it is damaged');
    case 'too-large':
      return l10n.t('it is larger than any can be');
    case 'from-the-future':
      return l10n.t('it has entries that the team’s record has not');
    case 'other-record':
      return l10n.t('it is of another record');
    case 'before-deletion':
      return l10n.t('something was deleted since');
    case 'other-fold':
      return l10n.t('it was made in another way than it says');
  }
}
