import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArmRecord, Pull } from '../../../src/core/learning/arm-record';
import { createArmRecord } from '../../../src/core/learning/arm-record';
import type { ArmEvidence } from '../../../src/core/bandit/arm-evidence';
import { createArmEvidence } from '../../../src/core/bandit/arm-evidence';
import { createWeighing } from '../../../src/core/learning/weighing';
import { createHybrid } from '../../../src/core/bandit/hybrid';
import { shippedSettings } from '../../../src/core/bandit/settings';
import type { UcbPolicy } from '../../../src/core/bandit/ucb-policy';
import { createSharedEvidence } from '../../../src/core/bandit/shared-evidence';
import { addOuterProduct, at } from '../../../src/core/bandit/symmetric-matrix';
import { textSpace } from '../../../src/core/features/feature-space';
import type { Random } from '../../../src/core/terms/ports';
import type { Evidence } from '../../../src/core/terms/evidence';
import { seededRandom } from '../seeded-random';
import { fold, historyOf, hybrid, learnerOf } from './history';
import { expectClose } from './state';
import { runs } from '../../runs';

const size = 12;
const updates = 10_000;
const scenario = fc.record({
  seed: fc.nat(1_000_000),
  ridge: fc.array(fc.double({ min: 0.5, max: 100, noNaN: true }), { minLength: size, maxLength: size }),
  oldScale: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
});

const trusted = { of: () => 1, version: () => 0 };
/** One that counts as it is, however little it weighs. */
const anyOutcome = { name: 'completed', cause: 'outcome', halfLife: undefined } as const;

interface Counted {
  readonly features: Float64Array;
  readonly order: number;
  outcome: Evidence;
}

/** Kinds that are one-hot, dense numbers and a bias, as the real features have them. */
function featuresFrom(random: Random): Float64Array {
  const x = new Float64Array(size);
  x[Math.floor(random() * 4)] = 1;
  for (let index = 4; index < size - 1; index += 1) x[index] = random() * 2 - 1;
  x[size - 1] = 1;
  return x;
}

/** An arm of a policy. */
interface Learnt {
  readonly arm: ArmRecord;
  readonly weight: () => number;
}

function policyWith(ridge: readonly number[], sharedRidge?: number): UcbPolicy {
  return createHybrid({ ridge, bias: ridge.length - 1 }, { ...shippedSettings, sharedRidge });
}

function armOf(policy: UcbPolicy, id = 'arm'): Learnt {
  return {
    arm: createArmRecord(id, policy, createWeighing(trusted)),
    weight: () => policy.evidence.arm(id).weight,
  };
}

/** 10,000 outcomes, every seventh amended, and every 1,500 a change that lets what is older fade. */
function longLife(
  { arm, weight }: Learnt,
  random: Random,
  oldScale: number,
  onChange: () => void = () => undefined,
): readonly { readonly features: Float64Array; readonly evidence: Evidence }[] {
  const counted: Counted[] = [];
  const changes: number[] = [];
  for (let order = 1; order <= updates; order += 1) {
    const features = featuresFrom(random);
    const pull: Pull = {
      features,
      predicted01: 0.5,
      order,
      position: arm.drift.pulled(order),
      signs: [],
      counted: undefined,
    };
    const outcomes = Array.from({ length: order % 7 === 0 ? 3 : 1 }, () => ({
      quality: random(),
      weight: 0.01 + 0.99 * random(),
    }));
    for (const outcome of outcomes) arm.observe(pull, [{ ...anyOutcome, ...outcome }]);
    counted.push({ features, order, outcome: outcomes.at(-1) ?? { quality: 0, weight: 0 } });
    if (order % 1_500 !== 0) continue;
    const before = weight();
    arm.applyChange({ recentFrom: order - 10, oldScale }, 0);
    expect(weight()).toBeLessThan(before);
    changes.push(order - 10);
    onChange();
  }
  return counted.map(({ features, order, outcome: { quality, weight } }) => {
    const faded = changes.filter((recentFrom) => order < recentFrom).length;
    return { features, evidence: { quality, weight: weight * oldScale ** faded } };
  });
}

function designOf(
  ridge: readonly number[],
  outcomes: readonly { readonly features: Float64Array; readonly evidence: Evidence }[],
): Float64Array {
  const design = new Float64Array(size * size);
  ridge.forEach((value, index) => (design[index * size + index] = value));
  for (const { features, evidence } of outcomes) addOuterProduct(design, features, evidence.weight);
  return design;
}

describe('the inverse that an arm keeps', () => {
  it(`is that of R + Σ w·x·xᵀ after ${String(updates)} updates with forgetting and amendments`, () => {
    fc.assert(
      fc.property(scenario, ({ seed, ridge, oldScale }) => {
        const policy = policyWith(ridge);
        const outcomes = longLife(armOf(policy), seededRandom(seed), oldScale);
        const evidence = policy.evidence.arm('arm');
        expectIdentity(product(designOf(ridge, outcomes), evidence.inverse));
        const b = new Float64Array(size);
        for (const { features, evidence: counted } of outcomes) {
          features.forEach((value, index) => {
            b[index] = at(b, index) + counted.weight * counted.quality * value;
          });
        }
        expectClose([...evidence.b], [...b], 1e-8);
      }),
      { numRuns: runs(4) },
    );
  });

  it('is never weakened below the ridge by forgetting', () => {
    const policy = policyWith(Array<number>(size).fill(3));
    longLife(armOf(policy), seededRandom(1), 0.05);
    const { inverse } = policy.evidence.arm('arm');
    for (let index = 0; index < size; index += 1) {
      expect(at(inverse, index * size + index)).toBeLessThanOrEqual(1 / 3);
    }
  });
});

