import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { syntheticHistory, syntheticSpace } from '../../../bench/ledger/synthetic-history';
import { createCatchUp } from '../../../src/core/answering/catch-up';
import type { Folds } from '../../../src/core/answering/folds';
import { createFolds, restoreFolds } from '../../../src/core/answering/folds';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { Ledger } from '../../../src/core/terms/ports';
import { atOnce, inSlices } from '../../../src/core/terms/steps';
import { decisionIdOf, parseEntry } from '../../../src/ledger/entry-schema';
import { expectClose } from '../laws/state';
import { syntheticNumbers } from '../laws/synthetic-numbers';

const options = {
  space: syntheticSpace(),
  signals: shippedSignals,
  nowMs: () => 0,
  timesForgotten: 0,
  kept: 60,
};
const history = [...syntheticHistory({ decisions: 300, seed: 11, lateDecisions: 250 })];
/** Everybody else has a turn after each step. */
const clock = {
  nowMs: () => 0,
  monotonicMs: (
    (nowMs) => () =>
      (nowMs += 10)
  )(0),
  pause: async () => {
    await setImmediate();
  },
};

function ledgerOf(entries: readonly StoredEntry[]): Ledger {
  return {
    append: () => Promise.reject(new Error('nothing is appended here')),
    readAfter: (sequence, limit = Infinity) => Promise.resolve(entries.slice(sequence, sequence + limit)),
    lastSequence: () => Promise.resolve(entries.length),
    readDecision: (id) => Promise.resolve(entries.filter((entry) => decisionIdOf(entry) === id)),
    timesForgotten: () => Promise.resolve(0),
    forget: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}

async function folded(to: number): Promise<Folds> {
  const folds = createFolds(options);
  await createCatchUp(folds, ledgerOf(history.slice(0, to)), clock).whole();
  return folds;
}

test('what comes while folds are saved waits, is in no snapshot, and is learnt afterwards', async () => {
  const cut = Math.floor(history.length / 2);
  const folds = await folded(cut);
  let wereHeld = 0;
  const saving = folds.hold(() => inSlices(folds.save(), clock));
  const reading = createCatchUp(folds, ledgerOf(history), {
    ...clock,
    pause: async () => {
      if (folds.held() !== undefined) wereHeld += 1;
      await setImmediate();
    },
  }).whole();
  expect(() => folds.apply(history[cut] ?? ({} as StoredEntry))).toThrow('being saved');
  const state = await saving;
  const asSaved = { state, to: { sequence: cut, atMs: 0, timesForgotten: 0 }, parse: parseEntry };
  await reading;
  expect(wereHeld).toBe(0);
  expect(folds.to().sequence).toBe(history.length);
  const whole = await folded(history.length);
  expectClose(syntheticNumbers(folds), syntheticNumbers(whole));

  const before = await folded(cut);
  const restored = atOnce(restoreFolds(options, asSaved));
  expectClose(syntheticNumbers(restored), syntheticNumbers(before));
  await createCatchUp(restored, ledgerOf(history), clock).whole();
  expectClose(syntheticNumbers(restored), syntheticNumbers(whole));
  expect(restored.statistics.snapshot()).toEqual(whole.statistics.snapshot());
});

test('folds that are read step by step, with others in between, are those that are read at once', async () => {
  const folds = await folded(history.length);
  const saved = { state: atOnce(folds.save()), to: folds.to(), parse: parseEntry };
  const inBetween = await inSlices(restoreFolds(options, saved), clock);
  expectClose(syntheticNumbers(inBetween), syntheticNumbers(folds));
  for (const pool of ['default', 'code', 'review']) {
    await inSlices(inBetween.learner.settling(pool), clock);
    inBetween.learner.pool(pool);
  }
  expectClose(syntheticNumbers(inBetween), syntheticNumbers(folds));
});
