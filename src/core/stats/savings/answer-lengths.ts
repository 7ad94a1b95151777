import type { UsageGroup } from '../../terms/savings';

/** The tokens of some answers: how many answers, their sum, and the sum of their squares. */
export interface Lengths {
  readonly calls: number;
  readonly output: number;
  readonly outputSquares: number;
}

/** By what another model's answers may be longer: factors, low ≤ 1 ≤ high. */
export interface LengthRange {
  readonly low: number;
  readonly high: number;
  /** False: too few of its answers are known, and the range is the usual one. */
  readonly learnt: boolean;
}

export const fewestAnswers = 10;
/** Where nothing better is known. */
const usualRange: LengthRange = { low: 0.5, high: 2, learnt: false };

/**
 * How long another model's answers would have been, in lengths of those that came. From the same length to the ratio of
 * their mean lengths with its 95 % interval, by the delta method on its logarithm: var ln(x̄/ȳ) = cv²ₓ/nₓ + cv²ᵧ/nᵧ (Casella
 * and Berger, Statistical Inference, 5.5.4). Below 10 answers of either it is from half to twice as long.
 */
export function lengthRange(of: Lengths, came: Lengths): LengthRange {
  if (of.calls < fewestAnswers || came.calls < fewestAnswers || of.output === 0 || came.output === 0)
    return usualRange;
  const ratio = of.output / of.calls / (came.output / came.calls);
  const error = Math.sqrt(relativeVariance(of) + relativeVariance(came));
  return {
    low: Math.min(1, ratio * Math.exp(-1.96 * error)),
    high: Math.max(1, ratio * Math.exp(1.96 * error)),
    learnt: true,
  };
}

/** Of the mean, in squares of it. */
function relativeVariance({ calls, output, outputSquares }: Lengths): number {
  const mean = output / calls;
  const variance = Math.max(0, (outputSquares - calls * mean * mean) / (calls - 1));
  return variance / calls / (mean * mean);
}

/** The lengths of a model's answers to a kind of task in a pool. */
export function lengthsIn(
  groups: readonly UsageGroup[],
): (pool: string, task: string, model: string) => Lengths {
  const known = new Map<string, Lengths>();
  for (const { pool, task, model, calls, output, outputSquares } of groups) {
    if (model === undefined) continue;
    const key = JSON.stringify([pool, task, model]);
    const sum = known.get(key) ?? none;
    known.set(key, {
      calls: sum.calls + calls,
      output: sum.output + output,
      outputSquares: sum.outputSquares + outputSquares,
    });
  }
  return (pool, task, model) => known.get(JSON.stringify([pool, task, model])) ?? none;
}

const none: Lengths = { calls: 0, output: 0, outputSquares: 0 };
