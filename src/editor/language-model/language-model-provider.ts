import * as vscode from 'vscode';
import { z } from 'zod';
import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Conduit } from '../../core/conduit';
import { estimateTokens, tokensOfMessage } from '../../core/terms/tokens';
import type { NewId } from '../../core/terms/ports';
import type { Message, RouteRequest } from '../../core/terms/request';
import type { ToolCall } from '../../core/terms/tools';
import type { AnswerFacts } from '../answers/answer-facts';
import { nothingYet } from '../answers/answer-facts';
import { readAnswer } from '../answers/read-answer';
import { languageModelVendor } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { Availability } from './availability';
import { createConversationPrefixes } from './conversation-prefixes';
import { languageModelError, noSuchPool } from './language-model-error';
import { messageOf, toolOf } from './language-model-messages';
import { createLoopTexts } from './loop-texts';
import { callOptionsOf } from './model-options';
import { informationOf } from './pool-information';
import { hashAfter, prefixHashes } from './prefix-hashes';
import { endParts, thinkingPart } from './response-parts';
import type { EscalationQuestions } from './escalation-questions';
import type { PlacedCall, ToolLoops } from './tool-loops';

export interface LanguageModelParts {
  readonly conduit: () => Promise<Conduit>;
  readonly configuration: ConfigurationSource;
  readonly availability: Pick<Availability, 'servingOf' | 'onDidChange'>;
  readonly newId: NewId;
  readonly loops: ToolLoops;
  readonly escalations: EscalationQuestions;
  /** The editor shows its user no more of an answer than its text: what else can, names the model. */
  readonly onAnswered: (model: string) => void;
}

