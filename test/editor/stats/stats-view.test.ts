import { expect, test } from 'vitest';
import type { JudgeStats } from '../../../src/core/stats/judgements';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import type { Spent } from '../../../src/core/stats/spending';
import { learningView, changedSignals } from '../../../src/editor/stats/learning-view';
import { summaryView } from '../../../src/editor/stats/stats-view';
import { toStatsSchema } from '../../../src/webview/protocol/stats';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import { attemptWith, budgetsWith, configurationWith, decisionWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';

function view(spentToday: Spent, dailyBudgetUsd: number | undefined, open: readonly string[] = []) {
  const fold = createStatsFold();
  fold.apply({ kind: 'decision', decision: decisionWith(), sequence: 1, atMs: 0 });
  fold.apply({ kind: 'attempt', attempt: attemptWith(), sequence: 2, atMs: 0 });
  const made = summaryView({
    stats: fold.snapshot(),
    configuration: configurationWith([poolWith([deploymentWith('strong')])], {
      ...(dailyBudgetUsd !== undefined && { budgets: budgetsWith({ day: dailyBudgetUsd }) }),
    }),
    breakers: { stateOf: (id) => (open.includes(id) ? 'open' : 'closed') },
    spentToday,
  });
  const parsed = toStatsSchema.parse(made);
  if (parsed.type !== 'summary') throw new Error('The view is none of statistics.');
  return parsed;
}

const spent: Spent = { usd: 0.0123, expectedUsd: 0, unknownAttempts: 0 };

test('the day’s budget is shown where there is one, and what nobody knows makes it a lower bound', () => {
  expect(view(spent, 2).budget).toBe('today $0.0123 of $2.00');
  expect(view({ ...spent, unknownAttempts: 1 }, 2).budget).toBe('today at least $0.0123 of $2.00');
  expect(view(spent, undefined).budget).toBeUndefined();
});

test('a judge has lines of its own: its state, what it cost, and how it agrees; none where there never was one', () => {
  expect(view(spent, undefined)).not.toHaveProperty('judges');
  const configuration = configurationWith([poolWith([deploymentWith('strong')])]);
  const made = (youden: JudgeStats['agreement']['youden'], alwaysSame = false) =>
    summaryView({
      stats: createStatsFold().snapshot(),
      configuration: {
        ...configuration,
        judge: { ...configuration.judge, enabled: true, models: ['large'], sampleRate: 0.1 },
      },
      breakers: { stateOf: () => 'closed' },
      spentToday: { ...spent, judgingUsd: 0.004 },
      judges: [
        {
          judge: 'large',
          verdicts: 12,
          noVerdicts: 1,
          failures: 2,
          totalUsd: 0.02,
          unpriced: 1,
          agreement: { verdicts: 12, up: 5, down: 2, youden, alwaysSame, factor01: 1 },
        },
      ],
    });
  expect(made(undefined)).toMatchObject({
    judges: [
      'Judging answers: large judges 10 % of the answers for at most $1.00 a day; today $0.0040',
      'large: 12 verdicts, 1 replies without one, 2 failures; cost at least $0.0200; how far it agrees with your ratings is not known yet: 5 good and 2 bad of 30, of which 8 of each',
    ],
  });
  const [, known] = linesOf(made({ mean: 0.412, low: 0.2, high: 0.6 }));
  expect(known).toContain('by 0.41 (0.20 to 0.60; 0 is chance, 1 always)');
  expect(linesOf(made(undefined, true))[1]).toContain('all alike and count for nothing');
});

function linesOf(made: ReturnType<typeof summaryView>): readonly string[] {
  return made.type === 'summary' ? (made.judges ?? []) : [];
}

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
  const made = summaryView({
    stats: fold.snapshot(),
    configuration: configurationWith([poolWith([deploymentWith('strong')])]),
    breakers: { stateOf: () => 'closed' },
    spentToday: spent,
  });
  expect(made.type === 'summary' && made.pools[0]?.models[0]?.expected).toBe('0.71 (figures)');
  expect(view(spent, undefined).pools[0]?.models[0]?.expected).toBeUndefined();
});

test('each row of the table says what it counts and how it can be turned off or on', () => {
  const off = { ...shippedSignals, copied: { ...shippedSignals.copied, weight: 0 } };
  const fold = createStatsFold({ signals: off });
  fold.apply({ kind: 'decision', decision: decisionWith(), sequence: 1, atMs: 0 });
  fold.apply({ kind: 'attempt', attempt: attemptWith(), sequence: 2, atMs: 0 });
  const observed = { decisionId: 'decision', deploymentId: 'strong' };
  for (const kind of ['completed', 'copied', 'inserted'] as const)
    fold.apply({ kind: 'observation', observation: { ...observed, signal: { kind } }, sequence: 3, atMs: 0 });
  const place = 'conduit.yaml:3';
  const values = [
    { path: 'signals.copied', value: 'off', tier: 'file', place },
    { path: 'signals.preset', value: 'conduit', tier: 'file', place },
  ] as const;
  const learning = learningView(fold.snapshot().told, off, changedSignals(values));
  const row = (name: string) => learning.signals.find((each) => each.name === name);
  expect(learning).toMatchObject({ answers: 1, toldOf: 1, models: [{ model: 'strong', answers: 1 }] });
  expect(row('copied')).toMatchObject({ told: 1, counted: 0, share01: 1, weight: 'off', state: 'off' });
  expect(row('inserted')).toMatchObject({
    told: 1,
    counted: 1,
    state: 'on',
    label: 'code inserted, applied, or made a file',
  });
  expect(row('survived-save')?.says).toBe('the more, the better (0.10 to 0.95)');
  expect(row('edit-rejected')).toMatchObject({ told: 0, says: 'bad (0.15)', weight: '0.6' });
  expect(row('failed')).toMatchObject({ weight: 'off', state: 'silent' });
  expect(learning.signals).toHaveLength(Object.keys(shippedSignals).length);
});
