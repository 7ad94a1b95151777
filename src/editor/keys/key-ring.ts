import { hostOf } from '../../core/pool/host';
import type { KeyRing } from '../../core/ports';
import type { KeyStore } from './key-store';

/**
 * Looks keys up where the configuration says they are. Where the variable that the file
 * names is not set, the key that was stored for the host serves: “Set API Key” always helps.
 */
export function createKeyRing(store: KeyStore, environment: NodeJS.ProcessEnv): KeyRing {
  return {
    keyFor: async ({ key, provider, apiBase }) => {
      if (provider === 'simulated' || provider === 'vscode') return '';
      switch (key.kind) {
        case 'none':
          // A proxy on this machine may want one all the same.
          return (await store.get(hostOf(apiBase))) ?? '';
        case 'environment':
          return environment[key.name] || (await store.get(hostOf(apiBase))) || undefined;
        case 'secret':
          return (await store.get(key.host)) || undefined;
      }
    },
  };
}
