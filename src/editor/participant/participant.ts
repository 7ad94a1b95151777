import * as vscode from 'vscode';
import { z } from 'zod';
import type { AnswerEvent } from '../../core/answer-event';
import type { Decision } from '../../core/decision';
import type { Message } from '../../core/request';
import { agreeToCost } from '../spending/agree-to-cost';
import { answerWithinBudget } from '../spending/answer-within-budget';
import { overBudgetText } from '../spending/budget-text';
import { answerLine } from '../shown/answer-view';
import { withAttachments } from '../attachments/attach';
import type { InternalCommand } from '../command-table';
import { participantId, viewCommands } from '../command-table';
import { errorText } from '../shown/error-text';
import { adviceFor, nameOfExclusion, nameOfFailure } from '../shown/failure-text';
import { attachmentsOf, conversationOf, historyOf, turnMetadataSchema } from './participant-history';
import type { SurfaceParts } from '../surface-parts';

/** What an answer carries, so that the editor's own thumbs reach the right decision also after a reload. */
const metadataSchema = turnMetadataSchema.extend({ decisionId: z.string(), deploymentId: z.string() });
type Metadata = z.infer<typeof metadataSchema>;

/** `@conduit` in the editor's own chat. */
export function registerParticipant(parts: SurfaceParts): vscode.Disposable {
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
  parts: SurfaceParts,
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
  const { attachments, notices } = await attachmentsOf(request.references);
  for (const notice of notices) stream.markdown(`*${notice}*\n\n`);
  const question: Message = { role: 'user', text: withAttachments(request.prompt, attachments) };
  const { name: pool } = await parts.configuration.pool();
  const messages = [...(await historyOf(context)), question];
  const conduit = await parts.conduit();
  const told: Told = { conversationId, decision: undefined, answer: '' };
  let result: vscode.ChatResult = {};
  const asked = { pool, messages, origin: 'participant', conversationId } as const;
  for await (const event of answerWithinBudget(conduit, asked, signal, agreeToCost)) {
    if (event.type === 'decided') told.decision = event.decision;
    if (event.type === 'text') told.answer += event.text;
    result = show(event, told, stream) ?? result;
    if (event.type === 'finished') parts.onAnswered(event.attempt.deploymentId);
  }
  return result;
}

/** What is known of the answer while it streams. */
interface Told {
  readonly conversationId: string;
  decision: Decision | undefined;
  answer: string;
}

/** Shows one event; returns the result where the event ends the answer. */
function show(
  event: AnswerEvent,
  { conversationId, decision, answer }: Told,
  stream: vscode.ChatResponseStream,
): vscode.ChatResult | undefined {
  switch (event.type) {
    case 'decided':
      return undefined;
    case 'tool-call':
      // None is offered here.
      return undefined;
    case 'text':
      stream.markdown(event.text);
      return undefined;
    case 'fell-back':
      stream.markdown(
        `*${event.from} failed (${nameOfFailure(event.failure)}); ${event.to} was asked instead.*\n\n`,
      );
      return undefined;
    case 'retrying':
      stream.progress(`${event.deploymentId} failed (${nameOfFailure(event.failure)}); it is asked again…`);
      return undefined;
    case 'over-budget':
      return { errorDetails: { message: `${overBudgetText(event)} Nothing was sent.` } };
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
        answer,
      };
      for (const [title, command, ...rest] of buttons) {
        stream.button({ title, command, arguments: [metadata.decisionId, metadata.deploymentId, ...rest] });
      }
      return { metadata };
    }
    case 'stopped': {
      const line = decision && answerLine(decision, event.attempt);
      if (line && answer !== '')
        stream.markdown(`\n\n---\n*Stopped. ${line.model} · ${line.cost} · ${line.time}*`);
      return { metadata: { conversationId, answer } };
    }
    case 'failed': {
      const partial = event.partial ? ' What arrived so far stands above.' : '';
      const what = `${event.attempt.deploymentId} failed (${nameOfFailure(event.failure)}): ${event.failure.detail}`;
      const advice = adviceFor(event.failure);
      for (const action of advice.actions) {
        if (action !== 'retry') stream.button(actionButtons[action]);
      }
      const message = `${what}${partial} ${advice.text}`;
      return { errorDetails: { message }, metadata: { conversationId, answer } };
    }
    case 'no-model': {
      const why = event.excluded.map(
        ({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`,
      );
      const keyMissing = event.excluded.some(({ reason }) => reason === 'missing-key');
      stream.button(actionButtons[keyMissing ? 'set-key' : 'open-configuration']);
      return {
        errorDetails: { message: `No model of pool '${event.pool}' can answer (${why.join('; ')}).` },
      };
    }
  }
}

/** What can be done about a failure; the editor has a button of its own to retry. */
const actionButtons = {
  'set-key': { title: 'Set API Key', command: viewCommands['set-key'] },
  'open-configuration': { title: 'Open Configuration', command: viewCommands['open-configuration'] },
  'show-log': { title: 'Show Log', command: viewCommands['show-log'] },
} as const;

const buttons: readonly (readonly [string, InternalCommand, ...('up' | 'down')[]])[] = [
  ['Good answer', 'conduit.rate', 'up'],
  ['Bad answer', 'conduit.rate', 'down'],
  ['Why this model?', 'conduit.explainDecision'],
];
