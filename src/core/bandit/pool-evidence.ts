import type { Evidence } from '../terms/evidence';
import type { ArmEvidence } from './arm-evidence';
import { createArmEvidence } from './arm-evidence';
import type { Lesson } from './policy';
import type { Residuals } from './residuals';
import { readList, readMap, readNumber, readShape } from '../terms/saved';
import type { ArmSums } from './arm-sums';
import { addSums, amendSums, copyOfSums, noSums, readSums, scaleSums, translatedSums } from './arm-sums';
import { savedPool } from './saved-pool';
import type { Read } from '../terms/saved';
import type { Steps } from '../terms/steps';
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
  /** What was sealed of the arm stays. */
  relearn(id: string, lessons: Iterable<Lesson>): void;
  /**
   * Puts `outcome` in the place of `before` in what `relearn` keeps of the arm from now on, and changes nothing of what is
   * expected: that of a pull which isn't among its later lessons. `halfLife` is a name: see `fade`.
   */
  seal(lesson: Lesson, halfLife: number | undefined): void;
  /** By which names something of the arm was sealed. */
  sealedHalfLives(id: string): Iterable<number | undefined>;
  /** Multiplies what was sealed of an arm by this name, from the next `relearn` on. */
  fade(id: string, halfLife: number | undefined, factor: number): void;
  /** Σ w of what was sealed of an arm. */
  sealedWeight(id: string): number;
  /** As JSON, for `createPoolEvidence`; not what was sealed apart from the rest. */
  serialise(): string;
  save(): SavedEvidence;
  /** Throws a RangeError, and changes nothing, where `saved` is not what `save` gave for as many features. */
  restore(saved: unknown): Steps<void>;
  /**
   * Takes over what `save` gave for other features, all of it as sealed. The first `common` features are the same; undefined:
   * none but the constant one. Throws as `restore`.
   */
  carryOver(saved: unknown, common: number | undefined): void;
}

/** Of the sealed sums, -1 stands for no half-life. */
export interface SavedEvidence {
  readonly residuals: { readonly weight: number; readonly squares: number };
  readonly arms: ReadonlyMap<string, ArmSums>;
  readonly sealed: ReadonlyMap<string, readonly { readonly halfLife: number; readonly sums: ArmSums }[]>;
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
  /** By arm and half-life. */
  const sealed = new Map<string, Map<number | undefined, ArmSums>>();

  function sealedOf(id: string, halfLife: number | undefined): ArmSums {
    const ofArm = sealed.get(id) ?? new Map<number | undefined, ArmSums>();
    sealed.set(id, ofArm);
    const sums = ofArm.get(halfLife) ?? noSums(ridge.length);
    ofArm.set(halfLife, sums);
    return sums;
  }

  function sealedSums(id: string): ArmSums {
    const all = noSums(ridge.length);
    for (const sums of sealed.get(id)?.values() ?? []) addSums(all, sums);
    return all;
  }

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
      const anew = sealedSums(id);
      for (const { x, predicted01, before: old, outcome, scale } of lessons) {
        amendSums(anew, x, undefined, scaled(outcome, scale));
        if (predicted01 === undefined) continue;
        addResidual(residuals, predicted01, old, -1);
        addResidual(residuals, predicted01, outcome, 1);
      }
      arms.set(id, createArmEvidence(ridge, anew));
      shared?.rebuild();
    },
    seal: ({ arm: id, x, before: old, outcome, scale }, halfLife) => {
      amendSums(sealedOf(id, halfLife), x, scaled(old, scale), scaled(outcome, scale));
    },
    sealedHalfLives: (id) => sealed.get(id)?.keys() ?? [],
    fade: (id, halfLife, factor) => scaleSums(sealedOf(id, halfLife), factor),
    sealedWeight: (id) =>
      Array.from(sealed.get(id)?.values() ?? []).reduce((sum, { weight }) => sum + weight, 0),
    save: () => ({
      residuals: { ...residuals },
      arms: new Map(Array.from(arms, ([id, sums]) => [id, copyOfSums(sums)])),
      sealed: new Map(
        Array.from(sealed, ([id, ofArm]) => [
          id,
          Array.from(ofArm, ([halfLife = -1, sums]) => ({ halfLife, sums: copyOfSums(sums) })),
        ]),
      ),
    }),
    restore: function* (saved): Steps<void> {
      const read = readEvidence(ridge.length)(saved, 'evidence');
      yield;
      Object.assign(residuals, read.residuals);
      for (const [id, sums] of read.arms) arms.set(id, createArmEvidence(ridge, sums));
      yield;
      for (const [id, parts] of read.sealed)
        sealed.set(
          id,
          new Map(parts.map(({ halfLife, sums }) => [halfLife < 0 ? undefined : halfLife, copyOfSums(sums)])),
        );
      shared?.rebuild();
    },
    carryOver: (saved, common) => {
      const read = readEvidence()(saved, 'evidence');
      Object.assign(residuals, read.residuals);
      for (const [id, sums] of read.arms) {
        if (common !== undefined && common > sums.s.length)
          throw new RangeError('The saved evidence has fewer features than are the same.');
        const own = translatedSums(sums, common, ridge.length, bias);
        arms.set(id, createArmEvidence(ridge, own));
        addSums(sealedOf(id, undefined), own);
      }
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

function readEvidence(features?: number): Read<SavedEvidence> {
  const sums = readSums(features);
  return readShape<SavedEvidence>({
    residuals: readShape({ weight: readNumber, squares: readNumber }),
    arms: readMap(sums),
    sealed: readMap(readList(readShape({ halfLife: readNumber, sums }))),
  });
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
