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

/** What outcomes say of what public figures expected, and of the pool's level. */
export interface PoolBelief extends Belief {
  /** Before the outcomes of arm number `arm`. */
  before(arm: number): Before;
  /**
   * What is expected of an arm, averaged over the hypotheses, the variance with how much these differ. `under` writes what
   * is expected where the arm's mean is believed to be `mean01` by `weight` outcomes' worth.
   */
  expected(arm: number, under: (mean01: number, weight: number, into: Expected) => void): Readonly<Expected>;
}

/** What is expected of an arm: quality, and variance in units of σ². */
export interface Expected {
  quality: number;
  variance: number;
}

/** What is known of a pool's arms, compressed, a column of numbers for each: the grid is walked for every choice. */
interface Columns {
  readonly noise: number;
  /** NaN where the user says nothing of the arm. */
  readonly stated01: Float64Array;
  readonly contrast: Float64Array;
  /** Square of the deviation. */
  readonly doubt: Float64Array;
  readonly outcomes: Float64Array;
  readonly mean01: Float64Array;
}

/** The explanations of all arms' means, a number of each; of arms row by row of a hypothesis. */
interface Hypotheses {
  /** 0..1; sums to 1. */
  readonly probability: Float64Array;
  readonly slope: Float64Array;
  readonly level: Float64Array;
  /** Expected mean quality of each arm before its own outcomes. */
  readonly means: Float64Array;
  /** By how many outcomes' worth. */
  readonly weights: Float64Array;
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
  const figures = haveFigures(pool.arms);
  const own = columnsOf(pool);
  const elsewhere = figures ? others.map(columnsOf) : [];
  const { probability, slope, level, means, weights } = hypothesesOf(
    own,
    elsewhere,
    figures ? settings.slopes : justLevel,
    settings,
  );
  const armCount = pool.arms.length;
  const average = (of: Float64Array, from = 0, step = 1): number => {
    let sum = 0;
    for (let each = 0; each < probability.length; each += 1)
      sum += at(probability, each) * at(of, from + each * step);
    return sum;
  };
  const under: Expected = { quality: 0, variance: 0 };
  return {
    slope: figures ? average(slope) : undefined,
    level01: clamped01(average(level)),
    before: (arm) => ({
      quality01: clamped01(average(means, arm, armCount)),
      weight: average(weights, arm, armCount),
    }),
    expected: (arm, write) => {
      let quality = 0;
      let variance = 0;
      let squares = 0;
      for (let each = 0; each < probability.length; each += 1) {
        const share = at(probability, each);
        const index = each * armCount + arm;
        write(at(means, index), at(weights, index), under);
        quality += share * under.quality;
        squares += share * under.quality * under.quality;
        variance += share * under.variance;
      }
      return { quality, variance: variance + Math.max(0, squares - quality * quality) / own.noise };
    },
  };
}

/** Where nearly all answers are good, or bad, models differ by less. */
function columnsOf({ arms, deviation, mean01 }: PoolMeans): Columns {
  const compression = compressionAt(mean01);
  return {
    noise: deviation * deviation,
    stated01: Float64Array.from(arms, ({ prior }) => prior.stated01 ?? Number.NaN),
    contrast: Float64Array.from(arms, ({ prior }) => compression * prior.contrast),
    doubt: Float64Array.from(arms, ({ prior }) => (compression * prior.deviation) ** 2),
    outcomes: Float64Array.from(arms, ({ outcomes }) => outcomes),
    mean01: Float64Array.from(arms, (arm) => arm.mean01),
  };
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
  own: Columns,
  elsewhere: readonly Columns[],
  slopes: readonly Weighted[],
  settings: BeliefSettings,
): Hypotheses {
  const grid = slopes.flatMap((slope) => settings.spreads.map((spread) => [slope, spread] as const));
  const armCount = own.contrast.length;
  const hypotheses: Hypotheses = {
    probability: new Float64Array(grid.length),
    slope: Float64Array.from(grid, ([[slope]]) => slope),
    level: new Float64Array(grid.length),
    means: new Float64Array(grid.length * armCount),
    weights: new Float64Array(grid.length * armCount),
  };
  const { probability } = hypotheses;
  for (const [index, [[slope, slopeProbability], [spread, spreadProbability]]] of grid.entries()) {
    const { level, log } = fitOf(own, slope, spread, settings);
    let told = log + Math.log(slopeProbability * spreadProbability);
    for (const other of elsewhere) told += settings.othersCount * fitOf(other, slope, spread, settings).log;
    probability[index] = told;
    hypotheses.level[index] = level;
    for (let arm = 0; arm < armCount; arm += 1) {
      const said01 = at(own.stated01, arm);
      const stated = !Number.isNaN(said01);
      const open = spread * spread + slope * slope * at(own.doubt, arm);
      hypotheses.means[index * armCount + arm] = stated ? said01 : level + slope * at(own.contrast, arm);
      hypotheses.weights[index * armCount + arm] = stated ? settings.statedWeight : own.noise / open;
    }
  }
  const most = Math.max(...probability);
  for (let index = 0; index < grid.length; index += 1)
    probability[index] = Math.exp(at(probability, index) - most);
  const total = probability.reduce((sum, share) => sum + share, 0);
  for (let index = 0; index < grid.length; index += 1) probability[index] = at(probability, index) / total;
  return hypotheses;
}

/**
 * The level under one slope and spread, and the logarithm of the outcomes' likelihood with any level alike likely: so that
 * only differences between arms speak of slope and spread.
 */
function fitOf(
  { noise, stated01, contrast, doubt, outcomes, mean01 }: Columns,
  slope: number,
  spread: number,
  { level01, levelDeviation }: BeliefSettings,
): { readonly level: number; readonly log: number } {
  let precision = 0;
  let weighted = 0;
  let squares = 0;
  let logs = 0;
  for (let arm = 0; arm < contrast.length; arm += 1) {
    // What the user says of an arm says nothing of the others.
    if (at(outcomes, arm) < fewestOutcomes || !Number.isNaN(at(stated01, arm))) continue;
    const own = 1 / (spread * spread + slope * slope * at(doubt, arm) + noise / at(outcomes, arm));
    const value = at(mean01, arm) - slope * at(contrast, arm);
    precision += own;
    weighted += own * value;
    squares += own * value * value;
    logs += Math.log(own);
  }
  const before = 1 / (levelDeviation * levelDeviation);
  const level = (weighted + level01 * before) / (precision + before);
  const log =
    precision > 0 ? (logs - Math.log(precision) - squares + (weighted * weighted) / precision) / 2 : 0;
  return { level, log };
}

/** What is less is rounding. */
const fewestOutcomes = 1e-6;
