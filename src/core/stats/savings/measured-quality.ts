import type { LoggedChoice, Measurement } from '../../terms/quality-savings';
import { tellingChances } from './telling';

/** Fewer effective answers of the other model than this show no number: the interval is one of many answers. */
export const fewestEffective = 30;

/**
 * A doubly robust estimate of the router less "always the other model", from choices in the order in which they were made:
 * their recorded propensities and predictions (Dudík, Langford, Li: Doubly Robust Policy Evaluation and Learning, 2011).
 *
 *   D = q̂(A) + R/ρ·(Y − q̂(A)) − [ q̂(x) + 1{A = x}/p(x) · R/ρ·(Y − q̂(x)) ]
 *
 * with R: told, and ρ its probability. Choices are weighted by h = (mean of 1/p over those before)^−½: propensities differ
 * with all that was learnt by then, and weights ∝ √p stabilise the variance (Zhan, Hadad, Hirshberg, Athey: Off-Policy
 * Evaluation via Adaptive Weighting with Data from Contextual Bandits, 2021). As h is of the past alone, each kind of
 * request keeps its share. The interval is an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas:
 * Time-uniform central limit theory and asymptotic confidence sequences, 2024, theorem 2.2).
 */
export function measuredQuality(choices: readonly LoggedChoice[], other: string): Measurement {
  const log = prepared(choices);
  const effectiveAnswers = effectiveOf(log, other);
  if (effectiveAnswers < fewestEffective) return { kind: 'too-few', effectiveAnswers };
  const fair = estimateOf(log, other, 1, 1);
  const radius = radiusOf(fair.deviations, log);
  const range = (factor: number): { readonly least: number; readonly most: number } => {
    const ends = [factor, 1 / factor].flatMap((ofOther) =>
      [factor, 1 / factor].map((ofRouter) => estimateOf(log, other, ofOther, ofRouter).mean),
    );
    return { least: Math.min(...ends), most: Math.max(...ends) };
  };
  const { least, most } = range(2);
  return {
    kind: 'measured',
    quality: {
      difference: fair.mean,
      low: Math.max(-1, fair.mean - radius),
      high: Math.min(1, fair.mean + radius),
      leastDifference: least,
      mostDifference: most,
      turnsAt: turningOf(fair.mean, range),
      effectiveAnswers,
      told: choices.filter(({ told01 }) => told01 !== undefined).length,
    },
  };
}

interface Weighted extends LoggedChoice {
  /** h: of the past alone. */
  readonly weight: number;
  /** ρ. */
  readonly chance: number;
}

/** Choices whose propensities the weight of the next one is by. */
const memory = 100;

function prepared(choices: readonly LoggedChoice[]): readonly Weighted[] {
  const chanceOf = tellingChances(choices);
  let meanInverse: number | undefined;
  return choices.map((choice) => {
    const inverse = 1 / choice.probability;
    const weight = 1 / Math.sqrt(meanInverse ?? inverse);
    meanInverse = meanInverse === undefined ? inverse : meanInverse + (inverse - meanInverse) / memory;
    return { ...choice, weight, chance: chanceOf(choice) };
  });
}

/** Kish's effective sample size of the other model's told answers, (Σw)²/Σw². */
function effectiveOf(log: readonly Weighted[], other: string): number {
  let [all, squares] = [0, 0];
  for (const { chosen, told01, weight, probability, chance } of log) {
    if (chosen !== other || told01 === undefined) continue;
    const w = weight / (probability * chance);
    all += w;
    squares += w * w;
  }
  return squares === 0 ? 0 : (all * all) / squares;
}

/**
 * The weighted mean of D where the odds of being told are so many times higher for the best answers than for the worst,
 * of the other model and of all. `deviations`: each h·(D − mean).
 */
function estimateOf(
  log: readonly Weighted[],
  other: string,
  ofOther: number,
  ofRouter: number,
): { readonly mean: number; readonly deviations: Float64Array } {
  const correctionOther = correctionsOf(log, ofOther);
  const correctionRouter = ofRouter === ofOther ? correctionOther : correctionsOf(log, ofRouter);
  const values = new Float64Array(log.length);
  let [sum, weights] = [0, 0];
  for (const [index, choice] of log.entries()) {
    const { told01, predicted01, chosenPredicted01, probability, weight } = choice;
    let value = chosenPredicted01 - predicted01;
    if (told01 !== undefined) {
      value += correctionRouter(choice, told01) * (told01 - chosenPredicted01);
      if (choice.chosen === other)
        value -= (correctionOther(choice, told01) * (told01 - predicted01)) / probability;
    }
    values[index] = value;
    sum += weight * value;
    weights += weight;
  }
  const mean = sum / weights;
  for (const [index, { weight }] of log.entries()) values[index] = weight * ((values[index] ?? 0) - mean);
  return { mean, deviations: values };
}

/**
 * How many answers a told one stands for, where the odds of being told are γ^y: 1 + (1/ρ − 1)·γ^−y / mean γ^−y over the told
 * answers of the same model, which keeps their number as it is. γ = 1: 1/ρ.
 */
function correctionsOf(
  log: readonly Weighted[],
  factor: number,
): (choice: Weighted, told01: number) => number {
  if (factor === 1) return ({ chance }) => 1 / chance;
  const rate = Math.log(factor);
  const means = new Map<string, { sum: number; count: number }>();
  for (const { chosen, told01 } of log) {
    if (told01 === undefined) continue;
    const mean = means.get(chosen) ?? { sum: 0, count: 0 };
    means.set(chosen, mean);
    mean.sum += Math.exp(-rate * told01);
    mean.count += 1;
  }
  return ({ chosen, chance }, told01) => {
    const { sum, count } = means.get(chosen) ?? { sum: 1, count: 1 };
    return 1 + ((1 / chance - 1) * Math.exp(-rate * told01)) / (sum / count);
  };
}

const alpha = 0.05;
/** Choices at which the interval is tightest. */
const tightestAt = 500;
/** By theorem 2.2 and its appendix on tuning: ρ² = (−2 ln α + ln(−2 ln α + 1)) / n. */
const mixing = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tightestAt;

function radiusOf(deviations: Float64Array, log: readonly Weighted[]): number {
  const count = log.length;
  let [squares, weights] = [0, 0];
  for (const [index, { weight }] of log.entries()) {
    squares += (deviations[index] ?? 0) ** 2;
    weights += weight;
  }
  const spread = count * mixing + 1;
  const boundary = Math.sqrt(((2 * spread) / mixing) * Math.log(Math.sqrt(spread) / alpha));
  return (Math.sqrt(squares / count) * boundary) / weights;
}

const mostFactor = 16;

function turningOf(
  mean: number,
  range: (factor: number) => { readonly least: number; readonly most: number },
): number | undefined {
  const turns = (factor: number): boolean => {
    const { least, most } = range(factor);
    return mean > 0 ? least <= 0 : most >= 0;
  };
  if (!turns(mostFactor)) return undefined;
  let [low, high] = [1, mostFactor];
  for (let step = 0; step < 8; step += 1) {
    const middle = Math.sqrt(low * high);
    if (turns(middle)) high = middle;
    else low = middle;
  }
  return high;
}
