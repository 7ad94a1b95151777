import type { StoredEntry } from '../terms/ledger-entry';

/** How many steps tool loops take, by pool, as a fold over the ledger. */
export interface LoopLengthFold {
  apply(entry: StoredEntry): void;
  /** The median of a pool's latest loops; undefined: there were too few to say. */
  usual(pool: string): number | undefined;
}

/** Entries of a loop come within hours: of older decisions none is expected. */
const mostDecisions = 500;
const latestLoops = 60;
const fewestLoops = 10;

interface Loop {
  readonly pool: string;
  steps: number;
}

export function createLoopLengthFold(): LoopLengthFold {
  const decisions = new Map<string, Loop>();
  const loops = new Map<string, Loop[]>();

  return {
    apply: (entry) => {
      if (entry.kind === 'decision') {
        const { id, pool } = entry.decision;
        decisions.set(id, { pool, steps: 0 });
        const [oldest] = decisions.keys();
        if (decisions.size > mostDecisions && oldest !== undefined) decisions.delete(oldest);
      } else if (entry.kind === 'attempt' && entry.attempt.outcome === 'completed') {
        const loop = decisions.get(entry.attempt.decisionId);
        if (loop === undefined) return;
        loop.steps += 1;
        // One answer is no loop: a second one can only be a step of one.
        if (loop.steps !== 2) return;
        loops.set(loop.pool, [...(loops.get(loop.pool) ?? []), loop].slice(-latestLoops));
      }
    },
    usual: (pool) => {
      const sorted = (loops.get(pool) ?? []).map(({ steps }) => steps).toSorted((one, other) => one - other);
      return sorted.length < fewestLoops ? undefined : sorted[Math.floor(sorted.length / 2)];
    },
  };
}
