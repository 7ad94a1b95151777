import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Conduit } from '../../core/conduit';
import type { RouteRequest } from '../../core/terms/request';
import { overBudgetText } from '../spending/budget-text';

/** Answers a request; where a cost cap stands in the way the user is asked, and may agree to go over it this once. */
export async function* answerWithinBudget(
  conduit: Pick<Conduit, 'answer'>,
  request: RouteRequest,
  signal: AbortSignal,
  agreeToCost: (question: string) => Promise<boolean>,
): AsyncGenerator<AnswerEvent> {
  for await (const event of conduit.answer(request, signal)) {
    if (event.type !== 'over-budget' || !(await agreeToCost(overBudgetText(event))) || signal.aborted) {
      yield event;
      continue;
    }
    yield* conduit.answer({ ...request, overBudgetAgreed: true }, signal);
  }
}
