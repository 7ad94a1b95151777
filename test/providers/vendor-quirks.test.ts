import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import type { ModelEvent } from '../../src/core/terms/ports';
import type { Message } from '../../src/core/terms/request';
import type { ToolCall, ToolOffer } from '../../src/core/terms/tools';
import { createModelClient } from '../../src/providers/model-clients';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';
import { field } from '../wire/wire-server';
import { collect, deploymentWith, editorModels, fixture, keys, question, textOf } from './stream-helpers';

/** In what vendors depart from the chat completions that they are compatible with. */

const client = createModelClient({ keys, editorModels });
let server: WireServer;

beforeAll(async () => {
  server = await startReplayServer();
});
afterEach(() => server.forget());
afterAll(() => server.close());

const offer: ToolOffer = { tools: [{ name: 'get_weather', description: '', inputSchema: undefined }] };

function deploymentOf(provider: string, id = provider): Deployment {
  return deploymentWith({ provider, id, apiBase: server.url });
}

/** The events of a call that is answered by these bytes, and the body that was sent. */
async function exchange(
  deployment: Deployment,
  file: string,
  messages: readonly Message[] = question,
  offered: ToolOffer = {},
): Promise<{ readonly events: readonly ModelEvent[]; readonly body: unknown }> {
  server.script({ kind: 'raw', body: fixture(file) });
  const events = await collect(
    client.stream({ deployment, messages, ...offered }, new AbortController().signal),
  );
  return { events, body: server.requests.at(-1)?.body };
}

function callsIn(events: readonly ModelEvent[]): readonly ToolCall[] {
  return events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));
}

/** The conversation after these calls were answered. */
function answered(calls: readonly ToolCall[]): readonly Message[] {
  const toolResults = calls.map(({ id }) => ({ callId: id, text: 'Done.' }));
  return [
    ...question,
    { role: 'assistant', text: '', toolCalls: calls },
    { role: 'user', text: '', toolResults },
  ];
}

function messagesIn(body: unknown): readonly unknown[] {
  const messages = field(body, 'messages');
  return Array.isArray(messages) ? messages : [];
}

describe('Mistral', () => {
  const calls = ['call_d2f1a9c0-5b7e', 'toolu_01A09q90qw90', 'aB3dE6gH9'].map((id) => ({
    id,
    name: 'get_weather',
    input: {},
  }));

  test('is not asked for the usage that it tells unasked: it refuses fields that it doesn’t know', async () => {
    const { events, body } = await exchange(deploymentOf('mistral'), 'mistral/thinking.sse');
    expect(Object.keys(body as object).toSorted()).toEqual(['messages', 'model', 'stream']);
    expect(textOf(events)).toBe('It is 42.');
    expect(events.at(-1)).toMatchObject({ usage: { inputTokens: 14, outputTokens: 26 } });
  });

  test('gets ids of nine letters and digits for the calls of any model, the same in call and result', async () => {
    const { body } = await exchange(deploymentOf('mistral'), 'mistral/thinking.sse', answered(calls), offer);
    const [, asked, ...results] = messagesIn(body);
    const asksFor = field(asked, 'tool_calls') as readonly unknown[];
    const ids = asksFor.map((call) => field(call, 'id'));
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe('aB3dE6gH9');
    expect(results.map((result) => field(result, 'tool_call_id'))).toEqual(ids);
  });

  test('alone: others get the ids as they are', async () => {
    const { body } = await exchange(deploymentOf('groq'), 'groq/answer.sse', answered(calls), offer);
    expect(
      messagesIn(body)
        .slice(2)
        .map((result) => field(result, 'tool_call_id')),
    ).toEqual(calls.map(({ id }) => id));
  });
});

describe.each(['deepseek', 'moonshot'])('%s', (vendor) => {
  test('is brought back what its model thought before it called tools', async () => {
    const { events } = await exchange(deploymentOf(vendor), `${vendor}/tools.sse`, question, offer);
    const calls = callsIn(events);
    expect(calls).toHaveLength(2);
    const { body } = await exchange(deploymentOf(vendor), `${vendor}/tools.sse`, answered(calls), offer);
    const [, asked] = messagesIn(body);
    expect(asked).toMatchObject({ role: 'assistant', reasoning_content: 'Two things to look up.' });
    for (const call of field(asked, 'tool_calls') as readonly object[])
      expect(Object.keys(call).toSorted()).toEqual(['function', 'id', 'type']);
  });

  test('gets no thoughts of another model, and something in their place; another vendor gets none', async () => {
    const { events } = await exchange(deploymentOf(vendor), `${vendor}/tools.sse`, question, offer);
    const history = answered(callsIn(events));
    const sibling = await exchange(deploymentOf(vendor, 'sibling'), `${vendor}/tools.sse`, history, offer);
    expect(messagesIn(sibling.body)[1]).toMatchObject({ reasoning_content: ' ' });
    for (const other of ['mistral', 'openai', 'xai']) {
      const { body } = await exchange(deploymentOf(other), `${vendor}/tools.sse`, history, offer);
      expect(JSON.stringify(body)).not.toMatch(/reasoning_content|look up/);
    }
  });

  test('says what its cache held', async () => {
    const { events } = await exchange(deploymentOf(vendor), `${vendor}/tools.sse`, question, offer);
    const cachedInputTokens = vendor === 'moonshot' ? 256 : 320;
    expect(events.at(-1)).toMatchObject({ usage: { inputTokens: 339, outputTokens: 83, cachedInputTokens } });
  });
});

test('xAI’s thoughts are beside the output: they are counted, for they are billed', async () => {
  const { events } = await exchange(deploymentOf('xai'), 'xai/thinking.sse');
  expect(events.at(-1)).toMatchObject({
    usage: { inputTokens: 32, outputTokens: 103, reasoningTokens: 94, cachedInputTokens: 6 },
  });
});

test('a thinking model that refuses to be told to call a tool is asked again without being told', async () => {
  const refusal = { error: { message: 'deepseek-v4-pro does not support this tool_choice' } };
  server.script({ kind: 'error', status: 400, body: refusal }, { times: 1 });
  const required: ToolOffer = { ...offer, toolUse: 'required' };
  const { events, body } = await exchange(deploymentOf('deepseek'), 'deepseek/tools.sse', question, required);
  expect(server.requests.map((request) => field(request.body, 'tool_choice'))).toEqual([
    'required',
    undefined,
  ]);
  expect(field(body, 'tools')).toHaveLength(1);
  expect(callsIn(events)).toHaveLength(2);
});
