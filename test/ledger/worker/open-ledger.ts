import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Log } from '../../../src/core/terms/ports';
import type { AlwaysLedger, LedgerState } from '../../../src/ledger/always-ledger';
import { alwaysLedger } from '../../../src/ledger/always-ledger';
import { queueFile } from '../../../src/ledger/queue/queue-file';
import type { LedgerPorts } from '../../../src/ledger/worker/ledger-ports';
import type { LedgerWorker } from '../../../src/ledger/worker/ledger-worker';
import { createLedgerWorker, workerOptions } from '../../../src/ledger/worker/ledger-worker';

export const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface WindowLedger {
  readonly ledger: AlwaysLedger;
  readonly worker: LedgerWorker<LedgerPorts>;
  /** The run of the worker that was started last. */
  run(): Worker | undefined;
  readonly states: readonly LedgerState[];
  close(): Promise<void>;
}

export interface WindowLedgerOptions {
  readonly log?: Log;
  readonly nowMs?: () => number;
  readonly patienceMs?: number;
  readonly writer?: string;
  readonly checkpointBytes?: number;
}

/** A window's ledger as the extension has it, with its worker, over the ledger in `folder`. */
export function windowLedger(
  folder: string,
  workerFile: string,
  options: WindowLedgerOptions = {},
): WindowLedger {
  const { log = quiet, nowMs = Date.now, patienceMs, writer = randomUUID(), checkpointBytes } = options;
  let run: Worker | undefined;
  const states: LedgerState[] = [];
  const start = (): Worker => {
    run = new Worker(workerFile, workerOptions({ storage: folder, window: writer, checkpointBytes }));
    return run;
  };
  const worker = createLedgerWorker<LedgerPorts>({ start, log });
  const ledger = alwaysLedger({
    stored: worker.port('ledger'),
    queue: queueFile(path.join(folder, 'ledger', 'queue'), writer),
    writer,
    nowMs,
    log,
    onState: (state) => states.push(state),
    ...(patienceMs !== undefined && { patienceMs }),
  });
  return { ledger, worker, run: () => run, states, close: () => worker.close(() => ledger.close(), 5_000) };
}
