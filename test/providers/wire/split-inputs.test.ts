import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordedStream } from './fuzz/recorded-streams';
import { readingOf } from './fuzz/recorded-streams';
import { deploymentWith, question } from '../stream-helpers';
import { block, chat, chatEnd, chunk, event, message, response, responseEnd } from './streams';
import { claude, readFile, responses } from './wire-case';

/** Models write inputs and texts in tokens: a blank, a brace, "null" or a tick may be one. Nothing of them is lost. */

const use = { type: 'tool_use', id: 't', name: 'read_file', input: {} };
const item = { type: 'function_call', id: 'fc', call_id: 'c', name: 'read_file', arguments: '' };

/** How each protocol streams a tool's input in these pieces. */
const ofInput: Readonly<Record<string, (pieces: readonly string[]) => string>> = {
  chat: (pieces) =>
    chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'read_file', arguments: '' } }] }) +
    pieces.map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] })).join('') +
    chatEnd('tool_calls'),
  'chat, without index': (pieces) =>
    chunk({ tool_calls: [{ id: 'c', function: { name: 'read_file', arguments: '' } }] }) +
    pieces.map((piece) => chunk({ tool_calls: [{ function: { arguments: piece } }] })).join('') +
    chatEnd('tool_calls'),
  messages: (pieces) =>
    message(
      block(
        0,
        use,
        pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      ),
      'tool_use',
    ),
  responses: (pieces) =>
    event('response.output_item.added', { output_index: 0, item }) +
    pieces
      .map((delta) =>
        event('response.function_call_arguments.delta', { output_index: 0, item_id: 'fc', delta }),
      )
      .join('') +
    responseEnd(),
};

/** The same of a text. */
const ofText: Readonly<Record<string, (pieces: readonly string[]) => string>> = {
  chat: (pieces) => chat(pieces.map((content) => ({ content }))),
  messages: (pieces) =>
    message(
      block(
        0,
        { type: 'text', text: '' },
        pieces.map((text) => ({ type: 'text_delta', text })),
      ),
    ),
  responses: (pieces) =>
    response(
      pieces
        .map((delta) => event('response.output_text.delta', { output_index: 0, content_index: 0, delta }))
        .join(''),
    ),
};

const deployments = { chat: {}, messages: claude, responses } as const;

function streamOf(protocol: string, text: string): RecordedStream {
  const name = protocol.startsWith('chat') ? 'chat' : (protocol as keyof typeof deployments);
  const deployment = deploymentWith({ apiBase: 'http://127.0.0.1:9/v1', ...deployments[name] });
  return { name, text, call: { deployment, messages: question, tools: [readFile] } };
}

function read(protocol: string, body: string) {
  return readingOf(streamOf(protocol, body), [Buffer.from(body)]);
}

/** A text cut at any places. */
const cutText = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }))
    .map(([whole, lengths]) => {
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < whole.length; turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1;
        pieces.push(whole.slice(at, at + length));
        at += length;
      }
      return { whole, pieces };
    });

const words = fc.string({
  unit: fc.constantFrom('a', ' ', '\n', '`', '{', '}', '<', '/', 'null', '"', '\\', '[]', '{}'),
});
const inputs = fc.dictionary(
  fc.constantFrom('path', 'text', 'n'),
  fc.oneof(words, fc.constant(null), fc.array(words)),
);
const written = inputs.chain((input) =>
  fc.constantFrom(JSON.stringify(input), JSON.stringify(input, null, 2), ` ${JSON.stringify(input)} `),
);

describe.each(Object.entries(ofInput))('%s', (protocol, bodyOf) => {
  test('an input in any pieces is the input', async () => {
    await fc.assert(
      fc.asyncProperty(cutText(written), async ({ whole, pieces }) => {
        const { calls, end } = await read(protocol, bodyOf(pieces));
        expect({ calls, end }).toEqual({ calls: [['read_file', JSON.parse(whole)]], end: 'whole' });
      }),
    );
  });

  test('a long one is read as it comes', async () => {
    const text = 'line of code; '.repeat(40_000);
    const whole = JSON.stringify({ text });
    const pieces = whole.match(/[^]{1,20}/g) ?? [];
    expect((await read(protocol, bodyOf(pieces))).calls).toEqual([['read_file', { text }]]);
  });
});

describe.each(Object.entries(ofText))('%s', (protocol, bodyOf) => {
  test('a text in any pieces is the text', async () => {
    await fc.assert(
      fc.asyncProperty(cutText(words.filter((text) => text.trim() !== '')), async ({ whole, pieces }) => {
        expect(await read(protocol, bodyOf(pieces))).toMatchObject({ text: whole, end: 'whole' });
      }),
    );
  });

  test('a long one in a single line is read as it comes', async () => {
    const whole = 'word after word, '.repeat(30_000);
    const { text } = await read(protocol, bodyOf(whole.match(/[^]{1,20}/g) ?? []));
    expect(text).toBe(whole);
  });
});
