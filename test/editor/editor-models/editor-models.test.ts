import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ModelCall, ModelEvent } from '../../../src/core/terms/ports';
import type { Message } from '../../../src/core/terms/request';
import { createEditorModelClient } from '../../../src/editor/editor-models/editor-models';
import { deploymentWith } from '../../core/simulation';
import * as fake from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

/** The editor's own models as models of a pool: `vscode/<vendor>/<family>`. */

const { LanguageModelTextPart: Text, LanguageModelToolCallPart: Call, LanguageModelDataPart: Data } = fake;
const deployment = deploymentWith('bright', { model: 'copilot/gpt-4o' });
const tools = [{ name: 'look', description: 'Looks.', inputSchema: { type: 'object' } }];
const question: Message = { role: 'user', text: 'Hello?' };

interface Sent {
  readonly messages: readonly fake.LanguageModelChatMessage[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly token: fake.CancellationTokenSource['token'];
}

let sent: Sent[];
/** What the editor's model streams. */
let stream: () => AsyncIterable<unknown>;

async function* parts(...all: readonly unknown[]): AsyncGenerator {
  for (const part of all) yield await Promise.resolve(part);
}

beforeEach(() => {
  sent = [];
  stream = () => parts(new Text('Hi.'));
  const model = {
    vendor: 'copilot',
    family: 'gpt-4o',
    id: 'gpt-4o-2026-11',
    version: '1',
    sendRequest: (messages: Sent['messages'], options: Sent['options'], token: Sent['token']) => {
      sent.push({ messages, options, token });
      return Promise.resolve({ stream: stream() });
    },
  };
  vi.spyOn(fake.lm, 'selectChatModels').mockImplementation((selector) =>
    Promise.resolve(JSON.stringify(selector) === '{"vendor":"copilot","family":"gpt-4o"}' ? [model] : []),
  );
});

async function call(change: Partial<ModelCall> = {}, signal = new AbortController().signal) {
  const events: ModelEvent[] = [];
  for await (const event of createEditorModelClient().stream(
    { deployment, messages: [question], ...change },
    signal,
  ))
    events.push(event);
  return events;
}

const finished = expect.objectContaining({ type: 'finished', servedModel: 'gpt-4o-2026-11' }) as ModelEvent;

test('text comes as the editor streams it, and the model behind the family is named', async () => {
  stream = () => parts(new Text('One '), { unknown: true }, new Text('two.'));
  expect(await call()).toEqual([{ type: 'text', text: 'One ' }, { type: 'text', text: 'two.' }, finished]);
});

describe('tools', () => {
  test('are offered with their schema, and required where the caller requires one', async () => {
    await call({ tools });
    await call({ tools, toolUse: 'required' });
    await call();
    expect(sent.map(({ options }) => [options['tools'], options['toolMode']])).toEqual([
      [tools, undefined],
      [tools, fake.LanguageModelChatToolMode.Required],
      [undefined, undefined],
    ]);
  });

  test('are called, also two at once, after some text', async () => {
    stream = () =>
      parts(new Text('Let me see.'), new Call('1', 'look', { at: 'sky' }), new Call('2', 'look', {}));
    expect(await call({ tools })).toEqual([
      { type: 'text', text: 'Let me see.' },
      { type: 'tool-call', call: { id: '1', name: 'look', input: { at: 'sky' } } },
      { type: 'tool-call', call: { id: '2', name: 'look', input: {} } },
      finished,
    ]);
  });

  test('that nobody offered are a failure, and the request is cancelled', async () => {
    stream = () => parts(new Call('1', 'look', {}), new Text('never read'));
    expect(await call()).toMatchObject([{ type: 'failed', failure: { reason: 'malformed-stream' } }]);
    expect(sent[0]?.token.isCancellationRequested).toBe(true);
  });
});

test('calls, results and images go to the editor as its own parts, and instructions as the user’s words', async () => {
  const image = { mimeType: 'image/png', base64: 'AQID' };
  const toolCalls = [{ id: '1', name: 'look', input: { at: 'sky' } }];
  await call({
    messages: [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'What is it?', images: [image] },
      { role: 'assistant', text: '', toolCalls },
      { role: 'user', text: 'Go on', toolResults: [{ callId: '1', text: 'blue', images: [image] }] },
      { role: 'assistant', text: ' ' },
    ],
  });
  const { User, Assistant } = fake.LanguageModelChatMessage;
  const png = Data.image(Buffer.from([1, 2, 3]), 'image/png');
  expect(sent[0]?.messages).toEqual([
    User([new Text('Be brief.')]),
    User([new Text('What is it?'), png]),
    Assistant([new Call('1', 'look', { at: 'sky' })]),
    User([new fake.LanguageModelToolResultPart('1', [new Text('blue'), png]), new Text('Go on')]),
  ]);
});

test('the options of the request hold before those of the deployment', async () => {
  await call({
    deployment: {
      ...deployment,
      options: { temperature: 1, maxOutputTokens: 100, extraBody: { top_p: 0.1 } },
    },
    options: { temperature: 0, maxOutputTokens: 500 },
  });
  expect(sent[0]?.options['modelOptions']).toEqual({ temperature: 0, max_tokens: 100, top_p: 0.1 });
});

describe('a failure', () => {
  test('is said of a model that isn’t there, and of Conduit’s own', async () => {
    const model = (name: string) => ({ deployment: { ...deployment, model: name } });
    expect(await call(model('copilot/gone'))).toMatchObject([
      { type: 'failed', failure: { reason: 'not-found' } },
    ]);
    expect(await call(model('conduit/gpt'))).toMatchObject([
      { type: 'failed', failure: { reason: 'invalid-request' } },
    ]);
    expect(sent).toEqual([]);
  });

  test('is what the editor threw, in Conduit’s words', async () => {
    stream = async function* () {
      yield await Promise.resolve(new Text('a'));
      throw fake.LanguageModelError.NoPermissions('The user refused.');
    };
    expect(await call()).toMatchObject([
      { type: 'text', text: 'a' },
      { type: 'failed', failure: { reason: 'refused-key' } },
    ]);
  });

  test('is none where the caller stopped it', async () => {
    const controller = new AbortController();
    stream = async function* () {
      yield await Promise.resolve(new Text('a'));
      controller.abort();
      throw new Error('Canceled');
    };
    expect(await call({}, controller.signal)).toEqual([{ type: 'text', text: 'a' }]);
    expect(sent[0]?.token.isCancellationRequested).toBe(true);
    expect(await call({}, AbortSignal.abort())).toEqual([]);
    expect(sent).toHaveLength(1);
  });
});

test('what the model tells of its tokens and its thoughts is taken, whatever else it tells', async () => {
  const usage = { prompt_tokens: 90, completion_tokens: '7', prompt_tokens_details: { cached_tokens: 50 } };
  stream = () =>
    parts(
      new fake.LanguageModelThinkingPart(['Well', ', now.']),
      new Text('Hi.'),
      new Data(Buffer.from('{'), 'usage'),
      Data.json(usage, 'usage'),
      Data.json({}, 'usage'),
      Data.json({ prompt_tokens: 1 }, 'other'),
    );
  expect(await call()).toEqual([
    { type: 'thought', text: 'Well, now.' },
    { type: 'text', text: 'Hi.' },
    expect.objectContaining({
      type: 'finished',
      usage: { inputTokens: 90, outputTokens: 7, cachedInputTokens: 50 },
    }),
  ]);
});
