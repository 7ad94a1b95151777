import type { Deployment, Pool } from '../terms/deployment';
import type { PriceBook } from '../terms/ports';
import type { LearntPrice } from './learnt-prices';
import type { RoutingStats } from './routing-stats';

/** What the ledger says of a model. */
export interface LearntOfModel {
  /** Present where nothing else says what the model costs, or only a proxy that may be gone tomorrow. */
  readonly price: LearntPrice | undefined;
  /** Mean quality 0..1; present where enough answers were rated. */
  readonly quality01: number | undefined;
}

/** A mean of fewer ratings is an anecdote. */
const fewestRatings = 5;

/** What was learnt of the models of some pools, by id; models of which nothing was learnt are left out. */
export function learntOfModels(
  pools: readonly Pool[],
  prices: PriceBook,
  stats: RoutingStats,
  learntPrice: (deploymentId: string) => LearntPrice | undefined,
): ReadonlyMap<string, LearntOfModel> {
  const learnt = new Map<string, LearntOfModel>();
  for (const { name, deployments, simulated } of pools) {
    if (simulated) continue;
    const models = stats.pools.find(({ pool }) => pool === name)?.models ?? [];
    for (const deployment of deployments) {
      const model = models.find(({ deploymentId }) => deploymentId === deployment.id);
      const ratings = (model?.thumbsUp ?? 0) + (model?.thumbsDown ?? 0);
      const quality01 = ratings >= fewestRatings ? model?.quality01 : undefined;
      const price = needsPrice(deployment, prices) ? learntPrice(deployment.id) : undefined;
      if (price !== undefined || quality01 !== undefined) learnt.set(deployment.id, { price, quality01 });
    }
  }
  return learnt;
}

function needsPrice(deployment: Deployment, prices: PriceBook): boolean {
  if (deployment.price !== undefined) return false;
  const usage = { inputTokens: 1_000, outputTokens: 1_000, cachedInputTokens: 0 };
  return deployment.serverTellsPrice === true || prices.costOf(deployment, usage, true).kind === 'unknown';
}
