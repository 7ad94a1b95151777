import type { Memento } from 'vscode';

/** A text that a workspace remembers over reloads. */
export interface Remembered {
  get(): string | undefined;
  set(text: string): void;
}

export function remembered(memory: Memento, key: string): Remembered {
  return {
    get: () => {
      const text = memory.get<unknown>(key);
      return typeof text === 'string' ? text : undefined;
    },
    set: (text) => void memory.update(key, text),
  };
}
