import { basename } from 'node:path';
import type { Options } from './arguments';
import type { Corpus } from './corpus';
import { mean, median, standardError } from './statistics';
import { studentT975 } from './student-t';

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

export type WindowName = (typeof windowNames)[number];
/** Steps that are counted. A pass that is shorter counts those that it has. */
export const windowNames = ['0-250', '0-500', '0-1000', '0-2000', 'last-1000'] as const;

export interface WindowResult {
  readonly mean: number;
  /** NaN (null in JSON) of a single seed. */
  readonly standardError: number;
  /** Mean reward of each pass within the window, by rising seed. */
  readonly perSeed: readonly number[];
}

export interface Result {
  readonly policy: string;
  readonly lambda: number;
  /** Rising; what every `perSeed` is in the order of. */
  readonly seeds: readonly number[];
  /** Steps of a pass. */
  readonly steps: number;
  readonly meanReward: number;
  /** Over the seeds. NaN (null in JSON) of a single one. */
  readonly standardError: number;
  readonly windows: Readonly<Record<WindowName, WindowResult>>;
  readonly meanQuality: number;
  readonly meanCostUsd: number;
  /** Summed over a pass, mean over the seeds: negative where the policy did better than any single model. */
  readonly regretVsBestSingle: number;
  readonly chooseMicros: number;
  readonly learnMicros: number;
  readonly perSeed: readonly number[];
  /** At most 120 points. Point i of n: the mean reward of the first ⌈(i + 1) · steps / n⌉ steps, over the seeds. */
  readonly curve: readonly number[];
  readonly extra?: Readonly<Record<string, number>>;
}

/** What `--json` writes. */
export interface RunReport {
  readonly corpus: {
    readonly name: string;
    readonly rows: number;
    readonly models: readonly string[];
    readonly dearestMeanUsd: number;
  };
  /** Files by name alone: the folders are those of one machine. */
  readonly settings: Pick<
    Options,
    'dims' | 'features' | 'lambdas' | 'seeds' | 'delay' | 'feedback' | 'limit'
  > & {
    readonly vectors?: string;
    readonly projectionFrom?: string;
  };
  readonly results: readonly Result[];
}

const mostCurvePoints = 120;
/** A router that sends nearly all early requests to one model has stopped exploring too soon. */
const earlySteps = 200;

export interface Summarised {
  readonly policy: string;
  readonly lambda: number;
  /** Of the single model that would have been best over the whole pass. */
  readonly bestSingleMeanReward: number;
  /** Kept beside `topArmShareFirst200`, the share of the most chosen arm in the first 200 steps. */
  readonly extra?: Readonly<Record<string, number>>;
}

/** Throws RangeError of no passes, of passes of different or no length, and of a seed that comes twice. */
export function summarise(
  passes: readonly PassRecord[],
  { policy, lambda, bestSingleMeanReward, extra }: Summarised,
): Result {
  const bySeed = passes.toSorted((a, b) => a.seed - b.seed);
  const steps = bySeed[0]?.rewards.length ?? 0;
  if (steps === 0 || bySeed.some(({ rewards }) => rewards.length !== steps)) {
    throw new RangeError(`${policy}: expected passes of one length, with a step at least.`);
  }
  const seeds = bySeed.map(({ seed }) => seed);
  if (new Set(seeds).size < seeds.length) throw new RangeError(`${policy}: a seed was passed twice.`);
  const perSeed = bySeed.map(({ rewards }) => mean(rewards));
  const meanReward = mean(perSeed);
  return {
    policy,
    lambda,
    seeds,
    steps,
    meanReward,
    standardError: standardError(perSeed),
    windows: {
      '0-250': windowOf(bySeed, 0, 250),
      '0-500': windowOf(bySeed, 0, 500),
      '0-1000': windowOf(bySeed, 0, 1_000),
      '0-2000': windowOf(bySeed, 0, 2_000),
      'last-1000': windowOf(bySeed, -1_000),
    },
    meanQuality: mean(bySeed.map(({ qualities }) => mean(qualities))),
    meanCostUsd: mean(bySeed.map(({ costsUsd }) => mean(costsUsd))),
    regretVsBestSingle: steps * (bestSingleMeanReward - meanReward),
    chooseMicros: median(bySeed.map(({ chooseMicros }) => chooseMicros)),
    learnMicros: median(bySeed.map(({ learnMicros }) => learnMicros)),
    perSeed,
    curve: curveOf(bySeed, steps),
    extra: {
      topArmShareFirst200: mean(bySeed.map(({ arms }) => topShare(arms.subarray(0, earlySteps)))),
      ...extra,
    },
  };
}

/** How two policies differ, and the bounds that hold the true difference 95 times of 100. */
export interface Difference {
  readonly mean: number;
  readonly standardError: number;
  readonly lower95: number;
  readonly upper95: number;
}

/**
 * Reward of `a` less that of `b`, over the whole pass or a window, paired by seed, since passes of one seed walk the
 * same order. The bounds speak of other orders and draws over these prompts, not of other prompts. NaN bounds of a
 * single seed. Throws RangeError where the seeds differ.
 */
export function pairedDifference(a: Result, b: Result, window?: WindowName): Difference {
  if (a.seeds.length !== b.seeds.length || a.seeds.some((seed, index) => seed !== b.seeds[index])) {
    throw new RangeError(`${a.policy} and ${b.policy} were not run with the same seeds.`);
  }
  const [left, right] = [a, b].map((each) => (window === undefined ? each : each.windows[window]).perSeed);
  const differences = (left ?? []).map((reward, index) => reward - (right?.[index] ?? Number.NaN));
  const center = mean(differences);
  const error = standardError(differences);
  const margin = studentT975(differences.length - 1) * error;
  return { mean: center, standardError: error, lower95: center - margin, upper95: center + margin };
}

/** Puts together what `--json` writes. */
export function reportOf(corpus: Corpus, options: Options, results: readonly Result[]): RunReport {
  const { dims, features, lambdas, seeds, delay, feedback, limit, vectors, projectionFrom } = options;
  return {
    corpus: {
      name: corpus.name,
      rows: corpus.rows.length,
      models: corpus.models,
      dearestMeanUsd: corpus.dearestMeanUsd,
    },
    settings: {
      dims,
      features,
      lambdas,
      seeds,
      delay,
      feedback,
      ...(limit !== undefined && { limit }),
      ...(vectors !== undefined && { vectors: basename(vectors) }),
      ...(projectionFrom !== undefined && { projectionFrom: basename(projectionFrom) }),
    },
    results,
  };
}

function windowOf(passes: readonly PassRecord[], start: number, end?: number): WindowResult {
  const perSeed = passes.map(({ rewards }) => mean(rewards.subarray(start, end)));
  return { mean: mean(perSeed), standardError: standardError(perSeed), perSeed };
}

function curveOf(passes: readonly PassRecord[], steps: number): readonly number[] {
  const points = Math.min(mostCurvePoints, steps);
  const curve = Array.from({ length: points }, () => 0);
  for (const { rewards } of passes) {
    let sum = 0;
    let done = 0;
    for (let point = 0; point < points; point += 1) {
      const end = Math.ceil(((point + 1) * steps) / points);
      for (; done < end; done += 1) sum += rewards[done] ?? Number.NaN;
      curve[point] = (curve[point] ?? 0) + sum / done / passes.length;
    }
  }
  return curve;
}

function topShare(arms: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const arm of arms) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  return Math.max(...counts.values()) / arms.length;
}
