import * as l10n from '@vscode/l10n';
import type { Vendor } from '../../vendors/vendor';

/** What is wrong with the base URL of a provider, or undefined. It never repeats the URL. */
export function baseProblem(base: string): string | undefined {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '')
    return l10n.t('must be an http(s) address, for example http://127.0.0.1:4000/v1');
  // fetch refuses such a URL, and repeats it in its error.
  if (url.username !== '' || url.password !== '') return l10n.t('must not hold a user name or a password');
  return undefined;
}

/**
 * A base URL as its vendor's client needs it. Files write those of local servers without the version segment, which
 * their OpenAI-compatible side has, and those of the Messages API with it, which the client adds.
 */
export function normalBase({ protocol, local }: Vendor, base: string): string {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, '');
  if (local !== undefined && path === '') return `${url.origin}/v1`;
  if (protocol === 'anthropic-messages' && /\/v1(\/messages)?$/.test(path))
    return `${url.origin}${path.replace(/\/v1(\/messages)?$/, '')}`;
  return base;
}

/** A base URL for people: what stands behind a "?" may be a key. */
export function shownBase(base: string): string {
  const question = base.search(/[?#]/);
  return question < 0 ? base : `${base.slice(0, question)}?***`;
}
