import { z } from 'zod';
import type { JsonObject } from '../../core/tools';
import type { WireCall } from './tool-calls';

/** `content_block` of content_block_start. */
export const blockSchema = z.looseObject({
  type: z.string().nullish(),
  id: z.string().nullish(),
  name: z.string().nullish(),
});

/** `delta` of content_block_delta. */
export interface BlockDelta {
  readonly type?: string | null | undefined;
  readonly partial_json?: string | null | undefined;
  readonly thinking?: string | null | undefined;
  readonly signature?: string | null | undefined;
}

interface Thought {
  readonly block: JsonObject;
  thinking: string;
  signature: string;
}

/** The blocks of one answer that are not text: tool calls, and what was thought before each of them. */
export interface AnswerBlocks {
  start(index: number, block: z.infer<typeof blockSchema>): void;
  add(index: number, delta: BlockDelta): void;
  calls(): readonly WireCall[];
}

export function createAnswerBlocks(): AnswerBlocks {
  const blocks = new Map<number, WireCall | Thought>();

  return {
    start: (index, block) => {
      if (block.type === 'tool_use') {
        blocks.set(index, { id: block.id ?? '', name: block.name ?? '', input: '', verbatim: [] });
      } else if (block.type === 'thinking' || block.type === 'redacted_thinking') {
        blocks.set(index, { block, thinking: '', signature: '' });
      }
    },
    add: (index, { type, partial_json, thinking, signature }) => {
      const block = blocks.get(index);
      if (block === undefined) return;
      if ('input' in block) block.input += type === 'input_json_delta' ? (partial_json ?? '') : '';
      else {
        block.thinking += thinking ?? '';
        block.signature += signature ?? '';
      }
    },
    calls: () => {
      const calls: WireCall[] = [];
      let thoughts: JsonObject[] = [];
      for (const block of blocks.values()) {
        if ('input' in block) {
          calls.push({ ...block, verbatim: thoughts });
          thoughts = [];
        } else thoughts.push(...asItWas(block));
      }
      return calls;
    },
  };
}

/** What can't be verified is not sent back: the vendor would refuse it. */
function asItWas({ block, thinking, signature }: Thought): readonly JsonObject[] {
  if (block['type'] === 'redacted_thinking') return [block];
  return signature === '' ? [] : [{ type: 'thinking', thinking, signature }];
}
