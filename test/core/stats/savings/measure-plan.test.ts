import { expect, test } from 'vitest';
import { measurePlan, preciseHalfWidth } from '../../../../src/core/stats/savings/measure-plan';
import { measuredQuality } from '../../../../src/core/stats/savings/measured-quality';
import type { LoggedChoice } from '../../../../src/core/terms/quality-savings';
import { seededRandom } from '../../seeded-random';

const all = { own01: undefined, told01: undefined };

/** A router that gives all but the share to another model; qualities are as uncertain as the plan takes them for. */
function choicesOf(count: number, share: number, told01: number): readonly LoggedChoice[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const chosen = random() < share ? 'x' : 'a';
    const good = random() < 0.72 ? 1 : 0;
    return {
      ...{
        origin: 'chat',
        task: 'fix',
        chosen,
        probability: share,
        predicted01: 0.72,
        chosenPredicted01: 0.72,
      },
      told01: random() < told01 ? good : undefined,
    };
  });
}

test.each([
  [0.05, 1],
  [0.02, 1],
  [0.05, 0.4],
])(
  'with a share of %d and %d told of, a number comes when it is said, and is as precise as it is said',
  (share, told01) => {
    const { untilShown, untilPrecise } = measurePlan(share, { own01: 1, told01 });
    expect(measuredQuality(choicesOf(Math.round(0.6 * untilShown), share, told01), 'x').kind).toBe('too-few');
    expect(measuredQuality(choicesOf(Math.round(1.4 * untilShown), share, told01), 'x').kind).toBe(
      'measured',
    );
    const { low, high } = precise(choicesOf(untilPrecise, share, told01));
    expect((high - low) / 2 / preciseHalfWidth).toBeGreaterThan(0.85);
    expect((high - low) / 2 / preciseHalfWidth).toBeLessThan(1.15);
  },
);

function precise(choices: readonly LoggedChoice[]) {
  const measured = measuredQuality(choices, 'x');
  if (measured.kind !== 'measured') throw new Error('There was too little to measure.');
  return measured.quality;
}

test('requests that the router doesn’t draw take as many more', () => {
  const whole = measurePlan(0.03, all);
  const half = measurePlan(0.03, { own01: 0.5, told01: undefined });
  expect(half.untilShown).toBe(2 * whole.untilShown);
  expect(whole.untilShown).toBe(1_000);
});
