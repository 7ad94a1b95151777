import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Conduit } from '../../core/conduit';
import type { RouteRequest } from '../../core/terms/request';
import type { CostChoice } from '../spending/agree-to-cost';
import type { OverBudget } from '../spending/budget-text';
import { exceededBudgets } from '../spending/budget-text';

/**
 * Answers a request; where a budget stands in the way the user is asked: they may go over it this once or for the rest of
 * its time, or have a free model asked.
 */
export async function* answerWithinBudget(
  conduit: Pick<Conduit, 'answer' | 'allowOver'>,
  request: RouteRequest,
  signal: AbortSignal,
  agreeToCost: (over: OverBudget) => Promise<CostChoice | undefined>,
): AsyncGenerator<AnswerEvent> {
  for await (const event of conduit.answer(request, signal)) {
    if (event.type !== 'over-budget') {
      yield event;
      continue;
    }
    const choice = await agreeToCost(event);
    const next =
      choice === undefined || signal.aborted ? undefined : await agreed(conduit, request, event, choice);
    if (next === undefined) yield event;
    // Once is the user's word on all budgets; what is allowed or free may run into another one.
    else if (next.overBudgetAgreed === true) yield* conduit.answer(next, signal);
    else yield* answerWithinBudget(conduit, next, signal, agreeToCost);
  }
}

/** The request as the user agreed to it. */
async function agreed(
  conduit: Pick<Conduit, 'allowOver'>,
  request: RouteRequest,
  over: OverBudget,
  choice: CostChoice,
): Promise<RouteRequest> {
  const once = { ...request, overBudgetAgreed: true };
  switch (choice) {
    case 'once':
      return once;
    case 'free':
      return over.free === undefined
        ? once
        : { ...request, pool: over.free.pool, only: over.free.deploymentId, freeOnly: true };
    case 'rest':
      try {
        for (const { budget } of exceededBudgets(over))
          await conduit.allowOver(budget, request.conversationId);
        return request;
      } catch {
        // Nobody else could be told: this request at least goes on.
        return once;
      }
  }
}
