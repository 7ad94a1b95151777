import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixture } from '../providers/stream-helpers';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireRequest, WireServer } from '../wire/wire-server';
import type { CompanionMessage, CompanionPart, CompanionQuestion, CompanionReply } from './companion';
import { askThroughCompanion, packCompanion, readCompanionLog } from './companion';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { outputFolder, packagedVsix } from './harness/files';
import { decisionsIn, readLedger } from './ledger-reader';

/** Another extension drives "Conduit" through `vscode.lm`, in the packaged VSIX. */

const logFile = path.join(outputFolder, `language-model-${String(process.pid)}.jsonl`);
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  writeFileSync(logFile, '');
  editor = await startEditor({
    vsix: [packagedVsix(), await packCompanion()],
    env: { COMPANION_LOG: logFile },
    workspaceFiles: { 'a.ts': 'const a = 1;\n' },
    globalStorageFiles: { 'conduit.yaml': configuration() },
  });
  await modelsAreThere(1);
});

/** The companion has started so often, and can ask. */
async function modelsAreThere(starts: number): Promise<void> {
  await eventually('the companion', () => {
    const started = readCompanionLog(logFile).filter(({ port }) => port !== undefined);
    return started.length >= starts || undefined;
  });
  await eventually('Conduit’s models', async () => {
    const { error } = await ask({ id: 'chat', messages: [user('Hello?')] });
    return error === undefined || undefined;
  });
}

afterAll(async () => {
  await editor.close();
  await Promise.all([openai.close(), anthropic.close()]);
});

beforeEach(() => {
  openai.forget();
  anthropic.forget();
});

/** A pool of each wire format, and one of both. */
function configuration(): string {
  const model = (pool: string, id: string, provider: string, base: string, info: string): string =>
    `  - model_name: ${pool}\n    litellm_params: { model: ${provider}/${id}, api_base: '${base}' }\n` +
    `    model_info: { id: ${pool}-${id}, max_input_tokens: 20000, ${info} }\n`;
  return [
    'model_list:\n',
    model('chat', 'mini', 'openai', openai.url, 'supports_vision: true'),
    model('messages', 'claude', 'anthropic', anthropic.url, 'supports_vision: true'),
    model('both', 'mini', 'openai', openai.url, 'supports_vision: false'),
    model('both', 'claude', 'anthropic', anthropic.url, 'supports_vision: false'),
  ].join('');
}

const ask = (question: CompanionQuestion): Promise<CompanionReply> => askThroughCompanion(logFile, question);
const user = (text: string): CompanionMessage => ({ role: 'user', parts: [{ text }] });
const textOf = ({ parts = [] }: CompanionReply): string =>
  parts.map((part) => ('text' in part ? part.text : '')).join('');
const requests = (): readonly WireRequest[] => [...openai.requests, ...anthropic.requests];
const sent = (): string => JSON.stringify(requests().at(-1)?.body);

const tools = ['get_weather', 'get_time'].map((name) => ({
  name,
  description: `Says ${name}.`,
  inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
}));

/** Both servers call two tools, and answer once they have the results of the last question. */
function scriptTools(): void {
  const behaviour =
    (file: string) =>
    ({ body }: WireRequest) => {
      const messages = (body as { readonly messages: readonly unknown[] }).messages;
      return /"(tool|tool_result)"/.test(JSON.stringify(messages.at(-1)))
        ? ({ kind: 'answer', chunks: ['It is ', 'sunny.'] } as const)
        : ({ kind: 'raw', body: fixture(file) } as const);
    };
  openai.script(behaviour('tools/openai.sse'));
  anthropic.script(behaviour('tools/anthropic.sse'));
}

/** Asks, brings the results of both calls, and returns the whole conversation with its answer. */
async function loop(id: string, messages: readonly CompanionMessage[]): Promise<readonly CompanionMessage[]> {
  const called = (await ask({ id, messages, tools })).parts ?? [];
  const calls = called.flatMap((part) => ('call' in part ? [part.call] : []));
  expect(calls.map(({ name, input }) => [name, input])).toEqual([
    ['get_weather', { city: 'Paris' }],
    ['get_time', { zone: 'CET' }],
  ]);
  const results = calls.map((call): CompanionPart => ({
    result: { id: call.id, text: `${call.name}: fine` },
  }));
  const after: readonly CompanionMessage[] = [
    ...messages,
    { role: 'assistant', parts: called },
    { role: 'user', parts: results },
  ];
  const reply = await ask({ id, messages: after, tools });
  expect(textOf(reply)).toBe('It is sunny.');
  return [...after, { role: 'assistant', parts: [{ text: 'It is sunny.' }] }];
}

