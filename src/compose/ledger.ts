import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { tellSalvaged } from '../editor/ledger/tell-salvaged';
import { createTroubleTeller } from '../editor/ledger/tell-ledger-trouble';
import type { Lazy } from '../editor/lazy';
import { lazy } from '../editor/lazy';
import { makePrivateFolder } from '../files/private-files';
import type { AlwaysLedger } from '../ledger/always-ledger';
import type { LedgerPorts } from '../ledger/worker/ledger-ports';
import type { LedgerWorker } from '../ledger/worker/ledger-worker';
import type { Window } from './window';

/** A window's ledger with its worker, which starts with the first call of one of its ports. */
export interface ComposedLedger {
  readonly ledger: AlwaysLedger;
  readonly worker: LedgerWorker<LedgerPorts>;
  /** The window's name in the ledger, which no other has. */
  readonly writer: string;
  /** Writes what is left, and ends the worker. */
  close(): Promise<void>;
}

/** Of the five seconds that the editor gives, what answers that are stopped leave. */
const closingMs = 3_000;

export function composeLedger({ context, log, own }: Window): Lazy<ComposedLedger> {
  const { extensionUri, globalStorageUri } = context;
  return lazy(async () => {
    const [{ Worker }, always, queues, workers] = await Promise.all([
      import('node:worker_threads'),
      import('../ledger/always-ledger'),
      import('../ledger/queue/queue-file'),
      import('../ledger/worker/ledger-worker'),
      makePrivateFolder(globalStorageUri.fsPath).catch((error: unknown) => {
        log.warn(`Conduit's storage can't be made: ${String(error)}`);
      }),
    ]);
    const storage = globalStorageUri.fsPath;
    const writer = randomUUID();
    const file = vscode.Uri.joinPath(extensionUri, 'dist', 'ledger-worker.js').fsPath;
    const worker = workers.createLedgerWorker<LedgerPorts>({
      start: () => new Worker(file, workers.workerOptions({ storage, window: writer })),
      log,
    });
    const teller = own(createTroubleTeller({ storage: globalStorageUri }));
    own({ dispose: worker.port('salvage').onSalvaged(tellSalvaged) });
    const stored = worker.port('ledger');
    const ledger = always.alwaysLedger({
      stored,
      queue: queues.queueFile(queues.queueFolderOf(storage), writer),
      writer,
      nowMs: Date.now,
      log,
      onState: teller.tell,
    });
    const attend = ({ focused }: vscode.WindowState): void => {
      stored.attend(focused).catch((error: unknown) => log.debug(`The ledger's worker: ${String(error)}`));
    };
    attend(vscode.window.state);
    own(vscode.window.onDidChangeWindowState(attend));
    return { ledger, worker, writer, close: () => worker.close(() => ledger.close(), closingMs) };
  });
}
