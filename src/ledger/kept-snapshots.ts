import type { SnapshotHead } from '../core/terms/snapshots';

/** So many that were folded by the same: the second is there where the first turns out to be broken. */
const keptEach = 2;
/** A window without the sentence encoder folds by something else than one with it; an older version may run too. */
const keptKinds = 4;

/** What was folded by the same has the same name. */
export function kindOf({ version, space, signals }: SnapshotHead): string {
  return JSON.stringify([version, space, signals]);
}

/** Those that are kept of all, the furthest first. */
export function keptOf<Head extends SnapshotHead>(snapshots: readonly Head[]): readonly Head[] {
  const furthest = snapshots.toSorted((one, other) => other.sequence - one.sequence);
  const kinds = [...Map.groupBy(furthest, kindOf).values()].slice(0, keptKinds);
  const kept = new Set(kinds.flatMap((same) => same.slice(0, keptEach)));
  return furthest.filter((each) => kept.has(each));
}
