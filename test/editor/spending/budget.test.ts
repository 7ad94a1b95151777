import { expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { Budget } from '../../../src/core/terms/budgets';
import type { RouteRequest } from '../../../src/core/terms/request';
import { answerWithinBudget } from '../../../src/editor/answers/answer-within-budget';
import type { agreeToCost } from '../../../src/editor/spending/agree-to-cost';
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
  const allowed: Budget[] = [];
  const conduit: Pick<Conduit, 'answer' | 'allowOver'> = {
    allowOver: (budget) => Promise.resolve(void allowed.push(budget)),
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
    answer: async function* (asked) {
      requests.push(asked);
      const free = asked.only === 'qwen' && asked.pool === 'local';
      if (asked.overBudgetAgreed === true || free || allowed.length > 0) yield* answered;
      else yield overBudget({ free: { pool: 'local', deploymentId: 'qwen' } });
    },
  };
  async function ask(
    agree: typeof agreeToCost,
    signal = new AbortController().signal,
  ): Promise<readonly AnswerEvent[]> {
    const events: AnswerEvent[] = [];
    for await (const event of answerWithinBudget(conduit, request, signal, agree)) events.push(event);
    return events;
  }
  return { requests, ask, allowed };
}

const stopped = overBudget({ free: { pool: 'local', deploymentId: 'qwen' } });

test('who allows it for the rest of the time is asked once, and the budgets in the way are told to all', async () => {
  const { requests, ask, allowed } = stage();
  expect(await ask(() => Promise.resolve('rest'))).toEqual(answered);
  expect(allowed).toMatchObject([{ period: 'request', subject: { of: 'all' } }]);
  expect(requests.map(({ overBudgetAgreed }) => overBudgetAgreed)).toEqual([undefined, undefined]);
});

test('who wants a free model gets the one that can answer', async () => {
  const { requests, ask } = stage();
  expect(await ask(() => Promise.resolve('free'))).toEqual(answered);
  expect(requests[1]).toMatchObject({ pool: 'local', only: 'qwen', freeOnly: true });
});

test('who agrees gets the answer, and the request says so', async () => {
  const { requests, ask } = stage();
  const agree = vi.fn(() => Promise.resolve('once' as const));
  expect(await ask(agree)).toEqual(answered);
  expect(agree).toHaveBeenCalledExactlyOnceWith(stopped);
  expect(requests.map(({ overBudgetAgreed }) => overBudgetAgreed)).toEqual([undefined, true]);
});

test('who doesn’t agree is asked once and nothing is sent', async () => {
  const { requests, ask } = stage();
  expect(await ask(() => Promise.resolve(undefined))).toEqual([stopped]);
  expect(requests).toHaveLength(1);
});

test('an answer that was stopped while the question stood is not begun', async () => {
  const { requests, ask } = stage();
  const controller = new AbortController();
  const agree = (): Promise<'once'> => {
    controller.abort();
    return Promise.resolve('once');
  };
  expect(await ask(agree, controller.signal)).toEqual([stopped]);
  expect(requests).toHaveLength(1);
});

test.each<[Partial<OverBudget>, string]>([
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
    {
      caps: {
        requestUsd: undefined,
        dayLeftUsd: undefined,
        others: [
          {
            budget: { period: 'month', subject: { of: 'all' }, usd: 20, path: 'budgets.month_usd' },
            leftUsd: 0.02,
          },
        ],
      },
    },
    'mini, the cheapest model that can answer, would cost about $0.1200; $0.0200 is left of Monthly budget (budgets.month_usd).',
  ],
  [
    { caps: { requestUsd: undefined, dayLeftUsd: 0.02, unreachable: true } },
    'mini, the cheapest model that can answer, would cost about $0.1200; the ledger can’t be reached, and this window’s share of the budget is used up.',
  ],
  [
    { cheapest: { deploymentId: 'mini', costUsd: undefined } },
    'What mini would cost is not known; max_cost_per_request_usd is $0.0500.',
  ],
])('the question names the price and the limit (%#)', (change, text) => {
  expect(overBudgetText(overBudget(change))).toBe(text);
});
