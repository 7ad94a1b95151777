import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { RecordedLog } from '../editor/doctor/doctor-log';
import type { KnownKeys } from '../text/redaction/known-keys';
import { createWorkspaceName } from '../editor/forgetting/workspace-name';

/** The editor's window that Conduit runs in: what every part is built from. */
export interface Window {
  readonly context: vscode.ExtensionContext;
  readonly recorded: RecordedLog;
  readonly log: vscode.LogOutputChannel;
  /** What no text that leaves the window may hold. */
  readonly knownKeys: KnownKeys;
  /** By which decisions know the workspace; undefined: the window has no folder. */
  readonly workspaceName: () => string | undefined;
  /** Disposed of with the extension. */
  readonly own: <T extends vscode.Disposable>(disposable: T) => T;
}

export const clock = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

export function windowOf(
  context: vscode.ExtensionContext,
  recorded: RecordedLog,
  knownKeys: KnownKeys,
): Window {
  return {
    context,
    recorded,
    log: recorded.log,
    knownKeys,
    workspaceName: createWorkspaceName(
      context.workspaceState,
      () => (vscode.workspace.workspaceFolders ?? []).length > 0,
      randomUUID,
    ),
    own: (disposable) => {
      context.subscriptions.push(disposable);
      return disposable;
    },
  };
}
