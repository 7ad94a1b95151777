import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { ConfigurationSource } from '../../../src/editor/configuration/configuration-source';
import { registerLanguageModels } from '../../../src/editor/language-model/language-model-provider';
import { createToolLoops } from '../../../src/editor/language-model/tool-loops';
import { attemptWith, decisionWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';
import * as fake from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

/** What callers' messages say of a loop that is stuck, or that its user broke off, on the way to the router. */

const { LanguageModelChatMessage: Message, LanguageModelTextPart: Text } = fake;
const finished: AnswerEvent = { type: 'finished', attempt: attemptWith(), truncated: false };
const question = Message.User([new Text('Hello?')]);
const called = (id: string) => Message.Assistant([new fake.LanguageModelToolCallPart(id, 'look', {})]);
const result = (id: string) => Message.User([new fake.LanguageModelToolResultPart(id, [new Text('blue')])]);

let asked: RouteRequest[];
let answer: readonly AnswerEvent[];
let ask: (...messages: readonly fake.LanguageModelChatMessage[]) => Promise<RouteRequest | undefined>;
/** Decisions whose loops were said to be stuck, and those for which the user agreed to another model. */
let stuck: string[];
let agreed: Set<string>;

beforeEach(async () => {
  [asked, stuck, agreed] = [[], [], new Set()];
  let provider: vscode.LanguageModelChatProvider | undefined;
  vi.spyOn(fake.lm, 'registerLanguageModelChatProvider').mockImplementation((_vendor, registered) => {
    provider = registered as vscode.LanguageModelChatProvider;
    return new fake.Disposable(() => undefined);
  });
  const conduit = {
    answer: async function* (request: RouteRequest) {
      asked.push(request);
      for (const event of answer) yield await Promise.resolve(event);
    },
  } as unknown as Conduit;
  const pools = [poolWith([deploymentWith('strong')])];
  registerLanguageModels({
    conduit: () => Promise.resolve(conduit),
    configuration: {
      current: () => Promise.resolve({ pools }),
      onDidChange: new fake.EventEmitter<void>().event,
    } as unknown as ConfigurationSource,
    availability: {
      servingOf: (deployments) => Promise.resolve(new Set(deployments)),
      onDidChange: new fake.EventEmitter<void>().event,
    },
    newId: () => `c${String(asked.length)}`,
    loops: createToolLoops({ keep: () => undefined, read: () => [], sweep: () => undefined }),
    escalations: {
      ask: ({ decisionId }) => void stuck.push(decisionId),
      isAgreed: (decisionId) => agreed.has(decisionId),
    },
    onAnswered: () => undefined,
  });
  ask = async (...messages) => {
    await provider?.provideLanguageModelChatResponse(
      { id: 'default' } as vscode.LanguageModelChatInformation,
      messages as unknown as vscode.LanguageModelChatRequestMessage[],
      { toolMode: vscode.LanguageModelChatToolMode.Auto, tools: [{ name: 'look', description: '' }] },
      { report: () => undefined },
      new fake.CancellationTokenSource().token,
    );
    return asked.at(-1);
  };
  answer = [
    { type: 'decided', decision: decisionWith({ id: 'first' }) },
    ...['call_1', 'call_2'].map(
      (id) => ({ type: 'tool-call', call: { id, name: 'look', input: {} } }) as const,
    ),
    finished,
  ];
  await ask(question);
  answer = [finished];
});

describe('a loop that the user breaks off', () => {
  const changed = Message.User([new Text('Forget that.')]);

  test('with other words behind the results is named', async () => {
    const request = await ask(question, called('call_1'), result('call_1'), changed);
    expect(request).toMatchObject({ continues: undefined, interrupts: 'first' });
  });

  test('with other words where results should be is named', async () => {
    const request = await ask(question, called('call_1'), changed);
    expect(request).toMatchObject({ continues: undefined, interrupts: 'first' });
  });

  test('is none that goes on, or that came to its end', async () => {
    expect((await ask(question, called('call_1'), result('call_1')))?.interrupts).toBeUndefined();
    const answered = Message.Assistant([new Text('It is blue.')]);
    const next = await ask(question, called('call_1'), result('call_1'), answered, changed);
    expect(next?.interrupts).toBeUndefined();
  });
});

describe('a loop that is stuck', () => {
  const next = { deploymentId: 'other', costUsd: 0.01 };

  test('is asked about, and goes elsewhere only after a yes', async () => {
    answer = [
      { type: 'stuck', decisionId: 'first', deploymentId: 'strong', stuck: 'repeats', next },
      { type: 'decided', decision: decisionWith({ id: 'first' }) },
      finished,
    ];
    const request = await ask(question, called('call_1'), result('call_1'));
    expect(stuck).toEqual(['first']);
    expect(request?.escalate).toBeUndefined();
    agreed.add('first');
    const again = await ask(question, called('call_2'), result('call_2'));
    expect(again).toMatchObject({ continues: 'first', escalate: true });
    expect((await ask(question))?.escalate).toBeUndefined();
  });
});
