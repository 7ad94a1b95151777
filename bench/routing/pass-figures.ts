import { mean } from './statistics';
import type { WindowName } from './windows';
import { windowMeans, within } from './windows';

/** One policy's walk over the corpus in one order. */
export interface PassRecord {
  readonly seed: number;
  /** By step, as `qualities`, `costsUsd` and `arms` are. */
  readonly rewards: Float64Array;
  readonly qualities: Float64Array;
  readonly costsUsd: Float64Array;
  readonly arms: Uint16Array;
  /** Median time of a call, as is that of learning. */
  readonly chooseMicros: number;
  readonly learnMicros: number;
}

/** What is kept of a pass: a hundred numbers instead of its thousands of steps. */
export interface PassFigures {
  readonly seed: number;
  readonly steps: number;
  readonly meanReward: number;
  readonly windows: Readonly<Record<WindowName, number>>;
  readonly meanQuality: number;
  readonly meanCostUsd: number;
  readonly chooseMicros: number;
  readonly learnMicros: number;
  /** At most 120 points. Point i of n: the mean reward of the first ⌈(i + 1) · steps / n⌉ steps. */
  readonly curve: readonly number[];
  /** Share of the most chosen arm in the first 200 steps. */
  readonly topArmShare: number;
  /** Mean reward of the last 1,000 steps less that of the best single model on the same rows; NaN: not known. */
  readonly lastOverBestSingle: number;
}

const mostCurvePoints = 120;
/** A router that sends nearly all early requests to one model has stopped exploring too soon. */
const earlySteps = 200;

/** `bestSingle` is the reward that the best single model would have had, by step. */
export function figuresOf(pass: PassRecord, bestSingle?: Float64Array): PassFigures {
  const { seed, rewards, qualities, costsUsd, arms, chooseMicros, learnMicros } = pass;
  const windows = windowMeans(rewards);
  return {
    seed,
    steps: rewards.length,
    meanReward: mean(rewards),
    windows,
    meanQuality: mean(qualities),
    meanCostUsd: mean(costsUsd),
    chooseMicros,
    learnMicros,
    curve: curveOf(rewards),
    topArmShare: topShare(arms.subarray(0, earlySteps)),
    lastOverBestSingle:
      bestSingle === undefined ? Number.NaN : windows['last-1000'] - mean(within(bestSingle, 'last-1000')),
  };
}

function curveOf(rewards: Float64Array): readonly number[] {
  const steps = rewards.length;
  const points = Math.min(mostCurvePoints, steps);
  let sum = 0;
  let done = 0;
  return Array.from({ length: points }, (_, point) => {
    const end = Math.ceil(((point + 1) * steps) / points);
    for (; done < end; done += 1) sum += rewards[done] ?? Number.NaN;
    return sum / done;
  });
}

function topShare(arms: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const arm of arms) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  return Math.max(...counts.values()) / arms.length;
}
