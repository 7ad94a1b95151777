import { hostOf } from '../../core/terms/host';
import type { Deployment } from '../../core/terms/deployment';
import type { Clock, KeyRing, Log } from '../../core/terms/ports';
import type { ProxyPrice } from './litellm-model-info';
import { readModelInfo } from './litellm-model-info';
import { redact } from '../failures/redact';

export interface ProxyPriceParts {
  readonly keys: KeyRing;
  readonly log: Log;
  readonly clock: Clock;
}

/** What LiteLLM proxies say of their prices. */
export interface ProxyPrices {
  /** Begins to ask the deployment's proxy, unless it was asked already; does not wait, never throws. */
  prepare(deployment: Deployment): void;
  priceOf(deployment: Deployment): ProxyPrice | undefined;
}

const deadlineMs = 5_000;
const retryAfterMs = 600_000;

/** What is known of one proxy. */
type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly prices: ReadonlyMap<string, ProxyPrice> }
  | { readonly kind: 'failed'; readonly atMs: number };

/** Asks each proxy once, and again 10 minutes after it failed to answer. */
export function createProxyPrices({ keys, log, clock }: ProxyPriceParts): ProxyPrices {
  const proxies = new Map<string, Asked>();

  async function ask(root: string, deployment: Deployment): Promise<void> {
    const host = hostOf(deployment.apiBase);
    const key = await keys.keyFor(deployment);
    if (key === undefined) {
      // Asked again as soon as there may be one.
      proxies.delete(root);
      return;
    }
    try {
      const prices = readModelInfo(await fetchModelInfo(root, key));
      proxies.set(root, { kind: 'known', prices });
      log.debug(`${host} told its prices of ${String(prices.size)} models.`);
    } catch (error) {
      proxies.set(root, { kind: 'failed', atMs: clock.monotonicMs() });
      const why = redact(error instanceof Error ? error.message : String(error), key);
      log.debug(`${host} did not tell its prices: ${why}`);
    }
  }

  return {
    prepare: (deployment) => {
      const root = rootOf(deployment.apiBase);
      const known = proxies.get(root);
      const again = known?.kind === 'failed' && clock.monotonicMs() - known.atMs >= retryAfterMs;
      if (known !== undefined && !again) return;
      proxies.set(root, { kind: 'asking' });
      ask(root, deployment).catch(() => proxies.delete(root));
    },
    priceOf: ({ apiBase, model }) => {
      const known = proxies.get(rootOf(apiBase));
      return known?.kind === 'known' ? known.prices.get(model) : undefined;
    },
  };
}

/** The proxy's management endpoints stand beside the version segment. */
function rootOf(apiBase: string): string {
  return apiBase.replace(/\/+(v1\/*)?$/, '');
}

/** Older proxies know one address alone, newer ones both. */
async function fetchModelInfo(root: string, key: string): Promise<unknown> {
  const signal = AbortSignal.timeout(deadlineMs);
  let status = 0;
  for (const path of ['/model/info', '/v1/model/info']) {
    const response = await globalThis.fetch(root + path, {
      headers: { accept: 'application/json', ...(key !== '' && { authorization: `Bearer ${key}` }) },
      // A key belongs to the host that it was entered for.
      redirect: 'manual',
      signal,
    });
    if (response.ok) return await response.json();
    await response.body?.cancel();
    status = response.status;
    if (status !== 404) break;
  }
  throw new Error(`the server answered ${String(status)}.`);
}
