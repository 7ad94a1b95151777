import type { Deployment } from '../../core/terms/deployment';
import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';

/** A key in the environment that isn't sent to where the configuration says, and why it isn't is in the host. */
export interface HeldBackKey {
  readonly variable: string;
  /** As `hostOf` has it: with `http://`. */
  readonly host: string;
}

/**
 * The key of a deployment that is held back: it is in the environment, and would go over the network without encryption to a
 * host that the user hasn't `allowed`. Undefined: nothing is held back.
 */
export function heldBackKey(
  deployment: Deployment,
  environment: Readonly<Record<string, string | undefined>>,
  allowed: (host: string) => boolean,
): HeldBackKey | undefined {
  const { key, apiBase } = deployment;
  if (key.kind !== 'environment' || !environment[key.name] || !isRemote(deployment)) return undefined;
  if (!URL.canParse(apiBase)) return undefined;
  const host = hostOf(apiBase);
  const encrypted = !host.startsWith('http://');
  return encrypted || allowed(host) ? undefined : { variable: key.name, host };
}
