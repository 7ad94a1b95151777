import { hostOf } from '../core/terms/host';
import { anyServer, vendorOf } from '../vendors/lookup';
import type { KeyCheckRequest, Vendor } from '../vendors/vendor';
import { beginningOf } from './failures/error-reply';
import { failureFromError } from './failures/failure-from';

/** Where a key is to be used. */
export interface KeyTarget {
  /** The vendor's prefix. */
  readonly provider: string;
  /** Base URL as a deployment has it. */
  readonly apiBase: string;
  /** Azure's `api-version`; undefined elsewhere. */
  readonly apiVersion: string | undefined;
}

/** What a server says of a key. `detail` is one sentence without the key. */
export type KeyCheck =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly detail: string }
  /** The server was not reached, or its reply says nothing of the key. */
  | { readonly kind: 'unchecked'; readonly detail: string }
  /** Nothing was sent: no request to this vendor is known that needs a key and costs nothing. */
  | { readonly kind: 'uncheckable' };

/** Longest wait for the reply. */
const deadlineMs = 20_000;

/**
 * Asks the server whether it takes a key, by a request that costs nothing: for its list of models, or for the key's
 * own record where the list is open to all. Never throws; aborting `signal` closes the connection.
 */
export async function checkKey(target: KeyTarget, key: string, signal: AbortSignal): Promise<KeyCheck> {
  const vendor = vendorOf(target) ?? anyServer;
  if (vendor.keyCheck === undefined) return { kind: 'uncheckable' };
  const context = { key, host: hostOf(target.apiBase) };
  try {
    const response = await fetch(addressOf(target, vendor, vendor.keyCheck), {
      headers: headersOf(vendor, key),
      // A key belongs to the host that it was entered for.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    if (response.ok) {
      await response.body?.cancel();
      return { kind: 'accepted' };
    }
    const reply = { status: response.status, body: await beginningOf(response) };
    const { reason, detail } = failureFromError(undefined, reply, context);
    // A key without the right to list models is answered by 403: it may serve all the same.
    const refused = reason === 'refused-key' && response.status !== 403;
    return { kind: refused ? 'refused' : 'unchecked', detail };
  } catch (error) {
    return { kind: 'unchecked', detail: failureFromError(error, undefined, context).detail };
  }
}

/** A base may be written with the version segment that the protocol's client adds, or as it was typed. */
function addressOf({ apiBase, apiVersion }: KeyTarget, vendor: Vendor, { path }: KeyCheckRequest): string {
  const base = apiBase.replace(/\/+$/, '');
  if (vendor.protocol === 'anthropic-messages') return base.replace(/\/v1$/, '') + path;
  if (vendor.quirks?.includes('model-in-address') === true && !base.endsWith('/v1'))
    return `${new URL(base).origin}/openai${path}?api-version=${encodeURIComponent(apiVersion ?? '2024-10-21')}`;
  return base + path;
}

function headersOf({ keyHeader }: Vendor, key: string): Readonly<Record<string, string>> {
  switch (keyHeader ?? 'authorization') {
    case 'x-api-key':
      return { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
    case 'api-key':
      return { 'api-key': key };
    case 'authorization':
      return { authorization: `Bearer ${key}` };
  }
}
