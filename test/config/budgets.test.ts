import { describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/config/load-configuration';
import { formatProblem } from '../../src/config/problem';

const models = `model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-5.4-mini, api_key: os.environ/KEY }
    model_info: { id: mini }
`;

function load(text: string, environment: Readonly<Record<string, string>> = {}) {
  const { configuration, problems, values } = loadConfiguration({
    file: { name: 'conduit.yaml', text: models + text },
    environment: { KEY: 'sk-test', ...environment },
    storedHosts: new Set(),
  });
  return { budgets: configuration.budgets, problems: problems.map(formatProblem), values };
}

describe('budgets', () => {
  test('of every period, pool and model are read', () => {
    const { budgets, problems, values } = load(`budgets:
  day_usd: 2
  month_usd: 30
  session_usd: 1
  conversation_usd: 0.5
  request_usd: 0.25
  pace: false
  per_pool: { gpt: { day_usd: 1 } }
  per_model:
    mini: { month_usd: "10", request_usd: 0.1 }
`);
    expect(problems).toEqual([]);
    expect(budgets.pace).toBe(false);
    expect(budgets.caps.map(({ path, usd, period }) => [path, usd, period])).toEqual([
      ['budgets.request_usd', 0.25, 'request'],
      ['budgets.conversation_usd', 0.5, 'conversation'],
      ['budgets.session_usd', 1, 'session'],
      ['budgets.day_usd', 2, 'day'],
      ['budgets.month_usd', 30, 'month'],
      ['budgets.per_pool.gpt.day_usd', 1, 'day'],
      ['budgets.per_model.mini.month_usd', 10, 'month'],
      ['budgets.per_model.mini.request_usd', 0.1, 'request'],
    ]);
    expect(values).toContainEqual({
      path: 'budgets.per_pool.gpt.day_usd',
      value: '1',
      tier: 'file',
      place: 'conduit.yaml:12',
    });
  });

  test('by their older names go on working, and of two the tighter holds, which is said at its line', () => {
    expect(load('router: { daily_budget_usd: 3 }\n').budgets).toMatchObject({
      pace: true,
      caps: [{ period: 'day', usd: 3 }],
    });
    const both = load('router: { daily_budget_usd: 3 }\nbudgets: { day_usd: 2 }\n');
    expect(both.budgets.caps).toMatchObject([{ path: 'budgets.day_usd', usd: 2 }]);
    expect(both.problems).toEqual([
      'conduit.yaml:5: router.daily_budget_usd: has no effect: budgets.day_usd (conduit.yaml:6) is tighter, at $2',
    ]);
    const variable = load('budgets: { day_usd: 2 }\n', { CONDUIT_DAILY_BUDGET_USD: '1' });
    expect(variable.budgets.caps).toMatchObject([{ path: 'router.daily_budget_usd', usd: 1 }]);
    expect(variable.problems).toEqual([
      'conduit.yaml:5: budgets.day_usd: has no effect: router.daily_budget_usd (CONDUIT_DAILY_BUDGET_USD) is tighter, at $1',
    ]);
  });

  test.each([
    ['budgets: { month_usd: -1 }', 'conduit.yaml:5: budgets.month_usd: must not be negative'],
    [
      'budgets:\n  per_pool:\n    gpt: { day_usd: much }',
      'conduit.yaml:7: budgets.per_pool.gpt.day_usd: must be an amount in USD, for example 2.00',
    ],
    [
      'budgets:\n  per_model: 3',
      'conduit.yaml:6: budgets.per_model: must be a mapping, for example { day_usd: 2.00 }',
    ],
    [
      'budgets:\n  per_model:\n    mini: 3',
      'conduit.yaml:7: budgets.per_model.mini: must be a mapping, for example { day_usd: 1.00 }',
    ],
  ])('that can’t be read are errors, for a limit would be gone: %s', (text, problem) => {
    const { budgets, problems } = load(`${text}\n`);
    expect(problems).toContain(problem);
    expect(budgets.caps).toEqual([]);
  });

  test.each([
    [
      'budgets:\n  per_pool:\n    gtp: { day_usd: 1 }',
      "conduit.yaml:7: budgets.per_pool.gtp: there is no 'gtp': it has no effect; did you mean 'gpt'?",
    ],
    [
      'budgets:\n  per_model:\n    opus: { day_usd: 1 }',
      "conduit.yaml:7: budgets.per_model.opus: there is no model with the id 'opus': it has no effect",
    ],
    [
      'budgets:\n  per_model:\n    mini: { days_usd: 1 }',
      "conduit.yaml:7: budgets.per_model.mini.days_usd: is not known and has no effect; did you mean 'day_usd'?",
    ],
    [
      'budgets: { months_usd: 1 }',
      "conduit.yaml:5: budgets.months_usd: is not known and has no effect; did you mean 'month_usd'?",
    ],
  ])('that nothing counts in are named: %s', (text, problem) => {
    expect(load(`${text}\n`).problems).toEqual([problem]);
  });
});
