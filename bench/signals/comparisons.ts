import type { Interval, Pair } from '../routing/over-cells';
import { ratioOfSums } from '../routing/over-cells';
import type { Difference, Result } from '../routing/result';
import { pairedDifference, perSeedOf } from '../routing/result';
import { mean } from '../routing/statistics';
import type { WindowName } from '../routing/windows';
import { windowNames } from '../routing/windows';

/** The results of one scenario at several corpora and λ, in the same order for all scenarios. */
export type Results = readonly Result[];

/**
 * Mean over the cells of `a`'s reward less `b`'s, with Student's 95 % bounds of the seeds' means: cells of one seed share
 * their draws. Throws RangeError where the seeds differ.
 */
export function pooledDifference(a: Results, b: Results, window?: WindowName): Difference {
  return pairedDifference(pooled(a), pooled(b), window);
}

/** Of the distance from `from` to `to`, the share that `a` has gone: a ratio of sums over the cells. */
export function closedShare(a: Results, from: Results, to: Results, window?: WindowName): Interval {
  return ratioOfSums(pairsOf(a, from), pairsOf(to, from), window);
}

/**
 * After how many decisions the mean reward so far, over the seeds, comes to `level` and stays there; to a 120th of a pass.
 * Undefined: it never does.
 */
export function decisionsUntil(
  { curve, steps }: Pick<Result, 'curve' | 'steps'>,
  level: number,
): number | undefined {
  const below = curve.findLastIndex((reward) => reward < level);
  return below === curve.length - 1 ? undefined : Math.ceil(((below + 2) * steps) / curve.length);
}

function pairsOf(a: Results, b: Results): readonly Pair[] {
  return a.map((result, cell): Pair => {
    const other = b[cell];
    if (other === undefined) throw new RangeError('There is no result to compare with.');
    return [result, other];
  });
}

function pooled(results: Results) {
  const [first] = results;
  if (first === undefined) throw new RangeError('There is nothing to compare.');
  if (results.some(({ seeds }) => seeds.join(' ') !== first.seeds.join(' '))) {
    throw new RangeError(`${first.policy}: not all cells were run with the same seeds.`);
  }
  const over = (window?: WindowName): readonly number[] =>
    first.seeds.map((_, at) => mean(results.map((each) => perSeedOf(each, window)[at] ?? Number.NaN)));
  const windows = Object.fromEntries(windowNames.map((name) => [name, { perSeed: over(name) }])) as Record<
    WindowName,
    { readonly perSeed: readonly number[] }
  >;
  return { policy: first.policy, seeds: first.seeds, perSeed: over(), windows };
}
