import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArmEvidence } from '../../../src/core/bandit/arm-evidence';
import { createArmEvidence } from '../../../src/core/bandit/arm-evidence';
import { inverseOf } from '../../../src/core/bandit/symmetric-matrix';
import type { Evidence } from '../../../src/core/terms/evidence';
import { runs } from '../../runs';

const size = 6;
const feature = fc.double({ min: -1, max: 1, noNaN: true });
const features = fc
  .array(feature, { minLength: size - 1, maxLength: size - 1 })
  .map((x) => Float64Array.of(...x, 1));
const ridge = fc.array(fc.double({ min: 0.5, max: 100, noNaN: true }), { minLength: size, maxLength: size });
const evidence: fc.Arbitrary<Evidence> = fc.record({
  quality: fc.double({ min: 0, max: 1, noNaN: true }),
  weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
});
const pulls = fc.array(fc.record({ x: features, outcome: evidence }), { minLength: 1, maxLength: 40 });

interface Pull {
  readonly x: Float64Array;
  readonly outcome: Evidence;
}

describe('the evidence of an arm', () => {
  it('holds the inverse of R + Σ w·x·xᵀ, for any ridge', () => {
    fc.assert(
      fc.property(ridge, pulls, (diagonal, outcomes) => {
        const arm = armOf(diagonal, outcomes);
        expectIdentity(product(designOf(diagonal, outcomes), arm.inverse));
      }),
    );
  });

  it('still does after thousands of updates and amendments', () => {
    fc.assert(
      fc.property(
        ridge,
        pulls,
        fc.array(evidence, { minLength: 2, maxLength: 5 }),
        (diagonal, some, changes) => {
          const arm = createArmEvidence(diagonal);
          const many: Pull[] = [];
          while (many.length < 1_200) many.push(...some);
          for (const [index, { x, outcome }] of many.entries()) {
            let before: Evidence | undefined;
            for (const change of index % 7 === 0 ? changes : []) {
              arm.amend(x, before, change);
              before = change;
            }
            arm.amend(x, before, outcome);
          }
          expectIdentity(product(designOf(diagonal, many), arm.inverse));
        },
      ),
      { numRuns: runs(10) },
    );
  });

  it('does not depend on the order of the outcomes', () => {
    const shuffled = pulls.chain((outcomes) =>
      fc.tuple(
        fc.constant(outcomes),
        fc.shuffledSubarray(outcomes, { minLength: outcomes.length, maxLength: outcomes.length }),
      ),
    );
    fc.assert(
      fc.property(ridge, shuffled, (diagonal, [outcomes, reordered]) => {
        expectSame(armOf(diagonal, outcomes), armOf(diagonal, reordered));
      }),
    );
  });

  it('forgets what was amended: as if the old value had never been seen', () => {
    fc.assert(
      fc.property(ridge, pulls, features, evidence, evidence, (diagonal, others, x, wrong, right) => {
        const amended = createArmEvidence(diagonal);
        amended.amend(x, undefined, wrong);
        for (const pull of others) amended.amend(pull.x, undefined, pull.outcome);
        amended.amend(x, wrong, right);
        expectSame(amended, armOf(diagonal, [...others, { x, outcome: right }]));

        amended.amend(x, right, undefined);
        expectSame(amended, armOf(diagonal, others));
      }),
    );
  });

  it('leaves the features alone', () => {
    const x = Float64Array.of(0.5, 0, 0, 0, -0.5, 1);
    const arm = createArmEvidence(Array<number>(size).fill(1));
    arm.amend(x, undefined, { quality: 1, weight: 1 });
    expect([...x]).toEqual([0.5, 0, 0, 0, -0.5, 1]);
  });

  it('refuses features of another length, and a matrix that has no inverse', () => {
    const arm = createArmEvidence([1, 1, 1]);
    expect(() => arm.amend(Float64Array.of(1, 1), undefined, { quality: 1, weight: 1 })).toThrow(RangeError);
    expect(() => inverseOf(new Float64Array(4), 2)).toThrow(/not positive definite/);
  });
});

function armOf(diagonal: readonly number[], outcomes: readonly Pull[]): ArmEvidence {
  const arm = createArmEvidence(diagonal);
  for (const { x, outcome } of outcomes) arm.amend(x, undefined, outcome);
  return arm;
}

/** A = R + Σ w·x·xᵀ, from its definition. */
function designOf(diagonal: readonly number[], outcomes: readonly Pull[]): Float64Array {
  const design = new Float64Array(size * size);
  diagonal.forEach((value, index) => (design[index * size + index] = value));
  for (const { x, outcome } of outcomes) {
    x.forEach((row, i) => {
      x.forEach((column, j) => {
        design[i * size + j] = (design[i * size + j] ?? 0) + outcome.weight * row * column;
      });
    });
  }
  return design;
}

function product(a: Float64Array, b: Float64Array): readonly number[] {
  return Array.from({ length: size * size }, (_, index) => {
    const row = Math.floor(index / size);
    const column = index % size;
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += (a[row * size + k] ?? NaN) * (b[k * size + column] ?? NaN);
    return sum;
  });
}

function expectIdentity(matrix: readonly number[]): void {
  const worst = Math.max(
    ...matrix.map((value, index) => Math.abs(value - (index % (size + 1) === 0 ? 1 : 0))),
  );
  expect(worst).toBeLessThan(1e-8);
}

function expectSame(a: ArmEvidence, b: ArmEvidence): void {
  const numbers = (arm: ArmEvidence): readonly number[] => [
    arm.weight,
    arm.weightedQuality,
    arm.weightedSquares,
    ...arm.b,
    ...arm.s,
    ...arm.inverse,
  ];
  const other = numbers(b);
  const worst = Math.max(...numbers(a).map((value, index) => Math.abs(value - (other[index] ?? NaN))));
  expect(worst).toBeLessThan(1e-9);
}
