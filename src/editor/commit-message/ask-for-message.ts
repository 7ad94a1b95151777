import * as l10n from '@vscode/l10n';
import type { Message } from '../../core/request';
import type { Answered, AnswerEnd } from '../edits/read-answer';
import { readAnswer } from '../edits/read-answer';
import { agreeToCost } from '../spending/agree-to-cost';
import { answerWithinBudget } from '../spending/answer-within-budget';
import type { SurfaceParts } from '../surface-parts';
import { commitMessageIn } from './commit-prompt';

/** What a model made of the changes. */
export type Proposed =
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly by: Answered;
      /** Who gave it, at what cost and how fast. */
      readonly line: string;
      /** True where it ends in the middle, at the model's limit. */
      readonly truncated: boolean;
    }
  | Exclude<AnswerEnd, { readonly kind: 'finished' }>;

/** Asks for a message, of a model other than those of `avoid` where there is one. */
export async function askForMessage(
  parts: SurfaceParts,
  messages: readonly Message[],
  avoid: readonly string[],
  signal: AbortSignal,
): Promise<Proposed> {
  const [conduit, pool] = await Promise.all([parts.conduit(), parts.configuration.pool()]);
  const origin = 'commit-message';
  const request = { pool: pool.name, messages, origin, conversationId: parts.newId(), avoid } as const;
  let answer = '';
  let by: Answered | undefined;
  const events = answerWithinBudget(conduit, request, signal, agreeToCost);
  const end = await readAnswer(events, (grown, answered) => {
    answer = grown;
    by = answered;
  });
  if (end.kind !== 'finished') return end;
  const text = commitMessageIn(answer);
  if (by === undefined || text === '')
    return {
      kind: 'failed',
      text: l10n.t('The answer holds no commit message. The box was left as it is.'),
      actions: ['retry', 'show-log'],
    };
  parts.onAnswered(by.deploymentId);
  return { kind: 'message', text, by, line: end.line, truncated: end.truncated };
}
