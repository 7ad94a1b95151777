import type { LatencyFacts, ModelFacts, Money, QualitySum, SumKind } from '../terms/facts';
import type { ModelStats } from './model-tally';
import { qualityOf } from './model-tally';

const exactness: readonly SumKind[] = [undefined, 'exact', 'estimated', 'simulated'];

/** Money of several groups: as inexact as the least exact of them. */
export function moneyOf(groups: readonly Money[]): Money {
  let kind: SumKind;
  for (const group of groups) if (exactness.indexOf(group.kind) > exactness.indexOf(kind)) kind = group.kind;
  return {
    usd: sum(groups, ({ usd }) => usd),
    kind,
    priced: sum(groups, ({ priced }) => priced),
    unpriced: sum(groups, ({ unpriced }) => unpriced),
  };
}

/**
 * What a request cost on average, in USD: calls of which nobody knows are taken to cost what the others do. Undefined
 * where no cost is known.
 */
export function meanUsdOf(
  groups: readonly (Pick<Money, 'usd' | 'priced' | 'unpriced'> & { readonly answered: number })[],
): number | undefined {
  const priced = sum(groups, (group) => group.priced);
  const unpriced = sum(groups, (group) => group.unpriced);
  const answered = sum(groups, (group) => group.answered);
  if (priced === 0 || answered === 0) return undefined;
  return (sum(groups, ({ usd }) => usd) / answered) * ((priced + unpriced) / priced);
}

/** Mean quality of several groups, 0..1, with its standard error and of how many answers it is. */
export function meanQuality(groups: readonly QualitySum[]): {
  readonly quality01: number | undefined;
  readonly qualityError: number | undefined;
  readonly answers: number;
} {
  const sums = {
    quality: sum(groups, ({ quality }) => quality),
    weight: sum(groups, ({ weight }) => weight),
  };
  return { ...qualityOf(sums), answers: sum(groups, ({ answers }) => answers) };
}

/** The models of one pool, the busiest first. */
export function modelStatsOf(groups: readonly ModelFacts[]): readonly ModelStats[] {
  const answered = sum(groups, (group) => group.answered);
  return [...Map.groupBy(groups, ({ model }) => model)]
    .map(([deploymentId, own]): ModelStats => {
      const { usd, kind, priced, unpriced } = moneyOf(own);
      const { quality01, qualityError } = meanQuality(own);
      const requests = sum(own, (group) => group.answered);
      const firstCount = sum(own, (group) => group.firstCount);
      return {
        deploymentId,
        requests,
        share01: answered === 0 ? 0 : requests / answered,
        quality01,
        qualityError,
        totalUsd: usd,
        pricedAttempts: priced,
        unpricedAttempts: unpriced,
        costKind: kind ?? 'exact',
        meanTimeToFirstTokenMs:
          firstCount === 0 ? undefined : sum(own, ({ firstMs }) => firstMs) / firstCount,
        thumbsUp: sum(own, ({ thumbsUp }) => thumbsUp),
        thumbsDown: sum(own, ({ thumbsDown }) => thumbsDown),
        failures: sum(own, ({ failed }) => failed),
        lastFailures: [],
      };
    })
    .toSorted((a, b) => b.requests - a.requests || (a.deploymentId < b.deploymentId ? -1 : 1));
}

/** Share of a model's answers by step of time, in the order of `steps`. */
export function sharesOf({ steps: own, count }: LatencyFacts, steps: readonly number[]): readonly number[] {
  return steps.map((step) => (own.find((each) => each.step === step)?.count ?? 0) / count);
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
