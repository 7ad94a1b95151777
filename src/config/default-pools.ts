import type { Deployment, KeySource, Pool, Provider } from '../core/pool/deployment';
import { hostOf } from '../core/pool/host';
import { simulatedPool } from './simulated-pool';
import { providerBases } from './to-deployment';

type Environment = Readonly<Record<string, string | undefined>>;

interface KnownProvider {
  readonly provider: Exclude<Provider, 'simulated'>;
  readonly keyName: string;
  readonly baseName: string;
  /** One small and one strong model that a usual key can call. As of 2026-11. */
  readonly models: readonly string[];
}

const knownProviders: readonly KnownProvider[] = [
  {
    provider: 'openai',
    keyName: 'OPENAI_API_KEY',
    baseName: 'OPENAI_BASE_URL',
    models: ['gpt-5.4-mini', 'gpt-5.4'],
  },
  {
    provider: 'anthropic',
    keyName: 'ANTHROPIC_API_KEY',
    baseName: 'ANTHROPIC_BASE_URL',
    models: ['claude-haiku-4-5', 'claude-sonnet-4-6'],
  },
];

/** With no file: one pool of the providers whose keys are there, else the simulated pool. */
export function defaultPools(environment: Environment, storedHosts: ReadonlySet<string>): readonly Pool[] {
  const deployments = knownProviders.flatMap((known) => deploymentsOf(known, environment, storedHosts));
  return deployments.length === 0 ? [simulatedPool] : [{ name: 'default', deployments, simulated: false }];
}

function deploymentsOf(
  { provider, keyName, baseName, models }: KnownProvider,
  environment: Environment,
  storedHosts: ReadonlySet<string>,
): readonly Deployment[] {
  const stated = environment[baseName];
  const apiBase = stated !== undefined && URL.canParse(stated) ? stated : providerBases[provider];
  const host = hostOf(apiBase);
  const key: KeySource | undefined = environment[keyName]
    ? { kind: 'environment', name: keyName }
    : storedHosts.has(host)
      ? { kind: 'secret', host }
      : undefined;
  if (key === undefined) return [];
  return models.map((model) => ({
    id: model,
    pool: 'default',
    provider,
    model,
    apiBase,
    key,
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
  }));
}
