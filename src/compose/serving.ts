import { randomUUID } from 'node:crypto';
import type { ChangingCache } from '../cache/changing-cache';
import type { Configuration } from '../core/terms/configuration';
import { createEditorModelClient } from '../editor/editor-models/editor-models';
import { resetBreakersOnNewKey } from '../editor/keys/reset-breakers';
import type { Lazy } from '../editor/lazy';
import type { ComposedConfiguration } from './configuration';
import { clock } from './window';
import type { Window } from './window';

/** The cache that the configuration names, exchanged when the configuration changes. */
export async function createCacheInForce(
  { log, own }: Window,
  { configuration }: ComposedConfiguration,
): Promise<ChangingCache> {
  const caching = await import('../cache/changing-cache');
  const { cache: settings } = await configuration.current();
  const inForce = caching.createChangingCache({ log, nowMs: Date.now }, settings);
  own(configuration.onDidChange((changed) => inForce.use(changed.cache)));
  own({ dispose: () => void inForce.close() });
  return inForce;
}

/** What speaks to providers. It needs no ledger. */
export async function createServing(
  { log, own }: Window,
  { configuration, keys, keyRing }: ComposedConfiguration,
  cache: Lazy<ChangingCache>,
) {
  const [breaking, sharing, clients, pricing, cacheInForce] = await Promise.all([
    import('../providers/dispatch/breakers'),
    import('../providers/dispatch/shared-breakers'),
    import('../providers/model-clients'),
    import('../providers/prices/prices'),
    cache.get(),
  ]);
  const breakers = sharing.shareBreakers({
    own: breaking.createBreakers(),
    window: randomUUID(),
    nowMs: Date.now,
    log,
  });
  own(resetBreakersOnNewKey(keys, configuration.current, breakers));
  own(breakers.onStateChange((id, state) => log.info(`The circuit breaker of ${id} is ${state} now.`)));
  const prices = pricing.createPriceBook({ keys: keyRing, log, clock });
  const learnPrices = ({ pools }: Configuration): void =>
    prices.prepare?.(pools.flatMap(({ deployments }) => deployments));
  learnPrices(await configuration.current());
  own(configuration.onDidChange(learnPrices));
  const client = clients.createModelClient({ keys: keyRing, editorModels: createEditorModelClient(), log });
  return { keys: keyRing, breakers, prices, client, cache: cacheInForce };
}

export type Serving = Awaited<ReturnType<typeof createServing>>;
