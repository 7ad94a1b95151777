import { describe, expect, test } from 'vitest';
import { believedQuality } from '../../../../src/core/stats/savings/believed-quality';
import { fewestEffective, measuredQuality } from '../../../../src/core/stats/savings/measured-quality';
import type { BelievedGroup, LoggedChoice } from '../../../../src/core/terms/quality-savings';
import { seededRandom } from '../../seeded-random';
import { runs } from '../../../runs';

const models = ['a', 'b', 'x'] as const;
type Model = (typeof models)[number];
type Task = 'fix' | 'write';
const good01: Readonly<Record<Task, Readonly<Record<Model, number>>>> = {
  fix: { a: 0.55, b: 0.7, x: 0.8 },
  write: { a: 0.75, b: 0.6, x: 0.65 },
};

interface World {
  readonly decisions: number;
  /** Share of choices that go to x on purpose. */
  readonly measure: number;
  readonly toldOf?: (task: string, model: Model, quality01: number) => number;
  /** What the log says of a propensity. */
  readonly logged?: (probability: number) => number;
}

/**
 * A router that learns: it chooses by means that it has seen so far, explores, and sends a share to x. Returns its log, and
 * what the difference to always x truly is for these requests and choices.
 */
function simulated(seed: number, world: World) {
  const random = seededRandom(seed);
  const seen = new Map<string, { sum: number; count: number }>();
  const choices: LoggedChoice[] = [];
  let gained = 0;
  for (let index = 0; index < world.decisions; index += 1) {
    const task = random() < 0.6 ? 'fix' : 'write';
    const belief = (model: Model): number => {
      const { sum, count } = seen.get(task + model) ?? { sum: 0, count: 0 };
      return (sum + 1) / (count + 2);
    };
    const best = models.toSorted((p, q) => belief(q) - belief(p))[0];
    const probabilityOf = (model: Model): number =>
      (1 - world.measure) * (model === best ? 0.94 : 0.03) + (model === 'x' ? world.measure : 0);
    let draw = random();
    const chosen = models.find((model) => (draw -= probabilityOf(model)) < 0) ?? 'x';
    const quality01 = random() < good01[task][chosen] ? 1 : 0;
    const told = random() < (world.toldOf?.(task, chosen, quality01) ?? 1);
    const probability = probabilityOf('x');
    choices.push({
      ...{ origin: 'chat', task, chosen },
      probability: world.logged?.(probability) ?? probability,
      predicted01: belief('x'),
      chosenPredicted01: belief(chosen),
      told01: told ? quality01 : undefined,
    });
    gained += good01[task][chosen] - good01[task].x;
    if (told) {
      const mean = seen.get(task + chosen) ?? { sum: 0, count: 0 };
      seen.set(task + chosen, { sum: mean.sum + quality01, count: mean.count + 1 });
    }
  }
  return { choices, truth: gained / world.decisions };
}

function campaign(world: World, times: number) {
  const errors: number[] = [];
  let covered = 0;
  for (let seed = 1; errors.length < times; seed += 1) {
    const { choices, truth } = simulated(seed, world);
    const measured = measuredQuality(choices, 'x');
    if (measured.kind !== 'measured') throw new Error('There was too little to measure.');
    const { difference, low, high } = measured.quality;
    errors.push(difference - truth);
    covered += low <= truth && truth <= high ? 1 : 0;
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / times;
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (times - 1));
  return { mean, standardErrors: mean / (spread / Math.sqrt(times)), covered01: covered / times };
}

const times = runs(300);

