import { parentPort, workerData } from 'node:worker_threads';
import { sqliteLedger } from '../sqlite-ledger';
import type { LedgerPorts } from './ledger-ports';
import { servedLedger } from './served-ledger';
import { logThrough, servePorts } from './serve-ports';

/** Entry of the worker thread that holds a window's ledger. What a window needs of the database is served here. */

export interface LedgerWorkerData {
  /** The extension's storage. */
  readonly storage: string;
}

/** A window that waits longer puts what it has to record into its queue. */
const lockPatienceMs = 1_200;

if (parentPort !== null) {
  const { storage } = workerData as LedgerWorkerData;
  const log = logThrough(parentPort);
  const open = (): ReturnType<typeof sqliteLedger> => sqliteLedger({ storage, nowMs: Date.now, log });
  const ports: LedgerPorts = { ledger: servedLedger({ open, log, withinMs: lockPatienceMs }) };
  servePorts(parentPort, ports);
}
