import type { Evidence } from '../terms/evidence';
import type { ArmEvidence } from './arm-evidence';
import { createArmEvidence } from './arm-evidence';
import type { Lesson } from './policy';
import type { Residuals } from './residuals';
import { savedPool } from './saved-pool';
import type { SharedEvidence } from './shared-evidence';
import { createSharedEvidence } from './shared-evidence';

/** The features that a policy is made for. */
export interface Coordinates {
  /** One positive number for each feature. */
  readonly ridge: readonly number[];
  /** Where the constant feature stands, which carries an arm's mean. */
  readonly bias: number;
}

/** What the outcomes of a pool's arms have shown of their quality. */
export interface PoolEvidence {
  readonly residuals: Residuals;
  /** What all arms share; undefined where the policy has no shared part. */
  readonly shared: SharedEvidence | undefined;
  /** Numbers in the features that it was made for. */
  readonly size: number;
  /** Where the constant feature stands. */
  readonly bias: number;
  /** Of one arm; of one that nothing is known of where it was never met. To be read only, and not kept. */
  arm(id: string): ArmEvidence;
  learn(lesson: Lesson): void;
  relearn(id: string, lessons: Iterable<Lesson>): void;
  /** As JSON, for `createPoolEvidence`. */
  serialise(): string;
}

/**
 * `sharedRidge` is undefined for no shared part. `saved` is what
 * `serialise` gave; throws a RangeError where it is something else, or of other features.
 */
export function createPoolEvidence(
  { ridge, bias }: Coordinates,
  sharedRidge: number | undefined,
  saved?: string,
): PoolEvidence {
  const before = saved === undefined ? undefined : savedPool(saved, ridge.length);
  const arms = new Map<string, ArmEvidence>(
    before?.arms.map(([id, sums]) => [id, createArmEvidence(ridge, sums)]),
  );
  const residuals = { weight: 0, squares: 0, ...before?.residuals };
  const shared =
    sharedRidge === undefined
      ? undefined
      : createSharedEvidence(ridge.length, sharedRidge, () => arms.values());

  const unmet = createArmEvidence(ridge);
  const arm = (id: string): ArmEvidence => arms.get(id) ?? unmet;

  return {
    residuals,
    shared,
    size: ridge.length,
    bias,
    arm,
    learn: ({ arm: id, x, predicted01, before: old, outcome, scale }) => {
      if (!arms.has(id)) arms.set(id, createArmEvidence(ridge));
      arm(id).amend(x, scaled(old, scale), scaled(outcome, scale));
      shared?.add(x, scale * ((outcome?.weight ?? 0) - (old?.weight ?? 0)));
      if (predicted01 === undefined) return;
      addResidual(residuals, predicted01, old, -1);
      addResidual(residuals, predicted01, outcome, 1);
    },
    relearn: (id, lessons) => {
      const anew = createArmEvidence(ridge);
      for (const { x, predicted01, before: old, outcome, scale } of lessons) {
        anew.amend(x, undefined, scaled(outcome, scale));
        if (predicted01 === undefined) continue;
        addResidual(residuals, predicted01, old, -1);
        addResidual(residuals, predicted01, outcome, 1);
      }
      arms.set(id, anew);
      shared?.rebuild();
    },
    serialise: () =>
      JSON.stringify({
        features: ridge.length,
        residuals,
        arms: [...arms].map(([id, { weight, weightedQuality, weightedSquares, sums, b, s }]) => [
          id,
          { weight, weightedQuality, weightedSquares, sums: [...sums], b: [...b], s: [...s] },
        ]),
      }),
  };
}

function scaled(evidence: Evidence | undefined, scale: number): Evidence | undefined {
  if (evidence === undefined || scale === 1) return evidence;
  return { quality: evidence.quality, weight: evidence.weight * scale };
}

function addResidual(
  residuals: { weight: number; squares: number },
  predicted01: number,
  evidence: Evidence | undefined,
  sign: 1 | -1,
): void {
  if (evidence === undefined) return;
  residuals.weight += sign * evidence.weight;
  // An outcome of weight w has 1/w times the variance of a whole one.
  residuals.squares += sign * evidence.weight ** 2 * (evidence.quality - predicted01) ** 2;
}
