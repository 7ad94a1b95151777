import { createHash } from 'node:crypto';
import type { ToolCall } from '../../core/terms/tools';
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
/** Servers whose ids begin anew give the same one in every conversation. */
const mostOfOneId = 100;

/**
 * Forgets the oldest calls first. Those that a window before this one knew are read from `kept` when they come. A call
 * is known by its id, by what it calls and by the conversation before it; where a caller has changed one of the two, by
 * the other, unless there are several such calls.
 */
export function createToolLoops(kept: KeptCalls, most = mostRemembered): ToolLoops {
  /** By id, the one that was used last at the end. */
  const known = new Map<string, readonly KnownCall[]>();
  /** Ids of which `known` has what is kept. */
  const read = new Set<string>();

  function memorise(callId: string, calls: readonly KnownCall[]): void {
    known.delete(callId);
    known.set(callId, calls.slice(-mostOfOneId));
    const [oldest] = known.keys();
    if (known.size <= most || oldest === undefined) return;
    known.delete(oldest);
    read.delete(oldest);
  }

  function knownOf(callId: string): readonly KnownCall[] {
    const own = known.get(callId) ?? [];
    if (read.has(callId)) return own;
    const all = [...kept.read(callId).filter((call) => !own.some((each) => isSame(each, call))), ...own];
    if (all.length > 0) memorise(callId, all);
    read.add(callId);
    const [oldest] = read;
    if (read.size > most && oldest !== undefined) read.delete(oldest);
    return all;
  }

  function find({ call, prefix }: PlacedCall): KnownCall | undefined {
    const content = contentOf(call);
    const own = knownOf(call.id);
    const there = own.filter((each) => each.prefix === prefix);
    const same = own.filter((each) => each.content === content);
    return there.find((each) => each.content === content) ?? onlyOne(there) ?? onlyOne(same);
  }

  return {
    remember: (pool, decisionId, { call, prefix }) => {
      const { id: callId, verbatim } = call;
      const remembered = { callId, content: contentOf(call), prefix, pool, decisionId, verbatim };
      const others = (known.get(callId) ?? []).filter((each) => !isSame(each, remembered));
      memorise(callId, [...others, remembered]);
      kept.keep(remembered);
    },
    decisionOf: (pool, calls) => calls.map(find).find((call) => call?.pool === pool)?.decisionId,
    completed: (placed) => {
      const verbatim = find(placed)?.verbatim;
      return verbatim === undefined ? placed.call : { ...placed.call, verbatim };
    },
  };
}

function isSame(one: KnownCall, other: KnownCall): boolean {
  return one.content === other.content && one.prefix === other.prefix;
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function contentOf({ name, input }: ToolCall): string {
  return createHash('sha256')
    .update(JSON.stringify([name, input]))
    .digest('base64');
}
