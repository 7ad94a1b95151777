import type { ModelAbility } from '../core/terms/ability';
import type { Deployment } from '../core/terms/deployment';
import type { AbilityOf, PriceBook } from '../core/terms/ports';
import { usdOf } from '../core/terms/receipt';
import { abilityOf } from './model-abilities';

/**
 * What the table says of deployments: by their names, and by their prices where no figures are known of a name or its
 * family. Of simulated models nothing is known. What is found is kept for as long as the deployment is configured: a price
 * takes a tenth of a millisecond to look up. Only one that its server is yet to tell is asked for again.
 */
export function createAbilityOf(prices: Pick<PriceBook, 'costOf'>): AbilityOf {
  const kept = new WeakMap<Deployment, ModelAbility>();
  return (deployment) => {
    if (deployment.protocol === 'simulated') return undefined;
    const known = kept.get(deployment);
    if (known !== undefined) return known;
    const { ability, final } = lookedUp(deployment, prices);
    if (final) kept.set(deployment, ability);
    return ability;
  };
}

function lookedUp(
  deployment: Deployment,
  prices: Pick<PriceBook, 'costOf'>,
): { readonly ability: ModelAbility; readonly final: boolean } {
  const byName = abilityOf(deployment);
  if (byName.knownFrom === 'figures' || byName.knownFrom === 'family')
    return { ability: byName, final: true };
  const usd = usdOf(prices.costOf(deployment, usual, true));
  if (usd === undefined) return { ability: byName, final: deployment.serverTellsPrice !== true };
  return { ability: abilityOf(deployment, usd * 1_000), final: true };
}

/** A thousand tokens, so that no rate for long requests comes in; three of input to one of output. */
const usual = { inputTokens: 750, outputTokens: 250, cachedInputTokens: 0 };
