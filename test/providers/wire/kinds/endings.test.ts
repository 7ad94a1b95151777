import { expect, test } from 'vitest';
import { reply } from '../replies';
import {
  chat,
  chunk,
  data,
  event,
  message,
  messageEnd,
  messageStart,
  responseEnd,
  responseText,
  textBlock,
  chatEnd,
} from '../streams';
import { claude, outcomeOf, readFile, responses } from '../wire-case';

/** How an answer ended, in other words than OpenAI's. The text stays, and what it used is kept. */

const kept = { text: 'Half of it', usage: { inputTokens: 100, outputTokens: 10 } };
const ends = (word: string): string => chat([{ content: 'Half of it' }], word);

test.each([
  'stop',
  'STOP',
  'eos',
  'eos_token',
  'end_turn',
  'COMPLETE',
  'end',
  'stop_sequence',
  'stop_sequence_reached',
  '<|im_end|>',
  '<｜end▁of▁sentence｜>',
  'normal',
  'completed',
  'success',
  'done',
  'stop_token',
  'FINISH_REASON_STOP',
])('chat: %s is whole', async (word) => {
  expect(await outcomeOf({}, reply(ends(word)))).toMatchObject({ ...kept, end: 'whole' });
});

test.each([
  'length',
  'LENGTH',
  'max_tokens',
  'MAX_TOKENS',
  'max_output_tokens',
  'max_new_tokens',
  'model_length',
  'model_context_window_exceeded',
  'context_length_exceeded',
  'maxTokens',
  'max_length',
  'token_limit',
  'max_output',
  'truncated',
  'ALTERNATIVE_STATUS_TRUNCATED_FINAL',
  'ERROR_LIMIT',
  'output_limit',
  'time_limit',
  'size_limit',
])('chat: %s is not whole', async (word) => {
  const outcome = await outcomeOf({}, reply(ends(word)));
  expect(outcome).toMatchObject(kept);
  expect(outcome.end).not.toBe('whole');
});

test.each([
  'content_filter',
  'content_filtered',
  'SAFETY',
  'PROHIBITED_CONTENT',
  'RECITATION',
  'BLOCKLIST',
  'SPII',
  'IMAGE_SAFETY',
  'sensitive',
  'guardrail_intervened',
  'content_filter: PROHIBITED_CONTENT',
  'ALTERNATIVE_STATUS_CONTENT_FILTER',
  'moderation',
  'blacklist',
  'MODEL_ARMOR',
  'JAILBREAK',
])('chat: %s is filtered', async (word) => {
  expect(await outcomeOf({}, reply(ends(word)))).toMatchObject({
    ...kept,
    end: 'failed',
    reason: 'content-filter',
  });
});

test.each([
  'error',
  'ERROR',
  'ERROR_TOXIC',
  'USER_CANCEL',
  'insufficient_system_resource',
  'network_error',
  'abort',
  'cancelled',
  'timeout',
  'MALFORMED_FUNCTION_CALL',
  'UNEXPECTED_TOOL_CALL',
  'OTHER',
  'LANGUAGE',
  'FINISH_REASON_UNSPECIFIED',
  'repetition_truncation',
  'engine_overloaded',
  'server_error',
  'failed',
  'incomplete',
  'unload',
  'TOO_MANY_TOOL_CALLS',
])('chat: %s is a failure, or cut', async (word) => {
  const outcome = await outcomeOf({}, reply(ends(word)));
  expect(outcome).toMatchObject(kept);
  expect(outcome.end).not.toBe('whole');
});

test.each([
  [
    'Google’s own word beside it',
    chunk({ content: 'Half of it' }) +
      chunk({}, 'stop', {
        choices: [{ index: 0, delta: {}, finish_reason: 'stop', native_finish_reason: 'MAX_TOKENS' }],
      }) +
      data({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 10 } }),
  ],
  ['stop behind length', chunk({ content: 'Half of it' }) + chunk({}, 'length') + chatEnd('stop')],
  ['stop behind a filter', chunk({ content: 'Half of it' }) + chunk({}, 'content_filter') + chatEnd('stop')],
  [
    'in the delta',
    chunk({ content: 'Half of it' }) +
      chunk({ finish_reason: 'length' }) +
      data({
        choices: [],
        usage: { prompt_tokens: 100, completion_tokens: 10 },
      }) +
      'data: [DONE]\n\n',
  ],
  [
    'beside the choices',
    chunk({ content: 'Half of it' }) +
      chunk({}, null, { finish_reason: 'length' }) +
      data({
        choices: [],
        usage: { prompt_tokens: 100, completion_tokens: 10 },
      }) +
      'data: [DONE]\n\n',
  ],
])('chat: %s is not whole', async (_name, body) => {
  const outcome = await outcomeOf({}, reply(body));
  expect(outcome).toMatchObject({ text: 'Half of it' });
  expect(outcome.end).not.toBe('whole');
});

