import { expect, test } from 'vitest';
import type { Arm } from '../src/core/bandit/arm';
import { createArmEvidence } from '../src/core/bandit/arm-evidence';
import { draw } from '../src/core/bandit/draw';
import { estimate } from '../src/core/bandit/hybrid';
import { createTextbookLinUcb } from '../src/core/bandit/textbook-lin-ucb';
import { describe, dimensions, ridge } from '../src/core/features/feature-space';
import { hashedNgrams } from '../src/core/features/hashed-ngrams';
import { seededRandom } from '../test/core/seeded-random';
import { requestFor } from '../test/core/simulation';
import { promptOfKind } from '../test/core/two-kinds-of-prompt';
import type { Timing } from './median-time';
import { timeOf } from './median-time';

const armCount = 8;
/** 512 numbers of a raw embedding, a length and a complexity: what a plain LinUCB router is fed. */
const textbookDimensions = 514;
const leastRatio = 20;
const differentPrompts = 256;

const random = seededRandom(1);
const prompts = Array.from({ length: differentPrompts }, () =>
  promptOfKind(random() < 0.5 ? 'code' : 'prose', random),
);
const described = prompts.map((prompt) => describe(requestFor(prompt)).features);
const embedded = prompts.map(() => denseUnitVector(textbookDimensions));

test('choosing and learning, 8 arms', () => {
  const conduit = measureConduit();
  const textbook = measureTextbook();
  const ratio = {
    choose: textbook.choose.medianUs / conduit.choose.medianUs,
    learn: textbook.learn.medianUs / conduit.learn.medianUs,
    both: sum(textbook) / sum(conduit),
  };
  console.log(
    [
      '',
      `Median per decision (95th percentile in brackets), ${String(armCount)} arms:`,
      line(`Conduit, ${String(dimensions)} features`, conduit),
      line(`textbook LinUCB, ${String(textbookDimensions)} features`, textbook),
      `  times faster: choose ${ratio.choose.toFixed(0)}, learn ${ratio.learn.toFixed(0)}, ` +
        `both ${ratio.both.toFixed(0)} (at least ${String(leastRatio)} is promised)`,
    ].join('\n'),
  );
  expect(ratio.both).toBeGreaterThanOrEqual(leastRatio);
});

test('describing a prompt of 1 kB', () => {
  const prompt = prompts.join('\n').slice(0, 1_000);
  const request = requestFor(prompt);
  const often = { batch: 20, samples: 200, warmUp: 50 };
  const hashed = timeOf(() => void hashedNgrams(prompt, 20), often);
  const whole = timeOf(() => void describe(request), often);
  console.log(
    `  1 kB prompt: hashed n-grams ${micros(hashed)}, all ${String(dimensions)} features ${micros(whole)}`,
  );
});

interface Measured {
  readonly choose: Timing;
  readonly learn: Timing;
}

function measureConduit(): Measured {
  const arms = Array.from({ length: armCount }, (_, index): Arm => {
    const evidence = createArmEvidence(ridge);
    return { id: String(index), evidence, pulls: 0, inFlight: 0, prior01: undefined };
  });
  const learn = timeOf((call) => {
    const outcome = { quality01: random() < 0.7 ? 1 : 0, weight: 1 };
    arms[call % armCount]?.evidence.amend(at(described, call), undefined, outcome);
  }, often(100));
  const choose = timeOf((call) => {
    const estimates = estimate(arms, at(described, call), 'lin-ucb');
    draw(
      estimates.map(({ quality01, bonus }) => quality01 + bonus),
      random,
    );
  }, often(100));
  return { choose, learn };
}

function measureTextbook(): Measured {
  const policy = createTextbookLinUcb(armCount, textbookDimensions);
  const learn = timeOf((call) => {
    policy.learn(call % armCount, at(embedded, call), random() < 0.7 ? 1 : 0);
  }, often(2));
  const choose = timeOf((call) => {
    const scores = policy.scores(at(embedded, call));
    scores.indexOf(Math.max(...scores));
  }, often(2));
  return { choose, learn };
}

function often(batch: number): Parameters<typeof timeOf>[1] {
  return { batch, samples: 200, warmUp: 50 };
}

function denseUnitVector(size: number): Float64Array {
  const vector = Float64Array.from({ length: size }, () => random() + random() + random() - 1.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function at<Value>(values: readonly Value[], call: number): Value {
  const value = values[call % values.length];
  if (value === undefined) throw new RangeError('There are no values.');
  return value;
}

function sum({ choose, learn }: Measured): number {
  return choose.medianUs + learn.medianUs;
}

function line(name: string, { choose, learn }: Measured): string {
  return `  ${name.padEnd(32)} choose ${micros(choose)}, learn ${micros(learn)}`;
}

function micros({ medianUs, p95Us }: Timing): string {
  return `${medianUs.toFixed(1)} µs (${p95Us.toFixed(1)})`;
}
