import { describe, expect, test } from 'vitest';
import type { DemoStep } from '../../../src/core/replay/demo';
import { demoSteps } from '../../../src/core/replay/demo';
import { madeUpModels, madeUpRequest, madeUpTasks } from '../../../src/core/replay/made-up-world';
import { presets } from '../../../src/core/terms/preset';
import { seededRandom } from '../seeded-random';

const options = { seed: 14, preset: 'balanced', requests: 300, switchAfter: 100 } as const;

function usdOf(steps: readonly DemoStep[], of: (step: DemoStep) => number | undefined): number {
  return steps.reduce((sum, step) => sum + (of(step) ?? 0), 0);
}

describe('the demo', () => {
  test('is the same with the same seed, and another with another', () => {
    const short = { ...options, requests: 40 };
    expect([...demoSteps(short)]).toEqual([...demoSteps(short)]);
    expect([...demoSteps({ ...short, seed: 3 })]).not.toEqual([...demoSteps(short)]);
  });

  test('asks every preset the same', () => {
    const asked = Object.keys(presets).map((preset) =>
      Array.from(
        demoSteps({ ...options, requests: 40, preset: preset as keyof typeof presets }),
        ({ request }) => request,
      ),
    );
    for (const each of asked) expect(each).toEqual(asked[0]);
  });

  test('the router reads every made-up text as the kind that it is', () => {
    const steps = [...demoSteps(options)];
    expect(steps.filter(({ decision, request }) => decision.task !== request.kind)).toEqual([]);
    expect(new Set(steps.map(({ request }) => request.kind))).toEqual(
      new Set(madeUpTasks.map(({ kind }) => kind)),
    );
    expect(madeUpTasks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('switches after the first phase, counts its decisions, and records propensities that sum to 1', () => {
    [...demoSteps(options)].forEach(({ decision }, index) => {
      expect(decision.poolSequence).toBe(index + 1);
      expect(decision.phase).toBe(index < 100 ? 'ucb1' : 'lin-ucb');
      const sum = decision.candidates.reduce((all, { probability }) => all + probability, 0);
      expect(sum).toBeCloseTo(1, 9);
    });
  });

  test('a model’s answer costs and is worth what its world says, chosen or not; the last model is the dearest', () => {
    for (const { all, chosen, decision } of demoSteps({ ...options, requests: 60 })) {
      expect(all.map(({ model }) => model)).toEqual(madeUpModels.map(({ id }) => id));
      expect(chosen).toBe(all.find(({ model }) => model === decision.deploymentId));
      expect(Math.max(...all.map(({ usd }) => usd))).toBe(all.at(-1)?.usd);
    }
  });

  test('learns from ratings who is good at what, and saves by it', () => {
    const second = [...demoSteps(options)].slice(150);
    const ofCode = second.filter(({ decision }) => decision.domain === 'code');
    const byCoder = ofCode.filter(({ chosen }) => chosen.model === 'coder');
    expect(byCoder.length / ofCode.length).toBeGreaterThan(0.4);
    // It saves, and its answers are better than those of the cheapest.
    expect(usdOf(second, ({ chosen }) => chosen.usd)).toBeLessThan(
      0.8 * usdOf(second, ({ all }) => all.at(-1)?.usd),
    );
    expect(usdOf(second, ({ chosen }) => chosen.quality01)).toBeGreaterThan(
      usdOf(second, ({ all }) => all[0]?.quality01),
    );
  });
});

test('a made-up request takes as many draws whatever it is, and an answer is as often good as it is said to be', () => {
  let draws = 0;
  const random = seededRandom(4);
  const counting = (): number => {
    draws += 1;
    return random();
  };
  let [good, expected] = [0, 0];
  for (let index = 0; index < 4_000; index += 1) {
    const { answers } = madeUpRequest(counting);
    expect(draws).toBe(6 * (index + 1));
    good += answers[0]?.isGood === true ? 1 : 0;
    expected += answers[0]?.quality01 ?? 0;
  }
  // Three standard errors of 4,000 answers.
  expect(Math.abs(good - expected) / 4_000).toBeLessThan(0.024);
});
