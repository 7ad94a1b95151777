import * as vscode from 'vscode';
import type { ChangingCache } from '../cache/changing-cache';
import type { EncoderSetup } from '../editor/encoder/encoder-setup';
import { createEncoderSetup } from '../editor/encoder/encoder-setup';
import type { Lazy } from '../editor/lazy';
import { lazy } from '../editor/lazy';
import type { StatusBar } from '../editor/status/status-bar';
import type { ComposedConfiguration } from './configuration';
import type { Window } from './window';

/** The sentence encoder, loaded only where the configuration names a model or a command asks. */
export function composeEncoder(
  { context, log, own }: Window,
  { configuration }: ComposedConfiguration,
  cache: Lazy<ChangingCache>,
  statusBar: StatusBar,
): EncoderSetup {
  const { extensionUri, globalStorageUri } = context;
  return own(
    createEncoderSetup({
      encoders: lazy(async () =>
        (await import('../embedding/encoder-service')).createEncoderService({
          workerPath: vscode.Uri.joinPath(extensionUri, 'dist', 'encoder', 'worker.js').fsPath,
          modelsFolder: vscode.Uri.joinPath(globalStorageUri, 'models').fsPath,
          environment: process.env,
          fetch: (url, init) => fetch(url, init),
          cache: await cache.get(),
          log,
        }),
      ),
      configuration,
      memory: context.globalState,
      log,
      onChanged: (space) => statusBar.showEncoder(space),
    }),
  );
}
