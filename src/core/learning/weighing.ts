import { isJudgement, meanOf } from '../reward/observation-rules';
import type { Sign } from '../reward/signs';
import type { Evidence } from '../terms/evidence';
import { readList, readMap, readNumber, readShape } from '../terms/saved';
import type { SignalCause } from '../terms/signals';

/**
 * What the signs of a pool's pulls count, once those of all its pulls are known. A judgement counts as it is. A weak sign
 * says whether an answer was better or worse than the pool's others, and hardly how good: some users thank for all, and
 * some copy all. So it is taken against the mean of its cause over the pool, c, and put at the pool's mean quality m:
 *
 *     value = m + (q − c) / w,   |q − c| ≤ √w
 *
 * Of a sign that good and bad answers get with rates d apart, w = d² and q = ½ ± d/2, this is the unbiased estimate of
 * quality, with 1/w times a thumb's variance. The weights of one cause add up to at most about `mostOfCause` outcomes at
 * one arm: a sign that favours a model for other reasons than its quality can't outvote what users say.
 *
 * Everything here follows from sums over the pulls, so the order in which they came makes no difference. The sums act in
 * steps: what earlier pulls count changes seldom, and then for all of them.
 */
export interface Weighing {
  /** Puts `after` in the place of `before`, both of one pull of an arm. */
  amend(arm: string, before: readonly Sign[], after: readonly Sign[]): void;
  /** What the signs of a pull of this arm count now; undefined: nothing. `order` is the number of its decision in the pool. */
  evidenceOf(arm: string, signs: readonly Sign[], order: number): Evidence | undefined;
  /** The pool has so many decisions now. */
  reached(decisions: number): void;
  /** Rises whenever earlier pulls may count otherwise than before. */
  version(): number;
  /** False where what the arm's pulls say is counted as it is, whatever the others say. */
  isRelative(arm: string): boolean;
  /** As `reached` was told last. */
  decisions(): number;
  /** What evidence with this half-life counts by now, in parts of what it did when the pool had `since` decisions. */
  ageOf(since: number, halfLife: number | undefined): number;
  save(): SavedWeighing;
}

type CauseSums = ReadonlyMap<string, Sum>;

export interface SavedWeighing {
  readonly centres: CauseSums;
  readonly arms: ReadonlyMap<string, CauseSums>;
  readonly level: Sum;
  readonly halfLives: readonly number[];
  readonly decisions: number;
}

const readSum = readShape<Sum>({ weight: readNumber, quality: readNumber });

export const readWeighing = readShape<SavedWeighing>({
  centres: readMap(readSum),
  arms: readMap(readMap(readSum)),
  level: readSum,
  halfLives: readList(readNumber),
  decisions: readNumber,
});

/** Outcomes of full weight. */
const mostOfCause = 20;
/** The weights are cut by another tenth when they would be so much above that. */
const capStep = 1.1;
/** As if so much weight had been seen at the middle, until there is more. */
const centreBefore = { weight: 0.2, quality: 0.5 };
const levelBefore = { weight: 4, quality: 0.6 };
const centreStep = 0.005;
const levelStep = 0.1;
/** A half-life passes in so many steps. */
const stepsOfHalfLife = 8;
/** Sums of whole numbers are exact, whatever was added and taken away. */
const millionths = 1e6;

interface Sum {
  weight: number;
  quality: number;
}

/** By how much a judge's verdicts are scaled, ≥ 0. */
export interface Trust {
  of(judge: string): number;
  /** Rises whenever `of` may say something else than before. */
  version(): number;
}

