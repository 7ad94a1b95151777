import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import type { ModelEvent } from '../../src/core/terms/ports';
import type { Message } from '../../src/core/terms/request';
import type { ToolCall, ToolDefinition, ToolOffer } from '../../src/core/terms/tools';
import { createModelClient } from '../../src/providers/model-clients';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';
import {
  collect,
  deploymentWith,
  editorModels,
  failureOf,
  fixture,
  keys,
  question,
  textOf,
} from './stream-helpers';

/** Tool calls, their results and images through each wire format, as its vendor documents it. */

const client = createModelClient({ keys, editorModels });
let server: WireServer;

beforeAll(async () => {
  server = await startReplayServer();
});
afterEach(() => server.forget());
afterAll(() => server.close());

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools: readonly ToolDefinition[] = [
  { name: 'get_weather', description: 'The weather of a city.', inputSchema: schema },
  { name: 'get_time', description: 'The time of a zone.', inputSchema: undefined },
];
const noInput = { type: 'object', properties: {} };
/** What Claude is to keep in its prompt cache ends with this. */
const kept = { cache_control: { type: 'ephemeral' } };

const formats = {
  openai: { protocol: 'chat-completions' },
  compatible: { protocol: 'chat-completions' },
  gemini: { provider: 'gemini', protocol: 'chat-completions', model: 'gemini-3-pro-preview' },
  responses: { protocol: 'responses', model: 'gpt-5.5' },
  anthropic: { provider: 'anthropic', protocol: 'anthropic-messages', model: 'claude-sonnet-4-5' },
} as const;
type Format = keyof typeof formats;

function deploymentOf(format: Format, id = 'model'): Deployment {
  return deploymentWith({ ...formats[format], id, apiBase: server.url });
}

/** The events of a call, and the body that was sent. */
async function exchange(
  deployment: Deployment,
  messages: readonly Message[],
  offer: ToolOffer = { tools },
): Promise<{ events: readonly ModelEvent[]; body: Record<string, unknown> }> {
  const events = await collect(
    client.stream({ deployment, messages, ...offer }, new AbortController().signal),
  );
  return { events, body: server.requests.at(-1)?.body as Record<string, unknown> };
}

function callsIn(events: readonly ModelEvent[]): readonly ToolCall[] {
  return events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));
}

/** The conversation after both tools have answered. */
function answered(calls: readonly ToolCall[], text: string): readonly Message[] {
  const toolResults = calls.map(({ id, name }) => ({ callId: id, text: `${name} says so` }));
  return [
    ...question,
    { role: 'assistant', text, toolCalls: calls },
    { role: 'user', text: '', toolResults },
  ];
}

