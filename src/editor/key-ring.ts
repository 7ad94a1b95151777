import type { KeyRing } from '../core/ports';
import type { KeyStore } from './key-store';

/** Looks keys up where the configuration says they are, at the moment of the call. */
export function createKeyRing(store: KeyStore, environment: NodeJS.ProcessEnv): KeyRing {
  return {
    keyFor: async ({ key }) => {
      switch (key.kind) {
        case 'none':
          return '';
        case 'environment':
          return environment[key.name] || undefined;
        case 'secret':
          return (await store.get(key.host)) || undefined;
      }
    },
  };
}
