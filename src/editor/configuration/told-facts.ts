import type { Deployment, Pool } from '../../core/terms/deployment';
import type { ModelFacts } from '../../vendors/model-facts';
import { errorText } from '../shown/error-text';

/** What local servers and the editor tell of the models that they serve, as they were last asked. */
export interface ToldFacts {
  /** What is known now, at once. */
  of(deployment: Deployment): ModelFacts;
  /** Asks again where the last answer is older than a minute. Resolves to true where something else is known now. */
  ask(pools: readonly Pool[]): Promise<boolean>;
}

export interface ToldFactsParts {
  /** Asks whoever serves it; undefined: it tells nothing. */
  readonly find: (deployment: Deployment) => Promise<ModelFacts | undefined>;
  readonly monotonicMs: () => number;
  readonly log: { debug(message: string): void };
}

const lifetimeMs = 60_000;

/** A server that is away keeps what it told: it has the same models when it is back, mostly. */
export function createToldFacts({ find, monotonicMs, log }: ToldFactsParts): ToldFacts {
  const told = new Map<string, ModelFacts>();
  const askedAtMs = new Map<string, number>();

  async function askOne(key: string, deployment: Deployment): Promise<boolean> {
    askedAtMs.set(key, monotonicMs());
    try {
      const facts = await find(deployment);
      if (facts === undefined || JSON.stringify(facts) === JSON.stringify(told.get(key) ?? {})) return false;
      told.set(key, facts);
      return true;
    } catch (error) {
      log.debug(`${deployment.id} says nothing of itself: ${errorText(error)}`);
      return false;
    }
  }

  return {
    of: (deployment) => told.get(keyOf(deployment)) ?? {},
    ask: async (pools) => {
      const stale = new Map(
        pools
          .flatMap(({ deployments }) => deployments)
          .map((deployment) => [keyOf(deployment), deployment] as const)
          .filter(([key]) => monotonicMs() - (askedAtMs.get(key) ?? -Infinity) >= lifetimeMs),
      );
      const news = await Promise.all([...stale].map(([key, deployment]) => askOne(key, deployment)));
      return news.some(Boolean);
    },
  };
}

function keyOf({ provider, apiBase, model }: Deployment): string {
  return [provider, apiBase, model].join(' ');
}
