import * as vscode from 'vscode';
import { z } from 'zod';
import type { AnswerEvent, Conduit } from '../core/conduit';
import type { Decision } from '../core/decision';
import type { NewId } from '../core/ports';
import type { Message } from '../core/request';
import { answerLine } from './answer-view';
import { withAttachments } from './attach';
import type { InternalCommand } from './command-table';
import { participantId } from './command-table';
import type { ConfigurationSource } from './configuration-source';
import { errorText } from './error-text';
import { adviceFor, nameOfExclusion, nameOfFailure } from './failure-text';
import type { Attachment } from './selection';
import { labelOf } from './selection';

export interface ParticipantParts {
  readonly extensionUri: vscode.Uri;
  readonly conduit: () => Promise<Conduit>;
  readonly configuration: ConfigurationSource;
  readonly newId: NewId;
  readonly log: vscode.LogOutputChannel;
  readonly onAnswered: (model: string) => void;
}

/** What an answer carries, so that the editor's own thumbs reach the right decision also after a reload. */
const metadataSchema = z.object({
  decisionId: z.string(),
  deploymentId: z.string(),
  conversationId: z.string(),
});
type Metadata = z.infer<typeof metadataSchema>;

/** `@conduit` in the editor's own chat. */
export function registerParticipant(parts: ParticipantParts): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant(
    participantId,
    async (request, context, stream, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        return await answer(parts, request, context, stream, controller.signal);
      } catch (error) {
        parts.log.error(`@conduit: ${errorText(error)}`);
        return {
          errorDetails: { message: `${errorText(error)} Your question is above: send it again to retry.` },
        };
      } finally {
        subscription.dispose();
      }
    },
  );
  participant.iconPath = new vscode.ThemeIcon('type-hierarchy');
  const feedback = participant.onDidReceiveFeedback(({ result, kind }) => {
    const metadata = metadataSchema.safeParse(result.metadata);
    if (!metadata.success) return;
    const { decisionId, deploymentId } = metadata.data;
    const thumb = kind === vscode.ChatResultFeedbackKind.Helpful ? 'up' : 'down';
    parts
      .conduit()
      .then(async (conduit) => conduit.rate(decisionId, deploymentId, thumb))
      .catch((error: unknown) => parts.log.error(`The rating was not recorded: ${errorText(error)}`));
  });
  return vscode.Disposable.from(participant, feedback);
}

async function answer(
  parts: ParticipantParts,
  request: vscode.ChatRequest,
  context: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  signal: AbortSignal,
): Promise<vscode.ChatResult> {
  if (request.prompt.trim() === '') {
    stream.markdown('Type a question after `@conduit`, for example `@conduit What does a B-tree do?`');
    return {};
  }
  stream.progress('Choosing a model…');
  const conversationId = conversationOf(context) ?? parts.newId();
  const attachments = await attachmentsOf(request.references);
  const question: Message = { role: 'user', text: withAttachments(request.prompt, attachments) };
  const { name: pool } = await parts.configuration.pool();
  const messages = [...historyOf(context), question];
  const conduit = await parts.conduit();
  let decision: Decision | undefined;
  let result: vscode.ChatResult = {};
  for await (const event of conduit.answer(
    { pool, messages, origin: 'participant', conversationId },
    signal,
  )) {
    if (event.type === 'decided') decision = event.decision;
    result = show(event, decision, conversationId, stream) ?? result;
    if (event.type === 'finished') parts.onAnswered(event.attempt.deploymentId);
  }
  return result;
}

/** Shows one event; returns the result where the event ends the answer. */
function show(
  event: AnswerEvent,
  decision: Decision | undefined,
  conversationId: string,
  stream: vscode.ChatResponseStream,
): vscode.ChatResult | undefined {
  switch (event.type) {
    case 'decided':
      return undefined;
    case 'text':
      stream.markdown(event.text);
      return undefined;
    case 'fell-back':
      stream.markdown(
        `*${event.from} failed (${nameOfFailure(event.failure)}); ${event.to} answered instead.*\n\n`,
      );
      return undefined;
    case 'not-recorded':
      stream.markdown(`\n\n*This answer could not be recorded: ${event.detail}*`);
      return undefined;
    case 'finished': {
      if (decision === undefined) return undefined;
      if (event.truncated) stream.markdown('\n\n*The answer was cut off at the model’s output limit.*');
      const { model, cost, time, phase } = answerLine(decision, event.attempt);
      stream.markdown(`\n\n---\n*${[model, cost, time, phase].join(' · ')}*`);
      const metadata: Metadata = {
        decisionId: decision.id,
        deploymentId: event.attempt.deploymentId,
        conversationId,
      };
      for (const [title, command, ...rest] of buttons) {
        stream.button({ title, command, arguments: [metadata.decisionId, metadata.deploymentId, ...rest] });
      }
      return { metadata };
    }
    case 'stopped':
      return { metadata: { conversationId } };
    case 'failed': {
      const partial = event.partial ? ' What arrived so far stands above.' : '';
      const what = `${event.attempt.deploymentId} failed (${nameOfFailure(event.failure)}): ${event.failure.detail}`;
      return { errorDetails: { message: `${what}${partial} ${adviceFor(event.failure).text}` } };
    }
    case 'no-model': {
      const why = event.excluded.map(
        ({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`,
      );
      stream.button({ title: 'Set API Key', command: 'conduit.setApiKey' });
      return {
        errorDetails: { message: `No model of pool '${event.pool}' can answer (${why.join('; ')}).` },
      };
    }
  }
}

const buttons: readonly (readonly [string, InternalCommand, ...('up' | 'down')[]])[] = [
  ['Good answer', 'conduit.rate', 'up'],
  ['Bad answer', 'conduit.rate', 'down'],
  ['Why this model?', 'conduit.explainDecision'],
];

function conversationOf(context: vscode.ChatContext): string | undefined {
  for (const turn of context.history.toReversed()) {
    if (!(turn instanceof vscode.ChatResponseTurn)) continue;
    const metadata = metadataSchema.pick({ conversationId: true }).safeParse(turn.result.metadata);
    if (metadata.success) return metadata.data.conversationId;
  }
  return undefined;
}

function historyOf(context: vscode.ChatContext): readonly Message[] {
  return context.history
    .map((turn): Message =>
      turn instanceof vscode.ChatRequestTurn
        ? { role: 'user', text: turn.prompt }
        : { role: 'assistant', text: textOf(turn) },
    )
    .filter(({ text }) => text !== '');
}

/** The answer as the model gave it, without the line that Conduit put under it. */
function textOf(turn: vscode.ChatResponseTurn): string {
  const parts = turn.response.filter((part) => part instanceof vscode.ChatResponseMarkdownPart);
  const text = parts.map((part) => part.value.value).join('');
  return text.replace(/\n\n---\n\*[^\n]*\*\s*$/, '');
}

/** Selections and files that the user attached. A whole file counts only up to this size. */
const longestAttachment = 50_000;

async function attachmentsOf(
  references: readonly vscode.ChatPromptReference[],
): Promise<readonly Attachment[]> {
  const attachments: Attachment[] = [];
  for (const { value } of references) {
    const uri =
      value instanceof vscode.Location ? value.uri : value instanceof vscode.Uri ? value : undefined;
    if (uri === undefined) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const range = value instanceof vscode.Location ? value.range : document.validateRange(whole);
    const text = document.getText(range).slice(0, longestAttachment);
    attachments.push({ label: labelOf(document, range), languageId: document.languageId, text });
  }
  return attachments;
}
