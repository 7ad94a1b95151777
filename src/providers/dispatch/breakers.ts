import type { CircuitBreakerPolicy } from 'cockatiel';
import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import type { OpenReason } from '../../core/terms/breaker-board';
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
  /** Begins a turn; undefined where the breaker is open. While half-open it lets one turn in at a time. Never rejects. */
  enter(deploymentId: string): BreakerTurn | undefined | Promise<BreakerTurn | undefined>;
  /** Begins a turn whatever the state, for a request that has nobody else to ask. Where it goes well, that closes it. */
  enterAnyway(deploymentId: string): BreakerTurn;
  /** Calls `listener` after each change of what `stateOf` says. */
  onStateChange(listener: StateListener): { dispose(): void };
}

/** The breakers of one window. */
export interface WindowBreakers extends DispatchBreakers {
  enter(deploymentId: string): BreakerTurn | undefined;
  /** Another window closed it, or it isn't to be asked until this Unix ms. */
  takeIn(deploymentId: string, what: 'closed' | number): void;
  /** Calls `listener` after each breaker that opened or closed by what happened in this window. */
  onTurned(listener: TurnedListener): void;
}

export type TurnedListener = (
  deploymentId: string,
  turned: 'closed' | { readonly reason: OpenReason; readonly forMs: number },
) => void;

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
  /** Another window opened it: cockatiel, which counts this window's turns, knows nothing of that. */
  held: boolean;
}

/**
 * One circuit breaker for each deployment, counted by cockatiel; the time is `Date.now()`, which it reads. `stateOf`
 * says `half-open` as soon as a trial may be made, so that the router offers the deployment again, and `open` while
 * that trial is under way.
 */
export function createBreakers({
  failures = 3,
  halfOpenAfterMs = 30_000,
}: BreakerOptions = {}): WindowBreakers {
  const guards = new Map<string, Guard>();
  const listeners = new Set<StateListener>();
  const turned = new Set<TurnedListener>();
  const announced = new Map<string, BreakerState>();

  function tell(...what: Parameters<TurnedListener>): void {
    for (const listener of turned) listener(...what);
  }

  function guardOf(id: string): Guard {
    const known = guards.get(id);
    if (known !== undefined) return known;
    const policy = circuitBreaker(
      handleWhenResult((verdict) => verdict === 'down'),
      { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(failures) },
    );
    const guard: Guard = { policy, trialFromMs: 0, trialUnderWay: false, held: false };
    policy.onBreak(() => hold(id, guard, Date.now() + halfOpenAfterMs));
    guards.set(id, guard);
    return guard;
  }

  function hold(id: string, guard: Guard, untilMs: number): void {
    guard.trialFromMs = untilMs;
    setTimeout(() => announce(id), Math.max(0, untilMs - Date.now())).unref();
  }

  function isClosed(guard: Guard | undefined): boolean {
    return guard === undefined || (!guard.held && guard.policy.state === CircuitState.Closed);
  }

  function stateOf(id: string): BreakerState {
    const guard = guards.get(id);
    if (guard === undefined || isClosed(guard)) return 'closed';
    return guard.trialUnderWay || Date.now() < guard.trialFromMs ? 'open' : 'half-open';
  }

  function announce(id: string): void {
    const state = stateOf(id);
    if (state === (announced.get(id) ?? 'closed')) return;
    announced.set(id, state);
    for (const listener of listeners) listener(id, state);
  }

  function forget(id: string): void {
    guards.delete(id);
    announce(id);
  }

  function reset(id: string): void {
    const wasClosed = isClosed(guards.get(id));
    forget(id);
    if (!wasClosed) tell(id, 'closed');
  }

  /** A clock that was set back makes cockatiel refuse: then the breaker stays as it is. */
  async function count({ policy }: Guard, verdict: Exclude<Verdict, 'unknown'>): Promise<void> {
    const counted = verdict === 'refuses' ? 'down' : verdict;
    for (let times = verdict === 'refuses' ? failures : 1; times > 0; times -= 1) {
      await policy.execute(() => counted).catch(() => undefined);
    }
  }

  /** What a turn says of a breaker that another window opened. */
  function endHeld(id: string, guard: Guard, verdict: Exclude<Verdict, 'unknown'>): void {
    if (verdict === 'up') forget(id);
    else hold(id, guard, Date.now() + halfOpenAfterMs);
  }

  async function end(id: string, guard: Guard, verdict: Exclude<Verdict, 'unknown'>): Promise<void> {
    const wasClosed = isClosed(guard);
    if (guard.held) endHeld(id, guard, verdict);
    else await count(guard, verdict);
    if (guards.get(id) !== guard || isClosed(guard)) {
      if (!wasClosed) tell(id, 'closed');
    } else if (verdict !== 'up') tell(id, { reason: verdict, forMs: halfOpenAfterMs });
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
      // What began before it opened, or before it was closed by hand, says nothing new when it ends.
      const counts = guards.get(id) === guard && (trial || isClosed(guard));
      if (counts && verdict !== 'unknown') await end(id, guard, verdict);
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
    takeIn: (id, what) => {
      if (what === 'closed') return forget(id);
      const guard = guardOf(id);
      // Its own trial goes on: it was let in before.
      if (!guard.trialUnderWay) {
        guard.held = true;
        hold(id, guard, what);
      }
      announce(id);
    },
    onTurned: (listener) => void turned.add(listener),
    onStateChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
