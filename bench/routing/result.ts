import type { PassFigures } from './pass-figures';
import { mean, median, standardError } from './statistics';
import { studentT975 } from './student-t';
import type { WindowName } from './windows';
import { windowNames } from './windows';

export interface WindowResult {
  /** NaN (null in JSON) where the passes are over before the window begins. */
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
  /** By seed: reward of the last 1,000 steps less that of the best single model on the same rows. */
  readonly lastOverBestSingle: readonly number[];
  /** At most 120 points. Point i of n: the mean reward of the first ⌈(i + 1) · steps / n⌉ steps, over the seeds. */
  readonly curve: readonly number[];
  readonly extra?: Readonly<Record<string, number>>;
}

export interface Summarised {
  readonly policy: string;
  readonly lambda: number;
  /** Of the single model that would have been best over all rows. */
  readonly bestSingleMeanReward: number;
  /** Kept beside `topArmShareFirst200`, the share of the most chosen arm in the first 200 steps. */
  readonly extra?: Readonly<Record<string, number>>;
}

/** Throws RangeError of no passes, of passes of different or no length, and of a seed that comes twice. */
export function summarise(
  passes: readonly PassFigures[],
  { policy, lambda, bestSingleMeanReward, extra }: Summarised,
): Result {
  const bySeed = passes.toSorted((a, b) => a.seed - b.seed);
  const steps = bySeed[0]?.steps ?? 0;
  if (steps === 0 || bySeed.some((pass) => pass.steps !== steps)) {
    throw new RangeError(`${policy}: expected passes of one length, with a step at least.`);
  }
  const seeds = bySeed.map(({ seed }) => seed);
  if (new Set(seeds).size < seeds.length) throw new RangeError(`${policy}: a seed was passed twice.`);
  const perSeed = bySeed.map(({ meanReward }) => meanReward);
  const meanReward = mean(perSeed);
  const windows = windowNames.map((name) => [name, windowOf(bySeed, name)] as const);
  return {
    policy,
    lambda,
    seeds,
    steps,
    meanReward,
    standardError: standardError(perSeed),
    windows: Object.fromEntries(windows) as Record<WindowName, WindowResult>,
    meanQuality: mean(bySeed.map(({ meanQuality }) => meanQuality)),
    meanCostUsd: mean(bySeed.map(({ meanCostUsd }) => meanCostUsd)),
    regretVsBestSingle: steps * (bestSingleMeanReward - meanReward),
    chooseMicros: median(bySeed.map(({ chooseMicros }) => chooseMicros)),
    learnMicros: median(bySeed.map(({ learnMicros }) => learnMicros)),
    perSeed,
    lastOverBestSingle: bySeed.map(({ lastOverBestSingle }) => lastOverBestSingle),
    curve: (bySeed[0]?.curve ?? []).map((_, point) =>
      mean(bySeed.map(({ curve }) => curve[point] ?? Number.NaN)),
    ),
    extra: { topArmShareFirst200: mean(bySeed.map(({ topArmShare }) => topArmShare)), ...extra },
  };
}

/** How two policies differ, and the bounds that hold the true difference 95 times of 100. */
export interface Difference {
  readonly mean: number;
  readonly standardError: number;
  readonly lower95: number;
  readonly upper95: number;
}

/** What two policies are compared by: a result of this run, or one that was read from a file. */
export interface Comparable {
  readonly policy: string;
  readonly seeds: readonly number[];
  readonly perSeed: readonly number[];
  readonly windows: Readonly<Record<WindowName, { readonly perSeed: readonly number[] }>>;
}

/** Mean reward of each pass, by rising seed: of the whole pass, or within a window. */
export function perSeedOf({ perSeed, windows }: Comparable, window?: WindowName): readonly number[] {
  return window === undefined ? perSeed : windows[window].perSeed;
}

/**
 * Reward of `a` less that of `b`, over the whole pass or a window, paired by seed, since passes of one seed walk the
 * same order. The bounds speak of other orders and draws over these prompts, not of other prompts. NaN bounds of a
 * single seed. Throws RangeError where the seeds differ.
 */
export function pairedDifference(a: Comparable, b: Comparable, window?: WindowName): Difference {
  if (a.seeds.length !== b.seeds.length || a.seeds.some((seed, index) => seed !== b.seeds[index])) {
    throw new RangeError(`${a.policy} and ${b.policy} were not run with the same seeds.`);
  }
  const right = perSeedOf(b, window);
  const differences = perSeedOf(a, window).map((reward, index) => reward - (right[index] ?? Number.NaN));
  const center = mean(differences);
  const error = standardError(differences);
  const margin = studentT975(differences.length - 1) * error;
  return { mean: center, standardError: error, lower95: center - margin, upper95: center + margin };
}

function windowOf(passes: readonly PassFigures[], name: WindowName): WindowResult {
  const perSeed = passes.map(({ windows }) => windows[name]);
  return { mean: mean(perSeed), standardError: standardError(perSeed), perSeed };
}
