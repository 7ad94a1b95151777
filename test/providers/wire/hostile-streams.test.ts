import { describe, expect, test } from 'vitest';
import { jsonReply, reply } from './replies';
import type { Sent } from './replies';
import { block, chat, chatEnd, chunk, data, message, messageEnd, messageStart, event } from './streams';
import { calledWith, claude, outcomeOf, readFile, responses } from './wire-case';

/** What a hostile or a broken server sends: nothing hangs, no answer is lost, and nothing is sent that wasn't meant. */

const whole42 = { text: '42', end: 'whole' };
const long = 200_000;

describe('no text takes long to read', () => {
  test.each([
    ['blanks behind an object', `data: {}${' '.repeat(long)}x\n\n${chat([{ content: '42' }])}`, whole42],
    ['a list without end', `data: [${'{},'.repeat(long)}\n\n${chat([{ content: '42' }])}`, whole42],
    [
      'a broken line in a stream without empty lines',
      'data: {"x\n' +
        `${chunk({ content: '42' }).trim()}\n` +
        `${data({ choices: [] }).trim()}\n`.repeat(1_000) +
        chatEnd().replaceAll('\n\n', '\n'),
      whole42,
    ],
    ['an error of one word', data({ error: { x: 'a'.repeat(long) } }), { end: 'failed' }],
    ['a page of beginnings', '<script'.repeat(long / 10), { end: 'failed' }],
    ['comments without end', data({ error: { message: '<!--'.repeat(long / 4) } }), { end: 'failed' }],
    [
      'digits without end',
      data({ error: { message: `max_tokens ${'1'.repeat(long)}`, code: 400 } }),
      { end: 'failed' },
    ],
  ])('%s', async (_what, body, expected) => {
    const deployment = { options: { maxOutputTokens: 100 } };
    expect(await outcomeOf({ deployment }, reply(body))).toMatchObject(expected);
  });
});

describe('a tool is called with what the model wrote', () => {
  const begun = { tool_calls: [{ index: 0, id: 'c', function: { name: 'read_file', arguments: '' } }] };
  const piece = (input: unknown) => ({ tool_calls: [{ index: 0, function: { arguments: input } }] });
  const use = { type: 'tool_use', id: 't', name: 'read_file', input: {} };
  const json = (partial_json: unknown) => ({ type: 'input_json_delta', partial_json });

  test.each([
    ['a null in it', ['{"ids":[', 'null', ']}'], { ids: [null] }],
    ['a null as a value', ['{"line":', ' null', '}'], { line: null }],
    ['nothing behind it', ['{"path":"a"}', null], { path: 'a' }],
    ['an empty object behind it', ['{"path":"a"}', {}], { path: 'a' }],
  ])('%s', async (_what, pieces, input) => {
    const inChat = await outcomeOf(
      { tools: [readFile] },
      reply(chat([begun, ...pieces.map(piece)], 'tool_calls')),
    );
    expect(calledWith(inChat)).toEqual([['read_file', input]]);
    const blocks = block(0, use, pieces.map(json));
    const inMessages = await outcomeOf(
      { deployment: claude, tools: [readFile] },
      reply(message(blocks, 'tool_use')),
    );
    expect(calledWith(inMessages)).toEqual([['read_file', input]]);
  });

  test.each([
    ['an object', { path: 'a' }],
    ['a text', '{"path":"a"}'],
  ])('once, where the whole message follows its pieces in another writing: %s', async (_what, again) => {
    const call = { id: 'c', function: { name: 'read_file', arguments: again } };
    const choices = [{ index: 0, message: { tool_calls: [call] }, finish_reason: 'tool_calls' }];
    const pieces = chunk(begun) + chunk(piece('{"path": ')) + chunk(piece('"a"}'));
    const outcome = await outcomeOf(
      { tools: [readFile] },
      reply(pieces + chunk({}, null, { choices }) + chatEnd('tool_calls')),
    );
    expect(calledWith(outcome)).toEqual([['read_file', { path: 'a' }]]);
  });
});

