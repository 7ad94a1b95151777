import type { KeyHider } from './hide-keys';
import { createKeyHider } from './hide-keys';

/** The keys that a window has had in its hands: no text that leaves it may hold one. Never stored, never shown. */
export interface KnownKeys extends KeyHider {
  add(key: string): void;
}

export function createKnownKeys(): KnownKeys {
  const keys = new Set<string>();
  let hider = createKeyHider(keys);
  return {
    add: (key) => {
      if (keys.has(key)) return;
      keys.add(key);
      hider = createKeyHider(keys);
    },
    hide: (text) => hider.hide(text),
  };
}
