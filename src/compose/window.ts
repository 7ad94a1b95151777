import type * as vscode from 'vscode';
import type { RecordedLog } from '../editor/doctor/doctor-log';

/** The editor's window that Conduit runs in: what every part is built from. */
export interface Window {
  readonly context: vscode.ExtensionContext;
  readonly recorded: RecordedLog;
  readonly log: vscode.LogOutputChannel;
  /** Disposed of with the extension. */
  readonly own: <T extends vscode.Disposable>(disposable: T) => T;
}

export const clock = { nowMs: Date.now, monotonicMs: () => performance.now() };

export function windowOf(context: vscode.ExtensionContext, recorded: RecordedLog): Window {
  return {
    context,
    recorded,
    log: recorded.log,
    own: (disposable) => {
      context.subscriptions.push(disposable);
      return disposable;
    },
  };
}
