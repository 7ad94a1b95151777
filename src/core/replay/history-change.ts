import { eligibilityFor } from '../routing/eligibility';
import type { Configuration } from '../terms/configuration';
import type { Decision } from '../terms/decision';
import type { Deployment, Pool } from '../terms/deployment';
import type { PriceBook } from '../terms/ports';
import type { PresetName } from '../terms/preset';
import { candidatesOf } from '../answering/reconsider';

/** What is otherwise when a history is replayed. What is absent is as configured now. */
export interface HistoryChange {
  readonly preset?: PresetName | undefined;
  /**
   * Which models could be chosen: those of today's that could then, as the decision has it (absent), all that could take such
   * a request today, or those of another pool.
   */
  readonly models?: 'today' | { readonly pool: string } | undefined;
  /** Ids of models that aren't there. */
  readonly without?: readonly string[] | undefined;
  /** What the price of a model is multiplied with, > 0, by its id. */
  readonly priceFactors?: ReadonlyMap<string, number> | undefined;
}

/** Today's configuration: the router as it is. */
export const nothingChanged: HistoryChange = {};

export function isChange({ preset, models, without, priceFactors }: HistoryChange): boolean {
  return (
    preset !== undefined ||
    models !== undefined ||
    (without ?? []).length > 0 ||
    [...(priceFactors?.values() ?? [])].some((factor) => factor !== 1)
  );
}

export function changedConfiguration(configuration: Configuration, { preset }: HistoryChange): Configuration {
  return preset === undefined ? configuration : { ...configuration, preset };
}

/** The pool whose models a decision is made among. */
export function changedPool(decision: Decision, { models }: HistoryChange): string {
  return typeof models === 'object' ? models.pool : decision.pool;
}

/** Of a pool, the models that a decision can be made among. */
export function changedModels(
  decision: Decision,
  { models, without = [] }: HistoryChange,
): (pool: Pool) => readonly Deployment[] {
  const able = models === undefined ? candidatesOf(decision) : ableToday(decision);
  return (pool) => able(pool).filter(({ id }) => !without.includes(id));
}

/**
 * Those whose context window it fits into. Who was left out then, for a missing key or an open breaker, is left out again;
 * whether the request needed tools or images isn't recorded.
 */
function ableToday(decision: Decision): (pool: Pool) => readonly Deployment[] {
  const { conversationId, inputTokens, excluded } = decision;
  return (pool) => {
    // Of its origin, nothing of this depends on it.
    const request = { pool: pool.name, messages: [], origin: 'chat', conversationId } as const;
    const reasonOf = ({ id }: Deployment) => excluded.find(({ deploymentId }) => deploymentId === id)?.reason;
    return eligibilityFor(request, pool, inputTokens, reasonOf).eligible;
  };
}

/** Prices times their factors. */
export function changedPrices(prices: PriceBook, { priceFactors }: HistoryChange): PriceBook {
  if (priceFactors === undefined) return prices;
  return {
    costOf: (deployment, ...asked) => {
      const cost = prices.costOf(deployment, ...asked);
      const factor = priceFactors.get(deployment.id) ?? 1;
      return cost.kind === 'unknown' ? cost : { ...cost, usd: cost.usd * factor };
    },
  };
}
