import type { Log } from '../core/terms/ports';
import { watchEventLoop } from './event-loop-probe';
import { dot } from './pca';
import type { Projection } from './projection';
import type { WorkerFailureReason, WorkerThread } from './worker-thread';
import { startWorkerThread } from './worker-thread';

export interface EncodeFailure {
  readonly ok: false;
  /** `busy`: newer prompts took its place in the queue; `off`: it failed too often in this session. */
  readonly reason: WorkerFailureReason | 'busy' | 'cancelled' | 'off';
  readonly detail: string;
}

export type EncodeResult = { readonly ok: true; readonly vector: Float32Array } | EncodeFailure;
export type FitResult = { readonly ok: true; readonly projection: Projection } | EncodeFailure;

/** A sentence encoder in a worker thread. It never rejects, and never blocks the thread that asks. */
export interface Encoder {
  /** The unit vector of a text. Aborting `signal` ends the waiting. */
  embed(text: string, signal?: AbortSignal): Promise<EncodeResult>;
  /** A prompt may come soon: the worker starts where it isn't running, and its idle time begins anew. */
  warm(): void;
  /** Fits the projection to the anchors' vectors: some seconds, in which prompts wait. */
  fit(components: number): Promise<FitResult>;
  /** Ends the worker. What waits is answered with `closed`. */
  dispose(): void;
}

export interface EncoderOptions {
  /** The worker's bundle. */
  readonly workerPath: string;
  readonly modelsFolder: string;
  readonly model: string;
  readonly log: Log;
  /** Monotonic, in ms. */
  readonly nowMs?: () => number;
  /** The worker ends after so long without a request; the next one starts it again. Default 5 minutes. */
  readonly idleMs?: number;
  readonly loadTimeoutMs?: number;
  readonly embedTimeoutMs?: number;
  /** Called after the first answer of each worker. */
  readonly onLoaded?: (measured: LoadMeasurement) => void;
}

export interface LoadMeasurement {
  /** From the start of the thread until it can answer. */
  readonly loadMs: number;
  /** The longest time that this thread's event loop was blocked till the first answer. */
  readonly longestBlockMs: number;
}

const mostWaiting = 8;
const fitTimeoutMs = 180_000;
/** So many failures within this time, and the encoder is off. */
const mostFailures = 3;
const failureWindowMs = 600_000;

interface Task {
  /** Answers with what was found; called once. */
  run(thread: WorkerThread): Promise<void>;
  fail(failure: EncodeFailure): void;
}

/** All of a text that the encoder reads: the first 128 tokens lie in here, for any text that is one. */
export function headOf(text: string): string {
  return text.slice(0, 4_000);
}

