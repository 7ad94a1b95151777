import { expect, test } from 'vitest';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import type { Spent } from '../../../src/core/stats/spending';
import { statsView } from '../../../src/editor/stats/stats-view';
import { toStatsSchema } from '../../../src/webview/protocol/stats';
import { attemptWith, configurationWith, decisionWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';

function view(spentToday: Spent, dailyBudgetUsd: number | undefined, open: readonly string[] = []) {
  const fold = createStatsFold();
  fold.apply({ kind: 'decision', decision: decisionWith(), sequence: 1, atMs: 0 });
  fold.apply({ kind: 'attempt', attempt: attemptWith(), sequence: 2, atMs: 0 });
  const made = statsView({
    stats: fold.snapshot(),
    configuration: configurationWith([poolWith([deploymentWith('strong')])], { dailyBudgetUsd }),
    breakers: { stateOf: (id) => (open.includes(id) ? 'open' : 'closed') },
    spentToday,
  });
  const parsed = toStatsSchema.parse(made);
  if (parsed.type !== 'stats') throw new Error('The view is none of statistics.');
  return parsed;
}

const spent: Spent = { usd: 0.0123, expectedUsd: 0, unknownAttempts: 0 };

test('the day’s budget is shown where there is one, and what nobody knows makes it a lower bound', () => {
  expect(view(spent, 2).budget).toBe('today $0.0123 of $2.00');
  expect(view({ ...spent, unknownAttempts: 1 }, 2).budget).toBe('today at least $0.0123 of $2.00');
  expect(view(spent, undefined).budget).toBeUndefined();
});

test('a breaker is marked in the row of its model, unless it is closed', () => {
  expect(view(spent, undefined, ['strong']).pools[0]?.models[0]?.breaker).toBe('open');
  expect(view(spent, undefined).pools[0]?.models[0]?.breaker).toBeUndefined();
});

test('what was expected of a model stands beside what was learnt, as of its last request', () => {
  const fold = createStatsFold();
  const candidate = { ...decisionWith().candidates[0]!, before: { quality01: 0.71, weight: 14 } };
  const known = { ability: 1, from: 'figures' } as const;
  const decisions = [
    { ...candidate, stated01: 0.5 },
    { ...candidate, known },
  ].map((each, index) => decisionWith({ id: `d${String(index)}`, candidates: [each] }));
  for (const [index, decision] of decisions.entries())
    fold.apply({ kind: 'decision', decision, sequence: index + 1, atMs: 0 });
  const made = statsView({
    stats: fold.snapshot(),
    configuration: configurationWith([poolWith([deploymentWith('strong')])]),
    breakers: { stateOf: () => 'closed' },
    spentToday: spent,
  });
  expect(made.type === 'stats' && made.pools[0]?.models[0]?.expected).toBe('0.71 (figures)');
  expect(view(spent, undefined).pools[0]?.models[0]?.expected).toBeUndefined();
});
