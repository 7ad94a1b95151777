import type { ToolCall, Verbatim } from '../../core/tools';

/** Which decision a tool call belongs to, and what its vendor wants back with it. */
interface KnownCall {
  readonly pool: string;
  readonly decisionId: string;
  readonly verbatim: Verbatim | undefined;
}

/** Recognises tool loops: the editor tells no more of one than the ids of its calls. */
export interface ToolLoops {
  remember(pool: string, decisionId: string, call: ToolCall): void;
  /** The decision of the first of these calls that is known in the pool; undefined: none is. */
  decisionOf(pool: string, callIds: readonly string[]): string | undefined;
  /** A call as the editor gives it back, with what its vendor wants to see again. */
  completed(call: ToolCall): ToolCall;
}

/** The longest loops have some hundred calls, and what vendors want back of one is some ten KB. */
const mostRemembered = 1_000;

/** Forgets the oldest calls first. */
export function createToolLoops(most = mostRemembered): ToolLoops {
  const known = new Map<string, KnownCall>();
  return {
    remember: (pool, decisionId, { id, verbatim }) => {
      known.delete(id);
      known.set(id, { pool, decisionId, verbatim });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    decisionOf: (pool, callIds) =>
      callIds.map((id) => known.get(id)).find((call) => call?.pool === pool)?.decisionId,
    completed: (call) => {
      const verbatim = known.get(call.id)?.verbatim;
      return verbatim === undefined ? call : { ...call, verbatim };
    },
  };
}