test('text is streamed, with the options of the caller', async () => {
  openai.script({ kind: 'answer', chunks: ['One ', 'two ', 'three.'], delayMs: 30 });
  const modelOptions = { temperature: 0.3, max_tokens: 77 };
  const reply = await ask({ id: 'chat', messages: [user('Count.')], modelOptions });
  expect(textOf(reply)).toBe('One two three.');
  expect(reply.parts?.length).toBeGreaterThan(1);
  expect(openai.requests.at(-1)?.body).toMatchObject({ temperature: 0.3, max_tokens: 77 });
  expect(reply.maxInputTokens).toBe(20_000 - 4_096);
  expect(reply.counted).toBeGreaterThan(0);
});

describe('two parallel tool calls and their results', () => {
  test('through chat completions', async () => {
    scriptTools();
    await loop('chat', [user('Paris?')]);
    expect(openai.requests.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', tool_calls: [{ id: 'call_paris' }, { id: 'call_time' }] },
        { role: 'tool', tool_call_id: 'call_paris', content: 'get_weather: fine' },
        { role: 'tool', tool_call_id: 'call_time', content: 'get_time: fine' },
      ],
    });
  });

  test('through Anthropic’s messages, with the signed thoughts given back', async () => {
    scriptTools();
    await loop('messages', [user('Paris?')]);
    expect(sent()).toContain('"signature":"EqQBCgIYAhIM"');
    expect(sent()).toContain('"tool_use_id":"toolu_time"');
  });

  test('a loop is one decision and stays on its model; the next turn may change it, within one conversation', async () => {
    scriptTools();
    const before = decisionsIn(await readLedger(editor.ledgerPath())).length;
    const models = new Set<string | undefined>();
    let conversation: readonly CompanionMessage[] = [];
    for (let turn = 1; turn <= 8 && models.size < 2; turn += 1) {
      const asked = requests().length;
      conversation = await loop('both', [...conversation, user(`Paris, question ${String(turn)}?`)]);
      const inLoop = requests().slice(asked);
      const servers = [openai, anthropic].filter(({ requests: log }) =>
        inLoop.some((each) => log.includes(each)),
      );
      expect(servers).toHaveLength(1);
      const made = decisionsIn(await readLedger(editor.ledgerPath())).slice(before);
      expect(made).toHaveLength(turn);
      expect(new Set(made.map(({ conversationId }) => conversationId)).size).toBe(1);
      models.add(made.at(-1)?.deploymentId);
    }
    expect(models.size).toBe(2);
  });
});

test('a loop goes on after the window was loaded anew, with the signed thoughts given back', async () => {
  scriptTools();
  const question = user('Paris, before the reload?');
  const called = (await ask({ id: 'messages', messages: [question], tools })).parts ?? [];
  await editor.reload();
  await modelsAreThere(2);
  scriptTools();
  const before = decisionsIn(await readLedger(editor.ledgerPath())).length;
  const results = called.flatMap((part): readonly CompanionPart[] =>
    'call' in part ? [{ result: { id: part.call.id, text: 'fine' } }] : [],
  );
  const messages: readonly CompanionMessage[] = [
    question,
    { role: 'assistant', parts: called },
    { role: 'user', parts: results },
  ];
  expect(textOf(await ask({ id: 'messages', messages, tools }))).toBe('It is sunny.');
  expect(sent()).toContain('"signature":"EqQBCgIYAhIM"');
  expect(decisionsIn(await readLedger(editor.ledgerPath()))).toHaveLength(before);
});

test('cancelling closes the request', async () => {
  openai.script({ kind: 'answer', chunks: ['Wait '], then: 'hang' });
  await ask({ id: 'chat', messages: [user('Take your time.')], cancelAtText: true });
  await eventually('the closed connection', () => openai.requests.at(-1)?.closedByClient || undefined);
});

test('an image goes to models that take some, and to no others', async () => {
  const messages = [{ role: 'user', parts: [{ text: 'What is it?' }, { image: png }] }] as const;
  await ask({ id: 'chat', messages });
  expect(sent()).toContain(`data:image/png;base64,${png}`);
  await ask({ id: 'messages', messages });
  expect(sent()).toContain(`"data":"${png}"`);
  const asked = requests().length;
  const { error } = await ask({ id: 'both', messages });
  expect(error?.message).toContain('it takes no images');
  expect(requests()).toHaveLength(asked);
});

test('a prompt that is too long is refused with the reason, and nothing is sent', async () => {
  const { error } = await ask({ id: 'chat', messages: [user('word '.repeat(30_000))] });
  expect(error?.message).toContain('the conversation does not fit its context window');
  expect(requests()).toEqual([]);
});
