import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { Pool } from '../../../src/core/terms/deployment';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { ToolCall } from '../../../src/core/terms/tools';
import type { ConfigurationSource } from '../../../src/editor/configuration/configuration-source';
import { registerLanguageModels } from '../../../src/editor/language-model/language-model-provider';
import { createToolLoops } from '../../../src/editor/language-model/tool-loops';
import { attemptWith, decisionWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';
import * as fake from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

const { LanguageModelChatMessage: Message, LanguageModelTextPart: Text } = fake;
const call: ToolCall = {
  id: 'call_1',
  name: 'look',
  input: { at: 'sky' },
  verbatim: { deploymentId: 'strong', items: [{ signature: 'x' }] },
};
const finished: AnswerEvent = { type: 'finished', attempt: attemptWith(), truncated: false };

/** What the router was asked, and what it answers next. */
let asked: RouteRequest[];
let answer: (request: RouteRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
let pools: readonly Pool[];
let changed: fake.EventEmitter<void>;
let provider: vscode.LanguageModelChatProvider;
/** Ids of models that can't be asked now. */
let away: Set<string>;
let availabilityChanged: fake.EventEmitter<void>;
let answeredBy: string[];

async function* events(...all: readonly AnswerEvent[]): AsyncGenerator<AnswerEvent> {
  for (const event of all) yield await Promise.resolve(event);
}

beforeEach(() => {
  asked = [];
  pools = [poolWith([deploymentWith('strong')])];
  changed = new fake.EventEmitter<void>();
  availabilityChanged = new fake.EventEmitter<void>();
  away = new Set();
  answeredBy = [];
  answer = () =>
    events({ type: 'decided', decision: decisionWith() }, { type: 'text', text: 'Hi.' }, finished);
  vi.spyOn(fake.lm, 'registerLanguageModelChatProvider').mockImplementation((vendor, registered) => {
    expect(vendor).toBe('conduit');
    provider = registered as vscode.LanguageModelChatProvider;
    return new fake.Disposable(() => undefined);
  });
  const conduit = {
    answer: (request: RouteRequest, signal: AbortSignal) => {
      asked.push(request);
      return answer(request, signal);
    },
  } as unknown as Conduit;
  const configuration = {
    current: () => Promise.resolve({ pools }),
    onDidChange: (listener: () => void) => changed.event(listener),
  } as unknown as ConfigurationSource;
  let ids = 0;
  const nothingKept = { keep: () => undefined, read: () => [], sweep: () => undefined };
  registerLanguageModels({
    conduit: () => Promise.resolve(conduit),
    configuration,
    availability: {
      servingOf: (deployments) => Promise.resolve(new Set(deployments.filter(({ id }) => !away.has(id)))),
      onDidChange: availabilityChanged.event,
    },
    newId: () => `c${String((ids += 1))}`,
    loops: createToolLoops(nothingKept),
    escalations: { ask: () => undefined, isAgreed: () => false },
    onAnswered: (model) => answeredBy.push(model),
  });
});

async function models(): Promise<readonly vscode.LanguageModelChatInformation[]> {
  const { token } = new fake.CancellationTokenSource() as unknown as vscode.CancellationTokenSource;
  return (await provider.provideLanguageModelChatInformation({ silent: true }, token)) ?? [];
}

/** Asks as the editor does for an extension, and returns what it was told. */
async function ask(
  messages: readonly fake.LanguageModelChatMessage[],
  options: Partial<vscode.ProvideLanguageModelChatResponseOptions> = {},
  source = new fake.CancellationTokenSource(),
  chosen?: vscode.LanguageModelChatInformation,
): Promise<readonly unknown[]> {
  const parts: unknown[] = [];
  const model = chosen ?? (await models())[0];
  if (model === undefined) throw new Error('No model is offered.');
  await provider.provideLanguageModelChatResponse(
    model,
    messages as unknown as vscode.LanguageModelChatRequestMessage[],
    {
      toolMode: vscode.LanguageModelChatToolMode.Auto,
      ...options,
    },
    { report: (part) => parts.push(part) },
    source.token,
  );
  return parts;
}

const question = Message.User([new Text('Hello?')]);
const tools = [{ name: 'look', description: 'Looks.', inputSchema: { type: 'object' } }];

describe('the models that are offered', () => {
  test('are the pools, and change with the configuration', async () => {
    pools = [poolWith([deploymentWith('a')]), { ...poolWith([deploymentWith('a')]), name: 'gpt' }];
    expect((await models()).map(({ id }) => id)).toEqual(['default', 'gpt']);
    const told = vi.fn();
    provider.onDidChangeLanguageModelChatInformation?.(told);
    changed.fire();
    expect(told).toHaveBeenCalledOnce();
  });

  test('promise nothing of a model that can’t be asked now, and tell when that changes', async () => {
    const [small, large] = [8_000, 200_000].map((contextWindowTokens) =>
      deploymentWith(String(contextWindowTokens), { contextWindowTokens }),
    );
    pools = [poolWith([small!, large!])];
    const promised = async () => (await models())[0]?.maxInputTokens;
    expect(await promised()).toBe(200_000 - 4_096);
    const told = vi.fn();
    provider.onDidChangeLanguageModelChatInformation?.(told);
    away.add('200000');
    availabilityChanged.fire();
    expect(told).toHaveBeenCalledOnce();
    expect(await promised()).toBe(8_000 - 4_000);
  });
});

describe('a request', () => {
  test('goes to the router with its options, and the text comes as it grows', async () => {
    answer = () => events({ type: 'text', text: 'One ' }, { type: 'text', text: 'two.' }, finished);
    const parts = await ask([question], { modelOptions: { temperature: 0.3, max_tokens: 5 } });
    expect(parts.slice(0, 2)).toEqual([new Text('One '), new Text('two.')]);
    expect(asked).toEqual([
      {
        pool: 'default',
        messages: [{ role: 'user', text: 'Hello?' }],
        origin: 'language-model',
        conversationId: 'c1',
        options: { temperature: 0.3, maxOutputTokens: 5 },
        continues: undefined,
      },
    ]);
  });

  test('offers its tools, and requires one only where there is one', async () => {
    const toolMode = vscode.LanguageModelChatToolMode.Required;
    await ask([question], { tools });
    await ask([question], { tools, toolMode });
    await ask([question], { tools: [], toolMode });
    expect(asked.map(({ tools: offered, toolUse }) => [offered?.length, toolUse])).toEqual([
      [1, undefined],
      [1, 'required'],
      [undefined, undefined],
    ]);
  });

  test('belongs to the conversation whose answer it holds, of two that began alike', async () => {
    const saying = (text: string) => () =>
      events({ type: 'text', text: text.slice(0, 3) }, { type: 'text', text: text.slice(3) }, finished);
    for (const text of ['It is blue.', 'It is grey.']) {
      answer = saying(text);
      await ask([question]);
    }
    for (const text of ['It is blue.', 'It is grey.', 'Edited.'])
      await ask([question, Message.Assistant([new Text(text)]), Message.User([new Text('And now?')])]);
    expect(asked.map(({ conversationId }) => conversationId)).toEqual(['c1', 'c2', 'c1', 'c2', 'c2']);
  });

  test('that fails throws the editor’s error, after what had come', async () => {
    const failure = { reason: 'refused-key', detail: 'No.', status: 401 } as const;
    answer = () =>
      events({ type: 'text', text: 'a' }, { type: 'failed', attempt: attemptWith(), failure, partial: true });
    await expect(ask([question])).rejects.toMatchObject({ code: 'NoPermissions' });
  });

  test('to a pool that was removed since throws that it isn’t there, and asks nobody', async () => {
    const [model] = await models();
    pools = [{ ...poolWith([deploymentWith('strong')]), name: 'another' }];
    await expect(ask([question], {}, undefined, model)).rejects.toMatchObject({
      code: 'NotFound',
      message: "There is no pool 'default' any more. Pools: another.",
    });
    expect(asked).toEqual([]);
  });

  test('is stopped by its token, also by one that was cancelled before', async () => {
    const signals: boolean[] = [];
    const source = new fake.CancellationTokenSource();
    answer = async function* (_request, signal) {
      yield await Promise.resolve({ type: 'text', text: 'a' } as const);
      source.cancel();
      signals.push(signal.aborted);
    };
    await ask([question], {}, source);
    answer = (_request, signal) => {
      signals.push(signal.aborted);
      return events();
    };
    await ask([question], {}, source);
    expect(signals).toEqual([true, true]);
  });
});

describe('beside its text a response tells', () => {
  const usage = { inputTokens: 900, outputTokens: 80, cachedInputTokens: 600, reasoningTokens: 30 };
  const receipt = { ...attemptWith().receipt, usage, cost: { kind: 'exact', usd: 0.002 } } as const;
  const told = (parts: readonly unknown[], type: string): unknown =>
    parts
      .filter((part) => part instanceof fake.LanguageModelDataPart && part.mimeType === type)
      .map(
        (part) => JSON.parse(Buffer.from((part as fake.LanguageModelDataPart).data).toString()) as unknown,
      );

  test('its tokens, as the editor’s chat reads them, and who answered at which cost', async () => {
    answer = () =>
      events(
        { type: 'decided', decision: decisionWith({ id: 'first' }) },
        { type: 'text', text: 'Hi.' },
        { type: 'finished', attempt: { ...attemptWith(), receipt }, truncated: false },
      );
    const parts = await ask([question]);
    expect(told(parts, 'usage')).toEqual([
      {
        prompt_tokens: 900,
        completion_tokens: 80,
        total_tokens: 980,
        prompt_tokens_details: { cached_tokens: 600 },
        completion_tokens_details: {
          reasoning_tokens: 30,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
    ]);
    expect(told(parts, 'application/vnd.conduit.receipt+json')).toEqual([
      expect.objectContaining({
        pool: 'default',
        model: attemptWith().deploymentId,
        decision_id: 'first',
        cost_kind: 'exact',
        cost_usd: 0.002,
      }),
    ]);
    expect(answeredBy).toEqual([attemptWith().deploymentId]);
  });

  test('estimated tokens where the server told none', async () => {
    answer = () =>
      events(
        { type: 'decided', decision: decisionWith({ inputTokens: 40 }) },
        { type: 'text', text: 'four letters' },
        {
          type: 'finished',
          attempt: { ...attemptWith(), receipt: { ...receipt, usage: undefined } },
          truncated: false,
        },
      );
    expect(told(await ask([question]), 'usage')).toEqual([
      expect.objectContaining({ prompt_tokens: 40, completion_tokens: 3, total_tokens: 43 }),
    ]);
  });

  test('tokens also where it failed, but nothing to whoever cancelled', async () => {
    const failure = { reason: 'server-error', detail: 'No.', status: 500 } as const;
    const attempt = { ...attemptWith(), receipt };
    answer = () => events({ type: 'failed', attempt, failure, partial: true });
    const parts: unknown[] = [];
    const [model] = await models();
    const asking = (source: fake.CancellationTokenSource) =>
      provider.provideLanguageModelChatResponse(
        model!,
        [question] as unknown as vscode.LanguageModelChatRequestMessage[],
        { toolMode: vscode.LanguageModelChatToolMode.Auto },
        { report: (part) => parts.push(part) },
        source.token,
      );
    await expect(asking(new fake.CancellationTokenSource())).rejects.toThrow('No.');
    expect(told(parts, 'usage')).toHaveLength(1);
    parts.length = 0;
    const unknown = { ...attempt, receipt: { ...receipt, usage: undefined } };
    answer = () => events({ type: 'failed', attempt: unknown, failure, partial: false });
    await expect(asking(new fake.CancellationTokenSource())).rejects.toThrow('No.');
    expect(told(parts, 'usage')).toEqual([]);
    parts.length = 0;
    answer = () => events({ type: 'stopped', attempt });
    const cancelled = new fake.CancellationTokenSource();
    cancelled.cancel();
    await asking(cancelled);
    expect(parts).toEqual([]);
  });

  test('what the model thought, as the editor’s own part', async () => {
    answer = () => events({ type: 'thought', text: 'Well,' }, { type: 'text', text: 'Hi.' }, finished);
    const parts = await ask([question]);
    expect(parts.slice(0, 2)).toEqual([new fake.LanguageModelThinkingPart('Well,'), new Text('Hi.')]);
  });
});

test('what the user set for the model holds where the caller says nothing', async () => {
  const modelConfiguration = { reasoningEffort: 'low' };
  await ask([question], { modelConfiguration } as object);
  await ask([question], { modelConfiguration, modelOptions: { reasoning_effort: 'high' } } as object);
  await ask([question], { configuration: modelConfiguration } as object);
  expect(asked.map(({ options }) => options?.reasoningEffort)).toEqual(['low', 'high', 'low']);
});

describe('a tool loop', () => {
  const assistant = (id: string) =>
    Message.Assistant([new fake.LanguageModelToolCallPart(id, call.name, call.input)]);
  const result = (id: string) => Message.User([new fake.LanguageModelToolResultPart(id, [new Text('blue')])]);

  beforeEach(async () => {
    answer = () =>
      events(
        { type: 'decided', decision: decisionWith({ id: 'first' }) },
        { type: 'tool-call', call },
        { type: 'tool-call', call: { id: 'call_2', name: 'look', input: {} } },
        finished,
      );
    const parts = await ask([question], { tools });
    expect(parts.slice(0, 2)).toEqual([
      new fake.LanguageModelToolCallPart('call_1', 'look', { at: 'sky' }),
      new fake.LanguageModelToolCallPart('call_2', 'look', {}),
    ]);
    answer = () => events(finished);
  });

  test('continues its decision when results come, with what the vendor wants back', async () => {
    await ask([question, assistant('call_1'), result('call_1')], { tools });
    expect(asked.at(-1)).toMatchObject({ continues: 'first', conversationId: 'c1' });
    expect(asked.at(-1)?.messages[1]?.toolCalls).toEqual([call]);
    await ask([question, assistant('call_2'), result('call_2')], { tools });
    expect(asked.at(-1)?.continues).toBe('first');
  });

  test('is over with the next question, and unknown calls continue nothing', async () => {
    const answered = Message.Assistant([new Text('It is blue.')]);
    await ask([question, assistant('call_1'), result('call_1'), answered, question], { tools });
    expect(asked.at(-1)?.continues).toBeUndefined();
    await ask([question, assistant('other'), result('other')], { tools });
    expect(asked.at(-1)?.continues).toBeUndefined();
  });

  test('goes on also where the caller has changed what came before', async () => {
    const rules = Message.User([new Text('It is noon.')]);
    await ask([rules, question, assistant('call_1'), result('call_1')], { tools });
    expect(asked.at(-1)?.continues).toBe('first');
    expect(asked.at(-1)?.messages[2]?.toolCalls).toEqual([call]);
  });

  test('is not mixed with another conversation, whose calls have the same ids', async () => {
    const another = Message.User([new Text('And now?')]);
    const same = { ...call, verbatim: { deploymentId: 'strong', items: [{ signature: 'y' }] } };
    answer = () =>
      events(
        { type: 'decided', decision: decisionWith({ id: 'second' }) },
        { type: 'tool-call', call: same },
        finished,
      );
    await ask([another], { tools });
    answer = () => events(finished);
    await ask([question, assistant('call_1'), result('call_1')], { tools });
    expect(asked.at(-1)?.continues).toBe('first');
    expect(asked.at(-1)?.messages[1]?.toolCalls).toEqual([call]);
    await ask([another, assistant('call_1'), result('call_1')], { tools });
    expect(asked.at(-1)?.continues).toBe('second');
    expect(asked.at(-1)?.messages[1]?.toolCalls).toEqual([same]);
    // Neither, where it could be either.
    await ask([Message.User([new Text('Hm?')]), assistant('call_1'), result('call_1')], { tools });
    expect(asked.at(-1)?.continues).toBeUndefined();
    expect(asked.at(-1)?.messages[1]?.toolCalls?.[0]?.verbatim).toBeUndefined();
  });

  test('is not the one of another call that has its id', async () => {
    const other = Message.Assistant([new fake.LanguageModelToolCallPart('call_1', 'look', { at: 'sea' })]);
    await ask([Message.User([new Text('And the sea?')]), other, result('call_1')], { tools });
    expect(asked.at(-1)?.continues).toBeUndefined();
    expect(asked.at(-1)?.messages[1]?.toolCalls?.[0]?.verbatim).toBeUndefined();
  });

  test('is over where the user stopped a tool and says something else', async () => {
    const begun = [question, assistant('call_1'), result('call_1')];
    await ask([...begun, Message.User([new Text('Forget that.')])], { tools });
    expect(asked.at(-1)).toMatchObject({ continues: undefined, conversationId: 'c1' });
    expect(asked.at(-1)?.messages[1]?.toolCalls).toEqual([call]);
  });

  test('goes on where the caller says again what it had said, or puts a context beside the results', async () => {
    const begun = [question, assistant('call_1'), result('call_1')];
    await ask([...begun, question], { tools });
    expect(asked.at(-1)?.continues).toBe('first');
    const beside = [
      new fake.LanguageModelToolResultPart('call_1', [new Text('blue')]),
      new Text('It is noon.'),
    ];
    await ask([question, assistant('call_1'), Message.User(beside)], { tools });
    expect(asked.at(-1)?.continues).toBe('first');
  });

  test('is of its own pool only', async () => {
    pools = [{ ...poolWith([deploymentWith('strong')]), name: 'another' }];
    await ask([question, assistant('call_1'), result('call_1')], { tools });
    expect(asked.at(-1)).toMatchObject({ pool: 'another', continues: undefined });
  });
});

test('tokens are counted of texts and of messages with everything in them', async () => {
  const [model] = await models();
  const { token } = new fake.CancellationTokenSource() as unknown as vscode.CancellationTokenSource;
  const count = (text: unknown) =>
    provider.provideTokenCount(model!, text as vscode.LanguageModelChatRequestMessage, token);
  expect(await count('four letters')).toBe(3);
  expect(await count(Message.User([new Text('four letters')]))).toBe(3);
  const image = fake.LanguageModelDataPart.image(Buffer.from([1]), 'image/png');
  expect(await count(Message.User([new Text('four letters'), image]))).toBe(1_003);
});
