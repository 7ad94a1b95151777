import type { CircuitBreakerPolicy } from 'cockatiel';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import type { Breakers, BreakerState } from '../../core/terms/ports';

/**
 * What a turn showed of a deployment. `down`: it failed, as it may do once; `refuses`: it will fail again until
 * somebody mends it; `unknown`: nothing, such as a stop before the first token.
 */
export type Verdict = 'up' | 'down' | 'refuses' | 'unknown';

/** A request's time with a deployment: one attempt and its retries. */
export interface BreakerTurn {
  /** Ends the turn; only the first call counts. Never rejects. */
  leave(verdict: Verdict): Promise<void>;
}

export interface DispatchBreakers extends Breakers {
  /** Begins a turn; undefined where the breaker is open. While half-open it lets one turn in at a time. */
  enter(deploymentId: string): BreakerTurn | undefined;
  /** Begins a turn whatever the state, for a request that has nobody else to ask. Where it goes well, that closes it. */
  enterAnyway(deploymentId: string): BreakerTurn;
  /** Calls `listener` after each change of what `stateOf` says. */
  onStateChange(listener: StateListener): { dispose(): void };
}

export type StateListener = (deploymentId: string, state: BreakerState) => void;

export interface BreakerOptions {
  /** Turns in a row that must end as `down` before a breaker opens, ≥ 1; one that ends as `refuses` is enough. */
  readonly failures?: number;
  /** How long it stays open before one request may try the deployment, in ms. */
  readonly halfOpenAfterMs?: number;
}

interface Guard {
  readonly policy: CircuitBreakerPolicy;
  /** Unix ms from which on a trial may be made, where it is open. */
  trialFromMs: number;
  trialUnderWay: boolean;
}

/**
 * One circuit breaker for each deployment, counted by cockatiel; the time is `Date.now()`, which it reads. `stateOf`
 * says `half-open` as soon as a trial may be made, so that the router offers the deployment again, and `open` while
 * that trial is under way.
 */
export function createBreakers({
  failures = 3,
  halfOpenAfterMs = 30_000,
}: BreakerOptions = {}): DispatchBreakers {
  const guards = new Map<string, Guard>();
  const listeners = new Set<StateListener>();
  const announced = new Map<string, BreakerState>();

  function guardOf(id: string): Guard {
    const known = guards.get(id);
    if (known !== undefined) return known;
    const policy = circuitBreaker(
      handleWhenResult((verdict) => verdict === 'down'),
      { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(failures) },
    );
    const guard: Guard = { policy, trialFromMs: 0, trialUnderWay: false };
    policy.onBreak(() => {
      guard.trialFromMs = Date.now() + halfOpenAfterMs;
      setTimeout(() => announce(id), halfOpenAfterMs).unref();
    });
    guards.set(id, guard);
    return guard;
  }

  function stateOf(id: string): BreakerState {
    const guard = guards.get(id);
    if (guard === undefined || guard.policy.state === CircuitState.Closed) return 'closed';
    return guard.trialUnderWay || Date.now() < guard.trialFromMs ? 'open' : 'half-open';
  }

  function announce(id: string): void {
    const state = stateOf(id);
    if (state === (announced.get(id) ?? 'closed')) return;
    announced.set(id, state);
    for (const listener of listeners) listener(id, state);
  }

  function reset(id: string): void {
    guards.delete(id);
    announce(id);
  }

  /** A clock that was set back makes cockatiel refuse: then the breaker stays as it is. */
  async function count({ policy }: Guard, verdict: 'up' | 'down' | 'refuses'): Promise<void> {
    const counted = verdict === 'refuses' ? 'down' : verdict;
    for (let times = verdict === 'refuses' ? failures : 1; times > 0; times -= 1) {
      await policy.execute(() => counted).catch(() => undefined);
    }
  }

  function turn(leave: (verdict: Verdict) => Promise<void>): BreakerTurn {
    let over = false;
    return {
      leave: async (verdict) => {
        if (over) return;
        over = true;
        await leave(verdict);
      },
    };
  }

  function enter(id: string): BreakerTurn | undefined {
    const state = stateOf(id);
    if (state === 'open') return undefined;
    const guard = guardOf(id);
    const trial = state === 'half-open';
    guard.trialUnderWay = trial;
    announce(id);
    return turn(async (verdict) => {
      if (trial) guard.trialUnderWay = false;
      // What began before it opened says nothing new when it ends.
      const counts = trial || guard.policy.state === CircuitState.Closed;
      if (counts && verdict !== 'unknown') await count(guard, verdict);
      announce(id);
    });
  }

  return {
    stateOf,
    reset,
    enter,
    enterAnyway: (id) =>
      enter(id) ??
      turn((verdict) => {
        if (verdict === 'up') reset(id);
        return Promise.resolve();
      }),
    onStateChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
