import type { Deployment } from '../../core/pool/deployment';
import { hostOf } from '../../core/pool/host';

/** Where a deployment's key comes from and whether it is there, in words. `storedHosts` have a key in secret storage. */
export function keyStateOf(
  { key, provider, apiBase }: Deployment,
  storedHosts: ReadonlySet<string>,
  environment: NodeJS.ProcessEnv,
): string {
  if (provider === 'simulated' || provider === 'vscode') return 'needs no key';
  const host = hostOf(apiBase);
  const stored = storedHosts.has(host);
  switch (key.kind) {
    case 'none':
      return stored ? `stored key for ${host}` : 'no key needed';
    case 'secret':
      return storedHosts.has(key.host) ? `stored key for ${key.host}` : 'no key stored';
    case 'environment':
      if (environment[key.name]) return `key from ${key.name}`;
      return stored ? `stored key for ${host} (${key.name} is not set)` : `no key: ${key.name} is not set`;
  }
}
