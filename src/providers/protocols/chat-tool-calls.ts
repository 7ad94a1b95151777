import { z } from 'zod';
import type { WireCall } from './tool-calls';

/** `delta.tool_calls` of a chunk. */
export const toolDeltas = z.array(
  z.object({
    index: z.number().int().min(0).nullish(),
    id: z.string().nullish(),
    function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
    // Google's, with the thought signature.
    extra_content: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  }),
);
type ToolDelta = z.infer<typeof toolDeltas>[number];

/** The tool calls of one answer, put together from its chunks. */
export interface ChatToolCalls {
  readonly calls: readonly WireCall[];
  add(deltas: readonly ToolDelta[]): void;
}

/**
 * Pieces of one call share its index. Some servers leave the index out, or give every call the same one: then a new
 * id begins a new call.
 */
export function createChatToolCalls(): ChatToolCalls {
  const calls: WireCall[] = [];
  const byIndex = new Map<number, WireCall>();

  function callOf({ index, id }: ToolDelta): WireCall {
    const known = typeof index === 'number' ? byIndex.get(index) : calls.at(-1);
    const another = Boolean(id) && known !== undefined && known.id !== '' && known.id !== id;
    if (known !== undefined && !another) return known;
    const begun: WireCall = { id: '', name: '', input: '', verbatim: [] };
    calls.push(begun);
    if (typeof index === 'number') byIndex.set(index, begun);
    return begun;
  }

  return {
    calls,
    add: (deltas) => {
      for (const delta of deltas) {
        const call = callOf(delta);
        call.id ||= delta.id ?? '';
        call.name ||= delta.function?.name ?? '';
        call.input += delta.function?.arguments ?? '';
        if (delta.extra_content) call.verbatim.push({ extra_content: delta.extra_content });
      }
    },
  };
}
