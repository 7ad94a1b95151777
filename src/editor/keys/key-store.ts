import * as vscode from 'vscode';

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

/**
 * Reading a key asks another process, and a request needs keys several times: what was read is remembered until it
 * changes. Not every editor tells what another window changed, but that one had the focus then; so all is read anew
 * when this one gets or loses it.
 */
export function createKeyStore(secrets: vscode.SecretStorage): KeyStore & vscode.Disposable {
  const known = new Map<string, Promise<string | undefined>>();

  function read(name: string): Promise<string | undefined> {
    const reading = Promise.resolve(secrets.get(name));
    known.set(name, reading);
    reading.catch(() => {
      if (known.get(name) === reading) known.delete(name);
    });
    return reading;
  }

  const forgetting = vscode.Disposable.from(
    secrets.onDidChange(({ key }) => known.delete(key)),
    vscode.window.onDidChangeWindowState(() => known.clear()),
  );
  return {
    hosts: async () => {
      const names = await secrets.keys();
      return new Set(
        names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
      );
    },
    get: (host) => known.get(prefix + host) ?? read(prefix + host),
    set: async (host, key) => {
      await secrets.store(prefix + host, key);
      known.delete(prefix + host);
    },
    remove: async (host) => {
      await secrets.delete(prefix + host);
      known.delete(prefix + host);
    },
    onDidChange: (listener) =>
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(prefix)) listener(key.slice(prefix.length));
      }),
    dispose: () => {
      known.clear();
      forgetting.dispose();
    },
  };
}
