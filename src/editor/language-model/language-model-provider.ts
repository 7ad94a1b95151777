import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerEvent } from '../../core/answer-event';
import type { Conduit } from '../../core/conduit';
import { estimateTokens } from '../../core/features/tokens';
import type { Pool } from '../../core/pool/deployment';
import type { NewId } from '../../core/ports';
import type { Message, RouteRequest } from '../../core/request';
import { tokensOfMessage } from '../../core/request-tokens';
import type { ToolCall } from '../../core/tools';
import { languageModelVendor } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { createConversationPrefixes } from './conversation-prefixes';
import { languageModelError, noSuchPool } from './language-model-error';
import { callOptionsOf, messageOf, toolOf } from './language-model-messages';
import { createLoopTexts } from './loop-texts';
import { hashAfter, prefixHashes } from './prefix-hashes';
import type { PlacedCall, ToolLoops } from './tool-loops';

/** The context window that is taken for granted where a model doesn't state its own. */
const usualContextTokens = 128_000;
/** Where the window is large enough for twice as much. */
const usualOutputTokens = 4_096;

/** Offers each pool as a language model of the editor. */
export function registerLanguageModels(
  conduit: () => Promise<Conduit>,
  configuration: ConfigurationSource,
  newId: NewId,
  loops: ToolLoops,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const conversations = createConversationPrefixes(newId);
  const texts = createLoopTexts();

  function requestOf(
    pool: string,
    given: readonly vscode.LanguageModelChatRequestMessage[],
    { tools = [], toolMode, modelOptions }: vscode.ProvideLanguageModelChatResponseOptions,
  ): { readonly request: RouteRequest; readonly prefix: string } {
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
    const required = toolMode === vscode.LanguageModelChatToolMode.Required && tools.length > 0;
    const request: RouteRequest = {
      pool,
      messages,
      origin: 'language-model',
      conversationId: conversations.conversationOf(hashes),
      options: callOptionsOf(modelOptions),
      continues: loop === undefined || texts.isNewTurn(loop, asked) ? undefined : loop,
      ...(tools.length > 0 && { tools: tools.map(toolOf) }),
      ...(required && { toolUse: 'required' }),
    };
    return { request, prefix: hashes.at(-1) ?? pool };
  }

  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async () => (await configuration.current()).pools.map(informationOf),
    provideLanguageModelChatResponse: async ({ id: pool }, messages, options, progress, token) => {
      const { pools } = await configuration.current();
      if (!pools.some(({ name }) => name === pool)) throw noSuchPool(pool, pools);
      const { request, prefix } = requestOf(pool, messages, options);
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      if (token.isCancellationRequested) controller.abort();
      let decisionId = '';
      let text = '';
      const toolCalls: ToolCall[] = [];
      function pass(event: AnswerEvent): void {
        if (event.type === 'decided') decisionId = event.decision.id;
        if (event.type === 'text') {
          text += event.text;
          progress.report(new vscode.LanguageModelTextPart(event.text));
        }
        if (event.type === 'tool-call') {
          const { id, name, input } = event.call;
          toolCalls.push(event.call);
          loops.remember(pool, decisionId, { call: event.call, prefix });
          texts.remember(decisionId, request.messages);
          progress.report(new vscode.LanguageModelToolCallPart(id, name, input));
        }
        const error = languageModelError(event);
        if (error !== undefined) throw error;
      }
      try {
        const service = await conduit();
        for await (const event of service.answer(request, controller.signal)) pass(event);
      } finally {
        subscription.dispose();
        const answer = { role: 'assistant', text, ...(toolCalls.length > 0 && { toolCalls }) } as const;
        if (text !== '' || toolCalls.length > 0)
          conversations.answered(hashAfter(prefix, answer), request.conversationId);
      }
    },
    provideTokenCount: (_model, text) =>
      Promise.resolve(typeof text === 'string' ? estimateTokens(text) : tokensOfMessage(messageOf(text))),
  };
  return vscode.Disposable.from(
    changed,
    configuration.onDidChange(() => changed.fire()),
    vscode.lm.registerLanguageModelChatProvider(languageModelVendor, provider),
  );
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

function informationOf(pool: Pool): vscode.LanguageModelChatInformation {
  const { deployments } = pool;
  const context = Math.min(...deployments.map((each) => each.contextWindowTokens ?? usualContextTokens));
  // A small window would be nothing but output otherwise, and callers that count would ask nothing at all.
  const output = Math.max(1, Math.min(usualOutputTokens, Math.floor(context / 2)));
  return {
    id: pool.name,
    name: `Conduit · ${pool.name}`,
    family: 'conduit',
    version: '1',
    tooltip: l10n.t('Routes each request to one of: {0}', deployments.map(({ id }) => id).join(', ')),
    ...(pool.simulated && { detail: l10n.t('simulated') }),
    maxInputTokens: Math.max(1, context - output),
    maxOutputTokens: output,
    capabilities: {
      // The editor's chat, in its usual agent mode, selects no model without tool calling, and with no model selected
      // `@conduit` is never run.
      toolCalling: deployments.some(({ supportsTools }) => supportsTools !== false),
      imageInput: deployments.some(({ supportsImages }) => supportsImages === true),
    },
  };
}