test.each([
  ['end_turn', 'whole'],
  ['stop_sequence', 'whole'],
  ['stop', 'whole'],
  ['max_tokens', 'cut'],
  ['length', 'cut'],
  ['model_context_window_exceeded', 'cut'],
  ['refusal', 'failed'],
  ['content_filter', 'failed'],
  ['sensitive', 'failed'],
  ['error', 'failed'],
  ['overloaded', 'failed'],
  ['network_error', 'failed'],
])('messages: %s is %s', async (word, end) => {
  expect(
    await outcomeOf({ deployment: claude }, reply(message(textBlock(0, 'Half of it'), word))),
  ).toMatchObject({ ...kept, end });
});

test.each([
  ['max_output_tokens', 'cut'],
  ['content_filter', 'failed'],
  ['max_tokens', 'cut'],
  ['interrupted', 'failed'],
  ['server_error', 'failed'],
])('responses: incomplete by %s is %s', async (reason, end) => {
  for (const type of ['response.incomplete', 'response.completed'])
    expect(
      await outcomeOf(
        { deployment: responses },
        reply(
          responseText('Half of it') +
            responseEnd({ status: 'incomplete', incomplete_details: { reason } }, type),
        ),
      ),
    ).toMatchObject({ ...kept, end });
});

test.each([
  ['chat', {}, chunk({ content: 'Half of it' })],
  ['messages', claude, messageStart() + textBlock(0, 'Half of it')],
  ['responses', responses, event('response.created', { response: {} }) + responseText('Half of it')],
])('without an end it is not whole: %s', async (_protocol, deployment, body) => {
  expect(await outcomeOf({ deployment }, reply(body))).toMatchObject({ text: 'Half of it', end: 'failed' });
});

const half = { index: 0, id: 'c', function: { name: 'read_file', arguments: '{"path":"a' } };

test.each([
  ['chat', {}, chat([{ tool_calls: [half] }], 'length')],
  [
    'chat, no input yet',
    {},
    chat([{ tool_calls: [{ ...half, function: { name: 'read_file', arguments: '' } }] }], 'max_tokens'),
  ],
  ['chat, an end that is a call', {}, chat([{ tool_calls: [half] }], 'tool_calls')],
  ['chat, no end', {}, `${chunk({ tool_calls: [half] })}data: [DONE]\n\n`],
  [
    'messages',
    claude,
    messageStart() +
      event('content_block_start', {
        index: 0,
        content_block: { type: 'tool_use', id: 't', name: 'read_file', input: {} },
      }) +
      event('content_block_delta', {
        index: 0,
        delta: { type: 'input_json_delta', partial_json: '{"path":"a' },
      }) +
      messageEnd('max_tokens'),
  ],
  [
    'responses',
    responses,
    event('response.output_item.added', {
      output_index: 0,
      item: { type: 'function_call', id: 'fc', call_id: 'c', name: 'read_file', arguments: '' },
    }) +
      event('response.function_call_arguments.delta', { output_index: 0, delta: '{"path":"a' }) +
      responseEnd(
        { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
        'response.incomplete',
      ),
  ],
  [
    'responses, at the end',
    responses,
    responseEnd(
      {
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [
          {
            type: 'function_call',
            id: 'fc',
            call_id: 'c',
            name: 'read_file',
            arguments: '{"path":"a',
            status: 'incomplete',
          },
        ],
      },
      'response.incomplete',
    ),
  ],
  [
    'messages, no input yet',
    claude,
    messageStart() +
      event('content_block_start', {
        index: 0,
        content_block: {
          type: 'tool_use',
          id: 't',
          name: 'read_file',
          input: {},
        },
      }) +
      messageEnd('max_tokens'),
  ],
])('half of a call is no call: %s', async (_name, deployment, body) => {
  const outcome = await outcomeOf({ deployment, tools: [readFile] }, reply(body));
  expect(outcome).toMatchObject({ calls: [], end: 'failed' });
});
