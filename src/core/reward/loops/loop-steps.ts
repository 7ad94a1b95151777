import type { Message } from '../../terms/request';
import type { JsonObject } from '../../terms/tools';

/** A call of a tool in a loop. */
export interface LoopCall {
  readonly name: string;
  readonly input: JsonObject;
  /** The beginning and the end of what it brought; undefined: nothing yet. */
  readonly result: string | undefined;
}

/** What the model asked for at once. */
export type LoopStep = readonly LoopCall[];

/** Characters of a result that are read: tools print megabytes, and what counts stands at the two ends. */
const headLength = 6_000;
const tailLength = 12_000;

/**
 * The steps since the model last answered without calling a tool, oldest first. Ids of calls may come again within one
 * conversation: the first result after a call is its own.
 */
export function stepsOf(messages: readonly Message[]): readonly LoopStep[] {
  // Some callers give the words before a call a message of their own: these are no answer.
  const begin = messages.findLastIndex(
    ({ role, toolCalls = [] }, at) =>
      role === 'assistant' && toolCalls.length === 0 && messages[at + 1]?.role !== 'assistant',
  );
  const loop = messages.slice(begin + 1);
  const results = new Map<string, { readonly at: number; readonly text: string }[]>();
  for (const [at, { toolResults = [] }] of loop.entries())
    for (const { callId, text } of toolResults) {
      const known = results.get(callId) ?? [];
      known.push({ at, text });
      results.set(callId, known);
    }
  return loop.flatMap(({ toolCalls = [] }, at) =>
    toolCalls.length === 0
      ? []
      : [
          toolCalls.map(({ id, name, input }) => {
            const own = results.get(id)?.find((result) => result.at > at);
            return { name, input, result: own && endsOf(own.text) };
          }),
        ],
  );
}

/** True where every call of the last step has its result. */
export function isAnswered(steps: readonly LoopStep[]): boolean {
  return steps.at(-1)?.every(({ result }) => result !== undefined) ?? false;
}

function endsOf(text: string): string {
  if (text.length <= headLength + tailLength) return text;
  return `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`;
}