describe('what all arms share', () => {
  it(`solves (R₀ + Σ S)·φ = Σ (b − m·s), as far as it is shared, after ${String(updates)} updates with forgetting and amendments`, () => {
    fc.assert(
      fc.property(
        scenario,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ seed, ridge, oldScale }, centre) => {
          const random = seededRandom(seed);
          const policy = policyWith(ridge, 5);
          const shared = (): readonly number[] => [...(policy.evidence.shared?.weights(centre) ?? [])];
          for (const id of ['a', 'b']) {
            // Asked for at once, so that the inverse is kept up to date instead of being made at the end.
            shared();
            longLife(armOf(policy, id), random, oldScale, shared);
          }
          const evidence = ['a', 'b'].map((id) => policy.evidence.arm(id));
          expectClose(shared(), directly(evidence, 5, centre), 1e-8);
        },
      ),
      { numRuns: runs(3) },
    );
  });

  it(`still does after ${String(updates)} outcomes that nothing was taken back of`, () => {
    const random = seededRandom(8);
    const arms = [1, 2].map(() => createArmEvidence(Array<number>(size).fill(10)));
    const shared = createSharedEvidence(size, 5, () => arms);
    shared.weights(0.5);
    for (let order = 1; order <= updates; order += 1) {
      const features = featuresFrom(random);
      const outcome = { quality: random(), weight: 0.01 + 0.99 * random() };
      arms[order % 3 === 0 ? 0 : 1]?.amend(features, undefined, outcome);
      shared.add(features, outcome.weight);
    }
    const weights = [...shared.weights(0.5)];
    expect(Math.max(...weights.map(Math.abs))).toBeGreaterThan(1e-3);
    expectClose(weights, directly(arms, 5, 0.5), 1e-8);
  });

  it('does so in the real learner', () => {
    const learner = fold(learnerOf(hybrid), historyOf(hybrid, 5));
    const pool = learner.pool('default');
    const evidence = ['a', 'b', 'c'].map((id) => pool.arm(id).quality);
    const ridge = hybrid.settings.sharedRidge ?? 0;
    expectClose([...(pool.policy.evidence.shared?.weights(0.6) ?? [])], directly(evidence, ridge, 0.6), 1e-9);
  });

  it('fades where one arm alone speaks of it, and holds where two do', () => {
    const arms = [1, 2].map(() => createArmEvidence([10, 10]));
    const shared = createSharedEvidence(2, 5, () => arms);
    const bad = { quality: 0, weight: 1 };
    for (let call = 0; call < 20; call += 1) arms[0]?.amend(Float64Array.of(1, 0), undefined, bad);
    expectClose([...shared.weights(0.5)], [(-10 / 25) * (15 / 35), 0], 1e-12);
    shared.rebuild();
    for (let call = 0; call < 1_000; call += 1) arms[0]?.amend(Float64Array.of(1, 0), undefined, bad);
    expect(Math.abs(shared.weights(0.5)[0] ?? NaN)).toBeLessThan(0.01);
    shared.rebuild();
    for (let call = 0; call < 1_020; call += 1) arms[1]?.amend(Float64Array.of(1, 0), undefined, bad);
    expectClose([...shared.weights(0.5)], [-1_020 / 2_045, 0], 1e-9);
  });

  it('is nothing where nothing was learnt', () => {
    const pool = learnerOf(hybrid).pool('default');
    expect([...(pool.policy.evidence.shared?.weights(0.6) ?? [])]).toEqual(
      Array<number>(textSpace.ridge.length).fill(0),
    );
  });
});

/** φ by Gaussian elimination, from its definition, each weight as far as the arms' shares of its squares are even. */
function directly(arms: readonly ArmEvidence[], ridge: number, centre: number): readonly number[] {
  const count = arms[0]?.b.length ?? 0;
  const total = (of: (arm: ArmEvidence) => number): number => arms.reduce((sum, arm) => sum + of(arm), 0);
  const rows = Array.from({ length: count }, (_, row) => [
    ...Array.from(
      { length: count },
      (__, column) => (row === column ? ridge : 0) + total(({ sums }) => at(sums, row * count + column)),
    ),
    total(({ b, s }) => at(b, row) - centre * at(s, row)),
  ]);
  rows.forEach((pivot, step) => {
    const scale = pivot[step] ?? Number.NaN;
    pivot.forEach((value, column) => (pivot[column] = value / scale));
    for (const row of rows) {
      const factor = row === pivot ? 0 : (row[step] ?? Number.NaN);
      if (factor !== 0)
        pivot.forEach((value, column) => (row[column] = (row[column] ?? Number.NaN) - factor * value));
    }
  });
  return rows.map((row, index) => {
    const squares = arms.map(({ sums }) => at(sums, index * count + index));
    const sum = squares.reduce((a, b) => a + b, 0);
    const even = sum > 0 ? 2 * (1 - squares.reduce((a, b) => a + (b / sum) ** 2, 0)) : 0;
    return (row[count] ?? Number.NaN) * Math.min(1, even + 15 / (15 + sum));
  });
}

function product(a: Float64Array, b: Float64Array): readonly number[] {
  return Array.from({ length: size * size }, (_, index) => {
    let sum = 0;
    for (let k = 0; k < size; k += 1) {
      sum += at(a, Math.floor(index / size) * size + k) * at(b, k * size + (index % size));
    }
    return sum;
  });
}

function expectIdentity(matrix: readonly number[]): void {
  expectClose(
    matrix,
    matrix.map((_, index) => (index % (size + 1) === 0 ? 1 : 0)),
    1e-8,
  );
}
