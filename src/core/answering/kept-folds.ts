import type { FeatureSpace } from '../features/feature-space';
import { textSpace } from '../features/feature-space';
import { signalNames } from '../reward/signal-table';
import type { ParseEntry } from '../terms/ledger-entry';
import type { Clock, Ledger, Log } from '../terms/ports';
import { ledgerUnread } from '../terms/ports';
import type { SignalTable } from '../terms/signals';
import { inSlices } from '../terms/steps';
import type { FoldedBy, SnapshotHead, Snapshots } from '../terms/snapshots';
import { isSameFold } from '../terms/snapshots';
import { fewEntries } from './catch-up';
import type { Folds } from './folds';
import { foldVersion, restoreFolds, sameLayout } from './folds';

/** Where snapshots are, and what reads the entries in them. */
export interface SnapshotParts {
  readonly store: Snapshots;
  readonly parse: ParseEntry;
}

/** What was read before anybody knew whether it is of this ledger. */
export interface ReadAhead {
  readonly head: SnapshotHead;
  readonly folds: Folds;
}

/** What was folded, kept from one start to the next. Nothing here rejects: without it, all is folded anew. */
export interface KeptFolds {
  /** Reads what `load` will probably come to, while the ledger isn't there yet. */
  ahead(space: FeatureSpace, signals: SignalTable): Promise<ReadAhead | undefined>;
  /**
   * Folds to go on from: those that were folded by the same and furthest, else some that can serve meanwhile; undefined:
   * there are none.
   */
  load(
    space: FeatureSpace,
    signals: SignalTable,
    timesForgotten: number,
    ahead?: Promise<ReadAhead | undefined>,
  ): Promise<Folds | undefined>;
  /**
   * Keeps them where enough has come since what is kept; `closing`: where anything has, `behind`: where there is much more to
   * read.
   */
  keep(folds: Folds, when: KeptWhen): Promise<void>;
  clear(): Promise<void>;
  /** Up to which entry each snapshot of these folds goes, of which there are at least two; 0: there are fewer. */
  coveredUpTo(folds: Folds): Promise<number>;
}

/** So many entries are folded in the time that a snapshot takes to be read. */
const entriesBetween = 1_000;
/** While a long ledger is read for the first time, keeping what there is would take as long as reading on. */
const entriesBetweenMeanwhile = 50_000;
const fewestAtClose = 100;

export type KeptWhen = 'usual' | 'behind' | 'closing';

const least: Readonly<Record<KeptWhen, number>> = {
  usual: entriesBetween,
  behind: entriesBetweenMeanwhile,
  closing: fewestAtClose,
};

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

  /** The folds of the furthest snapshot that was folded by the same; undefined: there is none, or it is broken. */
  async function readAhead(space: FeatureSpace, signals: SignalTable): Promise<ReadAhead | undefined> {
    const digest = digestOf(signals);
    const head = (await store?.heads())?.find(
      (each) => each.version === foldVersion && each.signals === digest && each.space === space.name,
    );
    if (head === undefined) return undefined;
    const { timesForgotten } = head;
    const folds = await restored({ head, space }, { signals, timesForgotten });
    return folds && { head, folds };
  }

  async function load(
    space: FeatureSpace,
    signals: SignalTable,
    timesForgotten: number,
    ahead?: Promise<ReadAhead | undefined>,
  ): Promise<Folds | undefined> {
    if (store === undefined || parse === undefined) return undefined;
    const digest = digestOf(signals);
    const isUnread = timesForgotten === ledgerUnread;
    const [isOurs, droppedTo, all] = await Promise.all([
      oursAt(timesForgotten),
      isUnread ? 0 : (ledger.droppedTo?.() ?? 0),
      store.heads(),
    ]);
    const heads = all.filter((head) => isUnread || isOurs(head));
    const current = heads.filter((head) => head.version === foldVersion && head.signals === digest);
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
      // Where the ledger can't be asked, the last one is the best there is.
      if (!isUnread && !(await isOf(each.head))) continue;
      const ready = await ahead;
      const isReady = each.carriedFrom === undefined && ready !== undefined && isSame(ready.head, each.head);
      const folds = isReady ? ready.folds : await restored(each, { signals, timesForgotten }).catch(told);
      if (folds === undefined) continue;
      folds.belongTo(timesForgotten);
      keptTo.set(kindOf(folds), each.carriedFrom === undefined ? each.head.sequence : 0);
      return folds;
    }
    return undefined;
  }

  async function restored(
    { head, space, carriedFrom }: Usable,
    { signals, timesForgotten }: { readonly signals: SignalTable; readonly timesForgotten: number },
  ): Promise<Folds | undefined> {
    const snapshot = await store?.load(head);
    if (snapshot === undefined || parse === undefined) return undefined;
    const { sequence, atMs } = head;
    const saved = { state: snapshot.state, to: { sequence, atMs, timesForgotten }, parse, carriedFrom };
    return inSlices(restoreFolds({ space, signals, nowMs, timesForgotten }, saved), clock);
  }

  async function keep(folds: Folds, when: KeptWhen): Promise<void> {
    if (store === undefined) return;
    const to = folds.to();
    // What is recorded now has another number in the ledger.
    if (to.timesForgotten === ledgerUnread) return;
    const kind = kindOf(folds);
    const since = to.sequence - (keptTo.get(kind) ?? 0);
    if (to.sequence <= fewEntries || since < least[when]) return;
    keptTo.set(kind, to.sequence);
    const isOurs = await oursAt(to.timesForgotten);
    const heads = await store.heads();
    // They would be taken for the furthest, and nobody can go on from them.
    if (heads.some((head) => head.timesForgotten < to.timesForgotten && !isOurs(head))) await store.clear();
    // Another window, which folds the same, may have been quicker.
    const others = heads.filter((head) => isBy(head, folds) && isOurs(head));
    const furthest = Math.max(0, ...others.map(({ sequence }) => sequence));
    if (when !== 'closing' && to.sequence - furthest < entriesBetween / 2) {
      keptTo.set(kind, furthest);
      return;
    }
    const snapshot = await folds.hold(async () => {
      // It may have gone on until now.
      const head = { ...foldedBy(folds.space, folds.signals), ...folds.to() };
      return { ...head, state: await inSlices(folds.save(), clock) };
    });
    await store.save(snapshot);
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
    ahead: (space, signals) => readAhead(space, signals).catch(told),
    load: (...wanted) => load(...wanted).catch(told),
    keep: (folds, when) => {
      keeping = keeping.then(() => keep(folds, when)).catch(told);
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

function isSame(one: SnapshotHead, other: SnapshotHead): boolean {
  return isSameFold(one, other) && one.sequence === other.sequence && one.atMs === other.atMs;
}

/** What a fold in this space and by this table is folded by. */
export function foldedBy(space: FeatureSpace, signals: SignalTable): FoldedBy {
  return { version: foldVersion, space: space.name, signals: digestOf(signals) };
}

function isBy(head: FoldedBy, folds: Folds): boolean {
  return isSameFold(head, foldedBy(folds.space, folds.signals));
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
