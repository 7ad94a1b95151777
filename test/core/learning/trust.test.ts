import { expect, test } from 'vitest';
import { shippedSettings } from '../../../src/core/bandit/settings';
import { textSpace } from '../../../src/core/features/feature-space';
import type { ArmState } from '../../../src/core/learning/learner';
import { createLearner } from '../../../src/core/learning/learner';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Signal } from '../../../src/core/terms/observation';
import { decisionWith } from '../samples';

const verdict = (quality01: number): Signal => ({
  kind: 'judged',
  quality01,
  reason: 'other',
  judge: 'judge',
  probability: 1,
});

/** The arm after so many answers of which a judge had these words, and the user these thumbs, in this order. */
function armAfter(told: readonly (readonly [number: number, signal: Signal])[]): ArmState {
  const learner = createLearner({ space: textSpace, settings: shippedSettings, nowMs: () => 0 });
  let sequence = 0;
  const apply = (entry: LedgerEntry): void => learner.apply({ ...entry, sequence: (sequence += 1), atMs: 0 });
  const features = textSpace.ridge.map((_, index) => (index === textSpace.bias ? 1 : 0));
  const numbers = [...new Set(told.map(([number]) => number))].toSorted((a, b) => a - b);
  for (const number of numbers) {
    const decision = decisionWith({ id: String(number), features, featureSpace: textSpace.name });
    apply({ kind: 'decision', decision });
  }
  for (const [number, signal] of told) {
    const observation = { decisionId: String(number), deploymentId: 'strong', signal };
    apply({ kind: 'observation', observation });
  }
  return learner.pool('default').arm('strong');
}

/** One that calls everything good counts nothing; then it has something bad to say. */
const alike = Array.from({ length: 40 }, (_, number) => [number, verdict(1)] as const);
const apart = Array.from({ length: 10 }, (_, number) => [100 + number, verdict(0)] as const);

test('a judge that always says the same counts nothing', () => {
  expect(armAfter(alike).quality.weight).toBe(0);
});

test('once it tells answers apart, all that it said counts, whichever it said first', () => {
  const [late, early] = [armAfter([...alike, ...apart]), armAfter([...apart, ...alike])];
  const all = shippedSignals.judged.weight * (alike.length + apart.length);
  expect(late.quality.weight).toBeCloseTo(all, 9);
  expect(early.quality.weight).toBeCloseTo(late.quality.weight, 9);
  expect(early.quality.weightedQuality).toBeCloseTo(late.quality.weightedQuality, 9);
});
