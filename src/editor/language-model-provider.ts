import * as vscode from 'vscode';
import type { Conduit } from '../core/conduit';
import { estimateTokens } from '../core/features/tokens';
import type { Pool } from '../core/pool/deployment';
import type { NewId } from '../core/ports';
import type { Message } from '../core/request';
import { overBudgetText } from './budget-text';
import { languageModelVendor } from './command-table';
import type { ConfigurationSource } from './configuration-source';
import { nameOfExclusion, nameOfFailure } from './failure-text';

/** What is promised where no model of the pool states its context window. */
const usualContextTokens = 128_000;
const promisedOutputTokens = 4_096;

/** Offers each pool as a language model of the editor, for text. */
export function registerLanguageModels(
  conduit: () => Promise<Conduit>,
  configuration: ConfigurationSource,
  newId: NewId,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async () => (await configuration.current()).pools.map(informationOf),
    provideLanguageModelChatResponse: async (model, messages, options, progress, token) => {
      if (options.toolMode === vscode.LanguageModelChatToolMode.Required) {
        throw new Error('Conduit does not call tools yet: ask for text, or choose another model for this.');
      }
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        const request = {
          pool: model.id,
          messages: messages.map(messageOf),
          origin: 'language-model',
          conversationId: newId(),
        } as const;
        const service = await conduit();
        for await (const event of service.answer(request, controller.signal)) {
          if (event.type === 'text') progress.report(new vscode.LanguageModelTextPart(event.text));
          if (event.type === 'failed') {
            throw new Error(
              `${event.attempt.deploymentId}: ${nameOfFailure(event.failure)}: ${event.failure.detail}`,
            );
          }
          if (event.type === 'over-budget') throw new Error(overBudgetText(event));
          if (event.type === 'no-model') {
            const reasons = event.excluded.map(
              ({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`,
            );
            throw vscode.LanguageModelError.NotFound(
              `No model of pool '${event.pool}' can answer (${reasons.join('; ')}).`,
            );
          }
        }
      } finally {
        subscription.dispose();
      }
    },
    provideTokenCount: (_model, text) =>
      Promise.resolve(estimateTokens(typeof text === 'string' ? text : messageOf(text).text)),
  };
  return vscode.Disposable.from(
    changed,
    configuration.onDidChange(() => changed.fire()),
    vscode.lm.registerLanguageModelChatProvider(languageModelVendor, provider),
  );
}

function informationOf(pool: Pool): vscode.LanguageModelChatInformation {
  const windows = pool.deployments.flatMap(({ contextWindowTokens }) => contextWindowTokens ?? []);
  const context = Math.min(usualContextTokens, ...windows);
  return {
    id: pool.name,
    name: `Conduit · ${pool.name}`,
    family: 'conduit',
    version: '1',
    tooltip: `Routes each request to one of: ${pool.deployments.map(({ id }) => id).join(', ')}`,
    ...(pool.simulated && { detail: 'simulated' }),
    maxInputTokens: Math.max(1, context - promisedOutputTokens),
    maxOutputTokens: promisedOutputTokens,
    // The editor's chat, in its usual agent mode, selects no model without tool calling, and with no model selected
    // `@conduit` is never run. Offered tools are optional: Conduit answers in text. See below where one is required.
    capabilities: { toolCalling: true, imageInput: false },
  };
}

function messageOf(message: vscode.LanguageModelChatRequestMessage): Message {
  const parts = message.content.filter((part) => part instanceof vscode.LanguageModelTextPart);
  const role = message.role === vscode.LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user';
  return { role, text: parts.map((part) => part.value).join('') };
}
