import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import type { LongWork, LongWorkDone } from '../generations/long-work';
import { doLongWork, inOwnThread } from '../generations/long-work';
import type { SalvageReport } from '../generations/salvage-report';
import type { Soundness } from '../generations/soundness';
import { mark } from '../generations/traces';
import { wholeCheck } from '../generations/whole-check';
import { queueFolderOf } from '../queue/queue-file';
import { sqliteLedger } from '../sqlite-ledger';
import type { GenerationFiles } from '../store/generation-files';
import { heldEvent } from './held-event';
import type { LedgerPorts } from './ledger-ports';
import type { LedgerWorkerData } from './ledger-worker';
import { servedBreakers } from './served-breakers';
import { servedFacts } from './served-facts';
import { servedReservations } from './served-reservations';
import { servedLedger } from './served-ledger';
import { lookAtLedger } from './look-at-ledger';
import { logThrough, servePorts } from './serve-ports';

/** Entry of the worker thread that holds a window's ledger. What a window needs of the database is served here. */

/** A window that waits longer puts what it has to record into its queue. */
const lockPatienceMs = 1_200;

/** The same script, for what would keep this thread from answering. */
const [, script = ''] = process.argv;

/** Looked through in about 20 ms, which is less than a thread takes to start. */
const smallBytes = 1_000_000;

/** A large file is looked through for seconds: the first question goes before, and its answer waits in the queue. */
const checkAfterMs = 400;

/** After a start there is enough to do; and a window that is open for days makes each day's copy. */
const copyAfterMs = 120_000;
const copyEveryMs = 3_600_000;

function serve(channel: MessagePort, { storage, window, checkpointBytes }: LedgerWorkerData): void {
  const log = logThrough(channel);
  const reports = heldEvent<SalvageReport>();
  let current: GenerationFiles | undefined;
  let soundness: Soundness | undefined;

  async function copy(): Promise<void> {
    if (current === undefined) return;
    const files = current;
    try {
      const wrong = await inOwnThread(script, { kind: 'copy', storage, files, nowMs: Date.now() });
      if (wrong !== undefined) mark(files, { atMs: Date.now(), why: wrong });
    } catch (error) {
      log.warn(`The ledger could not be copied: ${String(error)}`);
    }
  }

  async function checked(files: GenerationFiles, isSmall: boolean): Promise<string | undefined> {
    if (!isSmall) await pause(checkAfterMs, undefined, { ref: false });
    const wrong = await (isSmall ? wholeCheck(files) : inOwnThread(script, { kind: 'check', files }));
    current = wrong === undefined ? files : undefined;
    return wrong;
  }

  const open = (): ReturnType<typeof sqliteLedger> =>
    sqliteLedger({
      storage,
      window,
      nowMs: Date.now,
      log,
      check: (files) => {
        soundness = 'checking';
        const isSmall = bytesOf(files.database) <= smallBytes;
        return { isSoon: isSmall, wrong: checked(files, isSmall) };
      },
      makeNext: () => inOwnThread(script, { kind: 'salvage', storage, nowMs: Date.now() }),
      onSalvaged: reports.tell,
      onSoundness: (now) => {
        soundness = now;
        if (now !== 'checking') ledger.changed();
      },
    });
  const queueFolder = queueFolderOf(storage);
  const ledger = servedLedger({ open, queueFolder, log, withinMs: lockPatienceMs, checkpointBytes });
  const ports: LedgerPorts = {
    ledger,
    breakers: servedBreakers(ledger),
    reservations: servedReservations(ledger),
    facts: servedFacts(storage, ledger, log),
    salvage: { onSalvaged: reports.listen },
    look: lookAtLedger(storage, () => soundness),
  };
  servePorts(channel, ports);
  setTimeout(() => void copy(), copyAfterMs).unref();
  setInterval(() => void copy(), copyEveryMs).unref();
}

function bytesOf(database: string): number {
  return [database, `${database}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

async function doAlone(channel: MessagePort, work: LongWork): Promise<void> {
  channel.postMessage(
    await doLongWork(work).then(
      (result): LongWorkDone => ({ result }),
      (error: unknown): LongWorkDone => ({ error: error instanceof Error ? error.message : String(error) }),
    ),
  );
}

if (parentPort !== null) {
  const data = workerData as LedgerWorkerData | { readonly work: LongWork };
  if ('work' in data) void doAlone(parentPort, data.work);
  else serve(parentPort, data);
}
