import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Failure } from '../../core/terms/failure';
import { mergedOptions } from '../../core/terms/call-options';
import type { CallOptions } from '../../core/terms/call-options';
import type { ModelCall, ModelClient, ModelEvent } from '../../core/terms/ports';
import type { Usage } from '../../core/terms/receipt';
import type { Message } from '../../core/terms/request';
import type { Image } from '../../core/terms/tools';
import { languageModelVendor } from '../command-table';
import { editorModelFailure } from './editor-model-failure';
import { editorToolOf, toolCallOf } from '../language-model/language-model-messages';
import { thoughtOf, usageOf } from './reported-parts';

/** Calls the editor's own language models, `vscode/<vendor>/<family>`. The editor asks the user before the first call. */
export function createEditorModelClient(): ModelClient {
  return {
    stream: async function* (call, signal) {
      const source = new vscode.CancellationTokenSource();
      const cancel = (): void => source.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        if (!signal.aborted) yield* stream(call, source.token);
      } catch (error) {
        if (signal.aborted) return;
        yield { type: 'failed', failure: editorModelFailure(error, call.deployment.model) };
      } finally {
        signal.removeEventListener('abort', cancel);
        // An answer that nobody reads to its end costs no more than it must.
        source.cancel();
        source.dispose();
      }
    },
  };
}

async function* stream(
  { deployment, messages, options = {}, tools = [], toolUse }: ModelCall,
  token: vscode.CancellationToken,
): AsyncGenerator<ModelEvent> {
  const [vendor = '', ...rest] = deployment.model.split('/');
  const family = rest.join('/');
  if (vendor === languageModelVendor) {
    yield { type: 'failed', failure: itself };
    return;
  }
  const [model] = await vscode.lm.selectChatModels({ vendor, family });
  if (model === undefined) {
    const detail = l10n.t(
      'The editor has no model {0} now: its extension may be missing or signed out.',
      deployment.model,
    );
    yield { type: 'failed', failure: { reason: 'not-found', detail, status: undefined } };
    return;
  }
  const response = await model.sendRequest(
    messages.flatMap(toEditorMessage),
    {
      justification: l10n.t('Conduit routes your requests to the models that you chose.'),
      modelOptions: toModelOptions(mergedOptions(options, deployment.options)),
      ...(tools.length > 0 && { tools: tools.map(editorToolOf) }),
      ...(toolUse === 'required' && { toolMode: vscode.LanguageModelChatToolMode.Required }),
    },
    token,
  );
  let usage: Usage | undefined;
  for await (const part of response.stream) {
    usage = usageOf(part) ?? usage;
    const thought = thoughtOf(part);
    if (thought !== undefined) yield { type: 'thought', text: thought };
    if (part instanceof vscode.LanguageModelTextPart) yield { type: 'text', text: part.value };
    else if (part instanceof vscode.LanguageModelToolCallPart) {
      const [call] = toolCallOf(part);
      if (tools.length === 0 || call === undefined) {
        yield { type: 'failed', failure: toolNotOffered(part.name) };
        return;
      }
      yield { type: 'tool-call', call };
    }
  }
  if (token.isCancellationRequested) return;
  yield {
    type: 'finished',
    usage,
    servedModel: servedName(model),
    // The editor doesn't tell why an answer ended.
    truncated: false,
  };
}

const itself: Failure = {
  reason: 'invalid-request',
  detail: l10n.t('Conduit does not route to its own language models.'),
  status: undefined,
};

/** The model behind a family, where its name says more; undefined: it is what was asked for. */
function servedName({ vendor, family, id, version }: vscode.LanguageModelChat): string | undefined {
  if (id !== family && id !== `${vendor}/${family}`) return id;
  return version !== '' && version !== family && !/^[\d.]{1,3}$/.test(version)
    ? `${family} ${version}`
    : undefined;
}

/** The API has no system role: instructions go first, as the user's words. */
function toEditorMessage(message: Message): vscode.LanguageModelChatMessage[] {
  const { role, text, images = [], toolCalls = [], toolResults = [] } = message;
  const said = text.trim() === '' ? [] : [new vscode.LanguageModelTextPart(text)];
  const { User, Assistant } = vscode.LanguageModelChatMessage;
  if (role === 'assistant') {
    const calls = toolCalls.map(
      ({ id, name, input }) => new vscode.LanguageModelToolCallPart(id, name, { ...input }),
    );
    return said.length + calls.length === 0 ? [] : [Assistant([...said, ...calls])];
  }
  const results = toolResults.map(
    (result) =>
      new vscode.LanguageModelToolResultPart(result.callId, [
        new vscode.LanguageModelTextPart(result.text),
        ...(result.images ?? []).map(toDataPart),
      ]),
  );
  const parts = [...results, ...said, ...images.map(toDataPart)];
  return parts.length === 0 ? [] : [User(parts)];
}

function toDataPart({ mimeType, base64 }: Image): vscode.LanguageModelDataPart {
  return vscode.LanguageModelDataPart.image(Buffer.from(base64, 'base64'), mimeType);
}

function toolNotOffered(name: string): Failure {
  const detail = l10n.t(
    'The model asked to call the tool {0} instead of answering; Conduit offered none.',
    name,
  );
  return { reason: 'malformed-stream', detail, status: undefined };
}

function toModelOptions({
  maxOutputTokens,
  temperature,
  reasoningEffort,
  extraBody,
}: CallOptions): Record<string, unknown> {
  return {
    ...extraBody,
    ...(maxOutputTokens !== undefined && { max_tokens: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
  };
}
