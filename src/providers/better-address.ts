import * as l10n from '@vscode/l10n';
import type { Deployment } from '../core/terms/deployment';
import type { Failure } from '../core/terms/failure';
import { hasQuirk } from '../vendors/lookup';

/** Longest wait for each server to say whether it is there; the failure waits for it. */
const deadlineMs = 2_000;

/** Finds out, once for each base, whether a 404 means that the address is wrong by its path. */
export interface BetterAddress {
  /** The failure, with the address that would work where there is one. Never rejects. */
  told(failure: Failure, deployment: Deployment, key: string, signal: AbortSignal): Promise<Failure>;
}

/**
 * The list of models is asked for at the address that is written, and where nothing is there, at the same host with the
 * version segment that people leave out or write too much. Nothing but the key goes there, which is one for that host.
 */
export function createBetterAddress(): BetterAddress {
  const known = new Map<string, Promise<string | undefined>>();
  return {
    told: async (failure, deployment, key, signal) => {
      const { apiBase, protocol } = deployment;
      const asks = protocol === 'chat-completions' || protocol === 'responses';
      if (failure.status !== 404 || !asks || hasQuirk(deployment, 'model-in-address')) return failure;
      const found = known.get(apiBase) ?? find(apiBase, key, signal);
      known.set(apiBase, found);
      const better = await found;
      if (better === undefined) return failure;
      const hint = l10n.t('The server answers at {0}: write that as api_base in conduit.yaml.', better);
      return { ...failure, detail: `${failure.detail} ${hint}` };
    },
  };
}

async function find(apiBase: string, key: string, signal: AbortSignal): Promise<string | undefined> {
  if (await lists(apiBase, key, signal)) return undefined;
  for (const candidate of candidates(apiBase)) {
    if (await lists(candidate, key, signal)) return candidate;
  }
  return undefined;
}

function candidates(apiBase: string): readonly string[] {
  const { origin, pathname } = new URL(apiBase);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const versioned = /^v\d/.test(segments.at(-1) ?? '');
  const paths = versioned
    ? [segments.slice(0, -1), ['v1'], [...segments.slice(0, -1), 'openai', 'v1']]
    : [[...segments, 'v1'], ['v1'], [...segments, 'api', 'v1']];
  const bases = paths.map((path) => [origin, ...path].join('/'));
  return [...new Set(bases)].filter((base) => base !== apiBase);
}

/** Whether there is a list of models, or would be with another key. */
async function lists(base: string, key: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${base}/models`, {
      headers: key === '' ? {} : { authorization: `Bearer ${key}` },
      // A key belongs to the host that it was entered for.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    await response.body?.cancel();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return isJson && (response.ok || response.status === 401 || response.status === 403);
  } catch {
    return false;
  }
}
