import * as l10n from '@vscode/l10n';
import { vendorAtHost } from '../../vendors/lookup';
import type { Vendor } from '../../vendors/vendor';

/** What is wrong with the base URL of a provider, or undefined. It never repeats the URL. */
export function baseProblem(base: string): string | undefined {
  const noAddress = l10n.t('must be an http(s) address, for example http://127.0.0.1:4000/v1');
  // What a URL parser would quietly make a host of: "http:host", "https:\\host", an address within an address.
  if (!/^https?:\/\/[^/\\?#\s]+(?:[/?#]|$)/i.test(base) || !URL.canParse(base)) return noAddress;
  const { username, password, hostname } = new URL(base);
  // fetch refuses such a URL, and repeats it in its error.
  if (username !== '' || password !== '') return l10n.t('must not hold a user name or a password');
  // A URL parser takes "${HOST}" for a name, and the scheme of a second address.
  if (!/^(?:[a-z\d._-]+|\[[\da-f:.]+\])$/i.test(hostname)) return noAddress;
  if (hostname === 'http' || hostname === 'https' || hostname === 'os.environ') return noAddress;
  return undefined;
}

/** A base URL as its vendor's client needs it. */
export interface ReadBase {
  readonly base: string;
  /** True where something of its path was changed that a person would want to know of. */
  readonly changed: boolean;
  /** The deployment that the path names, as Azure's portal shows it. */
  readonly deployment?: string | undefined;
  /** The `api-version` that the address has behind its "?". */
  readonly apiVersion?: string | undefined;
}

/** What people copy around an address. */
const around = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['<', '>'],
  ['“', '”'],
  ['‘', '’'],
]);

/** An address without the blanks, quotes or brackets around it. */
export function bareAddress(written: string): string {
  let text = written.trim();
  while (text.length >= 2 && around.get(text.charAt(0)) === text.at(-1)) text = text.slice(1, -1).trim();
  return text;
}

/**
 * Puts a base URL right in its path: what stands behind the base is taken off (`/chat/completions`, `/messages`,
 * `/models`, a query), a version segment that is missing at a known server or that is doubled is mended. Scheme, host
 * and port stay as they are. `address` has no `baseProblem`.
 */
export function readBase(vendor: Vendor, address: string): ReadBase {
  const url = new URL(address);
  const written = url.pathname.split('/').filter((segment) => segment !== '');
  const { segments, deployment } = withoutEndpoint(vendor, url, written);
  const own = ownPath(vendor, url);
  const path = versioned(vendor, own, segments);
  const base = path.length === 0 ? url.origin : `${url.origin}/${path.join('/')}`;
  const apiVersion = url.searchParams.get('api-version') ?? undefined;
  const asWritten = [written, ...usualForms(vendor, written)].some(
    (form) => form.join('/') === path.join('/'),
  );
  const changed = !asWritten || url.search !== '' || url.hash !== '';
  return { base, changed, ...(deployment && { deployment }), ...(apiVersion && { apiVersion }) };
}

/** Files write addresses of local servers without the version segment, and those of the Messages API with it. */
function usualForms({ protocol, local }: Vendor, written: readonly string[]): readonly (readonly string[])[] {
  if (local !== undefined && written.length === 0) return [['v1']];
  return protocol === 'anthropic-messages' && written.at(-1) === 'v1' ? [written.slice(0, -1)] : [];
}

/** Paths that clients put behind a base, each as its segments. */
const endpoints = [
  ['chat', 'completions'],
  ['completions'],
  ['messages'],
  ['responses'],
  ['embeddings'],
  ['models'],
];
const ollamaEndpoints = [['api', 'chat'], ['api', 'generate'], ['api', 'tags'], ['api']];

function withoutEndpoint(
  { local, quirks }: Vendor,
  { hostname }: URL,
  written: readonly string[],
): { readonly segments: readonly string[]; readonly deployment: string | undefined } {
  // Azure's other service has its models under that path.
  const known = hostname.endsWith('.azure.com')
    ? endpoints.filter(([first]) => first !== 'models')
    : endpoints;
  const all = local === undefined ? known : [...known, ...ollamaEndpoints];
  let length = written.length;
  for (;;) {
    const end = all.find((endpoint) => endsWith(written, length, endpoint));
    if (end === undefined) break;
    length -= end.length;
  }
  const segments = written.slice(0, length);
  const deployment = segments.at(-1);
  if (quirks?.includes('model-in-address') !== true || segments.at(-2) !== 'deployments')
    return { segments, deployment: undefined };
  return { segments: segments.slice(0, -2), deployment: deployment && decoded(deployment) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Whether the first `length` segments end so. */
function endsWith(segments: readonly string[], length: number, end: readonly string[]): boolean {
  const from = length - end.length;
  return from >= 0 && end.every((segment, index) => segments[from + index]?.toLowerCase() === segment);
}

/** The path that is known to be right at that host; undefined: nobody knows. */
function ownPath(vendor: Vendor, url: URL): readonly string[] | undefined {
  const host = url.host.replace(/^localhost(?=:|$)/, '127.0.0.1');
  const isOwn = vendor.base !== undefined && new URL(vendor.base).host === host;
  const owner = isOwn ? vendor : vendor.anyServer === true ? vendorAtHost(host) : undefined;
  if (owner?.base === undefined || owner.protocol !== vendor.protocol || new URL(owner.base).host !== host)
    return undefined;
  return new URL(owner.base).pathname.split('/').filter((segment) => segment !== '');
}

const version = /^v\d+(?:(?:alpha|beta)\d*)?$/i;

function versioned(
  { protocol, local }: Vendor,
  own: readonly string[] | undefined,
  segments: readonly string[],
): readonly string[] {
  const once = segments.filter(
    (segment, index) =>
      !version.test(segment) || segment.toLowerCase() !== segments[index - 1]?.toLowerCase(),
  );
  // The client of the Messages API adds the version itself.
  if (protocol === 'anthropic-messages') return once.at(-1) === 'v1' ? once.slice(0, -1) : once;
  if (own !== undefined && once.length < own.length && once.every((segment, at) => segment === own[at]))
    return own;
  return local !== undefined && once.length === 0 ? ['v1'] : once;
}

/** A base URL for people: what stands behind a "?" may be a key. */
export function shownBase(base: string): string {
  const question = base.search(/[?#]/);
  return question < 0 ? base : `${base.slice(0, question)}?***`;
}
