import { parentPort, workerData } from 'node:worker_threads';
import { queueFolderOf } from '../queue/queue-file';
import { sqliteLedger } from '../sqlite-ledger';
import type { LedgerPorts } from './ledger-ports';
import type { LedgerWorkerData } from './ledger-worker';
import { servedLedger } from './served-ledger';
import { lookAtLedger } from './look-at-ledger';
import { logThrough, servePorts } from './serve-ports';

/** Entry of the worker thread that holds a window's ledger. What a window needs of the database is served here. */

/** A window that waits longer puts what it has to record into its queue. */
const lockPatienceMs = 1_200;

if (parentPort !== null) {
  const { storage, checkpointBytes } = workerData as LedgerWorkerData;
  const log = logThrough(parentPort);
  const open = (): ReturnType<typeof sqliteLedger> => sqliteLedger({ storage, nowMs: Date.now, log });
  const queueFolder = queueFolderOf(storage);
  const ports: LedgerPorts = {
    ledger: servedLedger({ open, queueFolder, log, withinMs: lockPatienceMs, checkpointBytes }),
    look: lookAtLedger(storage),
  };
  servePorts(parentPort, ports);
}
