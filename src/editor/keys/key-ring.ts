import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import type { KeyRing } from '../../core/terms/ports';
import { heldBackKey } from './environment-key';
import type { KeyStore } from './key-store';

/**
 * Looks keys up where the configuration says they are. Where the variable that the file names is not set, or is not to go
 * there, the key that was stored for the host serves: “Set API Key” always helps. `unencrypted` says which hosts a key from
 * the environment may go to without encryption.
 */
export function createKeyRing(
  store: Pick<KeyStore, 'get'>,
  environment: NodeJS.ProcessEnv,
  unencrypted: (host: string) => boolean,
): KeyRing {
  return {
    keyFor: async (deployment) => {
      const { key, apiBase } = deployment;
      if (!isRemote(deployment)) return '';
      switch (key.kind) {
        case 'none':
          // A proxy on this machine may want one all the same.
          return (await store.get(hostOf(apiBase))) ?? '';
        case 'environment':
          return (
            (heldBackKey(deployment, environment, unencrypted) === undefined && environment[key.name]) ||
            (await store.get(hostOf(apiBase))) ||
            undefined
          );
        case 'secret':
          return (await store.get(key.host)) || undefined;
      }
    },
  };
}
