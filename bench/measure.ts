import type { ArmEvidence } from '../src/core/bandit/arm-evidence';
import { createHybrid } from '../src/core/bandit/hybrid';
import type { Option, Policy } from '../src/core/bandit/policy';
import { shippedSettings } from '../src/core/bandit/settings';
import type { UcbPolicy } from '../src/core/bandit/ucb-policy';
import { createTextbookLinUcb } from './routing/policies/textbook-lin-ucb';
import { describe, textSpace } from '../src/core/features/feature-space';
import { hashedNgrams } from './routing/hashed-ngrams';
import { seededRandom } from '../test/core/seeded-random';
import { requestFor } from '../test/core/simulation';
import { promptOfKind } from '../test/core/two-kinds-of-prompt';
import type { Measured, Measurements } from './measurements';
import { timeOf } from './median-time';

const armCount = 8;
/** 512 numbers of a raw embedding, a length and a complexity: what a plain LinUCB router is fed. */
const textbookDimensions = 514;
const dimensions = textSpace.ridge.length;
const differentPrompts = 256;

const random = seededRandom(1);
const arms = Array.from({ length: armCount }, (_, index): Option => {
  const worth = (quality: number): number => quality;
  // Of models that figures are known of there is more to weigh.
  const prior = { stated01: undefined, contrast: 0.02 * (index - (armCount - 1) / 2), deviation: 0.04 };
  return { id: String(index), pulls: 1, inFlight: 0, prior, newcomer: false, worth };
});
const prompts = Array.from({ length: differentPrompts }, () =>
  promptOfKind(random() < 0.5 ? 'code' : 'prose', random),
);
const described = prompts.map((prompt) => describe(requestFor(prompt)).features);
const vectors = described.map((features) => Float64Array.from(features));
const embedded = prompts.map(() => denseUnitVector(textbookDimensions));

/** Prints its measurements as JSON, for choose-and-learn.bench.ts. */
const prompt = prompts.join('\n').slice(0, 1_000);
const request = requestFor(prompt);
const measurements: Measurements = {
  arms: armCount,
  dimensions,
  textbookDimensions,
  conduit: measureConduit(),
  textbook: measureTextbook(),
  hashedNgrams: timeOf(() => void hashedNgrams(prompt, 20), often(20)),
  description: timeOf(() => void describe(request), often(20)),
  memoryBytes: memoryOf(learntPool()),
};
console.log(JSON.stringify(measurements));

function learntPool(): UcbPolicy {
  const learnt = newPool();
  chooseOne(learnt, 0);
  for (let call = 0; call < 1_000; call += 1) learnOne(learnt, at(vectors, call), call);
  return learnt;
}

/** Bytes of the typed arrays of a learnt pool. */
function memoryOf({ evidence }: UcbPolicy): number {
  const ofArms = arms.reduce((bytes, { id }) => bytes + bytesOf(evidence.arm(id)), 0);
  // The shared part's own arrays are private to it: an inverse, and a few vectors.
  const ofShared = Float64Array.BYTES_PER_ELEMENT * (dimensions ** 2 + 5 * dimensions);
  return ofArms + ofShared;
}

/** Bytes of every typed array that the evidence shows, and of the scratch vector that it doesn't. */
function bytesOf(evidence: ArmEvidence): number {
  const arrays = [evidence.inverse, evidence.sums, evidence.ridge, evidence.b, evidence.s];
  return arrays.reduce((bytes, { byteLength }) => bytes + byteLength, evidence.s.byteLength);
}

function newPool(): UcbPolicy {
  return createHybrid(textSpace, shippedSettings);
}

/** What an outcome does: to the arm that was chosen, and to what all arms share. */
function learnOne(policy: Policy, x: Float64Array, call: number): void {
  const outcome = { quality: random() < 0.7 ? 1 : 0, weight: 1 };
  policy.learn({ arm: at(arms, call).id, x, predicted01: 0.7, before: undefined, outcome, scale: 1 });
}

/** What a choice costs once the prompt is described: the estimates of all arms, and the draw. */
function chooseOne(policy: UcbPolicy, call: number): void {
  const x = Float64Array.from(at(described, call));
  policy.choose({ options: arms, x, phase: 'lin-ucb' }, random);
}

function measureConduit(): Measured {
  const learnt = newPool();
  // The shared part makes its inverse when it is first asked, and keeps it up to date from then on.
  chooseOne(learnt, 0);
  const learn = timeOf((call) => learnOne(learnt, at(vectors, call), call), often(100));
  const choose = timeOf((call) => chooseOne(learnt, call), often(100));
  return { choose, learn };
}

function measureTextbook(): Measured {
  const policy = createTextbookLinUcb(textbookDimensions);
  const learn = timeOf((call) => {
    learnOne(policy, at(embedded, call), call);
  }, often(2));
  const choose = timeOf((call) => {
    policy.choose({ options: arms, x: at(embedded, call), phase: 'lin-ucb' }, random);
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
