import * as l10n from '@vscode/l10n';
import type { Message } from '../../core/terms/request';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { AnswerError } from '../../webview/protocol/chat';
import { errorOf } from '../answers/answer-texts';
import { shortLine } from '../answers/answer-view';
import { readAnswer } from '../answers/read-answer';
import { agreeToCost } from '../spending/agree-to-cost';
import { answerWithinBudget } from '../answers/answer-within-budget';
import type { SurfaceParts } from '../answers/surface-parts';
import { commitMessageIn } from '../../text/commit-prompt';

/** What a model made of the changes. */
export type Proposed =
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly by: AnswerOfModel;
      /** Who gave it, at what cost and how fast. */
      readonly line: string;
      /** True where it ends in the middle, at the model's limit. */
      readonly truncated: boolean;
    }
  | { readonly kind: 'stopped' }
  | ({ readonly kind: 'failed' } & AnswerError);

/** Asks for a message, of a model other than those of `avoid` where there is one. */
export async function askForMessage(
  parts: SurfaceParts,
  messages: readonly Message[],
  avoid: readonly string[],
  signal: AbortSignal,
): Promise<Proposed> {
  const [conduit, pool] = await Promise.all([parts.conduit(), parts.configuration.pool()]);
  const origin = 'commit-message';
  const request = {
    pool: pool.name,
    messages,
    origin,
    conversationId: parts.newId(),
    known: { kind: 'commit-message' },
    avoid,
  } as const;
  const events = answerWithinBudget(conduit, request, signal, agreeToCost);
  const { decision, by, text: answer, end } = await readAnswer(events);
  const error = end && errorOf(end, l10n.t('Nothing was changed.'));
  if (error !== undefined) return { kind: 'failed', ...error };
  if (end?.type !== 'finished') return { kind: 'stopped' };
  const text = commitMessageIn(answer);
  if (decision === undefined || by === undefined || text === '')
    return {
      kind: 'failed',
      text: l10n.t('The answer holds no commit message. The box was left as it is.'),
      actions: ['retry', 'show-log'],
    };
  parts.onAnswered(by.deploymentId);
  const line = shortLine(decision, end.attempt);
  return { kind: 'message', text, by, line, truncated: end.truncated };
}
