import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../../src/core/terms/deployment';
import { reply } from '../replies';
import { block, chat, event, message, response, responseText, textBlock } from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';

/** Thoughts within the text are none of the answer, in any protocol and however they are cut. */

type Stream = (pieces: readonly string[]) => string;

const all: readonly (readonly [string, Partial<Deployment>, Stream])[] = [
  ['chat', {}, (pieces) => chat(pieces.map((content) => ({ content })))],
  [
    'messages',
    claude,
    (pieces) =>
      message(
        block(
          0,
          { type: 'text', text: '' },
          pieces.map((text) => ({ type: 'text_delta', text })),
        ),
      ),
  ],
  ['responses', responses, (pieces) => response(pieces.map((piece) => responseText(piece)).join(''))],
];

describe.each(all)('%s', (_protocol, deployment, streamOf) => {
  test.each([
    ['think', '<think>Six sevens.</think>42'],
    ['empty lines', '<think>\nSix sevens.\n</think>\n\n42'],
    ['nothing thought', '<think>\n\n</think>\n\n42'],
    ['thinking', '<thinking>Six sevens.</thinking>\n42'],
    ['capitals', '<THINK>Six sevens.</THINK>42'],
    ['a blank line before', '\n\n<think>Six sevens.</think>\n42'],
    // vllm-project/vllm#31045, open-webui/open-webui#11259
    ['the end alone', 'Six sevens.\n</think>\n\n42'],
    ['Magistral', '[THINK]Six sevens.[/THINK]42'],
    ['Kimi', '◁think▷Six sevens.◁/think▷42'],
    ['Seed', '<seed:think>Six sevens.</seed:think>42'],
    [
      'gpt-oss',
      '<|channel|>analysis<|message|>Six sevens.<|end|><|start|>assistant<|channel|>final<|message|>42',
    ],
    ['twice', '<think>Six.</think>\n<think>Sevens.</think>\n42'],
    // tonyd2wild/DeepSeek-v4-Flash#16
    ['the end alone, within a line', 'Six sevens.</think>42'],
    ['the end alone, at a line’s end', 'Six sevens.</think>\n\n42'],
    ['Cohere', '<|START_THINKING|>Six sevens.<|END_THINKING|><|START_RESPONSE|>42<|END_RESPONSE|>'],
    ['Gemma', '<|channel>thought\nSix sevens.<channel|>42'],
    ['Hunyuan', '<think>Six sevens.</think>\n<answer>\n42\n</answer>'],
    ['with an attribute', '<think duration="3">Six sevens.</think>42'],
    ['Ling', '<think>Six sevens.</think><response>42</response>'],
  ])('%s', async (_name, text) => {
    for (const size of [1, 3, 1_000]) {
      const pieces = text.match(new RegExp(`[^]{1,${String(size)}}`, 'gu')) ?? [];
      const outcome = await outcomeOf({ deployment }, reply(streamOf(pieces)));
      expect(outcome.end).toBe('whole');
      expect(outcome.text.trim()).toBe('42');
    }
  });

  test.each([
    'Use `<think>` before the answer, and `</think>` behind it.',
    'The mark\n<think>\nis what it begins with.',
    'a < b and c > d',
    '<thinker>42</thinker>',
    '<html><body>42</body></html>',
    '[THINKING ABOUT IT] 42',
    '<|endoftext|> ends a text.',
  ])('what only looks like thoughts stays: %s', async (text) => {
    expect(await outcomeOf({ deployment }, reply(streamOf(Array.from(text))))).toMatchObject({
      text,
      end: 'whole',
    });
  });
});

test.each([
  ['chat: reasoning_content', {}, chat([{ reasoning_content: 'Hm.' }, { content: '42' }])],
  ['chat: reasoning', {}, chat([{ reasoning: 'Hm.' }, { content: '42' }])],
  ['chat: thinking', {}, chat([{ thinking: 'Hm.' }, { content: '42' }])],
  [
    'chat: reasoning_details',
    {},
    chat([{ reasoning_details: [{ type: 'reasoning.text', text: 'Hm.' }] }, { content: '42' }]),
  ],
  [
    'chat: reasoning beside empty content',
    {},
    chat([
      { reasoning: 'Hm.', content: '' },
      { reasoning: null, content: '42' },
    ]),
  ],
  ['chat: reasoning as an object', {}, chat([{ reasoning: { text: 'Hm.' } }, { content: '42' }])],
  [
    'chat: parts',
    {},
    chat([
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
          { type: 'text', text: '42' },
        ],
      },
    ]),
  ],
  [
    'messages: a block',
    claude,
    message(
      block(0, { type: 'thinking', thinking: '' }, [
        { type: 'thinking_delta', thinking: 'Hm.' },
        { type: 'signature_delta', signature: 'QUJD' },
      ]) + textBlock(1, '42'),
    ),
  ],
  [
    'messages: a block at once',
    claude,
    message(block(0, { type: 'thinking', thinking: 'Hm.', signature: 'QUJD' }) + textBlock(1, '42')),
  ],
  [
    'responses: a summary',
    responses,
    response(
      event('response.reasoning_summary_text.delta', { delta: 'Hm.', output_index: 0, summary_index: 0 }) +
        responseText('42', { output_index: 1, content_index: 0 }),
    ),
  ],
  [
    'responses: a text of reasoning',
    responses,
    response(
      event('response.reasoning_text.delta', { delta: 'Hm.', output_index: 0 }) +
        responseText('42', { output_index: 1, content_index: 0 }),
    ),
  ],
  [
    'responses: an item’s content',
    responses,
    response(
      event('response.output_item.done', {
        output_index: 0,
        item: {
          type: 'reasoning',
          id: 'rs',
          summary: [],
          content: [{ type: 'reasoning_text', text: 'Hm.' }],
        },
      }) + responseText('42', { output_index: 1, content_index: 0 }),
    ),
  ],
])('thoughts in a place of their own: %s', async (_name, deployment, body) => {
  expect(await outcomeOf({ deployment }, reply(body))).toMatchObject({
    text: '42',
    thoughts: 'Hm.',
    end: 'whole',
  });
});
