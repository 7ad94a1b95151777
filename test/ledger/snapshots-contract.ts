import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot, Snapshots } from '../../src/core/terms/snapshots';

/** A place where snapshots of one ledger are kept, by one driver. */
export interface SnapshotPlace {
  open(): Snapshots;
  remove(): void;
}

export function snapshotWith(change: Partial<Snapshot> = {}): Snapshot {
  return {
    version: 1,
    space: 'text',
    signals: 'abc',
    sequence: 10,
    atMs: 1_000,
    timesForgotten: 0,
    state: { sums: Float64Array.of(1, 2.5), byName: new Map([['a', { count: 3, none: undefined }]]) },
    ...change,
  };
}

/** What every driver of snapshots keeps to. */
export function snapshotsContract(name: string, makePlace: () => SnapshotPlace): void {
  describe(`snapshots: ${name}`, () => {
    let place: SnapshotPlace;
    let snapshots: Snapshots;

    beforeEach(() => {
      place = makePlace();
      snapshots = place.open();
    });

    afterEach(() => place.remove());

    test('there are none at first', async () => {
      expect(await snapshots.heads()).toEqual([]);
    });

    test('gives back what was kept, to another window too', async () => {
      const snapshot = snapshotWith();
      await snapshots.save(snapshot);
      const other = place.open();
      const { state: _, ...head } = snapshot;
      expect(await other.heads()).toEqual([head]);
      expect(await other.load(head)).toEqual(snapshot);
    });

    test('keeps the two furthest of each kind, whoever came last', async () => {
      for (const sequence of [30, 10, 40, 20]) await snapshots.save(snapshotWith({ sequence }));
      await snapshots.save(snapshotWith({ sequence: 5, space: 'text+encoder' }));
      expect((await snapshots.heads()).map(({ sequence }) => sequence)).toEqual([40, 30, 5]);
    });

    test('keeps nothing of what is cleared', async () => {
      await snapshots.save(snapshotWith());
      const [head] = await snapshots.heads();
      await snapshots.clear();
      expect(await snapshots.heads()).toEqual([]);
      expect(head && (await snapshots.load(head))).toBeUndefined();
    });
  });
}
