import { z } from 'zod';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { AnswerView } from '../../webview/protocol/chat';
import { turnSchema } from '../../webview/protocol/chat';
import { questionSchema, toldSchema } from './conversation-schema';
import type { EarlierAnswer, SavedAnswer, SavedTurn } from './saved-conversation';

/**
 * A turn in a file of the first version, which kept what it showed, in the language of that moment. Of the facts only the
 * text is known, and whose it is.
 */
export const firstTurnSchema: z.ZodType<SavedTurn> = z
  .object({
    question: questionSchema,
    view: turnSchema,
    answeredBy: z.string().optional(),
    rivalAnsweredBy: z.string().optional(),
    told: toldSchema,
  })
  .transform(({ question, view, answeredBy, rivalAnsweredBy, told }): SavedTurn => {
    const { earlier = [], rival } = view;
    const [answer, other] = [answerOf(view, answeredBy), rival && answerOf(rival, rivalAnsweredBy)];
    // A turn that was too long for its file has lost what was attached, and its page still names it.
    const lostAttachments = question.attachments.length === 0 ? view.attachments : undefined;
    return {
      question,
      answer: { ...answer, lostAttachments },
      rival: other,
      earlier: earlier.map(earlierOf),
      told,
    };
  });

function answerOf(view: AnswerView, answeredBy: string | undefined): SavedAnswer {
  const { id, answer, decisionId, thumb, reason } = view;
  const { status, notices, error, line, explanation } = view;
  return {
    id,
    facts: { text: answer, by: byOf(decisionId, answeredBy), notices: [] },
    words: {
      status,
      notices,
      ...(error && { error }),
      ...(line && { line }),
      ...(explanation && { explanation }),
    },
    thumb,
    reason,
  };
}

type EarlierView = NonNullable<z.infer<typeof turnSchema>['earlier']>[number];

function earlierOf({ answer, line, decisionId, answeredBy }: EarlierView): EarlierAnswer {
  return {
    facts: { text: answer, by: byOf(decisionId, answeredBy), notices: [] },
    words: { status: 'done', notices: [], ...(line && { line }) },
  };
}

function byOf(decisionId: string | undefined, deploymentId: string | undefined): AnswerOfModel | undefined {
  return decisionId === undefined || deploymentId === undefined ? undefined : { decisionId, deploymentId };
}
