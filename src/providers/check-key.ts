import type { Provider } from '../core/pool/deployment';
import { hostOf } from '../core/pool/host';
import { beginningOf } from './failures/error-reply';
import { failureFromError } from './failures/failure-from';

/** Where a key is to be used. */
export interface KeyTarget {
  readonly provider: Exclude<Provider, 'vscode' | 'simulated'>;
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
  | { readonly kind: 'unchecked'; readonly detail: string };

/** Longest wait for the reply. */
const deadlineMs = 20_000;

/**
 * Asks the server whether it takes a key, by a request that costs nothing: for its list of models, or for the key's
 * own record where the list is open to all. Never throws; aborting `signal` closes the connection.
 */
export async function checkKey(target: KeyTarget, key: string, signal: AbortSignal): Promise<KeyCheck> {
  const context = { key, host: hostOf(target.apiBase) };
  try {
    const response = await fetch(addressOf(target), {
      headers: headersOf(target, key),
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

function addressOf({ provider, apiBase, apiVersion }: KeyTarget): string {
  const base = apiBase.replace(/\/+$/, '');
  switch (provider) {
    case 'anthropic':
      return `${base.replace(/\/v1$/, '')}/v1/models?limit=1`;
    case 'openrouter':
      return `${base}/key`;
    case 'azure':
      return /\/v1$/.test(base)
        ? `${base}/models`
        : `${new URL(base).origin}/openai/models?api-version=${encodeURIComponent(apiVersion ?? '2024-10-21')}`;
    case 'openai':
    case 'gemini':
    case 'groq':
    case 'ollama':
    case 'lm_studio':
    case 'litellm_proxy':
      return `${base}/models`;
  }
}

function headersOf({ provider }: KeyTarget, key: string): Readonly<Record<string, string>> {
  switch (provider) {
    case 'anthropic':
      return { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
    case 'azure':
      return { 'api-key': key };
    case 'openai':
    case 'gemini':
    case 'groq':
    case 'openrouter':
    case 'ollama':
    case 'lm_studio':
    case 'litellm_proxy':
      return { authorization: `Bearer ${key}` };
  }
}
