import { expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { RouteRequest } from '../../../src/core/terms/request';
import { answerWithinBudget } from '../../../src/editor/answers/answer-within-budget';
import { overBudgetText } from '../../../src/editor/spending/budget-text';
import { attemptWith, decisionWith } from '../../core/samples';

type OverBudget = Extract<AnswerEvent, { type: 'over-budget' }>;

const overBudget = (change: Partial<OverBudget> = {}): OverBudget => ({
  type: 'over-budget',
  pool: 'gpt',
  excluded: [{ deploymentId: 'mini', reason: 'over-request-cap' }],
  caps: { requestUsd: 0.05, dayLeftUsd: undefined },
  cheapest: { deploymentId: 'mini', costUsd: 0.12 },
  ...change,
});
const request: RouteRequest = {
  pool: 'gpt',
  messages: [{ role: 'user', text: 'Why?' }],
  origin: 'chat',
  conversationId: 'c',
};
const answered: readonly AnswerEvent[] = [
  { type: 'decided', decision: decisionWith() },
  { type: 'finished', attempt: attemptWith({ deploymentId: 'mini' }), truncated: false },
];

/** Over the budget until the user agreed to go over it. */
function stage() {
  const requests: RouteRequest[] = [];
  const conduit: Pick<Conduit, 'answer'> = {
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
    answer: async function* (asked) {
      requests.push(asked);
      if (asked.overBudgetAgreed === true) yield* answered;
      else yield overBudget();
    },
  };
  async function ask(
    agree: (question: string) => Promise<boolean>,
    signal = new AbortController().signal,
  ): Promise<readonly AnswerEvent[]> {
    const events: AnswerEvent[] = [];
    for await (const event of answerWithinBudget(conduit, request, signal, agree)) events.push(event);
    return events;
  }
  return { requests, ask };
}

test('who agrees gets the answer, and the request says so', async () => {
  const { requests, ask } = stage();
  const agree = vi.fn(() => Promise.resolve(true));
  expect(await ask(agree)).toEqual(answered);
  expect(agree).toHaveBeenCalledExactlyOnceWith(overBudgetText(overBudget()));
  expect(requests.map(({ overBudgetAgreed }) => overBudgetAgreed)).toEqual([undefined, true]);
});

test('who doesn’t agree is asked once and nothing is sent', async () => {
  const { requests, ask } = stage();
  expect(await ask(() => Promise.resolve(false))).toEqual([overBudget()]);
  expect(requests).toHaveLength(1);
});

test('an answer that was stopped while the question stood is not begun', async () => {
  const { requests, ask } = stage();
  const controller = new AbortController();
  const agree = (): Promise<boolean> => {
    controller.abort();
    return Promise.resolve(true);
  };
  expect(await ask(agree, controller.signal)).toEqual([overBudget()]);
  expect(requests).toHaveLength(1);
});

test.each([
  [
    {},
    'mini, the cheapest model that can answer, would cost about $0.1200; max_cost_per_request_usd is $0.0500.',
  ],
  [
    { caps: { requestUsd: undefined, dayLeftUsd: 0.02 } },
    'mini, the cheapest model that can answer, would cost about $0.1200; $0.0200 is left of daily_budget_usd for today.',
  ],
  [
    { caps: { requestUsd: 1, dayLeftUsd: -0.5 } },
    'mini, the cheapest model that can answer, would cost about $0.1200; nothing is left of daily_budget_usd for today.',
  ],
  [
    { cheapest: { deploymentId: 'mini', costUsd: 0.00001 }, caps: { requestUsd: undefined, dayLeftUsd: 0 } },
    'mini, the cheapest model that can answer, would cost under $0.0001; nothing is left of daily_budget_usd for today.',
  ],
  [
    { cheapest: { deploymentId: 'mini', costUsd: undefined } },
    'What mini would cost is not known; max_cost_per_request_usd is $0.0500.',
  ],
])('the question names the price and the limit (%#)', (change, text) => {
  expect(overBudgetText(overBudget(change))).toBe(text);
});
