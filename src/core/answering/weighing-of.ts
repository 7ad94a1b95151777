import { shippedSettings } from '../bandit/settings';
import type { RouteInput } from '../routing/router';
import { utilityFor } from '../routing/utility';
import type { Configuration } from '../terms/configuration';
import type { Pool } from '../terms/deployment';
import type { AbilityOf, PriceBook } from '../terms/ports';
import type { PresetName } from '../terms/preset';
import { presets } from '../terms/preset';
import type { LearntState } from './learnt-state';

/** All that a choice is made by, beside the request. */
export interface Weighed extends Pick<
  RouteInput,
  'pool' | 'state' | 'others' | 'utility' | 'settings' | 'switchAfter' | 'prices' | 'abilityOf'
> {
  readonly preset: PresetName;
}

export interface WeighingParts {
  readonly prices: PriceBook;
  /** Absent: nothing is known of any model. */
  readonly abilityOf?: AbilityOf;
}

/** As configured, and as learnt by now. */
export function weighingOf(
  parts: WeighingParts,
  learnt: Pick<LearntState, 'pool'>,
  configuration: Configuration,
  pool: Pool,
): Weighed {
  return {
    pool,
    state: learnt.pool(pool.name),
    others: configuration.pools
      .filter(({ name }) => name !== pool.name)
      .map((other) => ({ pool: other, state: learnt.pool(other.name) })),
    utility: utilityFor(presets[configuration.preset]),
    settings: shippedSettings,
    preset: configuration.preset,
    switchAfter: configuration.switchAfter,
    prices: parts.prices,
    abilityOf: (configuration.priors ? parts.abilityOf : undefined) ?? nothingKnown,
  };
}

const nothingKnown: AbilityOf = () => undefined;
