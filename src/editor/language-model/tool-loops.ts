import { createHash } from 'node:crypto';
import type { ToolCall } from '../../core/tools';
import type { KeptCalls, KnownCall } from './kept-calls';

/** A call where it stands in a conversation. */
export interface PlacedCall {
  readonly call: ToolCall;
  /** A hash of the conversation before it. */
  readonly prefix: string;
}

/** Recognises tool loops: the editor tells no more of one than its messages. */
export interface ToolLoops {
  remember(pool: string, decisionId: string, placed: PlacedCall): void;
  /** The decision of the first of these calls that is known in the pool; undefined: none is. */
  decisionOf(pool: string, calls: readonly PlacedCall[]): string | undefined;
  /** A call as the editor gives it back, with what its vendor wants to see again. */
  completed(placed: PlacedCall): ToolCall;
}

/** The longest loops have some hundred calls, and what vendors want back of one is some ten KB. */
const mostRemembered = 1_000;

/**
 * Forgets the oldest calls first. Those that a window before this one knew are read from `kept` when they come. A call
 * is known by its id, by what it calls and by the conversation before it; where a caller has changed one of the two, by
 * the other, unless there are several such calls.
 */
export function createToolLoops(kept: KeptCalls, most = mostRemembered): ToolLoops {
  const known = new Map<string, KnownCall>();
  /** Ids of which `known` has what is kept. */
  const read = new Set<string>();

  function memorise(call: KnownCall): void {
    const key = JSON.stringify([call.callId, call.content, call.prefix]);
    known.delete(key);
    known.set(key, call);
    const [oldest] = known;
    if (known.size <= most || oldest === undefined) return;
    known.delete(oldest[0]);
    read.delete(oldest[1].callId);
  }

  function readKept(callId: string): void {
    if (read.has(callId)) return;
    const own = [...known.values()].filter((call) => call.callId === callId);
    for (const call of [...kept.read(callId), ...own]) memorise(call);
    read.add(callId);
    const [oldest] = read;
    if (read.size > most && oldest !== undefined) read.delete(oldest);
  }

  function find({ call, prefix }: PlacedCall): KnownCall | undefined {
    readKept(call.id);
    const content = contentOf(call);
    const own = [...known.values()].filter(({ callId }) => callId === call.id);
    const there = own.filter((each) => each.prefix === prefix);
    const same = own.filter((each) => each.content === content);
    return there.find((each) => each.content === content) ?? onlyOne(there) ?? onlyOne(same);
  }

  return {
    remember: (pool, decisionId, { call, prefix }) => {
      const { id: callId, verbatim } = call;
      const remembered = { callId, content: contentOf(call), prefix, pool, decisionId, verbatim };
      memorise(remembered);
      kept.keep(remembered);
    },
    decisionOf: (pool, calls) => calls.map(find).find((call) => call?.pool === pool)?.decisionId,
    completed: (placed) => {
      const verbatim = find(placed)?.verbatim;
      return verbatim === undefined ? placed.call : { ...placed.call, verbatim };
    },
  };
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function contentOf({ name, input }: ToolCall): string {
  return createHash('sha256')
    .update(JSON.stringify([name, input]))
    .digest('base64');
}
