import { parentPort, workerData } from 'node:worker_threads';
import { sqliteLedger } from '../sqlite-ledger';
import type { LedgerPorts } from './ledger-ports';
import { served } from './served-ledger';
import { logThrough, servePorts } from './serve-ports';

/** Entry of the worker thread that holds a window's ledger. What a window needs of the database is served here. */

export interface LedgerWorkerData {
  /** The extension's storage. */
  readonly storage: string;
  /** The window's name in the ledger. */
  readonly window: string;
}

/** A window that waits longer puts what it has to record into its queue. */
const lockPatienceMs = 1_200;

if (parentPort !== null) {
  const { storage, window } = workerData as LedgerWorkerData;
  const log = logThrough(parentPort);
  const open = (): ReturnType<typeof sqliteLedger> => sqliteLedger({ storage, window, nowMs: Date.now, log });
  const ports: LedgerPorts = served({ open, log, withinMs: lockPatienceMs });
  servePorts(parentPort, ports);
}
