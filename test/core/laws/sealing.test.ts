import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntheticHistory, syntheticPools, syntheticSpace } from '../../../bench/ledger/synthetic-history';
import type { Folds } from '../../../src/core/answering/folds';
import { createFolds, restoreFolds } from '../../../src/core/answering/folds';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { SignalTable } from '../../../src/core/terms/signals';
import { atOnce } from '../../../src/core/terms/steps';
import { decisionIdOf, parseEntry } from '../../../src/ledger/entry-schema';
import { runs } from '../../runs';
import { syntheticNumbers } from './synthetic-numbers';
import { expectClose } from './state';

const nowMs = (): number => 1_790_000_000_000;
const space = syntheticSpace();

/** Of which a sign counts half after forty decisions: what is sealed goes on fading. */
const fading: SignalTable = {
  ...shippedSignals,
  copied: { ...shippedSignals.copied, halfLife: 40 },
  'turn-goes-on': { ...shippedSignals['turn-goes-on'], halfLife: 150 },
};

function goneOnFrom(folds: Folds, kept: number): Folds {
  const state: unknown = deserialize(serialize(atOnce(folds.save())));
  const options = { space, signals: folds.signals, nowMs, timesForgotten: 0, kept };
  return atOnce(restoreFolds(options, { state, to: folds.to(), parse: parseEntry }));
}

/** Applies entries as a window does: with the earlier ones of the same decision where that is sealed. */
function takeIn(folds: Folds, history: readonly StoredEntry[], from: number, to: number): void {
  for (const entry of history.slice(from, to)) {
    const id = folds.needsEarlier(entry);
    const earlier = history.slice(0, entry.sequence - 1).filter((each) => decisionIdOf(each) === id);
    folds.apply(entry, id === undefined ? undefined : earlier);
  }
}

const cases = fc.record({
  seed: fc.nat(1_000_000),
  kept: fc.integer({ min: 50, max: 150 }),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
  asked: fc.boolean(),
  signals: fc.constantFrom(shippedSignals, fading),
});

test('a fold that goes on from snapshots, cut anywhere, comes to what one fold comes to', () => {
  fc.assert(
    fc.property(cases, ({ seed, kept, cuts, asked, signals }) => {
      const history = [...syntheticHistory({ decisions: 300, seed, lateDecisions: 250 })];
      const options = { space, signals, nowMs, timesForgotten: 0, kept };
      const whole = createFolds(options);
      takeIn(whole, history, 0, history.length);
      let folds = createFolds(options);
      let at = 0;
      for (const cut of cuts.toSorted((a, b) => a - b)) {
        const next = Math.floor(cut * history.length);
        takeIn(folds, history, at, next);
        // Whether anyone looks in between makes no difference.
        if (asked) for (const pool of syntheticPools) folds.learner.pool(pool);
        folds = goneOnFrom(folds, kept);
        at = next;
      }
      takeIn(folds, history, at, history.length);
      expectClose(syntheticNumbers(folds), syntheticNumbers(whole));
      expect(folds.statistics.snapshot()).toEqual(whole.statistics.snapshot());
    }),
    { numRuns: runs(6) },
  );
});