describe.each(Object.keys(formats) as Format[])('%s', (format) => {
  test('reads two parallel calls', async () => {
    server.script({ kind: 'raw', body: fixture(`tools/${format}.sse`) });
    const { events } = await exchange(deploymentOf(format), question);
    const calls = callsIn(events);
    expect(calls.map(({ name, input }) => ({ name, input }))).toEqual([
      { name: 'get_weather', input: { city: 'Paris' } },
      { name: 'get_time', input: { zone: 'CET' } },
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    expect(events.at(-1)).toMatchObject({ type: 'finished', truncated: false });
  });

  test('reads them wherever the stream is cut into pieces', async () => {
    server.script({ kind: 'raw', body: fixture(`tools/${format}.sse`), pieceBytes: 7 });
    const { events } = await exchange(deploymentOf(format), question);
    expect(callsIn(events)).toHaveLength(2);
  });

  test('passes no call on where an input is not a JSON object', async () => {
    for (const broken of [String.raw`\"CET\"`, String.raw`{\"zone\":\"C`]) {
      const body = fixture(`tools/${format}.sse`).replaceAll(/\{\\"zone\\": ?\\"CET\\"\}/g, broken);
      server.script({ kind: 'raw', body });
      const { events } = await exchange(deploymentOf(format), question);
      expect(callsIn(events)).toEqual([]);
      expect(failureOf(events)).toMatchObject({
        reason: 'malformed-stream',
        detail: 'The model called the tool get_time with an input that is not a JSON object.',
      });
    }
  });

  test('fails where a tool is called and none was offered', async () => {
    const body = fixture(`tools/${format}.sse`)
      .replace('Let me look.', ' ')
      .replace('"stop"', '"tool_calls"');
    server.script({ kind: 'raw', body });
    const { events, body: sent } = await exchange(deploymentOf(format), question, {});
    expect(failureOf(events).detail).toContain('get_weather');
    for (const field of ['tools', 'tool_choice', 'include']) expect(sent).not.toHaveProperty(field);
  });
});

describe('what is sent back with the results', () => {
  async function roundTrip(format: Format, back = deploymentOf(format)) {
    server.script({ kind: 'raw', body: fixture(`tools/${format}.sse`) });
    const { events } = await exchange(deploymentOf(format), question);
    const { body } = await exchange(back, answered(callsIn(events), textOf(events)));
    return body;
  }

  const weather = { name: 'get_weather', arguments: '{"city":"Paris"}' };
  const time = { name: 'get_time', arguments: '{"zone":"CET"}' };

  test('chat completions', async () => {
    const body = await roundTrip('openai');
    expect(body['messages']).toEqual([
      { role: 'user', content: 'What is 6 × 7?' },
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [
          { id: 'call_paris', type: 'function', function: weather },
          { id: 'call_time', type: 'function', function: time },
        ],
      },
      { role: 'tool', tool_call_id: 'call_paris', content: 'get_weather says so' },
      { role: 'tool', tool_call_id: 'call_time', content: 'get_time says so' },
    ]);
    expect(body['tools']).toEqual([
      {
        type: 'function',
        function: { name: 'get_weather', description: 'The weather of a city.', parameters: schema },
      },
      {
        type: 'function',
        function: { name: 'get_time', description: 'The time of a zone.', parameters: noInput },
      },
    ]);
    expect(body).not.toHaveProperty('tool_choice');
  });

  test('Gemini’s thought signature, with the call that it came with', async () => {
    const messages = (await roundTrip('gemini'))['messages'] as Record<string, unknown>[];
    expect(messages[1]).toMatchObject({ content: null });
    expect(messages[1]?.['tool_calls']).toEqual([
      {
        id: 'function-call-1',
        type: 'function',
        function: weather,
        extra_content: { google: { thought_signature: 'CpEBAVSoXO4=' } },
      },
      { id: 'function-call-2', type: 'function', function: time },
    ]);
  });

  test('Anthropic’s blocks, with what was thought and its signature first', async () => {
    const body = await roundTrip('anthropic');
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'What is 6 × 7?', ...kept }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Two things to look up.', signature: 'EqQBCgIYAhIM' },
          { type: 'redacted_thinking', data: 'EmwKAhgB' },
          { type: 'text', text: 'Let me look.' },
          { type: 'tool_use', id: 'toolu_paris', name: 'get_weather', input: { city: 'Paris' } },
          { type: 'tool_use', id: 'toolu_time', name: 'get_time', input: { zone: 'CET' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_paris', content: 'get_weather says so' },
          { type: 'tool_result', tool_use_id: 'toolu_time', content: 'get_time says so', ...kept },
        ],
      },
    ]);
    expect(body['tools']).toEqual([
      { name: 'get_weather', description: 'The weather of a city.', input_schema: schema },
      { name: 'get_time', description: 'The time of a zone.', input_schema: noInput },
    ]);
  });

  test('the Responses API’s items, with the encrypted reasoning', async () => {
    const body = await roundTrip('responses');
    expect(body['input']).toEqual([
      { role: 'user', content: 'What is 6 × 7?' },
      { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'gAAAAABpF' },
      { type: 'function_call', call_id: 'call_paris', ...weather },
      { type: 'function_call', call_id: 'call_time', ...time },
      { type: 'function_call_output', call_id: 'call_paris', output: 'get_weather says so' },
      { type: 'function_call_output', call_id: 'call_time', output: 'get_time says so' },
    ]);
    expect(body).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] });
    expect(body['tools']).toMatchObject([
      { type: 'function', name: 'get_weather', parameters: schema, strict: false },
      { type: 'function', name: 'get_time', parameters: noInput, strict: false },
    ]);
  });

  test.each(['anthropic', 'gemini', 'responses'] as const)(
    'another model than %s’s gets the calls without what only that one understands',
    async (format) => {
      const body = JSON.stringify(await roundTrip(format, deploymentOf(format, 'another')));
      expect(body).toContain('get_weather says so');
      expect(body).not.toMatch(/EqQBCgIYAhIM|EmwKAhgB|CpEBAVSoXO4=|gAAAAABpF/);
    },
  );
});

