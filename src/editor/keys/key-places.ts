import type { Environment } from '../../config/models/environment-reference';
import type { Configuration } from '../../core/terms/configuration';
import type { Deployment } from '../../core/terms/deployment';
import { isRemote } from '../../core/terms/deployment';
import { hostOf, isLoopback } from '../../core/terms/host';
import type { KeyTarget } from '../../providers/check-key';
import { vendors } from '../../vendors/catalogue';
import { anyServer, vendorAtHost } from '../../vendors/lookup';
import type { Vendor } from '../../vendors/vendor';

/** A host that a key can be stored for, and where it is checked. */
export interface KeyPlace extends KeyTarget {
  /** "OpenAI", or the host. */
  readonly label: string;
  /** With port, as keys are bound to it. */
  readonly host: string;
  /** Environment variables that the configuration reads a key for this host from. */
  readonly variables: readonly string[];
}

export interface OfferedPlace extends KeyPlace {
  /** Of the configuration, with a key at hand, or well known: what most look for. */
  readonly likely: boolean;
}

/**
 * The hosts of the configuration, then the vendors whose key is at hand (in the environment, or stored for one of
 * `storedHosts`), then the well-known ones, then the others by their names; each host once.
 */
export function keyPlaces(
  { pools }: Configuration,
  environment: Environment,
  storedHosts: ReadonlySet<string> = new Set(),
): readonly OfferedPlace[] {
  const deployments = pools.flatMap((pool) => pool.deployments);
  const places = new Map<string, OfferedPlace>();
  for (const deployment of deployments) {
    const place = placeOf(deployment);
    if (place !== undefined && !places.has(place.host)) places.set(place.host, { ...place, likely: true });
  }
  const rankOf = ({ keyNames, wellKnown }: Vendor, { host }: KeyPlace): number => {
    if (storedHosts.has(host) || keyNames.some((name) => environment[name])) return 0;
    return wellKnown === true ? 1 : 2;
  };
  const offered = vendors
    .flatMap((vendor) => {
      const place = placeOfVendor(vendor, environment);
      return place === undefined ? [] : [{ place, rank: rankOf(vendor, place) }];
    })
    .toSorted((a, b) => a.rank - b.rank || (a.rank === 2 ? a.place.label.localeCompare(b.place.label) : 0));
  for (const { place, rank } of offered) {
    if (!places.has(place.host)) places.set(place.host, { ...place, likely: rank < 2 });
  }
  return [...places.values()].map((place) => ({
    ...place,
    variables: variablesFor(place.host, deployments),
  }));
}

/** Where the key of a vendor goes: its own address, or the one that a variable gives; undefined: it has none. */
function placeOfVendor(vendor: Vendor, environment: Environment): KeyPlace | undefined {
  const { prefix: provider, title: label, base, baseName, keyNames, local } = vendor;
  if (base === undefined || local !== undefined || keyNames.length === 0) return undefined;
  const otherBase = baseName === undefined ? undefined : environment[baseName];
  const apiBase = otherBase && isUsable(otherBase) ? otherBase : base;
  return { label, host: hostOf(apiBase), provider, apiBase, apiVersion: undefined, variables: [] };
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
  return { label: host, host, provider: anyServer.prefix, apiBase, apiVersion: undefined, variables: [] };
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

function placeOf(deployment: Deployment): KeyPlace | undefined {
  if (!isRemote(deployment)) return undefined;
  const { provider, apiBase, apiVersion } = deployment;
  const host = hostOf(apiBase);
  return { label: vendorAtHost(host)?.title ?? host, host, provider, apiBase, apiVersion, variables: [] };
}

function variablesFor(host: string, deployments: readonly Deployment[]): readonly string[] {
  const names = deployments.flatMap((deployment) => {
    const { key, apiBase } = deployment;
    return key.kind === 'environment' && isRemote(deployment) && hostOf(apiBase) === host ? [key.name] : [];
  });
  return [...new Set(names)];
}
