import type { Worker, WorkerOptions } from 'node:worker_threads';
import type { Log } from '../../core/terms/ports';
import type { FromLedgerWorker, ToLedgerWorker } from './messages';
import { receivedError } from './messages';

/** What a worker is told when it starts. */
export interface LedgerWorkerData {
  /** The extension's storage. */
  readonly storage: string;
  /** The window's name in the ledger. */
  readonly window: string;
  /** A log of writes of so many bytes is moved into the database. Absent: of a few MB. */
  readonly checkpointBytes?: number | undefined;
}

/** How to start one: without the editor's arguments and environment, and with a limit that ends it before the editor suffers. */
export function workerOptions(data: LedgerWorkerData): WorkerOptions {
  return {
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: 1_024 },
  };
}

export interface LedgerWorkerOptions {
  /** Starts one run of the worker. */
  readonly start: () => Worker;
  readonly log: Log;
  /** How long to wait before the next start, after so many ends in a row. */
  readonly backoffMs?: (ends: number) => number;
}

/** The worker of a window's ledger: started with the first call, and again whenever it ends by itself. */
export interface LedgerWorker<Ports> {
  /**
   * A port that the worker serves. Calls that a worker which ended left unanswered are made again of the next one; only
   * one that was there at the end of three rejects. What the port's methods reject with keeps its name, message and code.
   */
  port<Name extends keyof Ports & string>(name: Name): Ports[Name];
  /** Ends it, after `last` or after `withinMs`, whichever is first. Calls reject from then on. */
  close(last: () => Promise<unknown>, withinMs: number): Promise<void>;
  /** Of the thread that runs now; undefined: none does. For tests and measurements. */
  threadId(): number | undefined;
}

interface Call {
  readonly message: Extract<ToLedgerWorker, { type: 'call' }>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Workers that ended while this was under way. */
  ends: number;
}

/** A call that was under way so often when its worker ended is taken for the reason of it. */
const mostEnds = 3;
/** A worker that ran so long has earned a quick restart. */
const soundAfterMs = 60_000;

const usualBackoffMs = (ends: number): number => Math.min(30_000, 50 * 2 ** Math.min(ends - 1, 10));

/** `Ports` names what the worker serves. */
export function createLedgerWorker<Ports>(options: LedgerWorkerOptions): LedgerWorker<Ports> {
  const { log, backoffMs = usualBackoffMs } = options;
  const calls = new Map<number, Call>();
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  let worker: Worker | undefined;
  let restart: NodeJS.Timeout | undefined;
  let closed = false;
  /** From then on none is started. */
  let closing = false;
  let nextId = 0;
  let endsInARow = 0;

  function take(message: FromLedgerWorker): void {
    switch (message.type) {
      case 'resolved':
        calls.get(message.id)?.resolve(message.value);
        calls.delete(message.id);
        return;
      case 'rejected':
        calls.get(message.id)?.reject(receivedError(message.error));
        calls.delete(message.id);
        return;
      case 'event':
        for (const listener of listeners.get(`${message.port}.${message.event}`) ?? [])
          listener(message.value);
        return;
      case 'log':
        log[message.level](message.message);
    }
  }

  function start(): void {
    restart = undefined;
    const startedMs = performance.now();
    let run: Worker;
    try {
      run = options.start();
    } catch (error) {
      ended(error instanceof Error ? error.message : String(error), startedMs);
      return;
    }
    let why = '';
    worker = run;
    // The editor may end whenever it wants to.
    run.unref();
    run.stdout.resume();
    run.stderr.resume();
    run.on('message', take);
    run.on('error', (error: unknown) => {
      why = error instanceof Error ? error.message : String(error);
    });
    run.on('exit', (code) => {
      if (worker === run) worker = undefined;
      if (!closed) ended(why === '' ? `it ended with code ${String(code)}` : why, startedMs);
    });
    for (const name of listeners.keys()) subscribe(name);
    for (const { message } of calls.values()) run.postMessage(message);
  }

  function ended(why: string, startedMs: number): void {
    endsInARow = performance.now() - startedMs > soundAfterMs ? 1 : endsInARow + 1;
    const waitMs = backoffMs(endsInARow);
    log.warn(`The ledger's worker ended: ${why}. It is started again after ${String(waitMs)} ms.`);
    for (const [id, call] of calls) {
      call.ends += 1;
      if (call.ends < mostEnds) continue;
      calls.delete(id);
      const { port, method } = call.message;
      call.reject(
        Object.assign(new Error(`The ledger's worker ended at ${port}.${method}: ${why}`), {
          code: 'worker',
        }),
      );
    }
    restart = setTimeout(start, waitMs).unref();
  }

  function subscribe(name: string): void {
    const [port = '', event = ''] = name.split('.');
    worker?.postMessage({ type: 'subscribe', port, event } satisfies ToLedgerWorker);
  }

  function call(port: string, method: string, args: readonly unknown[]): Promise<unknown> {
    if (closed || (closing && worker === undefined)) return Promise.reject(closedError());
    const message = { type: 'call', id: nextId++, port, method, args } as const;
    return new Promise((resolve, reject) => {
      const made = { message, resolve, reject, ends: 0 };
      // What can't be cloned throws here, and is not made again.
      if (worker === undefined) structuredClone(args);
      else worker.postMessage(message);
      calls.set(message.id, made);
      // A worker that starts is posted all calls there are.
      if (worker === undefined && restart === undefined) start();
    });
  }

  function listen(name: string, listener: (value: unknown) => void): () => void {
    const there = listeners.get(name);
    if (there !== undefined) there.add(listener);
    else {
      listeners.set(name, new Set([listener]));
      subscribe(name);
    }
    return () => void listeners.get(name)?.delete(listener);
  }

  return {
    port: <Name extends keyof Ports & string>(name: Name) =>
      new Proxy(
        {},
        {
          get: (_, method) => {
            // A proxy is no promise, though `await` asks.
            if (typeof method !== 'string' || method === 'then') return undefined;
            return /^on[A-Z]/.test(method)
              ? (listener: (value: unknown) => void) => listen(`${name}.${method}`, listener)
              : (...args: readonly unknown[]) => call(name, method, args);
          },
        },
      ) as Ports[Name],
    close: async (last, withinMs) => {
      if (closing) return;
      closing = true;
      await Promise.race([last().catch(() => undefined), after(withinMs)]);
      closed = true;
      clearTimeout(restart);
      const run = worker;
      worker = undefined;
      for (const { reject } of calls.values()) reject(closedError());
      calls.clear();
      await run?.terminate();
    },
    threadId: () => worker?.threadId,
  };
}

function closedError(): Error {
  return Object.assign(new Error('The ledger is closed.'), { code: 'closed' });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
