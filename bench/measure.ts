import type { Arm } from '../src/core/bandit/arm';
import type { ArmEvidence } from '../src/core/bandit/arm-evidence';
import { createArmEvidence } from '../src/core/bandit/arm-evidence';
import { draw } from '../src/core/bandit/draw';
import type { PoolEvidence } from '../src/core/bandit/hybrid';
import { estimate } from '../src/core/bandit/hybrid';
import { shippedSettings } from '../src/core/bandit/settings';
import type { SharedEvidence } from '../src/core/bandit/shared-evidence';
import { createSharedEvidence } from '../src/core/bandit/shared-evidence';
import { createTextbookLinUcb } from '../src/core/bandit/textbook-lin-ucb';
import { describe, textSpace } from '../src/core/features/feature-space';
import { hashedNgrams } from '../src/core/features/hashed-ngrams';
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

function learntPool(): LearntPool {
  const learnt = newPool();
  chooseOne(learnt, 0);
  for (let call = 0; call < 1_000; call += 1) learnOne(learnt, call);
  return learnt;
}

/** Bytes of the typed arrays of a learnt pool. */
function memoryOf({ arms }: LearntPool): number {
  const ofArms = arms.reduce((bytes, { evidence }) => bytes + bytesOf(evidence), 0);
  // The shared part's own arrays are private to it: an inverse, and a few vectors.
  const ofShared = Float64Array.BYTES_PER_ELEMENT * (dimensions ** 2 + 5 * dimensions);
  return ofArms + ofShared;
}

/** Bytes of every typed array that the evidence shows, and of the scratch vector that it doesn't. */
function bytesOf(evidence: ArmEvidence): number {
  const arrays = [evidence.inverse, evidence.sums, evidence.ridge, evidence.b, evidence.s];
  return arrays.reduce((bytes, { byteLength }) => bytes + byteLength, evidence.s.byteLength);
}

interface LearntPool {
  readonly arms: readonly Arm[];
  readonly pool: PoolEvidence & { readonly shared: SharedEvidence };
}

function newPool(): LearntPool {
  const arms = Array.from({ length: armCount }, (_, index): Arm => {
    const evidence = createArmEvidence(textSpace.ridge);
    return { id: String(index), evidence, pulls: 1, inFlight: 0, prior01: undefined };
  });
  const evidenceOfAll = (): Iterable<ArmEvidence> => arms.map(({ evidence }) => evidence);
  const shared = createSharedEvidence(dimensions, shippedSettings.sharedRidge ?? 1, evidenceOfAll);
  return { arms, pool: { shared, residuals: { weight: 0, squares: 0 } } };
}

/** What an outcome does: to the arm that was chosen, and to what all arms share. */
function learnOne({ arms, pool }: LearntPool, call: number): void {
  const x = at(vectors, call);
  at(arms, call).evidence.amend(x, undefined, { quality01: random() < 0.7 ? 1 : 0, weight: 1 });
  pool.shared.add(x, 1);
}

/** What a choice costs once the prompt is described: the estimates of all arms, and the draw. */
function chooseOne({ arms, pool }: LearntPool, call: number): void {
  const estimates = estimate(arms, at(described, call), 'lin-ucb', pool, shippedSettings);
  const bounds = estimates.map(({ quality01, bonus }) => ({
    upper: quality01 + bonus,
    lower: quality01 - bonus,
    newcomer: false,
  }));
  draw(bounds, shippedSettings, random);
}

function measureConduit(): Measured {
  const learnt = newPool();
  // The shared part makes its inverse when it is first asked, and keeps it up to date from then on.
  chooseOne(learnt, 0);
  const learn = timeOf((call) => learnOne(learnt, call), often(100));
  const choose = timeOf((call) => chooseOne(learnt, call), often(100));
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
