import { vi } from 'vitest';
import type { DispatchEvent, Dispatcher, DispatchLimits, DispatchOrder } from '../../src/core/terms/dispatch';
import type { Failure } from '../../src/core/terms/failure';
import type { Deployment } from '../../src/core/terms/deployment';
import type { ModelCall, ModelEvent } from '../../src/core/terms/ports';
import type { WindowBreakers } from '../../src/providers/dispatch/breakers';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { collect, deploymentWith, question } from './stream-helpers';

/** The real dispatcher over a scripted client, with time that the tests move: fake timers must be on. */

export type Script = (call: ModelCall, signal: AbortSignal) => AsyncIterable<ModelEvent>;
/** What each deployment does, call by call; the last script holds for good. */
type Scripts = Readonly<Record<string, readonly Script[]>>;

export interface ScriptedDispatch {
  /** All calls of the client so far. */
  readonly calls: readonly ModelCall[];
  readonly breakers: WindowBreakers;
  dispatcher(scripts: Scripts): Dispatcher;
  /** Runs an order, by default to `a` and then `b`, to its end while time passes. */
  dispatch(
    scripts: Scripts,
    change?: Partial<DispatchOrder>,
    signal?: AbortSignal,
  ): Promise<readonly DispatchEvent[]>;
}

const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 2e-6 };
export const [a, b, c] = ['a', 'b', 'c'].map((id) => deploymentWith({ id, model: id, price })) as [
  Deployment,
  Deployment,
  Deployment,
];
export const limits: DispatchLimits = {
  firstTokenMs: 10_000,
  stallMs: 5_000,
  requestMs: 60_000,
  retries: 2,
};

export function orderWith(change: Partial<DispatchOrder> = {}): DispatchOrder {
  return { decisionId: 'decision', deployments: [a, b], messages: question, ...change };
}

export function createScriptedDispatch(): ScriptedDispatch {
  const calls: ModelCall[] = [];
  const breakers = createBreakers();

  function dispatcher(scripts: Scripts): Dispatcher {
    const asked = new Map<string, number>();
    return createDispatcher({
      client: {
        stream: (call, signal) => {
          calls.push(call);
          const { id } = call.deployment;
          const before = asked.get(id) ?? 0;
          asked.set(id, before + 1);
          const script = scripts[id]?.[before] ?? scripts[id]?.at(-1);
          if (script === undefined) throw new Error(`Nobody expected a call to ${id}.`);
          return script(call, signal);
        },
      },
      prices: createPriceBook(),
      clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
      breakers,
      random: () => 0.5,
      limits,
    });
  }

  return {
    calls,
    breakers,
    dispatcher,
    dispatch: async (scripts, change, signal = new AbortController().signal) => {
      const state = { over: false };
      const events = dispatcher(scripts).dispatch(orderWith(change), signal);
      const collecting = collect(events).finally(() => (state.over = true));
      const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
      for (await settle(); !state.over; await settle()) await vi.advanceTimersToNextTimerAsync();
      return collecting;
    },
  };
}

export function failureOf(reason: Failure['reason'], change: Partial<Failure> = {}): Failure {
  return { reason, detail: `${reason}.`, status: undefined, ...change };
}

export function fails(reason: Failure['reason'], change: Partial<Failure> = {}): Script {
  return async function* () {
    yield await Promise.resolve({ type: 'failed', failure: failureOf(reason, change) });
  };
}

export const finished = {
  type: 'finished',
  usage: undefined,
  servedModel: undefined,
  truncated: false,
} as const;

export function says(text: string, finish: Partial<Extract<ModelEvent, { type: 'finished' }>> = {}): Script {
  return async function* () {
    yield await Promise.resolve({ type: 'text', text });
    yield { ...finished, ...finish };
  };
}

/** "a:retrying a:fell-back b:text b:completed", without what comes between. */
export function story(events: readonly DispatchEvent[]): string {
  let asked = '';
  const words: string[] = [];
  for (const event of events) {
    if (event.type === 'started') asked = event.deploymentId;
    else words.push(`${asked}:${event.type}`);
  }
  return words.filter((word, index) => word !== words[index - 1] || !word.endsWith(':text')).join(' ');
}
