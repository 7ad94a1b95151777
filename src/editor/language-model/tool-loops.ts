import type { ToolCall } from '../../core/tools';
import type { KeptCalls, KnownCall } from './kept-calls';

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

/** Forgets the oldest calls first. Those that a window before this one knew are read from `kept` when they come. */
export function createToolLoops(kept: KeptCalls, most = mostRemembered): ToolLoops {
  /** Undefined: nobody knows the call. */
  const known = new Map<string, KnownCall | undefined>();

  function memorise(id: string, call: KnownCall | undefined): void {
    known.delete(id);
    known.set(id, call);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
  }

  function find(id: string): KnownCall | undefined {
    if (!known.has(id)) memorise(id, kept.read(id));
    return known.get(id);
  }

  return {
    remember: (pool, decisionId, { id, verbatim }) => {
      const call = { pool, decisionId, verbatim };
      memorise(id, call);
      kept.keep(id, call);
    },
    decisionOf: (pool, callIds) => callIds.map(find).find((call) => call?.pool === pool)?.decisionId,
    completed: (call) => {
      const verbatim = find(call.id)?.verbatim;
      return verbatim === undefined ? call : { ...call, verbatim };
    },
  };
}
