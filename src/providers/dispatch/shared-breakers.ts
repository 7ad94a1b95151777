import type { BreakerBoard, BreakerRow } from '../../core/terms/breaker-board';
import type { Log } from '../../core/terms/ports';
import type { BreakerTurn, DispatchBreakers, Verdict, WindowBreakers } from './breakers';

export interface SharedBreakersParts {
  /** This window's own: they count, and they stand where the board can't be reached. */
  readonly own: WindowBreakers;
  /** A name of this window that no other has. */
  readonly window: string;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** The breakers of a window that shares what they say with the others, once it is given their board. */
export interface SharedBreakers extends DispatchBreakers {
  /** From now on what opens or closes here does so for all. Resolves when what the others said is taken in. */
  join(board: BreakerBoard): Promise<void>;
  /** Somebody may have written on the board: takes in what they said. Never rejects. */
  refresh(): Promise<void>;
}

/** A window that tries a deployment and dies holds the others up no longer than this. */
const probeMs = 120_000;
/** What was said of a deployment before says nothing of it any more. */
const staleMs = 60 * 60 * 1_000;

export function shareBreakers({ own, window, nowMs, log }: SharedBreakersParts): SharedBreakers {
  let board: BreakerBoard | undefined;
  /** By deployment, what was taken in of it. A ledger that begins anew numbers anew. */
  const seen = new Map<string, string>();
  let failing = false;
  let refreshing: Promise<void> = Promise.resolve();

  /** Undefined where the board can't be reached: each window has its own breakers then, which is told once. */
  async function ask<Result>(
    question: (board: BreakerBoard) => Promise<Result>,
  ): Promise<Result | undefined> {
    if (board === undefined) return undefined;
    try {
      const reply = await question(board);
      failing = false;
      return reply;
    } catch (error) {
      if (!failing) log.warn(`Circuit breakers are this window’s own for now: ${String(error)}`);
      failing = true;
      return undefined;
    }
  }

  function takeIn({ deploymentId, state, untilMs, window: by }: BreakerRow): void {
    if (by === window) return;
    if (state === 'closed') own.takeIn(deploymentId, 'closed');
    // A clock that was set back makes it no longer than a window would hold it itself.
    else if (untilMs > nowMs() - staleMs) own.takeIn(deploymentId, Math.min(untilMs, nowMs() + probeMs));
  }

  async function readBoard(): Promise<void> {
    for (const row of (await ask((on) => on.read())) ?? []) {
      const mark = `${String(row.version)} ${row.window}`;
      if (seen.get(row.deploymentId) === mark) continue;
      seen.set(row.deploymentId, mark);
      takeIn(row);
    }
  }

  function refresh(): Promise<void> {
    refreshing = refreshing.then(readBoard);
    return refreshing;
  }

  own.onTurned((id, turned) => {
    void ask((on) =>
      turned === 'closed' ? on.close(id, window) : on.open(id, turned.reason, turned.forMs, window),
    );
  });

  async function enter(id: string): Promise<BreakerTurn | undefined> {
    if (board === undefined || own.stateOf(id) !== 'half-open') return own.enter(id);
    if ((await ask((on) => on.probe(id, probeMs, window))) === false) {
      await refresh();
      return undefined;
    }
    const turn = own.enter(id);
    const giveBack = (): Promise<unknown> => ask((on) => on.release(id, window));
    if (turn === undefined) {
      await giveBack();
      return undefined;
    }
    return {
      leave: async (verdict: Verdict) => {
        await turn.leave(verdict);
        if (verdict === 'unknown') await giveBack();
      },
    };
  }

  return {
    stateOf: own.stateOf,
    reset: (id) => {
      own.reset(id);
      // Also where it was closed here: another window may have opened it a moment ago.
      void ask((on) => on.close(id, window));
    },
    enter,
    enterAnyway: own.enterAnyway,
    onStateChange: own.onStateChange,
    join: async (shared) => {
      board = shared;
      await refresh();
    },
    refresh,
  };
}
