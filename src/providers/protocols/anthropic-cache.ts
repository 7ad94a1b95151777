import type { MessageParam } from './anthropic-messages';
import { blocksOf } from './anthropic-messages';

const mark = { cache_control: { type: 'ephemeral' } };

/**
 * Marks where the vendor is to keep the prompt up to: the end of the last two turns of the user. It looks at most twenty
 * blocks back from a mark for what it has kept, which a step with many tool calls exceeds: the first mark stands where
 * the request before this one ended.
 */
export function markedForCache(params: readonly MessageParam[]): readonly MessageParam[] {
  const ends = params
    .flatMap(({ role }, index) => (role === 'user' && params[index + 1]?.role !== 'user' ? [index] : []))
    .slice(-2);
  return params.map((param, index) => (ends.includes(index) ? marked(param) : param));
}

function marked(param: MessageParam): MessageParam {
  const blocks = blocksOf(param);
  return {
    ...param,
    content: blocks.map((block, at) => (at === blocks.length - 1 ? { ...block, ...mark } : block)),
  };
}
