import type { Dispatcher } from '../../core/terms/dispatch';
import type { FailureReason } from '../../core/terms/failure';

/** Why and when a deployment failed last. What the provider said is left out: it may quote the prompt. */
export interface LastFailure {
  readonly reason: FailureReason;
  /** Unix ms. */
  readonly atMs: number;
}

export interface FailureMemory {
  /** A dispatcher that does what this one does, and remembers. */
  watch(dispatcher: Dispatcher): Dispatcher;
  /** Undefined: it didn't fail in this session. */
  lastOf(deploymentId: string): LastFailure | undefined;
}

/** Remembers the last failure of each deployment. */
export function createFailureMemory(nowMs: () => number): FailureMemory {
  const last = new Map<string, LastFailure>();
  return {
    watch: (dispatcher) => ({
      dispatch: async function* (order, signal) {
        for await (const event of dispatcher.dispatch(order, signal)) {
          if ('failure' in event) {
            last.set(event.attempt.deploymentId, { reason: event.failure.reason, atMs: nowMs() });
          }
          yield event;
        }
      },
    }),
    lastOf: (deploymentId) => last.get(deploymentId),
  };
}
