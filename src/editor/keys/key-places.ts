import type { Configuration } from '../../core/configuration';
import type { Deployment, Provider } from '../../core/pool/deployment';
import { hostOf, isLoopback } from '../../core/pool/host';

/** A host that a key can be stored for. */
export interface KeyPlace {
  /** "OpenAI", or the host. */
  readonly label: string;
  /** With port, as keys are bound to it. */
  readonly host: string;
  readonly provider: Exclude<Provider, 'vscode' | 'simulated'>;
  readonly apiBase: string;
  /** Azure's `api-version`; undefined elsewhere. */
  readonly apiVersion: string | undefined;
  /** Environment variables that the configuration reads a key for this host from. */
  readonly variables: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Providers whose key can always be set, whatever the configuration says; a variable may give another address. */
const wellKnown: readonly (readonly [
  provider: KeyPlace['provider'],
  label: string,
  apiBase: string,
  variable?: string,
])[] = [
  ['openai', 'OpenAI', 'https://api.openai.com/v1', 'OPENAI_BASE_URL'],
  ['anthropic', 'Anthropic', 'https://api.anthropic.com', 'ANTHROPIC_BASE_URL'],
  ['gemini', 'Google Gemini', 'https://generativelanguage.googleapis.com/v1beta/openai'],
  ['groq', 'Groq', 'https://api.groq.com/openai/v1'],
  ['openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1'],
];

/** The hosts of the configuration, then the well-known providers; each host once. */
export function keyPlaces({ pools }: Configuration, environment: Environment): readonly KeyPlace[] {
  const deployments = pools.flatMap((pool) => pool.deployments);
  const places = new Map<string, KeyPlace>();
  for (const deployment of deployments) {
    const place = placeOf(deployment);
    if (place !== undefined && !places.has(place.host)) places.set(place.host, place);
  }
  for (const [provider, label, usualBase, variable] of wellKnown) {
    const otherBase = variable === undefined ? undefined : environment[variable];
    const apiBase = otherBase && isUsable(otherBase) ? otherBase : usualBase;
    const host = hostOf(apiBase);
    if (!places.has(host)) {
      places.set(host, { label, host, provider, apiBase, apiVersion: undefined, variables: [] });
    }
  }
  return [...places.values()].map((place) => ({
    ...place,
    variables: variablesFor(place.host, deployments),
  }));
}

/** fetch refuses an address with a password in it, and quotes it in its error. */
function isUsable(base: string): boolean {
  if (!URL.canParse(base)) return false;
  const { username, password } = new URL(base);
  return username === '' && password === '';
}

/** The place of a stored key: one of `known`, else a server that speaks OpenAI's protocol at that host. */
export function placeOfHost(host: string, known: readonly KeyPlace[]): KeyPlace {
  return known.find((place) => place.host === host) ?? placeAt(addressOf(host));
}

/** The place of a server that speaks OpenAI's protocol. Throws where the address is no URL. */
export function placeAt(apiBase: string): KeyPlace {
  const host = hostOf(apiBase);
  return { label: host, host, provider: 'openai', apiBase, apiVersion: undefined, variables: [] };
}

/** An address as typed: without a scheme it is https, or http on this machine; without a path it is /v1. */
export function completeAddress(typed: string): string {
  const text = typed.trim();
  const url = new URL(/^https?:\/\//i.test(text) ? text : addressOf(text, ''));
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

function addressOf(host: string, path = '/v1'): string {
  if (/^https?:\/\//i.test(host)) return host + path;
  return `${isLoopback(`http://${host}`) ? 'http' : 'https'}://${host}${path}`;
}

function placeOf({ provider, apiBase, apiVersion }: Deployment): KeyPlace | undefined {
  if (provider === 'simulated' || provider === 'vscode') return undefined;
  const host = hostOf(apiBase);
  const known = wellKnown.find(([, , base]) => hostOf(base) === host);
  return { label: known?.[1] ?? host, host, provider, apiBase, apiVersion, variables: [] };
}

function variablesFor(host: string, deployments: readonly Deployment[]): readonly string[] {
  const names = deployments.flatMap(({ key, provider, apiBase }) =>
    key.kind === 'environment' && provider !== 'vscode' && hostOf(apiBase) === host ? [key.name] : [],
  );
  return [...new Set(names)];
}
