import type { Deployment, PromptCacheHabit } from '../core/terms/deployment';
import { endedVendors, vendors } from './catalogue';
import type { EndedVendor, Quirk, Vendor } from './vendor';

/** Who is meant, and where it is reached. */
export type Reached = Pick<Deployment, 'provider' | 'apiBase'>;

/** The prefixes in the order in which they are offered. */
export const prefixes: readonly string[] = vendors.map(({ prefix }) => prefix);

/** The one whose prefix names any server that speaks its protocol. */
export const anyServer: Vendor = theOne(({ anyServer: any }) => any === true);
/** The editor, whose own models have no address. */
export const editorVendor: Vendor = theOne(({ protocol }) => protocol === 'editor');

function theOne(is: (vendor: Vendor) => boolean): Vendor {
  const [vendor, ...others] = vendors.filter(is);
  if (vendor === undefined || others.length > 0)
    throw new Error('The catalogue of vendors must have one such.');
  return vendor;
}

/** The vendor of a prefix, under any spelling of it; undefined for one that Conduit can't speak to. */
export function vendorNamed(prefix: string): Vendor | undefined {
  return vendors.find((vendor) => vendor.prefix === prefix || vendor.otherPrefixes?.includes(prefix));
}

/** The vendor of a prefix whose service has ended; undefined for any other. */
export function endedVendor(prefix: string): EndedVendor | undefined {
  return endedVendors.find((ended) => ended.prefix === prefix);
}

/** By host and port; of vendors at the same one, the first. */
const ofHosts = new Map(
  vendors
    .toReversed()
    .flatMap((vendor) => (vendor.base === undefined ? [] : [[new URL(vendor.base).host, vendor] as const])),
);

/** The vendor whose own address has that host and port; undefined: nobody's. */
export function vendorAtHost(host: string): Vendor | undefined {
  return (
    ofHosts.get(host) ?? vendors.find(({ hostsEnd }) => hostsEnd !== undefined && host.endsWith(hostsEnd))
  );
}

/**
 * Whose server answers: the prefix says so, but for the one that stands for any server, where the host does. Undefined:
 * nobody's that is known.
 */
export function vendorOf({ provider, apiBase }: Reached): Vendor | undefined {
  const named = vendorNamed(provider);
  if (named?.anyServer !== true) return named;
  return URL.canParse(apiBase) ? vendorAtHost(new URL(apiBase).host) : undefined;
}

/** Whether the server departs from its protocol in this. */
export function hasQuirk(reached: Reached, quirk: Quirk): boolean {
  return vendorOf(reached)?.quirks?.includes(quirk) === true;
}

/** How prompts are kept there, as far as it is known. Of an unknown server what its prefix says is believed. */
export function promptCacheOf(reached: Reached): PromptCacheHabit | undefined {
  return (vendorOf(reached) ?? vendorNamed(reached.provider))?.promptCache;
}
