import type { PastFailure } from '../../core/stats/model-tally';
import type { Dispatcher } from '../../core/terms/dispatch';

export interface FailureMemory {
  /** A dispatcher that does what this one does, and remembers. */
  watch(dispatcher: Dispatcher): Dispatcher;
  /** Undefined: it didn't fail in this session. */
  lastOf(deploymentId: string): PastFailure | undefined;
}

/** Remembers the last failure of each deployment. */
export function createFailureMemory(nowMs: () => number): FailureMemory {
  const last = new Map<string, PastFailure>();
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
