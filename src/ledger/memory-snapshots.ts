import type { Snapshot, SnapshotHead, Snapshots } from '../core/terms/snapshots';
import { keptOf, kindOf } from './kept-snapshots';

/** For a ledger in memory: gone with its process. */
export function memorySnapshots(): Snapshots {
  let snapshots: readonly Snapshot[] = [];
  return {
    heads: () => Promise.resolve(snapshots.map(({ state: _, ...head }) => head)),
    load: (head) => {
      const found = snapshots.find((each) => isSame(each, head));
      return Promise.resolve(structuredClone(found));
    },
    save: (snapshot) => {
      const others = snapshots.filter((each) => !isSame(each, snapshot));
      snapshots = keptOf([...others, structuredClone(snapshot)]);
      return Promise.resolve();
    },
    clear: () => {
      snapshots = [];
      return Promise.resolve();
    },
  };
}

function isSame(one: SnapshotHead, other: SnapshotHead): boolean {
  return one.sequence === other.sequence && kindOf(one) === kindOf(other);
}
