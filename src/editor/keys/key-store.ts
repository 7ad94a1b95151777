import type * as vscode from 'vscode';

/** Keys in the editor's secret storage, each bound to the host (with port) that it was entered for. */
export interface KeyStore {
  hosts(): Promise<ReadonlySet<string>>;
  get(host: string): Promise<string | undefined>;
  set(host: string, key: string): Promise<void>;
  remove(host: string): Promise<void>;
  /** Tells the host whose key was set or removed, in any window. */
  onDidChange(listener: (host: string) => unknown): vscode.Disposable;
}

const prefix = 'conduit.key.';

export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  return {
    hosts: async () => {
      const names = await secrets.keys();
      return new Set(
        names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
      );
    },
    get: async (host) => secrets.get(prefix + host),
    set: async (host, key) => secrets.store(prefix + host, key),
    remove: async (host) => secrets.delete(prefix + host),
    onDidChange: (listener) =>
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(prefix)) listener(key.slice(prefix.length));
      }),
  };
}