export function createEncoder(options: EncoderOptions): Encoder {
  const { log, nowMs = () => performance.now(), idleMs = 300_000, embedTimeoutMs = 30_000 } = options;
  const waiting: Task[] = [];
  let failures: readonly number[] = [];
  let state: 'on' | 'off' | 'closed' = 'on';
  let working = false;
  let thread: WorkerThread | undefined;
  let idle: NodeJS.Timeout | undefined;
  let measure: (() => void) | undefined;

  function countFailure(detail: string): void {
    failures = [...failures.filter((atMs) => nowMs() - atMs < failureWindowMs), nowMs()];
    log.warn(`The sentence encoder ended: ${detail}.`);
    if (failures.length < mostFailures || state !== 'on') return;
    state = 'off';
    log.error(
      `The sentence encoder failed ${String(mostFailures)} times and stays off until the editor restarts; ` +
        'prompts are described without it.',
    );
  }

  async function running(): Promise<WorkerThread | EncodeFailure> {
    if (thread !== undefined && !thread.hasEnded()) return thread;
    const startedMs = nowMs();
    const probe = watchEventLoop();
    const { workerPath, modelsFolder, model, loadTimeoutMs = 60_000 } = options;
    let started: WorkerThread;
    try {
      started = startWorkerThread({ workerPath, modelsFolder, model, loadTimeoutMs }, ({ detail }) =>
        countFailure(detail),
      );
    } catch (error) {
      // There may be no threads left, or no memory for one.
      probe.stop();
      const detail = error instanceof Error ? error.message : String(error);
      countFailure(detail);
      return { ok: false, reason: 'crashed', detail };
    }
    thread = started;
    const loaded = await started.loaded;
    const loadMs = nowMs() - startedMs;
    measure = () => {
      const longestBlockMs = probe.stop();
      if (loaded.ok) options.onLoaded?.({ loadMs, longestBlockMs });
    };
    return loaded.ok ? started : loaded;
  }

  /** One task at a time, in order. */
  async function work(): Promise<void> {
    if (working) return;
    working = true;
    clearTimeout(idle);
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const found = state === 'on' ? await running() : stateFailure(state);
      if ('ok' in found) task.fail(found);
      else await task.run(found);
      measure?.();
      measure = undefined;
    }
    working = false;
    idle = setTimeout(() => thread?.close(), idleMs).unref();
  }

  function enqueue(task: Task): void {
    if (state !== 'on') return task.fail(stateFailure(state));
    waiting.push(task);
    if (waiting.length > mostWaiting) {
      waiting.shift()?.fail({ ok: false, reason: 'busy', detail: 'newer prompts are waiting' });
    }
    void work();
  }

  async function embed(text: string, signal?: AbortSignal): Promise<EncodeResult> {
    const { promise, resolve } = Promise.withResolvers<EncodeResult>();
    const task: Task = {
      fail: resolve,
      run: async (worker) => {
        const reply = await worker.request({ type: 'embed', text: headOf(text) }, embedTimeoutMs);
        if (!reply.ok) return resolve(reply);
        resolve(toResult(reply.message.type === 'vector' ? reply.message.vector : undefined));
      },
    };
    const abort = (): void => {
      const place = waiting.indexOf(task);
      if (place >= 0) waiting.splice(place, 1);
      resolve({ ok: false, reason: 'cancelled', detail: 'cancelled' });
    };
    if (signal?.aborted === true) abort();
    else enqueue(task);
    signal?.addEventListener('abort', abort, { once: true });
    const result = await promise;
    signal?.removeEventListener('abort', abort);
    return result;
  }

  async function fit(components: number): Promise<FitResult> {
    const { promise, resolve } = Promise.withResolvers<FitResult>();
    enqueue({
      fail: resolve,
      run: async (worker) => {
        const reply = await worker.request({ type: 'fit', components }, fitTimeoutMs);
        if (!reply.ok) return resolve(reply);
        const { message } = reply;
        if (message.type !== 'fitted') return resolve(unusable);
        resolve({ ok: true, projection: { mean: message.mean, matrix: message.matrix } });
      },
    });
    return promise;
  }

  return {
    embed,
    fit,
    warm: () => {
      if (state === 'on' && waiting.length === 0)
        enqueue({ fail: () => undefined, run: () => Promise.resolve() });
    },
    dispose: () => {
      state = 'closed';
      clearTimeout(idle);
      thread?.close();
      for (const task of waiting.splice(0)) task.fail(stateFailure('closed'));
    },
  };
}

const unusable: EncodeFailure = { ok: false, reason: 'failed', detail: 'the vector is of no use' };

/** A broken model gives numbers that are none, or nothing but zeros. */
function toResult(vector: Float32Array | undefined): EncodeResult {
  const squared = vector === undefined ? 0 : dot(vector, vector);
  return vector !== undefined && Number.isFinite(squared) && squared > 0 ? { ok: true, vector } : unusable;
}

function stateFailure(state: 'off' | 'closed'): EncodeFailure {
  const detail = state === 'off' ? 'it failed too often' : 'the encoder was closed';
  return { ok: false, reason: state, detail };
}
