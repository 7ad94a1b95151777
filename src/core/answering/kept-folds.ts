import type { FeatureSpace } from '../features/feature-space';
import { textSpace } from '../features/feature-space';
import { signalNames } from '../reward/signal-table';
import type { ParseEntry } from '../terms/ledger-entry';
import type { Clock, Ledger, Log } from '../terms/ports';
import { ledgerUnread } from '../terms/ports';
import type { SignalTable } from '../terms/signals';
import type { FoldedBy, SnapshotHead, Snapshots } from '../terms/snapshots';
import { fewEntries } from './catch-up';
import type { Folds } from './folds';
import { foldVersion, restoreFolds, sameLayout } from './folds';

/** Where snapshots are, and what reads the entries in them. */
export interface SnapshotParts {
  readonly store: Snapshots;
  readonly parse: ParseEntry;
}

/** What was folded, kept from one start to the next. Nothing here rejects: without it, all is folded anew. */
export interface KeptFolds {
  /**
   * Folds to go on from: those that were folded by the same and furthest, else some that can serve meanwhile; undefined:
   * there are none.
   */
  load(space: FeatureSpace, signals: SignalTable, timesForgotten: number): Promise<Folds | undefined>;
  /** Keeps them where enough has come since what is kept; `closing`: where anything has. */
  keep(folds: Folds, closing: boolean): Promise<void>;
  clear(): Promise<void>;
  /** Up to which entry each snapshot of these folds goes, of which there are at least two; 0: there are fewer. */
  coveredUpTo(folds: Folds): Promise<number>;
}

/** So many entries are folded in the time that a snapshot takes to be read. */
const entriesBetween = 1_000;
const fewestAtClose = 100;

export interface KeptFoldsOptions extends Partial<SnapshotParts> {
  readonly ledger: Ledger;
  readonly log: Log;
  readonly clock: Clock;
}