describe('the measured difference to always x', () => {
  test('is right on average, and its interval holds, where everything is told', () => {
    const { standardErrors, covered01 } = campaign({ decisions: 1_000, measure: 0.1 }, times);
    expect(Math.abs(standardErrors)).toBeLessThan(3);
    expect(covered01).toBeGreaterThanOrEqual(0.93);
  });

  test('and where who tells depends on model and task, which the weights mend', () => {
    const toldOf = (task: string, model: Model): number =>
      (task === 'fix' ? 0.6 : 0.2) + (model === 'x' ? 0.2 : 0);
    const { standardErrors, covered01 } = campaign({ decisions: 1_000, measure: 0.1, toldOf }, times);
    expect(Math.abs(standardErrors)).toBeLessThan(3);
    expect(covered01).toBeGreaterThanOrEqual(0.93);
  });

  test('is plainly wrong where the log’s propensities are', () => {
    const logged = (probability: number): number => Math.min(1, 2 * probability);
    const { standardErrors } = campaign({ decisions: 1_000, measure: 0.1, logged }, Math.max(200, times));
    expect(Math.abs(standardErrors)).toBeGreaterThan(3);
  });

  test('has a range that holds the truth where good answers are told of twice as often', () => {
    const toldOf = (_task: string, _model: Model, quality01: number): number => 0.15 * (1 + quality01);
    let within = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      const { choices, truth } = simulated(seed, { decisions: 4_000, measure: 0.2, toldOf });
      const measured = measuredQuality(choices, 'x');
      if (measured.kind !== 'measured') throw new Error('There was too little to measure.');
      const { leastDifference, mostDifference, difference, low, turnsAt } = measured.quality;
      expect(leastDifference).toBeLessThan(difference);
      expect(mostDifference).toBeGreaterThan(difference);
      expect(turnsAt ?? Infinity).toBeGreaterThanOrEqual(1);
      expect(leastDifference).toBeLessThanOrEqual(low);
      within += truth >= leastDifference && truth <= mostDifference ? 1 : 0;
    }
    expect(within).toBe(10);
  });

  test('is no number below so many effective answers, and says how many there are', () => {
    const measured = measuredQuality(simulated(1, { decisions: 300, measure: 0 }).choices.slice(0, 60), 'x');
    expect(measured).toEqual({ kind: 'too-few', effectiveAnswers: expect.any(Number) as number });
    if (measured.kind === 'too-few') expect(measured.effectiveAnswers).toBeLessThan(fewestEffective);
    expect(measuredQuality([], 'x')).toEqual({ kind: 'too-few', effectiveAnswers: 0 });
  });
});

test('a model all of whose answers were good so far is not taken for one that never errs', () => {
  const random = seededRandom(8);
  const choices = Array.from({ length: 1_000 }, (): LoggedChoice => {
    const chosen = random() < 0.05 ? 'x' : 'a';
    return {
      ...{ origin: 'chat', task: 'fix', chosen, probability: 0.05, predicted01: 1, chosenPredicted01: 1 },
      told01: 1,
    };
  });
  const measured = measuredQuality(choices, 'x');
  if (measured.kind !== 'measured') throw new Error('There was too little to measure.');
  const { difference, low, high } = measured.quality;
  expect(difference).toBe(0);
  // Of some 50 good ones it can't be told whether one in 20 is bad.
  expect(high).toBeGreaterThan(0.05);
  expect(low).toBeCloseTo(-high, 9);
});

describe('a model that once was likely, and hardly could be drawn since', () => {
  const random = seededRandom(5);
  const early = 300;
  const choices = Array.from({ length: 2_000 }, (_, index): LoggedChoice => {
    const likely = index < early;
    const chosen = likely ? 'x' : 'a';
    const good = random() < (likely ? 0.5 : 0.9) ? 1 : 0;
    return {
      ...{ origin: 'chat', task: 'fix', chosen, probability: likely ? 0.99 : 0.0025 },
      ...{ predicted01: 0.5, chosenPredicted01: likely ? 0.5 : 0.9, told01: good },
    };
  });

  test('has a number as long as it is likely, and none for the whole time: its answers speak of the beginning', () => {
    expect(measuredQuality(choices.slice(0, early), 'x').kind).toBe('measured');
    const whole = measuredQuality(choices, 'x');
    expect(whole.kind).toBe('too-few');
    if (whole.kind === 'too-few') expect(whole.effectiveAnswers).toBeLessThan(10);
  });
});

describe('the believed difference', () => {
  const group = (chosen: string, decisions: number, change: Partial<BelievedGroup> = {}): BelievedGroup => ({
    ...{ chosen, decisions, difference: -0.1 * decisions },
    ...{ doubt: decisions / 10, chosenDoubt: decisions / 5, learnt: 3, figures: 1, word: 0, level: 0 },
    ...change,
  });

  test('is the mean of what was recorded, and more decisions don’t make it surer', () => {
    const few = believedQuality([group('a', 10), group('x', 10, { difference: 0 })], 'x');
    const many = believedQuality([group('a', 1_000), group('x', 1_000, { difference: 0 })], 'x');
    expect(few?.difference).toBeCloseTo(-0.05, 9);
    // Half of the requests, with n = 100 of the other and n = 25 of the chosen: σ·½·√(.1² + .2²)
    expect(few?.high).toBeCloseTo(-0.05 + 1.96 * 0.45 * 0.5 * Math.hypot(0.1, 0.2), 9);
    expect([many?.low, many?.high]).toEqual([few?.low, few?.high]);
    expect(few?.sources).toEqual({ learnt: 0.75, figures: 0.25, word: 0, level: 0 });
  });

  test('is none of nothing', () => {
    expect(believedQuality([], 'x')).toBeUndefined();
  });
});
