import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { createKeyStore } from '../../../src/editor/keys/key-store';

const focusListeners: (() => void)[] = [];
vi.mock('vscode', () => ({
  Disposable: { from: () => ({ dispose: () => undefined }) },
  window: { onDidChangeWindowState: (listener: () => void) => focusListeners.push(listener) },
}));

/** Secret storage that counts how often it is read, and may be changed by another window. */
function secretsWith(kept: Record<string, string>) {
  const listeners: ((change: { key: string }) => unknown)[] = [];
  let reads = 0;
  const secrets = {
    get: (name: string) => {
      reads += 1;
      return name === 'conduit.key.broken'
        ? Promise.reject(new Error('locked'))
        : Promise.resolve(kept[name]);
    },
    store: (name: string, key: string) => Promise.resolve(void (kept[name] = key)),
    delete: (name: string) => Promise.resolve(void Reflect.deleteProperty(kept, name)),
    onDidChange: (listener: (change: { key: string }) => unknown) => {
      listeners.push(listener);
      return { dispose: () => undefined };
    },
  };
  return {
    store: createKeyStore(secrets as unknown as vscode.SecretStorage),
    changedElsewhere: (name: string, key: string): void => {
      kept[name] = key;
      for (const listener of listeners) listener({ key: name });
    },
    reads: () => reads,
  };
}

beforeEach(() => void focusListeners.splice(0));

test('a key is read once, and anew after this or another window changed it', async () => {
  const { store, changedElsewhere, reads } = secretsWith({ 'conduit.key.a': 'one' });
  expect([await store.get('a'), await store.get('a'), await store.get('b')]).toEqual([
    'one',
    'one',
    undefined,
  ]);
  expect(reads()).toBe(2);
  await store.set('a', 'two');
  expect(await store.get('a')).toBe('two');
  changedElsewhere('conduit.key.a', 'three');
  expect(await store.get('a')).toBe('three');
  await store.remove('a');
  expect(await store.get('a')).toBeUndefined();
});

test('where nobody tells of another window’s change, it is seen when the window gets the focus back', async () => {
  const kept: Record<string, string> = { 'conduit.key.a': 'one' };
  const { store } = secretsWith(kept);
  expect(await store.get('a')).toBe('one');
  Reflect.deleteProperty(kept, 'conduit.key.a');
  for (const listener of focusListeners) listener();
  expect(await store.get('a')).toBeUndefined();
});

test('a storage that could not be read is asked again', async () => {
  const { store, reads } = secretsWith({});
  await expect(store.get('broken')).rejects.toThrow('locked');
  await expect(store.get('broken')).rejects.toThrow('locked');
  expect(reads()).toBe(2);
});