test('one message of all results follows parallel calls, also where each came in a message of its own', async () => {
  server.script({ kind: 'raw', body: fixture('tools/anthropic.sse') });
  const calls: readonly ToolCall[] = ['one:1', 'two:2'].map((id) => ({ id, name: 'get_time', input: {} }));
  const results = calls.map(({ id }): Message => ({
    role: 'user',
    text: '',
    toolResults: [{ callId: id, text: id }],
  }));
  const { body } = await exchange(deploymentOf('anthropic'), [
    ...question,
    { role: 'assistant', text: '', toolCalls: calls },
    ...results,
  ]);
  expect((body['messages'] as unknown[]).slice(2)).toEqual([
    {
      role: 'user',
      // The vendor refuses other characters in an id than these.
      content: [
        {
          type: 'tool_result',
          tool_use_id: expect.stringMatching(/^one_1_\w+$/) as string,
          content: 'one:1',
        },
        {
          type: 'tool_result',
          tool_use_id: expect.stringMatching(/^two_2_\w+$/) as string,
          content: 'two:2',
          ...kept,
        },
      ],
    },
  ]);
});

test.each([
  ['openai', 'required'],
  ['responses', 'required'],
  ['anthropic', { type: 'any' }],
] as const)('%s is told that a tool must be called', async (format, choice) => {
  server.script({ kind: 'raw', body: fixture(`tools/${format}.sse`) });
  const { body } = await exchange(deploymentOf(format), question, { tools, toolUse: 'required' });
  expect(body['tool_choice']).toEqual(choice);
});

test('a model of the Responses API that doesn’t think is asked again without its thoughts', async () => {
  server.script(
    {
      kind: 'error',
      status: 400,
      body: { error: { message: 'Encrypted content is not supported with this model.', param: 'include' } },
    },
    { times: 1 },
  );
  server.script({ kind: 'raw', body: fixture('tools/responses.sse') });
  const { events, body } = await exchange(deploymentOf('responses'), question);
  expect(callsIn(events)).toHaveLength(2);
  expect(body).not.toHaveProperty('include');
});

describe('images', () => {
  const image = { mimeType: 'image/png', base64: 'iVBORw0KGgo=' };
  const url = 'data:image/png;base64,iVBORw0KGgo=';
  const messages: readonly Message[] = [{ role: 'user', text: 'What is this?', images: [image] }];
  const call = { id: 'c', name: 'get_weather', input: {} };
  const pictured: readonly Message[] = [
    ...question,
    { role: 'assistant', text: '', toolCalls: [call] },
    { role: 'user', text: '', toolResults: [{ callId: 'c', text: 'See:', images: [image] }] },
  ];

  async function lastMessage(format: Format, of: readonly Message[]): Promise<unknown> {
    server.script({ kind: 'raw', body: fixture(`tools/${format}.sse`) });
    const { body } = await exchange(deploymentOf(format), of);
    return ((body['messages'] ?? body['input']) as unknown[]).at(-1);
  }

  test('chat completions', async () => {
    const picture = { type: 'image_url', image_url: { url } };
    expect(await lastMessage('openai', messages)).toEqual({
      role: 'user',
      content: [{ type: 'text', text: 'What is this?' }, picture],
    });
    expect(await lastMessage('openai', pictured)).toEqual({ role: 'user', content: [picture] });
  });

  test('the Responses API', async () => {
    const picture = { type: 'input_image', image_url: url };
    expect(await lastMessage('responses', messages)).toEqual({
      role: 'user',
      content: [{ type: 'input_text', text: 'What is this?' }, picture],
    });
    expect(await lastMessage('responses', pictured)).toEqual({ role: 'user', content: [picture] });
  });

  test('Anthropic', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: image.base64 };
    const picture = { type: 'image', source };
    expect(await lastMessage('anthropic', messages)).toEqual({
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { ...picture, ...kept },
      ],
    });
    expect(await lastMessage('anthropic', pictured)).toEqual({
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'c',
          content: [{ type: 'text', text: 'See:' }, picture],
          ...kept,
        },
      ],
    });
  });
});
