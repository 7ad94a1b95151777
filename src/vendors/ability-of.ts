import type { ModelAbility } from '../core/terms/ability';
import type { Deployment } from '../core/terms/deployment';
import type { AbilityOf, PriceBook } from '../core/terms/ports';
import { usdOf } from '../core/terms/receipt';
import { abilityOf } from './model-abilities';

/**
 * What the table says of deployments, by their names, and by their prices where a name says nothing. Of simulated models
 * nothing is known. A name is looked up once for as long as its price stays what it is.
 */
export function createAbilityOf(prices: Pick<PriceBook, 'costOf'>): AbilityOf {
  const known = new WeakMap<Deployment, Known>();
  return (deployment) => {
    if (deployment.protocol === 'simulated') return undefined;
    const usdPerMTok = mixedUsdPerMTok(prices, deployment);
    const before = known.get(deployment);
    if (before !== undefined && before.usdPerMTok === usdPerMTok) return before.ability;
    const ability = abilityOf(deployment, usdPerMTok);
    known.set(deployment, { usdPerMTok, ability });
    return ability;
  };
}

interface Known {
  readonly usdPerMTok: number | undefined;
  readonly ability: ModelAbility;
}

/** Of a thousand tokens, so that no rate for long requests comes in; three of input to one of output. */
const usual = { inputTokens: 750, outputTokens: 250, cachedInputTokens: 0 };

function mixedUsdPerMTok(prices: Pick<PriceBook, 'costOf'>, deployment: Deployment): number | undefined {
  const usd = usdOf(prices.costOf(deployment, usual, true));
  return usd === undefined ? undefined : usd * 1_000;
}