export function createWeighing(trust: Trust, saved?: SavedWeighing): Weighing {
  const centres = copyOf(saved?.centres);
  const arms = new Map(Array.from(saved?.arms ?? [], ([arm, sums]) => [arm, copyOf(sums)]));
  const level: Sum = { weight: 0, quality: 0, ...saved?.level };
  /** Of rows that were met. */
  const halfLives = new Set<number>(saved?.halfLives);
  let decisions = saved?.decisions ?? 0;
  let version = 0;

  function add(arm: string, signs: readonly Sign[], way: 1 | -1): void {
    for (const sign of signs) {
      if (sign.halfLife !== undefined) halfLives.add(sign.halfLife);
      if (isJudgement(sign)) {
        if (sign.cause !== 'outcome') addTo(level, sign, way);
        continue;
      }
      addTo(sumOf(centres, sign.cause), sign, way);
      addTo(sumOf(getOrMake(arms, arm), sign.cause), sign, way);
    }
  }

  const levelNow = (): number => stepped(meanWith(level, levelBefore), levelStep);
  const centreOf = (cause: SignalCause): number =>
    stepped(meanWith(sumOf(centres, cause), centreBefore), centreStep);

  /** The steps that the sums of these signs act in. */
  function stepsOf(arm: string, signs: readonly Sign[]): readonly number[] {
    return signs.flatMap((sign) => {
      if (isJudgement(sign)) return levelNow();
      return [centreOf(sign.cause), capOf(arm, sign.cause)];
    });
  }

  function capOf(arm: string, cause: SignalCause): number {
    const weight = (arms.get(arm)?.get(cause)?.weight ?? 0) / millionths;
    if (weight <= mostOfCause) return 1;
    return capStep ** -Math.floor(Math.log(weight / mostOfCause) / Math.log(capStep));
  }

  function ageOf(order: number, halfLife: number | undefined): number {
    if (halfLife === undefined) return 1;
    const step = stepOf(halfLife);
    return 2 ** -(((Math.floor(decisions / step) - Math.floor(order / step)) * step) / halfLife);
  }

  function counted(arm: string, sign: Sign, order: number): Evidence {
    const age = ageOf(order, sign.halfLife);
    if (isJudgement(sign)) return { quality: sign.quality, weight: sign.weight * age };
    const trusted = sign.judge === undefined ? 1 : trust.of(sign.judge);
    const weight = sign.weight * trusted;
    if (weight === 0) return { quality: 0, weight: 0 };
    const widest = Math.sqrt(weight);
    const difference = (sign.quality - centreOf(sign.cause)) * Math.sqrt(trusted);
    const value = levelNow() + Math.max(-widest, Math.min(widest, difference)) / weight;
    return { quality: value, weight: weight * age * capOf(arm, sign.cause) };
  }

  return {
    amend: (arm, before, after) => {
      const touched = [...before, ...after];
      const stepsBefore = stepsOf(arm, touched);
      add(arm, before, -1);
      add(arm, after, 1);
      if (stepsOf(arm, touched).some((step, index) => step !== stepsBefore[index])) version += 1;
    },
    evidenceOf: (arm, signs, order) => meanOf(signs.map((sign) => counted(arm, sign, order))),
    reached: (now) => {
      decisions = now;
      for (const halfLife of halfLives) if (now % stepOf(halfLife) === 0) version += 1;
    },
    version: () => version + trust.version(),
    isRelative: (arm) => arms.has(arm) || halfLives.size > 0,
    decisions: () => decisions,
    ageOf,
    save: () => ({
      centres: copyOf(centres),
      arms: new Map(Array.from(arms, ([arm, sums]) => [arm, copyOf(sums)])),
      level: { ...level },
      halfLives: [...halfLives],
      decisions,
    }),
  };
}

function copyOf(sums: CauseSums = new Map()): Map<string, Sum> {
  return new Map(Array.from(sums, ([cause, sum]) => [cause, { ...sum }]));
}

function stepOf(halfLife: number): number {
  return Math.max(1, Math.ceil(halfLife / stepsOfHalfLife));
}

function addTo(sum: Sum, { quality, weight }: Sign, way: 1 | -1): void {
  sum.weight += way * Math.round(weight * millionths);
  sum.quality += way * Math.round(weight * quality * millionths);
}

function meanWith(sum: Sum, before: Sum): number {
  return (
    (sum.quality / millionths + before.weight * before.quality) / (sum.weight / millionths + before.weight)
  );
}

function stepped(value: number, step: number): number {
  return Math.round(value / step) * step;
}

function getOrMake(arms: Map<string, Map<string, Sum>>, arm: string): Map<string, Sum> {
  const sums = arms.get(arm) ?? new Map<string, Sum>();
  arms.set(arm, sums);
  return sums;
}

function sumOf(sums: Map<string, Sum>, cause: SignalCause): Sum {
  const sum = sums.get(cause) ?? { weight: 0, quality: 0 };
  sums.set(cause, sum);
  return sum;
}
