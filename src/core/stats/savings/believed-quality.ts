import { sum } from '../facts-sums';
import type { BelievedGroup, BelievedQuality } from '../../terms/quality-savings';

/** The deviation of one outcome's quality: between that of a thumb for a good model, .45, and the most there is, .5. */
const outcomeDeviation = 0.45;

/**
 * The mean of what was believed, as recorded, with a 95 % interval. A model's quality is known by n outcomes' worth with
 * the error σ/√n, and that error is the same in all requests: more of them don't shrink it. With w the share of requests
 * that each chosen model took from the other one, its variance is Σ w²·sd² + (Σ w)²·sd²(other); where the other one itself
 * was chosen there is neither difference nor error. Undefined: no decision has what it needs.
 */
export function believedQuality(
  groups: readonly BelievedGroup[],
  other: string,
): BelievedQuality | undefined {
  const decisions = sum(groups, (group) => group.decisions);
  if (decisions === 0) return undefined;
  const elsewhere = groups.filter(({ chosen }) => chosen !== other);
  const difference = sum(elsewhere, (group) => group.difference) / decisions;
  const chosenVariance = sum(elsewhere, ({ chosenDoubt }) => (chosenDoubt / decisions) ** 2);
  const otherVariance = (sum(elsewhere, ({ doubt }) => doubt) / decisions) ** 2;
  const error = outcomeDeviation * Math.sqrt(chosenVariance + otherVariance);
  const weight = (of: 'learnt' | 'figures' | 'word' | 'level'): number => sum(groups, (group) => group[of]);
  const all = weight('learnt') + weight('figures') + weight('word') + weight('level');
  const share = (of: 'learnt' | 'figures' | 'word' | 'level'): number => (all === 0 ? 0 : weight(of) / all);
  return {
    decisions,
    difference,
    low: Math.max(-1, difference - 1.96 * error),
    high: Math.min(1, difference + 1.96 * error),
    sources: {
      learnt: share('learnt'),
      figures: share('figures'),
      word: share('word'),
      level: share('level'),
    },
  };
}