/** What the user set for the model in the editor's picker: a proposal of its API, under two names so far. */
const setInEditor = z.object({
  modelConfiguration: z.record(z.string(), z.unknown()).optional().catch(undefined),
  configuration: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** Offers each pool as a language model of the editor. */
export function registerLanguageModels({
  conduit,
  configuration,
  availability,
  newId,
  loops,
  escalations,
  onAnswered,
}: LanguageModelParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const conversations = createConversationPrefixes(newId);
  const texts = createLoopTexts();

  function requestOf(
    pool: string,
    given: readonly vscode.LanguageModelChatRequestMessage[],
    asking: vscode.ProvideLanguageModelChatResponseOptions,
  ): { readonly request: RouteRequest; readonly prefix: string } {
    const { tools = [], toolMode, modelOptions } = asking;
    const { modelConfiguration, configuration: ofModel } = setInEditor.safeParse(asking).data ?? {};
    const asked = given.map(messageOf);
    // Of the messages with what a vendor wants back too: it makes no difference to them.
    const hashes = prefixHashes(pool, asked);
    const placed = (call: ToolCall, index: number): PlacedCall => ({
      call,
      prefix: hashes[index - 1] ?? pool,
    });
    const messages = asked.map((message, index) => ({
      ...message,
      ...(message.toolCalls && {
        toolCalls: message.toolCalls.map((call) => loops.completed(placed(call, index))),
      }),
    }));
    const answered = answeredCalls(asked).map(({ call, index }) => placed(call, index));
    const loop = loops.decisionOf(pool, answered);
    const isOver = loop !== undefined && texts.isNewTurn(loop, asked);
    const left = unansweredCalls(asked).map(({ call, index }) => placed(call, index));
    const brokenOff = isOver && texts.knows(loop) ? loop : loops.decisionOf(pool, left);
    const required = toolMode === vscode.LanguageModelChatToolMode.Required && tools.length > 0;
    const request: RouteRequest = {
      pool,
      messages,
      origin: 'language-model',
      conversationId: conversations.conversationOf(hashes),
      options: callOptionsOf(modelOptions, modelConfiguration ?? ofModel),
      continues: isOver ? undefined : loop,
      ...(brokenOff !== undefined && { interrupts: brokenOff }),
      ...(loop !== undefined && escalations.isAgreed(loop) && { escalate: true }),
      ...(tools.length > 0 && { tools: tools.map(toolOf) }),
      ...(required && { toolUse: 'required' }),
    };
    return { request, prefix: hashes.at(-1) ?? pool };
  }

  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async () => {
      const { pools } = await configuration.current();
      const serving = await availability.servingOf(pools.flatMap(({ deployments }) => deployments));
      return pools.map((pool) => informationOf(pool, (deployment) => serving.has(deployment)));
    },
    provideLanguageModelChatResponse: async ({ id: pool }, messages, options, progress, token) => {
      const { pools } = await configuration.current();
      if (!pools.some(({ name }) => name === pool)) throw noSuchPool(pool, pools);
      const { request, prefix } = requestOf(pool, messages, options);
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      if (token.isCancellationRequested) controller.abort();
      let facts = nothingYet;
      /** What the caller was told, whatever turned out to be a thought: it comes back with the next turn. */
      let said = '';
      function pass(known: AnswerFacts, event: AnswerEvent): void {
        facts = known;
        if (event.type === 'text') {
          said += event.text;
          progress.report(new vscode.LanguageModelTextPart(event.text));
        }
        const thought = event.type === 'thought' ? thinkingPart(event.text) : undefined;
        if (thought !== undefined) progress.report(thought);
        if (event.type === 'stuck') escalations.ask(event);
        if (event.type === 'tool-call') {
          const { id, name, input } = event.call;
          const decisionId = facts.by?.decisionId ?? '';
          loops.remember(pool, decisionId, { call: event.call, prefix });
          texts.remember(decisionId, request.messages);
          progress.report(new vscode.LanguageModelToolCallPart(id, name, input));
        }
        // Whoever cancelled takes nothing more.
        if (!token.isCancellationRequested)
          for (const part of endParts(pool, facts, event)) progress.report(part);
        if (event.type === 'finished') onAnswered(event.attempt.deploymentId);
        const error = facts.end && languageModelError(facts.end);
        if (error !== undefined) throw error;
      }
      try {
        await readAnswer((await conduit()).answer(request, controller.signal), pass);
      } finally {
        subscription.dispose();
        const { toolCalls } = facts;
        if (said !== '' || toolCalls !== undefined) {
          const answer = { role: 'assistant', text: said, ...(toolCalls && { toolCalls }) } as const;
          conversations.answered(hashAfter(prefix, answer), request.conversationId);
        }
      }
    },
    provideTokenCount: (_model, text) =>
      Promise.resolve(typeof text === 'string' ? estimateTokens(text) : tokensOfMessage(messageOf(text))),
  };
  return vscode.Disposable.from(
    changed,
    configuration.onDidChange(() => changed.fire()),
    availability.onDidChange(() => changed.fire()),
    vscode.lm.registerLanguageModelChatProvider(languageModelVendor, provider),
  );
}

/** The calls that never got a result, where the user speaks instead, and where they are. */
function unansweredCalls(
  messages: readonly Message[],
): readonly { readonly call: ToolCall; readonly index: number }[] {
  const index = messages.findLastIndex(({ role }) => role === 'assistant');
  const after = messages.slice(index + 1);
  const speaks = after.some(({ role, text }) => role === 'user' && text.trim() !== '');
  if (!speaks || after.some(({ toolResults }) => toolResults !== undefined)) return [];
  return (messages[index]?.toolCalls ?? []).map((call) => ({ call, index }));
}

/** The calls whose results came since the model spoke last, and where: with none, this is the user's next turn. */
function answeredCalls(
  messages: readonly Message[],
): readonly { readonly call: ToolCall; readonly index: number }[] {
  const spoke = messages.findLastIndex(({ role }) => role === 'assistant');
  const results = messages.slice(spoke + 1).flatMap(({ toolResults = [] }) => toolResults);
  const calls = messages.flatMap(({ toolCalls = [] }, index) => toolCalls.map((call) => ({ call, index })));
  // Ids may come again within one conversation: the last one is meant.
  return results.flatMap(({ callId }) => calls.findLast(({ call }) => call.id === callId) ?? []);
}
