import { noOptions } from '../core/pool/call-options';
import type { Deployment, KeySource, Pool, Provider } from '../core/pool/deployment';
import { hostOf } from '../core/pool/host';
import { environmentProblem } from './environment';
import type { FileProblem } from './problem';
import { baseProblem } from './schema';
import { simulatedPool } from './simulated-pool';
import { knownProviders } from './providers';

type Environment = Readonly<Record<string, string | undefined>>;

interface KnownProvider {
  readonly provider: Exclude<Provider, 'simulated'>;
  readonly keyName: string;
  readonly baseName: string;
  /** One small and one strong model that a usual key can call. As of 2026-11. */
  readonly models: readonly string[];
}

const providersWithKeys: readonly KnownProvider[] = [
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

/**
 * With no file: one pool of the providers whose keys are there, else the simulated pool. A provider whose base URL
 * can't be used is left out and named: its key must not go to another host than the one asked for.
 */
export function defaultPools(
  environment: Environment,
  storedHosts: ReadonlySet<string>,
): { readonly pools: readonly Pool[]; readonly problems: readonly FileProblem[] } {
  const wrong = (known: KnownProvider): string | undefined => {
    const base = environment[known.baseName];
    return base ? baseProblem(base) : undefined;
  };
  const deployments = providersWithKeys
    .filter((known) => wrong(known) === undefined)
    .flatMap((known) => deploymentsOf(known, environment, storedHosts));
  return {
    pools: deployments.length === 0 ? [simulatedPool] : [{ name: 'default', deployments, simulated: false }],
    problems: providersWithKeys.flatMap((known) => {
      const message = wrong(known);
      return message === undefined ? [] : [environmentProblem(known.baseName, message)];
    }),
  };
}

function deploymentsOf(
  { provider, keyName, baseName, models }: KnownProvider,
  environment: Environment,
  storedHosts: ReadonlySet<string>,
): readonly Deployment[] {
  const apiBase = environment[baseName] || (knownProviders[provider].base ?? '');
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
    protocol: knownProviders[provider].protocol,
    options: noOptions,
    apiVersion: undefined,
    model,
    apiBase,
    key,
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
  }));
}
