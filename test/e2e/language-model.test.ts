import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixture } from '../providers/stream-helpers';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import { runs } from '../runs';
import type { WireRequest, WireServer } from '../wire/wire-server';
import { modelOf } from '../wire/wire-server';
import type { CompanionMessage, CompanionPart, CompanionQuestion, CompanionReply } from './companion';
import { askThroughCompanion, packCompanion, readCompanionLog } from './companion';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { outputFolder, packagedVsix } from './harness/files';
import { decisionsIn, readLedger } from './ledger-reader';

/** Other extensions drive "Conduit" through `vscode.lm`, in the packaged VSIX. */

/** For so many seconds a server only shows life: `npm run campaign -- pings` has it at three minutes. */
const pingS = runs(6);
/** Twice as long as Conduit waits for a silent one. */
const silenceS = Math.max(3, Math.min(60, Math.ceil(pingS / 2)));

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
    vsix: [packagedVsix(), await packCompanion(), await packCompanion('default-chat')],
    serverArgs: ['--enable-proposed-api', 'conduit-tests.default-chat'],
    env: { COMPANION_LOG: logFile, OPENAI_API_KEY: 'sk-of-the-default-pool', OPENAI_BASE_URL: openai.url },
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

/** A pool of each wire format, one of both, one of a small and a large window, and one that thinks. */
function configuration(): string {
  const model = (
    pool: string,
    id: string,
    provider: string,
    base: string,
    info: string,
    window = 20_000,
  ): string =>
    `  - model_name: ${pool}\n    litellm_params: { model: ${provider}/${id}, api_base: '${base}' }\n` +
    `    model_info: { id: ${pool}-${id}, max_input_tokens: ${String(window)}, ${info} }\n`;
  const cost = 'input_cost_per_token: 0.000001, output_cost_per_token: 0.000002';
  return [
    // Without figures the models of a pool are alike, so that one that was asked less is asked next.
    `router: { priors: off, first_token_timeout_s: ${String(silenceS)}, stall_timeout_s: ${String(silenceS)} }\n`,
    'model_list:\n',
    model('agent', 'worker', 'openai', openai.url, `supports_vision: true, ${cost}`, 200_000),
    model('windows', 'small', 'openai', openai.url, cost, 8_000),
    model('windows', 'large', 'openai', openai.url, cost, 200_000),
    model('thinker', 'claude-sonnet-5', 'anthropic', anthropic.url, cost),
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
/** What was told beside the text, of a type. */
const told = ({ parts = [] }: CompanionReply, type: string): readonly unknown[] =>
  parts.flatMap((part) => ('data' in part && part.data.mimeType === type ? [part.data.value] : []));
const receiptType = 'application/vnd.conduit.receipt+json';

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
    const before = decisionsIn(await readLedger(editor.storageFolder())).length;
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
      const made = decisionsIn(await readLedger(editor.storageFolder())).slice(before);
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
  const before = decisionsIn(await readLedger(editor.storageFolder())).length;
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
  expect(decisionsIn(await readLedger(editor.storageFolder()))).toHaveLength(before);
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

describe('what an answer used and cost is told beside it', () => {
  const usage = { input: 1_200, output: 30, cached: 1_024 };

  test('in the part that Copilot Chat reads its context meter from, and in one of ours', async () => {
    openai.script({ kind: 'answer', chunks: ['Yes.'], usage });
    const reply = await ask({ id: 'agent', messages: [user('Is it?')] });
    expect(textOf(reply)).toBe('Yes.');
    expect(told(reply, 'usage')).toEqual([
      expect.objectContaining({
        prompt_tokens: 1_200,
        completion_tokens: 30,
        total_tokens: 1_230,
        prompt_tokens_details: { cached_tokens: 1_024 },
      }),
    ]);
    const [decision] = decisionsIn(await readLedger(editor.storageFolder())).slice(-1);
    expect(told(reply, receiptType)).toEqual([
      expect.objectContaining({ pool: 'agent', model: 'agent-worker', decision_id: decision?.id }),
    ]);
    await eventually('the status bar', async () =>
      (await editor.statusBar()).includes('agent-worker') ? true : undefined,
    );
  });

  test('estimated where the server tells nothing', async () => {
    openai.script({ kind: 'answer', chunks: ['Yes.'], usage: false });
    const [estimated] = told(await ask({ id: 'agent', messages: [user('Is it?')] }), 'usage');
    expect(estimated).toMatchObject({ completion_tokens: 1 });
  });
});

describe('a pool of a small and a large window', () => {
  test('promises the large one, and asks it what is too long for the other', async () => {
    const reply = await ask({ id: 'windows', messages: [user('word '.repeat(80_000))] });
    expect(reply.error).toBeUndefined();
    expect(reply.maxInputTokens).toBeGreaterThan(150_000);
    expect(reply.counted).toBeGreaterThanOrEqual(100_000);
    expect(requests().map(modelOf)).toEqual(['large']);
  });

  test('says before anything is sent that nobody takes more', async () => {
    const { error } = await ask({ id: 'windows', messages: [user('word '.repeat(200_000))] });
    expect(error?.message).toContain('the conversation does not fit its context window');
    expect(requests()).toEqual([]);
  });
});

test('how hard a model is to think, and how long it may answer, reaches its server', async () => {
  const asking = { messages: [user('Think.')] };
  await ask({
    id: 'agent',
    ...asking,
    modelOptions: { reasoningEffort: 'high', max_output_tokens: 50, top_p: 2 },
  });
  expect(openai.requests.at(-1)?.body).toMatchObject({ reasoning_effort: 'high', max_tokens: 50, top_p: 1 });
  await ask({ id: 'agent', ...asking, modelOptions: { reasoning: { effort: 'low' }, api_key: 'x' } });
  expect(openai.requests.at(-1)?.body).toMatchObject({ reasoning_effort: 'low' });
  expect(sent()).not.toContain('api_key');
  await ask({ id: 'thinker', ...asking, modelOptions: { reasoning_effort: 'high' } });
  expect(sent()).toMatch(/"effort":"high"|"thinking":\{"type":"(enabled|adaptive)"/);
});

test(
  'an agent’s loop of thirty steps comes to its end, with a silence in it that only pings break',
  async () => {
    const steps = 30;
    const slow = 15;
    const name = 'files.read/odd name';
    const pings = { count: 12, everyMs: (pingS * 1_000) / 12 };
    const stepOf = ({ body }: WireRequest): number =>
      (body as { messages: readonly { role: string }[] }).messages.filter(({ role }) => role === 'tool')
        .length;
    openai.script((request) => {
      const step = stepOf(request);
      if (step === steps) return { kind: 'answer', chunks: ['All ', 'read.'] };
      const { tools: offered } = request.body as {
        tools: readonly { readonly function: { readonly name: string } }[];
      };
      const body = toolCallStream(offered[0]?.function.name ?? '', step);
      return { kind: 'raw', body, ...(step === slow && { pings }) };
    });
    const before = decisionsIn(await readLedger(editor.storageFolder())).length;
    const offered = [{ name, description: 'Reads a file.', inputSchema: { type: 'object' } }];
    let messages: readonly CompanionMessage[] = [user('Read them all.')];
    let slowMs = 0;
    for (let step = 0; step < steps; step += 1) {
      const startedMs = performance.now();
      const reply = await ask({ id: 'agent', messages, tools: offered });
      if (step === slow) slowMs = performance.now() - startedMs;
      const called = reply.parts ?? [];
      const calls = called.flatMap((part) => ('call' in part ? [part.call] : []));
      expect(calls).toEqual([{ id: `call_${String(step)}`, name, input: { path: `${String(step)}.ts` } }]);
      expect(told(reply, 'usage')).toEqual([expect.objectContaining({ prompt_tokens: 100 + step })]);
      const result = {
        id: `call_${String(step)}`,
        text: `Line of ${String(step)}.`,
        ...(step === 3 && { image: png }),
      };
      messages = [...messages, { role: 'assistant', parts: called }, { role: 'user', parts: [{ result }] }];
    }
    expect(textOf(await ask({ id: 'agent', messages, tools: offered }))).toBe('All read.');
    expect(slowMs).toBeGreaterThan(pingS * 900);
    expect(requests()).toHaveLength(steps + 1);
    expect(sent()).toContain(png);
    expect(sent()).not.toContain('prompt_tokens');
    const made = decisionsIn(await readLedger(editor.storageFolder())).slice(before);
    expect(made.map(({ pool }) => pool)).toEqual(['agent']);
  },
  180_000 + pingS * 1_000,
);

/** A call of the tool for the file of a step, as a server streams it. */
function toolCallStream(name: string, step: number): string {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_741_570_283, model: 'worker' };
  const chunk = (choices: readonly unknown[], more: object = {}): string =>
    `data: ${JSON.stringify({ ...head, choices, ...more })}\n\n`;
  const call = {
    index: 0,
    id: `call_${String(step)}`,
    type: 'function',
    function: { name, arguments: `{"path":"${String(step)}.ts"}` },
  };
  const input = 100 + step;
  return [
    chunk([
      { index: 0, delta: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: null },
    ]),
    chunk([{ index: 0, delta: {}, finish_reason: 'tool_calls' }]),
    chunk([], { usage: { prompt_tokens: input, completion_tokens: 9, total_tokens: input + 9 } }),
    'data: [DONE]\n\n',
  ].join('');
}

test('a prompt that is too long is refused with the reason, and nothing is sent', async () => {
  const { error } = await ask({ id: 'chat', messages: [user('word '.repeat(30_000))] });
  expect(error?.message).toContain('the conversation does not fit its context window');
  expect(requests()).toEqual([]);
});

/** The last: without the file the pool is made of the key in the environment. */
test('a picture that a participant sends to the model of the picker goes through the default pool', async () => {
  rmSync(path.join(editor.storageFolder(), 'conduit.yaml'));
  await eventually('the default pool', async () => {
    const { error } = await ask({ id: 'default', messages: [user('Hello?')] });
    return error === undefined || undefined;
  });
  openai.forget();
  openai.script({ kind: 'answer', chunks: ['A red ', 'dot.'] });
  await editor.nativeChat.send('@looker What is in the picture?');
  const answer = await editor.nativeChat.answer();
  await answer.getByText('conduit/default sees. A red dot.').waitFor();
  expect(sent()).toContain(`data:image/png;base64,${png}`);
  await editor.screenshot('language-model-picture');
});
