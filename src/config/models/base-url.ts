import * as l10n from '@vscode/l10n';
import { vendors } from '../../vendors/catalogue';
import { vendorAtHost } from '../../vendors/lookup';
import type { Vendor } from '../../vendors/vendor';

/** What is wrong with the base URL of a provider, or undefined. It never repeats the URL. */
export function baseProblem(base: string): string | undefined {
  const noAddress = l10n.t('must be an http(s) address, for example http://127.0.0.1:4000/v1');
  // What a URL parser would quietly make a host of: "http:host", "https:\\host", an address within an address.
  if (!/^https?:\/\/[^/\\?#\s]+(?:[/?#]\S*)?$/i.test(base) || !URL.canParse(base)) return noAddress;
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
  ['„', '“'],
  ['«', '»'],
  ['(', ')'],
  ['[', ']'],
]);

/** Quotes within brackets within quotes are no slip of the hand any more. */
const mostLayers = 4;

/** An address without the blanks, quotes or brackets around it, and the mark that ended its sentence. */
export function bareAddress(written: string): string {
  let text = trimmed(written);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    if (text.length < 2 || around.get(text.charAt(0)) !== text.at(-1)) break;
    text = trimmed(text.slice(1, -1));
  }
  return text;
}

/** Blanks that can't be seen too. A dot behind a host alone is part of its name. */
function trimmed(text: string): string {
  const bare = text.replace(/^[\s\p{Cf}]+|(?<![\s\p{Cf}])[\s\p{Cf}]+$/gu, '');
  return /^https?:\/\/[^/]+\/.*\.$/i.test(bare) ? bare.slice(0, -1) : bare.replace(/[,;]$/, '');
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
  const path = versioned(vendor, url, own, segments);
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
const apiEndpoints = [['api', 'chat'], ['api', 'generate'], ['api', 'tags'], ['api', 'show'], ['api']];

/** What begins a path of which nothing is part of a base, where a version stands before it. */
const behindVersion: ReadonlySet<string> = new Set([
  ...['audio', 'chat', 'complete', 'completions', 'embeddings', 'fim', 'images', 'messages'],
  ...['models', 'moderations', 'realtime', 'rerank', 'responses'],
]);

function withoutEndpoint(
  vendor: Vendor,
  url: URL,
  written: readonly string[],
): { readonly segments: readonly string[]; readonly deployment: string | undefined } {
  const all = hasOwnApi(vendor, url) ? [...endpoints, ...apiEndpoints] : endpoints;
  const versionAt = written.findLastIndex((segment) => version.test(segment));
  const cut = versionAt >= 0 && behindVersion.has(written[versionAt + 1]?.toLowerCase() ?? '');
  let length = cut ? versionAt + 1 : written.length;
  for (;;) {
    const end = all.find((endpoint) => endsWith(written, length, endpoint));
    // Azure's other service has its models under that path.
    const isBase = length === 1 && end?.[0] === 'models' && url.hostname.endsWith('.azure.com');
    if (end === undefined || isBase) break;
    length -= end.length;
  }
  const segments = written.slice(0, length);
  return vendor.quirks?.includes('model-in-address') === true
    ? withoutDeployment(segments)
    : { segments, deployment: undefined };
}

/** Azure's path without the deployment, which its client puts there itself. */
function withoutDeployment(segments: readonly string[]): ReturnType<typeof withoutEndpoint> {
  const at = segments.findLastIndex((segment) => segment.toLowerCase() === 'deployments');
  const [deployment, ...rest] = at < 0 ? [] : segments.slice(at + 1);
  const known = at >= 0 && (rest.length === 0 || rest.join('/') === 'chat');
  if (!known) return { segments, deployment: undefined };
  return { segments: segments.slice(0, at), deployment: deployment && decoded(deployment) };
}

/**
 * Whether a server has an API of its own beside the one that is spoken: Ollama and LM Studio have, and they are known by
 * their ports, on whatever machine they are.
 */
function hasOwnApi({ local, anyServer: any }: Vendor, url: URL): boolean {
  return local === 'own-port' || (any === true && atOwnPort(url));
}

function atOwnPort({ port, protocol }: URL): boolean {
  return protocol === 'http:' && ownPorts.has(port);
}

const ownPorts: ReadonlySet<string> = new Set(
  vendors.flatMap(({ local, base }) =>
    local === 'own-port' && base !== undefined ? [new URL(base).port] : [],
  ),
);

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
  const isAt = ({ base }: Vendor): boolean =>
    base !== undefined && `.${host}`.endsWith(`.${new URL(base).host}`);
  const owner = isAt(vendor) ? vendor : vendor.anyServer === true ? vendorAtHost(host) : undefined;
  if (owner?.base === undefined || owner.protocol !== vendor.protocol || !isAt(owner)) return undefined;
  return new URL(owner.base).pathname.split('/').filter((segment) => segment !== '');
}

const version = /^v\d+(?:(?:alpha|beta)\d*)?$/i;

function versioned(
  vendor: Vendor,
  url: URL,
  own: readonly string[] | undefined,
  segments: readonly string[],
): readonly string[] {
  const { protocol, local, quirks } = vendor;
  const isAzure = quirks?.includes('model-in-address') === true;
  const once = segments.filter(
    (segment, index) =>
      !(version.test(segment) || (isAzure && segment === 'openai')) ||
      segment.toLowerCase() !== segments[index - 1]?.toLowerCase(),
  );
  // The client of the Messages API adds the version itself.
  if (protocol === 'anthropic-messages') return once.at(-1) === 'v1' ? once.slice(0, -1) : once;
  if (isAzure)
    return url.hostname.endsWith('.azure.com') && once.join('/') === 'v1' ? ['openai', 'v1'] : once;
  if (own !== undefined && isPartOf(own, once)) return own;
  if (hasOwnApi(vendor, url)) return withVersion(atOwnPort(url) && once[0] === 'api' ? [] : once);
  return local !== undefined && once.length === 0 ? ['v1'] : once;
}

function withVersion(segments: readonly string[]): readonly string[] {
  return segments.some((segment) => version.test(segment)) ? segments : [...segments, 'v1'];
}

/** Whether a path at a known host is its own one with a part missing, with another version or with one too many. */
function isPartOf(own: readonly string[], path: readonly string[]): boolean {
  const [whole, part] = [own, path].map((segments) => segments.map((segment) => segment.toLowerCase()));
  if (whole === undefined || part === undefined) return false;
  const begins = part.every((segment, at) => segment === whole[at]);
  const ends = part.length > 0 && part.every((segment, at) => segment === whole.at(at - part.length));
  const otherVersion = whole.length > 1 && part.length === 1 && version.test(part[0] ?? '');
  const more = part.slice(whole.length);
  const twice =
    whole.some((segment) => version.test(segment)) &&
    more.length > 0 &&
    more.every((segment) => version.test(segment)) &&
    whole.every((segment, at) => segment === part[at]);
  return begins || ends || otherVersion || twice;
}

/** A base URL for people: what stands behind a "?" may be a key. */
export function shownBase(base: string): string {
  const question = base.search(/[?#]/);
  return question < 0 ? base : `${base.slice(0, question)}?***`;
}
