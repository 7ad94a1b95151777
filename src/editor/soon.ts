import type * as vscode from 'vscode';

/** Runs something a moment later. */
export interface Soon extends vscode.Disposable {
  /** Once for all calls within the moment. */
  (): void;
}

/** What has no hurry: `run` happens `delayMs` after the first call, once the work that called has gone on. */
export function soon(run: () => void, delayMs: number): Soon {
  let waiting: NodeJS.Timeout | undefined;
  const call = (): void => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      run();
    }, delayMs);
  };
  return Object.assign(call, { dispose: () => clearTimeout(waiting) });
}
