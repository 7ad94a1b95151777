import { paceMultiplier } from '../../src/core/routing/pacer';
import type { PacerSettings } from '../../src/core/routing/pacer';
import { utilityFor } from '../../src/core/routing/utility';
import type { Weights } from '../../src/core/terms/preset';
import { seededRandom } from '../../test/core/seeded-random';
import type { Corpus } from '../routing/corpus';
import { conduitRouter } from '../routing/policies/conduit';
import type { PromptFeatures } from '../routing/prompt-features';
import { mean } from '../routing/statistics';

/** A day whose requests are the rows of a corpus in some order, with a budget. */
export interface Day {
  readonly corpus: Corpus;
  readonly features: PromptFeatures;
  readonly order: readonly number[];
  readonly seed: number;
  readonly weights: Weights;
  /** Infinity: none. */
  readonly budgetUsd: number;
  /** Undefined: no pacer. */
  readonly pacer: PacerSettings | undefined;
  /** What all prices are multiplied with at a step. */
  readonly priceAt: (step: number) => number;
}

export interface DayFigures {
  readonly spentUsd: number;
  /** Of it, by the middle of the day. */
  readonly noonUsd: number;
  /** Share of the second half's requests at which the pacer held nothing back. */
  readonly freeAfterNoon01: number;
  /** Mean over all requests; one that wasn't answered, or whose answer was cut for want of money, is worth nothing. */
  readonly quality01: number;
  /** Requests that no model could be asked. */
  readonly refused: number;
  /** Answers that cost no more than what was left, because they were cut there. */
  readonly cut: number;
  readonly highestMultiplier: number;
}

/** Walks through a day: the router as it is, over the pacer's utility and the caps of the day. */
export function spendDay(day: Day): DayFigures {
  const { corpus, features, order, seed, weights, budgetUsd, pacer, priceAt } = day;
  let [noonUsd, freeAfterNoon] = [0, 0];
  const isAfterNoon = (step: number): boolean => step >= order.length / 2;
  let [spentUsd, quality, refused, cut, highestMultiplier] = [0, 0, 0, 0, 1];
  // As a price list and the usual length of answers have it.
  const usualUsd = corpus.models.map((_, arm) =>
    mean(corpus.rows.map(({ costUsd }) => costUsd[arm] ?? missing())),
  );
  const walk = conduitRouter({
    name: 'paced',
    budgetAt: (step) => {
      const reading = { spent01: spentUsd / budgetUsd, demand01: step / order.length };
      const multiplier = pacer === undefined || budgetUsd === Infinity ? 1 : paceMultiplier(reading, pacer);
      highestMultiplier = Math.max(highestMultiplier, multiplier);
      if (multiplier <= 1 && isAfterNoon(step)) freeAfterNoon += 1;
      const dayLeftUsd = budgetUsd === Infinity ? undefined : budgetUsd - spentUsd;
      return {
        utility: utilityFor(weights, multiplier),
        caps: { requestUsd: undefined, dayLeftUsd },
        usdOf: (arm) => (usualUsd[arm] ?? missing()) * priceAt(step),
      };
    },
  }).start(
    { seed, corpus, features, lambda: 0, random: seededRandom(seed + 1_234_567) },
    { rewardOf: () => 0, rowOf: ({ row }) => corpus.rows[row] ?? missing() },
  );
  order.forEach((row, number) => {
    const prompt = features.prompts[row] ?? missing();
    const step = { number, row, prompt };
    const arm = walk.choose(step);
    if (arm < 0) {
      refused += 1;
      return;
    }
    const source = corpus.rows[row] ?? missing();
    const costUsd = (source.costUsd[arm] ?? missing()) * priceAt(number);
    const left = budgetUsd - spentUsd;
    const isCut = costUsd > left;
    if (isCut) cut += 1;
    const outcome = {
      quality01: isCut ? 0 : (source.quality01[arm] ?? missing()),
      costUsd: Math.min(costUsd, left),
    };
    spentUsd += outcome.costUsd;
    if (!isAfterNoon(number)) noonUsd += outcome.costUsd;
    quality += outcome.quality01;
    walk.learn(step, arm, outcome);
  });
  const freeAfterNoon01 = freeAfterNoon / Math.floor(order.length / 2);
  return {
    ...{ spentUsd, noonUsd, freeAfterNoon01, quality01: quality / order.length },
    ...{ refused, cut, highestMultiplier },
  };
}

function missing(): never {
  throw new RangeError('There is no such row or model.');
}
