import { seededRandom } from '../../test/core/seeded-random';
import type { Result } from './result';
import { perSeedOf } from './result';
import { mean } from './statistics';
import type { WindowName } from './windows';

/** A figure, and the bounds between which it lies in 95 of 100 draws of the seeds. NaN bounds of a single seed. */
export interface Interval {
  readonly value: number;
  readonly lower95: number;
  readonly upper95: number;
}

/** Two results of one corpus, feedback rate and λ. */
export type Pair = readonly [a: Result, b: Result];

const draws = 2_000;

/**
 * Mean over the cells of reward a less reward b, with an interval by bootstrap over the seeds: a draw takes the same
 * seeds in all cells, since those of one corpus share their orders. Throws RangeError where the seeds differ.
 */
export function meanOver(pairs: readonly Pair[], window?: WindowName): Interval {
  const differences = differencesOf(pairs, window);
  return bootstrapped([differences], ([drawn]) => mean(drawn ?? []));
}

/**
 * Sum over the cells of the first pairs' differences, as a share of that of the second pairs': Σ (a − b) / Σ (c − d). An
 * interval as of `meanOver`. Throws RangeError where the seeds differ.
 */
export function ratioOfSums(pairs: readonly Pair[], toPairs: readonly Pair[], window?: WindowName): Interval {
  const both = [differencesOf(pairs, window), differencesOf(toPairs, window)];
  return bootstrapped(both, ([part, whole]) => sum(part ?? []) / sum(whole ?? []));
}

/** By pair, then by seed. */
type Differences = readonly (readonly number[])[];

function differencesOf(pairs: readonly Pair[], window: WindowName | undefined): Differences {
  const seeds = pairs[0]?.[0].seeds.join(' ');
  return pairs.map(([a, b]) => {
    if ([a, b].some((each) => each.seeds.join(' ') !== seeds)) {
      throw new RangeError(`${a.policy} and ${b.policy} were not run with the same seeds in all cells.`);
    }
    const right = perSeedOf(b, window);
    return perSeedOf(a, window).map((reward, index) => reward - (right[index] ?? Number.NaN));
  });
}

/** `figure` gets, for each group of pairs, the mean difference of each pair. */
function bootstrapped(
  groups: readonly Differences[],
  figure: (means: readonly (readonly number[])[]) => number,
): Interval {
  const value = figure(groups.map((differences) => differences.map(mean)));
  const seeds = groups[0]?.[0]?.length ?? 0;
  if (seeds < 2 || Number.isNaN(value)) return { value, lower95: Number.NaN, upper95: Number.NaN };
  const random = seededRandom(1);
  const figures = Array.from({ length: draws }, () => {
    const drawn = Array.from({ length: seeds }, () => Math.floor(random() * seeds));
    return figure(
      groups.map((differences) =>
        differences.map((bySeed) => mean(drawn.map((seed) => bySeed[seed] ?? Number.NaN))),
      ),
    );
  }).toSorted((a, b) => a - b);
  const at = (share: number): number => figures[Math.round(share * (draws - 1))] ?? Number.NaN;
  return { value, lower95: at(0.025), upper95: at(0.975) };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