export function createKeptFolds(options: KeptFoldsOptions): KeptFolds {
  const { ledger, log, clock, store, parse } = options;
  const nowMs = (): number => clock.nowMs();
  /** Up to where the folds of each kind are kept, by this window or another. */
  const keptTo = new Map<string, number>();
  let keeping: Promise<void> = Promise.resolve();

  /** The entry up to which it was folded is the ledger's own. */
  async function isOf({ sequence, atMs }: SnapshotHead): Promise<boolean> {
    const [entry] = await ledger.readAfter(sequence - 1, 1);
    return entry?.sequence === sequence && entry.atMs === atMs;
  }

  /** Which snapshots are of the ledger where something was forgotten so often: those of the file before, too, where it kept its numbers. */
  async function oursAt(timesForgotten: number): Promise<(head: SnapshotHead) => boolean> {
    const before = (await ledger.keptNumbersBefore?.()) ?? 0;
    return (head) =>
      head.timesForgotten === timesForgotten || (timesForgotten === before && head.timesForgotten < before);
  }

  async function load(
    space: FeatureSpace,
    signals: SignalTable,
    timesForgotten: number,
  ): Promise<Folds | undefined> {
    if (store === undefined || parse === undefined) return undefined;
    const digest = digestOf(signals);
    const isUnread = timesForgotten === ledgerUnread;
    const isOurs = await oursAt(timesForgotten);
    const heads = (await store.heads()).filter((head) => isUnread || isOurs(head));
    const current = heads.filter((head) => head.version === foldVersion && head.signals === digest);
    const droppedTo = isUnread ? 0 : ((await ledger.droppedTo?.()) ?? 0);
    // What was learnt from the text alone is of use in any space.
    const meanwhile = current.filter((head) => head.space === textSpace.name && head.space !== space.name);
    const carried = heads.filter((head) => sameLayout.includes(head.version) && head.sequence >= droppedTo);
    const usable: readonly Usable[] = [
      ...current.filter((head) => head.space === space.name).map((head) => ({ head, space })),
      // Where the old entries are gone, nothing could be folded anew: what was learnt from them is carried over.
      ...(droppedTo > 0
        ? carried.map((head) => ({ head, space, carriedFrom: head.space }))
        : meanwhile.map((head) => ({ head, space: textSpace }))),
    ];
    for (const each of usable) {
      const folds = await restored(each, { signals, timesForgotten }, parse, store).catch(told);
      if (folds !== undefined) return folds;
    }
    return undefined;
  }

  async function restored(
    { head, space, carriedFrom }: Usable,
    { signals, timesForgotten }: { readonly signals: SignalTable; readonly timesForgotten: number },
    parseEntry: ParseEntry,
    from: Snapshots,
  ): Promise<Folds | undefined> {
    // Where the ledger can't be asked, the last one is the best there is.
    if (timesForgotten !== ledgerUnread && !(await isOf(head))) return undefined;
    const snapshot = await from.load(head);
    if (snapshot === undefined) return undefined;
    const { sequence, atMs } = head;
    const folds = await restoreFolds(
      { space, signals, nowMs, timesForgotten },
      { state: snapshot.state, to: { sequence, atMs, timesForgotten }, parse: parseEntry, carriedFrom },
      () => clock.pause?.() ?? Promise.resolve(),
    );
    keptTo.set(kindOf(folds), carriedFrom === undefined ? sequence : 0);
    return folds;
  }

  async function keep(folds: Folds, closing: boolean): Promise<void> {
    if (store === undefined) return;
    const to = folds.to();
    // What is recorded now has another number in the ledger.
    if (to.timesForgotten === ledgerUnread) return;
    const kind = kindOf(folds);
    const since = to.sequence - (keptTo.get(kind) ?? 0);
    if (to.sequence <= fewEntries || since < (closing ? fewestAtClose : entriesBetween)) return;
    keptTo.set(kind, to.sequence);
    const isOurs = await oursAt(to.timesForgotten);
    const heads = await store.heads();
    // They would be taken for the furthest, and nobody can go on from them.
    if (heads.some((head) => head.timesForgotten < to.timesForgotten && !isOurs(head))) await store.clear();
    // Another window, which folds the same, may have been quicker.
    const others = heads.filter((head) => isBy(head, folds) && isOurs(head));
    const furthest = Math.max(0, ...others.map(({ sequence }) => sequence));
    if (!closing && to.sequence - furthest < entriesBetween / 2) {
      keptTo.set(kind, furthest);
      return;
    }
    // It may have gone on meanwhile; from here on nothing is waited for.
    const state = folds.save();
    await store.save({ ...foldedBy(folds.space, folds.signals), ...folds.to(), state });
    // Whoever forgets clears what is kept: what comes too late is none.
    if ((await ledger.timesForgotten()) !== to.timesForgotten) await store.clear();
  }

  async function covered(folds: Folds): Promise<number> {
    const isOurs = await oursAt(folds.to().timesForgotten);
    const heads = (await store?.heads())?.filter((head) => isBy(head, folds) && isOurs(head)) ?? [];
    const [first, second] = heads;
    if (first === undefined || second === undefined) return 0;
    return (await isOf(first)) && (await isOf(second)) ? second.sequence : 0;
  }

  const told = (error: unknown): undefined => {
    log.warn(`What was learnt could not be kept or read, and is folded anew: ${detailOf(error)}`);
  };

  return {
    load: (...wanted) => load(...wanted).catch(told),
    keep: (folds, closing) => {
      keeping = keeping.then(() => keep(folds, closing)).catch(told);
      return keeping;
    },
    clear: async () => {
      await keeping;
      await store?.clear().catch(told);
    },
    coveredUpTo: (folds) => covered(folds).catch(() => 0),
  };
}

/** A snapshot, and what it is used as. */
interface Usable {
  readonly head: SnapshotHead;
  readonly space: FeatureSpace;
  readonly carriedFrom?: string;
}

/** What a fold in this space and by this table is folded by. */
export function foldedBy(space: FeatureSpace, signals: SignalTable): FoldedBy {
  return { version: foldVersion, space: space.name, signals: digestOf(signals) };
}

function isBy(head: FoldedBy, folds: Folds): boolean {
  const { version, space, signals } = foldedBy(folds.space, folds.signals);
  return head.version === version && head.space === space && head.signals === signals;
}

function kindOf(folds: Folds): string {
  return JSON.stringify(foldedBy(folds.space, folds.signals));
}

/** Short, and another one for any other table (FNV-1a). */
function digestOf(signals: SignalTable): string {
  const text = JSON.stringify(signalNames.map((name) => signals[name]));
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(16);
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
