import type { StoredEntry } from '../terms/ledger-entry';
import { readList, readMap, readNumber, readShape, readText } from '../terms/saved';

/** How many steps tool loops take, by pool, as a fold over the ledger. */
export interface LoopLengthFold {
  apply(entry: StoredEntry): void;
  /** The median of a pool's latest loops; undefined: there were too few to say. */
  usual(pool: string): number | undefined;
  /** To go on from, as what can be cloned. */
  save(): SavedLoops;
}

interface SavedLoops {
  readonly decisions: ReadonlyMap<string, Readonly<Loop>>;
  /** By pool: the decision that each latest loop belongs to, '' where that is known no more, and its steps so far. */
  readonly loops: ReadonlyMap<string, readonly { readonly decisionId: string; readonly steps: number }[]>;
}

/** Entries of a loop come within hours: of older decisions none is expected. */
const mostDecisions = 500;
const latestLoops = 60;
const fewestLoops = 10;

interface Loop {
  readonly pool: string;
  steps: number;
}

const readLoops = readShape<SavedLoops>({
  decisions: readMap(readShape<Loop>({ pool: readText, steps: readNumber })),
  loops: readMap(readList(readShape({ decisionId: readText, steps: readNumber }))),
});

/** Throws a RangeError where `saved` is not what `save` gave. */
export function createLoopLengthFold(saved?: unknown): LoopLengthFold {
  const before = saved === undefined ? undefined : readLoops(saved, 'loops');
  const decisions = new Map<string, Loop>(before?.decisions);
  const loops = new Map(
    Array.from(before?.loops ?? [], ([pool, latest]) => [
      pool,
      latest.map(({ decisionId, steps }): Loop => decisions.get(decisionId) ?? { pool, steps }),
    ]),
  );

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
    save: () => {
      const idOf = new Map(Array.from(decisions, ([id, loop]) => [loop, id]));
      return {
        decisions: new Map(Array.from(decisions, ([id, loop]) => [id, { ...loop }])),
        loops: new Map(
          Array.from(loops, ([pool, latest]) => [
            pool,
            latest.map((loop) => ({ decisionId: idOf.get(loop) ?? '', steps: loop.steps })),
          ]),
        ),
      };
    },
  };
}
