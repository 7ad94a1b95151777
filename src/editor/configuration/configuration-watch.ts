import * as vscode from 'vscode';
import { baseName, userFile, workspaceFile, workspaceFileName } from './configuration-files';

/** Calls `changed` when a configuration file, the trust, the folders or a setting of Conduit's changes. */
export interface ConfigurationWatch extends vscode.Disposable {
  /** Watches the files' places too; before, only what the editor tells by itself. */
  start(): void;
  /** Watches these files too, which the others include, in the place of those before. */
  include(files: readonly vscode.Uri[]): void;
}

export function watchConfiguration(globalStorageUri: vscode.Uri, changed: () => void): ConfigurationWatch {
  let watchers: vscode.Disposable[] = [];
  let started = false;
  let included: readonly vscode.Uri[] = [];

  function watchFiles(): void {
    for (const watcher of watchers) watcher.dispose();
    if (!started) return;
    const user = userFile(globalStorageUri);
    const patterns = [
      new vscode.RelativePattern(vscode.Uri.joinPath(user, '..'), baseName(user)),
      ...(vscode.workspace.workspaceFolders ?? [])
        .slice(0, 1)
        .map((folder) => new vscode.RelativePattern(folder, workspaceFileName)),
      ...included.map((file) => new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), baseName(file))),
    ];
    watchers = patterns.flatMap((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      return [
        watcher,
        watcher.onDidChange(changed),
        watcher.onDidCreate(changed),
        watcher.onDidDelete(changed),
      ];
    });
  }

  const again = (): void => {
    watchFiles();
    changed();
  };
  const subscriptions = [
    vscode.workspace.onDidGrantWorkspaceTrust(changed),
    vscode.workspace.onDidChangeWorkspaceFolders(again),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const user = userFile(globalStorageUri);
      const ours = [user, workspaceFile(user), ...included].map((uri) => uri?.toString());
      if (ours.includes(document.uri.toString())) changed();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('conduit')) again();
    }),
  ];
  return {
    start: () => {
      started = true;
      watchFiles();
    },
    include: (files) => {
      if (files.map(String).join('\n') === included.map(String).join('\n')) return;
      included = files;
      watchFiles();
    },
    dispose: () => {
      for (const disposable of [...subscriptions, ...watchers]) disposable.dispose();
    },
  };
}
