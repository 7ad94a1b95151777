import type { Before, Belief, KnownMean, PoolMeans } from './policy';
import { at } from './symmetric-matrix';

/** How public figures and outcomes are weighed against each other. */
export interface BeliefSettings {
  /** Slopes, with their probabilities beforehand. */
  readonly slopes: readonly Weighted[];
  /** Standard deviations of an arm's mean from what the slope says, > 0, with their probabilities beforehand. */
  readonly spreads: readonly Weighted[];
  /** The pool's mean quality beforehand, 0..1. */
  readonly level01: number;
  /** The standard deviation of that, > 0. */
  readonly levelDeviation: number;
  /** By how many outcomes the user's own word counts. */
  readonly statedWeight: number;
  /** What the outcomes of the user's other pools count here, 0..1: their prompts are of another kind. */
  readonly othersCount: number;
}

export type Weighted = readonly [value: number, probability: number];

/** One explanation of all arms' means. */
interface Hypothesis {
  /** 0..1; sums to 1 over the hypotheses. */
  readonly probability: number;
  readonly slope: number;
  readonly level: number;
  /** Expected mean quality of each arm before its own outcomes. */
  readonly means: Float64Array;
  /** By how many outcomes' worth. */
  readonly weights: Float64Array;
}

/** What is expected of an arm under one hypothesis: quality, and variance in units of σ². */
type Expected = readonly [quality: number, variance: number];

/** What outcomes say of what public figures expected, and of the pool's level. */
export interface PoolBelief extends Belief {
  /** Before the outcomes of arm number `arm`. */
  before(arm: number): Before;
  /**
   * `under` is what is expected where the arm's mean is believed to be `mean01` by `weight` outcomes' worth: averaged
   * over the hypotheses, the variance with how much these differ.
   */
  expected(arm: number, under: (mean01: number, weight: number) => Expected): Expected;
}

/**
 * How far public figures hold in this pool is learnt from the outcomes of all its arms. An arm's mean is taken to be
 *
 *     μₐ = level + slope·zₐ + uₐ,   uₐ ~ N(0, spread² + slope²·dₐ²),   ȳₐ ~ N(μₐ, σ²/nₐ)
 *
 * with the figures' contrast z and deviation d. Slope and spread are weighed on a grid (empirical priors over a
 * hierarchical normal model: Gelman et al., Bayesian Data Analysis, ch. 5), the level is integrated out, each by the
 * likelihood of all outcomes: so an arm of few outcomes counts for little, and since the choices followed from earlier
 * outcomes alone, which arms were chosen doesn't matter. Only differences between arms speak of the slope.
 *
 * `others` are the user's other pools: the logarithm of their likelihood counts `othersCount` times, each with a level
 * of its own, so that a new pool starts from what they say of slope and spread.
 */
export function poolBelief(
  pool: PoolMeans,
  settings: BeliefSettings,
  others: readonly PoolMeans[] = [],
): PoolBelief {
  const { arms, deviation } = pool;
  const noise = deviation * deviation;
  const figures = haveFigures(arms);
  const hypotheses = hypothesesOf(compressed(pool), figures ? others.map(compressed) : [], settings);
  const overall = (of: (hypothesis: Hypothesis) => number): number =>
    hypotheses.reduce((sum, hypothesis) => sum + hypothesis.probability * of(hypothesis), 0);
  return {
    slope: figures ? overall(({ slope }) => slope) : undefined,
    level01: clamped01(overall(({ level }) => level)),
    before: (arm) => ({
      quality01: clamped01(overall(({ means }) => at(means, arm))),
      weight: overall(({ weights }) => at(weights, arm)),
    }),
    expected: (arm, under) => {
      let quality = 0;
      let variance = 0;
      let squares = 0;
      for (const { probability, means, weights } of hypotheses) {
        const [own, open] = under(at(means, arm), at(weights, arm));
        quality += probability * own;
        squares += probability * own * own;
        variance += probability * open;
      }
      return [quality, variance + Math.max(0, squares - quality * quality) / noise];
    },
  };
}

/** Where nearly all answers are good, or bad, models differ by less. */
function compressed({ arms, deviation, mean01 }: PoolMeans): PoolMeans {
  const compression = compressionAt(mean01);
  const known = arms.map(({ prior, ...arm }) => {
    const { stated01, contrast, deviation: open } = prior;
    return { ...arm, prior: { stated01, contrast: compression * contrast, deviation: compression * open } };
  });
  return { arms: known, deviation, mean01 };
}

/** Slope of the logistic function where it is `mean01`, as a share of what it is at one half; not below .15. */
export function compressionAt(mean01: number): number {
  return Math.max(0.15, 4 * mean01 * (1 - mean01));
}

export function clamped01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function haveFigures(arms: readonly KnownMean[]): boolean {
  return arms.some(({ prior }) => prior.contrast !== 0);
}

const justLevel: readonly Weighted[] = [[1, 1]];

function hypothesesOf(
  pool: PoolMeans,
  others: readonly PoolMeans[],
  settings: BeliefSettings,
): readonly Hypothesis[] {
  const weighed = (haveFigures(pool.arms) ? settings.slopes : justLevel).flatMap(
    ([slope, slopeProbability]) =>
      settings.spreads.map(([spread, spreadProbability]) => {
        const fit = fitOf(pool, slope, spread, settings);
        const elsewhere = others.reduce((sum, other) => sum + fitOf(other, slope, spread, settings).log, 0);
        const before = Math.log(slopeProbability * spreadProbability) + settings.othersCount * elsewhere;
        return { ...fit, log: fit.log + before };
      }),
  );
  const most = Math.max(...weighed.map(({ log }) => log));
  const total = weighed.reduce((sum, { log }) => sum + Math.exp(log - most), 0);
  return weighed.map(({ log, ...fit }) => ({ ...fit, probability: Math.exp(log - most) / total }));
}

/**
 * All means under one slope and spread, and the logarithm of the outcomes' likelihood with any level alike likely: so
 * that only differences between arms speak of slope and spread.
 */
function fitOf(
  { arms, deviation }: PoolMeans,
  slope: number,
  spread: number,
  { level01, levelDeviation, statedWeight }: BeliefSettings,
): Omit<Hypothesis, 'probability'> & { readonly log: number } {
  const noise = deviation * deviation;
  let precision = 0;
  let weighted = 0;
  let squares = 0;
  let logs = 0;
  const weights = new Float64Array(arms.length);
  for (const [index, { prior, outcomes, mean01 }] of arms.entries()) {
    const open = spread * spread + (slope * prior.deviation) ** 2;
    weights[index] = prior.stated01 === undefined ? noise / open : statedWeight;
    // What the user says of an arm says nothing of the others.
    if (outcomes < fewestOutcomes || prior.stated01 !== undefined) continue;
    const own = 1 / (open + noise / outcomes);
    const value = mean01 - slope * prior.contrast;
    precision += own;
    weighted += own * value;
    squares += own * value * value;
    logs += Math.log(own);
  }
  const before = 1 / (levelDeviation * levelDeviation);
  const level = (weighted + level01 * before) / (precision + before);
  const means = Float64Array.from(arms, ({ prior }) => prior.stated01 ?? level + slope * prior.contrast);
  const log =
    precision > 0 ? (logs - Math.log(precision) - squares + (weighted * weighted) / precision) / 2 : 0;
  return { slope, level, means, weights, log };
}

/** What is less is rounding. */
const fewestOutcomes = 1e-6;
