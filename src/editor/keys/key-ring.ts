import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import type { KeyRing } from '../../core/terms/ports';
import type { KeyStore } from './key-store';

/**
 * Looks keys up where the configuration says they are. Where the variable that the file
 * names is not set, the key that was stored for the host serves: “Set API Key” always helps.
 */
export function createKeyRing(store: KeyStore, environment: NodeJS.ProcessEnv): KeyRing {
  return {
    keyFor: async (deployment) => {
      const { key, apiBase } = deployment;
      if (!isRemote(deployment)) return '';
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
