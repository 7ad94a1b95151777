import type { JsonObject } from '../../core/terms/tools';
import { inputWith } from '../stream/call-pieces';
import { jsonTextIn, objectIn, textIn, wordIn } from '../stream/near-types';
import type { WireCall } from '../stream/tool-calls';

interface Thought {
  readonly block: JsonObject;
  thinking: string;
  signature: string;
}

interface CallBlock extends WireCall {
  /** What the block began with; its pieces replace it. */
  readonly whole: string;
}

/** The blocks of one answer that are not text: tool calls, and what was thought before each of them. */
export interface AnswerBlocks {
  /** Without an index: behind the last block. */
  start(index: number | undefined, block: JsonObject): void;
  /** Without an index: to the last block. */
  add(index: number | undefined, delta: JsonObject): void;
  calls(): readonly WireCall[];
}

export function createAnswerBlocks(): AnswerBlocks {
  const blocks = new Map<number, CallBlock | Thought | undefined>();
  /** Where the block stands that has an index now: some servers give every block the same. */
  const slots = new Map<number, number>();
  let last = -1;

  return {
    start: (index, block) => {
      last = blocks.size;
      blocks.set(last, blockOf(block));
      if (index !== undefined) slots.set(index, last);
    },
    add: (index, delta) => {
      const block = blocks.get((index === undefined ? undefined : slots.get(index)) ?? last);
      if (block === undefined) return;
      if ('input' in block) {
        // Compatible servers may give an object, which is all of it.
        const piece = delta['partial_json'] ?? delta['input'];
        block.input = inputWith(block.input, jsonTextIn(piece), objectIn(piece) !== undefined);
      } else {
        block.thinking += textIn(delta['thinking']);
        block.signature += wordIn(delta['signature']);
      }
    },
    calls: () => {
      const calls: WireCall[] = [];
      let thoughts: JsonObject[] = [];
      for (const block of blocks.values()) {
        if (block === undefined) continue;
        if ('input' in block) {
          const { id, name, input, whole } = block;
          calls.push({ id, name, input: input.trim() === '' ? whole : input, verbatim: thoughts });
          thoughts = [];
        } else thoughts.push(...asItWas(block));
      }
      return calls;
    },
  };
}

function blockOf(block: JsonObject): CallBlock | Thought | undefined {
  switch (block['type']) {
    case 'tool_use':
      return {
        id: wordIn(block['id']),
        name: wordIn(block['name']),
        input: '',
        whole: beginningOf(block['input']),
        verbatim: [],
      };
    case 'thinking':
    case 'redacted_thinking':
      return { block, thinking: textIn(block['thinking']), signature: wordIn(block['signature']) };
    default:
      return undefined;
  }
}

/** An empty object stands for what is to come. */
function beginningOf(input: unknown): string {
  const text = jsonTextIn(input);
  return text.trim() === '{}' ? '' : text;
}

/** What can't be verified is not sent back: the vendor would refuse it. */
function asItWas({ block, thinking, signature }: Thought): readonly JsonObject[] {
  if (block['type'] === 'redacted_thinking') return [block];
  return signature === '' ? [] : [{ type: 'thinking', thinking, signature }];
}
