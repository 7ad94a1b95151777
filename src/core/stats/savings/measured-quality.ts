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
 * with R: told, and ρ its probability. It is the plain mean of D: weights that stabilise the variance of adaptively
 * collected data (Zhan, Hadad, Hirshberg, Athey, 2021) suppose that what is estimated is the same all the time, and the
 * router is another one with all that it learns: they would tell of the time when the other model was likely. So the
 * variance shows in the interval, or in that there is none. It is an asymptotic confidence sequence for the mean so far of
 * what each D is of (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: Time-uniform central limit theory and asymptotic
 * confidence sequences, 2024).
 */
export function measuredQuality(choices: readonly LoggedChoice[], other: string): Measurement {
  const log = logOf(choices, other);
  const { effectiveAnswers } = log;
  if (Math.min(effectiveAnswers, log.drawn.length) < fewestEffective)
    return { kind: 'too-few', effectiveAnswers };
  const { mean, radius } = estimateOf(log);
  const rangeOf = (factor: number): Range => {
    const router = [factor, 1 / factor].map((each) => shiftOf(log, log.told, each));
    const rival = [factor, 1 / factor].map((each) => shiftOf(log, log.drawn, each));
    return {
      least: mean + Math.min(...router) - Math.max(...rival),
      most: mean + Math.max(...router) - Math.min(...rival),
    };
  };
  const { least, most } = rangeOf(2);
  return {
    kind: 'measured',
    quality: {
      difference: mean,
      low: Math.max(-1, mean - radius),
      high: Math.min(1, mean + radius),
      leastDifference: Math.max(-1, least - radius),
      mostDifference: Math.min(1, most + radius),
      turnsAt: turningOf(mean, rangeOf),
      effectiveAnswers,
      told: log.told.length,
    },
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** A told answer: 1/ρ − 1 of it is to be made up for, by this much of its share of the mean. */
interface Told {
  readonly chosen: string;
  readonly told01: number;
  /** 1/ρ − 1. */
  readonly untold: number;
  /** Y − q̂, divided by p where it stands for all. */
  readonly residual: number;
  /** What Y − q̂ is multiplied with in D. */
  readonly weight: number;
}

interface Log {
  /** D, by choice. */
  readonly values: Float64Array;
  /** Told answers as the router's own, and those of the other model as its. */
  readonly told: readonly Told[];
  readonly drawn: readonly Told[];
  /**
   * n² / Σ 1/(p·ρ): so many answers of equal chances would leave the same variance. It is of the chances, not of what was
   * drawn: a model that hardly could be drawn in most of the time, and wasn't, would otherwise look well known.
   */
  readonly effectiveAnswers: number;
}

function logOf(choices: readonly LoggedChoice[], other: string): Log {
  const chances = tellingChances(choices, other);
  const values = new Float64Array(choices.length);
  const [told, drawn]: [Told[], Told[]] = [[], []];
  let standFor = 0;
  for (const [index, choice] of choices.entries()) {
    const { chosen, told01, predicted01, chosenPredicted01 } = choice;
    const inverse = 1 / choice.probability;
    standFor += inverse / (chances.other[index] ?? 1);
    let value = chosenPredicted01 - predicted01;
    if (told01 !== undefined) {
      const standsFor = 1 / (chances.chosen[index] ?? 1);
      const weight = standsFor * (chosen === other ? inverse - 1 : 1);
      const common = { chosen, told01, untold: standsFor - 1, weight };
      const [own, rival] = [told01 - chosenPredicted01, inverse * (told01 - predicted01)];
      value += standsFor * own;
      told.push({ ...common, residual: own });
      if (chosen === other) {
        value -= standsFor * rival;
        drawn.push({ ...common, residual: rival });
      }
    }
    values[index] = value;
  }
  return { values, told, drawn, effectiveAnswers: choices.length === 0 ? 0 : choices.length ** 2 / standFor };
}

const alpha = 0.05;
/** Choices at which the interval is tightest. */
const tightestAt = 500;
/** By the appendix on tuning: ρ² = (−2 ln α + ln(−2 ln α + 1)) / n. */
const mixing = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tightestAt;

/**
 * What two more answers would add to the squares, one as bad and one as good as can be, in the mean weight of those that
 * came: where thirty of thirty were good, that doesn't show that all are, and a rare bad one would weigh much. It moves no
 * mean, as with Agresti and Coull's four of a share (1998), and counts for less the more answers there are.
 */
function unseenOf(answers: readonly Told[]): number {
  if (answers.length === 0) return 0;
  let [sum, weights] = [0, 0];
  for (const { told01, weight } of answers) {
    sum += told01;
    weights += weight * weight;
  }
  const mean01 = sum / answers.length;
  return (weights / answers.length) * (mean01 ** 2 + (1 - mean01) ** 2);
}

function estimateOf({ values, drawn, told }: Log): { readonly mean: number; readonly radius: number } {
  const count = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  let squares = unseenOf(drawn) + unseenOf(told.filter(({ chosen }) => chosen !== drawn[0]?.chosen));
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, radius: radiusOf(Math.sqrt(squares / count), count) };
}

/** Half of the interval of a mean of so many, whose deviation is this. */
export function radiusOf(deviation: number, count: number): number {
  const spread = count * mixing + 1;
  return (deviation * Math.sqrt(((2 * spread) / mixing) * Math.log(Math.sqrt(spread) / alpha))) / count;
}

/**
 * By how much the mean moves where the odds of being told are γ^y: a told answer stands for 1 + (1/ρ − 1)·γ^−y / mean γ^−y,
 * with the mean over the told answers of the same model, which keeps their number as it is, in the place of 1/ρ.
 */
function shiftOf({ values }: Log, answers: readonly Told[], factor: number): number {
  const rate = Math.log(factor);
  const means = new Map<string, { sum: number; count: number; plain: number; tilted: number }>();
  for (const { chosen, told01, untold, residual } of answers) {
    let mean = means.get(chosen);
    if (mean === undefined) means.set(chosen, (mean = { sum: 0, count: 0, plain: 0, tilted: 0 }));
    const tilt = Math.exp(-rate * told01);
    mean.sum += tilt;
    mean.count += 1;
    mean.plain += untold * residual;
    mean.tilted += untold * residual * tilt;
  }
  let shift = 0;
  for (const { sum, count, plain, tilted } of means.values()) shift += (tilted * count) / sum - plain;
  return shift / values.length;
}

const mostFactor = 16;
const halvings = 8;

function turningOf(mean: number, rangeOf: (factor: number) => Range): number | undefined {
  const turns = (factor: number): boolean => {
    const { least, most } = rangeOf(factor);
    return mean > 0 ? least <= 0 : most >= 0;
  };
  if (!turns(mostFactor)) return undefined;
  let [low, high] = [1, mostFactor];
  for (let step = 0; step < halvings; step += 1) {
    const middle = Math.sqrt(low * high);
    if (turns(middle)) high = middle;
    else low = middle;
  }
  return high;
}
