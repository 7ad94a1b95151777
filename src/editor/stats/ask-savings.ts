import { moneySaved } from '../../core/stats/savings/money-saved';
import type { RateCard } from '../../core/stats/savings/rate-card';
import { rateCardOf, thresholdsIn } from '../../core/stats/savings/rate-card';
import type { Configuration } from '../../core/terms/configuration';
import type { Deployment } from '../../core/terms/deployment';
import type { Facts, FactsFilter } from '../../core/terms/facts';
import type { PriceBook } from '../../core/terms/ports';
import type { Savings } from './board/savings';
import { chosenOf } from './board/savings';

/** Of deployments whose price is the same as long as the configuration is. */
const kept = new WeakMap<Deployment, RateCard>();

function cardOf(deployment: Deployment, prices: Pick<PriceBook, 'costOf'>): RateCard | undefined {
  const known = kept.get(deployment);
  if (known !== undefined) return known;
  const card = rateCardOf((usage) => prices.costOf(deployment, usage, true));
  // What a server says it may say otherwise tomorrow.
  if (card !== undefined && deployment.serverTellsPrice !== true) kept.set(deployment, card);
  return card;
}

/** What was saved against each model of the pools in force, against their dearest and against chance; quality, against the model that is chosen. */
export async function askSavings(
  facts: Pick<Facts, 'usage' | 'quality'>,
  filter: FactsFilter,
  { pools, measure }: Pick<Configuration, 'pools'> & Partial<Pick<Configuration, 'measure'>>,
  prices: Pick<PriceBook, 'costOf'>,
  against: string,
): Promise<Savings> {
  const real = pools.filter(({ simulated }) => !simulated);
  const cards = new Map<string, RateCard>();
  for (const { deployments } of real)
    for (const deployment of deployments) {
      const card = cardOf(deployment, prices);
      if (card !== undefined) cards.set(deployment.id, card);
    }
  const thresholds = thresholdsIn(cards.values());
  const groups = await facts.usage(filter, thresholds);
  const models = new Map(real.map(({ name, deployments }) => [name, deployments.map(({ id }) => id)]));
  const money = moneySaved(models, { groups, thresholds, cards });
  const chosen = chosenOf(money, against)?.comparator;
  return {
    money,
    measure,
    quality:
      chosen?.kind === 'always'
        ? await facts.quality(filter, { pool: chosen.pool, model: chosen.model })
        : undefined,
  };
}
