import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-messages';
import { readFromWorker } from './worker-messages';

export type WorkerFailureReason = 'failed' | 'load-failed' | 'crashed' | 'timeout' | 'closed';

export interface WorkerFailure {
  readonly ok: false;
  readonly reason: WorkerFailureReason;
  readonly detail: string;
}

export type WorkerReply =
  { readonly ok: true; readonly message: Extract<FromWorker, { readonly id: number }> } | WorkerFailure;

export interface WorkerThreadOptions {
  readonly workerPath: string;
  readonly modelsFolder: string;
  readonly model: string;
  readonly loadTimeoutMs: number;
}

type Request =
  | Omit<Extract<ToWorker, { readonly type: 'embed' }>, 'id'>
  | Omit<Extract<ToWorker, { readonly type: 'fit' }>, 'id'>;

/** One run of the worker. When it has ended, for whatever reason, it answers nothing any more. */
export interface WorkerThread {
  readonly loaded: Promise<{ readonly ok: true; readonly loadMs: number } | WorkerFailure>;
  /** After `loaded`. A worker that doesn't answer in time is ended. */
  request(request: Request, timeoutMs: number): Promise<WorkerReply>;
  hasEnded(): boolean;
  /** Ends it on purpose. */
  close(): void;
}

/** Starts the worker and has it load the model. `onEnd` is told of every end that isn't `close`. */
export function startWorkerThread(
  options: WorkerThreadOptions,
  onEnd: (failure: WorkerFailure) => void,
): WorkerThread {
  const { workerPath, modelsFolder, model, loadTimeoutMs } = options;
  const pending = new Map<number, (reply: WorkerReply) => void>();
  const loading = Promise.withResolvers<Awaited<WorkerThread['loaded']>>();
  let ended = false;
  let nextId = 0;

  const worker = new Worker(workerPath, { execArgv: [], env: {}, stdout: true, stderr: true });
  // The editor may end whenever it wants to.
  worker.unref();
  worker.stdout.resume();
  worker.stderr.resume();

  function end(failure: WorkerFailure): void {
    if (ended) return;
    ended = true;
    clearTimeout(loadTimer);
    loading.resolve(failure);
    for (const resolve of pending.values()) resolve(failure);
    pending.clear();
    void worker.terminate();
    if (failure.reason !== 'closed') onEnd(failure);
  }

  const fail = (reason: WorkerFailureReason, detail: string): void => end({ ok: false, reason, detail });
  const loadTimer = setTimeout(() => {
    fail('timeout', `the model was not loaded after ${String(loadTimeoutMs)} ms`);
  }, loadTimeoutMs).unref();

  function take(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(loadTimer);
        loading.resolve({ ok: true, loadMs: message.loadMs });
        return;
      case 'vector':
      case 'fitted':
        pending.get(message.id)?.({ ok: true, message });
        pending.delete(message.id);
        return;
      case 'failed':
        if (message.id === undefined) return fail('load-failed', message.detail);
        pending.get(message.id)?.({ ok: false, reason: 'failed', detail: message.detail });
        pending.delete(message.id);
    }
  }

  worker.on('message', (value: unknown) => {
    const message = readFromWorker(value);
    if (message === undefined) fail('crashed', 'the worker sent something that is not of the protocol');
    else take(message);
  });
  worker.on('error', (error: unknown) =>
    fail('crashed', error instanceof Error ? error.message : String(error)),
  );
  worker.on('exit', (code) => fail('crashed', `the worker ended with code ${String(code)}`));
  worker.postMessage({ type: 'load', modelsFolder, model } satisfies ToWorker);

  return {
    loaded: loading.promise,
    hasEnded: () => ended,
    close: () => fail('closed', 'the encoder was stopped'),
    request: async (request, timeoutMs) => {
      if (ended) return { ok: false, reason: 'crashed', detail: 'the worker has ended' };
      const id = nextId++;
      const { promise, resolve } = Promise.withResolvers<WorkerReply>();
      pending.set(id, resolve);
      const timer = setTimeout(() => {
        fail('timeout', `the encoder did not answer within ${String(timeoutMs)} ms`);
      }, timeoutMs).unref();
      worker.postMessage({ ...request, id } satisfies ToWorker);
      const reply = await promise;
      clearTimeout(timer);
      return reply;
    },
  };
}