describe('how an answer ended', () => {
  test.each(['content_filter', 'length'])('%s isn’t lifted by a call behind it', async (word) => {
    const body = chunk({ content: 'Half' }) + chunk({}, word) + chatEnd('tool_calls');
    expect((await outcomeOf({}, reply(body))).end).not.toBe('whole');
  });

  test('is known though the server only ever pings behind it', async () => {
    const body = `${chunk({ content: '42' })}${chunk({}, 'stop')}${'<<wait 200 ms>>\n: ping\n\n'.repeat(30)}`;
    const outcome = await outcomeOf({ limits: { requestMs: 4_000 } }, reply(body, { then: 'hang' }));
    expect(outcome).toMatchObject(whole42);
  });

  test('isn’t known by a word that comes with every chunk', async () => {
    const body = `${chunk({ role: 'assistant' }, 'stop')}<<wait 1700 ms>>\n${chunk({ content: '42' }, 'stop')}data: [DONE]\n\n`;
    expect(await outcomeOf({}, reply(body))).toMatchObject(whole42);
  });

  test('in marks that were asked for is the answer', async () => {
    expect(await outcomeOf({}, reply(chat([{ content: '<reason>Out of stock</reason>' }])))).toMatchObject({
      text: 'Out of stock',
      end: 'whole',
    });
  });

  test('at its limit keeps what was held back', async () => {
    expect(await outcomeOf({}, reply(chat([{ content: 'a < b </th' }], 'length')))).toMatchObject({
      text: 'a < b </th',
      end: 'cut',
    });
  });
});

test.each([
  ['no error', { error: { code: 0, message: '' } }],
  ['no error, in words', { error: 'no error' }],
  ['a search', { status: 'searching', message: 'Searching the web…' }],
  ['a state', { type: 'status', detail: 'Loading the model' }],
])('%s ends no answer', async (_what, value) => {
  const body = data(value) + chunk({ content: '42' }, null, 'error' in value ? value : {}) + chatEnd();
  expect(await outcomeOf({}, reply(body))).toMatchObject(whole42);
});

describe('what is not left out', () => {
  test.each([
    [
      'store',
      responses,
      { detail: "Item 'rs_1' not found. Items are not persisted when `store` is set to false." },
    ],
    [
      'provider',
      { provider: 'openrouter', options: { extraBody: { provider: { only: ['a'] } } } },
      { error: { message: "Invalid value for 'provider.only'", code: 400 } },
    ],
  ] as const)('%s: what says where a prompt may go', async (name, deployment, said) => {
    const { sent, end } = await outcomeOf({ deployment }, jsonReply(400, said));
    expect(end).toBe('failed');
    for (const each of sent) expect(each).toHaveProperty(name);
  });

  test('what didn’t help is sent again', async () => {
    const words = 'Model kimi-k2-thinking does not support temperature 0.2';
    const accepts = (sent: Sent): boolean => !('temperature' in sent);
    const deployment = { options: { temperature: 0.2, reasoningEffort: 'high' } } as const;
    const refused = jsonReply(400, { error: { message: words } });
    const outcome = await outcomeOf({ deployment }, (sent) =>
      accepts(sent) ? reply(chat([{ content: '42' }])) : refused,
    );
    expect(outcome).toMatchObject(whole42);
    expect(outcome.sent.at(-1)).toMatchObject({ reasoning_effort: 'high' });
  });

  test('what was asked for in this conversation’s own pictures', async () => {
    const picture = { mimeType: 'image/png', base64: 'QUJD' };
    const messages = [
      { role: 'user', text: 'What is it?', images: [picture] },
      { role: 'assistant', text: '', toolCalls: [{ id: 'c', name: 'read_file', input: {} }] },
      { role: 'user', text: '', toolResults: [{ callId: 'c', text: 'x' }] },
    ] as const;
    const refused = jsonReply(400, { error: { message: 'This model does not support image input.' } });
    const { end, sent } = await outcomeOf({ messages, tools: [readFile] }, refused);
    expect([end, sent.length]).toEqual(['failed', 1]);
  });
});

test('an error behind thoughts isn’t asked again at full price', async () => {
  const thinking = event('content_block_delta', {
    index: 0,
    delta: { type: 'thinking_delta', thinking: 'Hm.' },
  });
  const error = event('error', { error: { type: 'invalid_request_error', message: 'max_tokens: 9 > 8' } });
  const { sent } = await outcomeOf(
    { deployment: claude },
    reply(messageStart() + thinking + error + messageEnd()),
  );
  expect(sent).toHaveLength(1);
});
