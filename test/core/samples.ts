import { defaults } from '../../src/config/defaults';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { Attempt } from '../../src/core/terms/attempt';
import type { Configuration } from '../../src/core/terms/configuration';
import type { Decision } from '../../src/core/terms/decision';
import type { Pool } from '../../src/core/terms/deployment';
import type { Budget, BudgetPeriod, Budgets } from '../../src/core/terms/budgets';
import { budgetPeriods, noBudgets } from '../../src/core/terms/budgets';
import type { Breakers, Cache, Calendar, Log } from '../../src/core/terms/ports';

/** A complete decision, to be overridden where a test cares. */
export function decisionWith(change: Partial<Decision> = {}): Decision {
  return {
    id: 'decision',
    pool: 'default',
    origin: 'chat',
    conversationId: 'conversation',
    deploymentId: 'strong',
    probability: 1,
    explored: false,
    candidates: [
      {
        deploymentId: 'strong',
        quality01: 0.7,
        bonus: 0.1,
        costUsd: 0.001,
        latencyMs: 1200,
        utility: 0.5,
        probability: 1,
      },
    ],
    excluded: [],
    changes: [],
    phase: 'ucb1',
    poolSequence: 1,
    switchAfter: 100,
    preset: 'balanced',
    features: [1],
    featureSpace: 'test',
    prompt: undefined,
    inputTokens: 12,
    task: 'everyday-question',
    domain: 'knowledge',
    ...change,
  };
}

/** A complete, successful attempt. */
export function attemptWith(change: Partial<Attempt> = {}): Attempt {
  return {
    decisionId: 'decision',
    deploymentId: 'strong',
    index: 0,
    outcome: 'completed',
    failure: undefined,
    receipt: {
      usage: { inputTokens: 12, outputTokens: 30, cachedInputTokens: 0 },
      cost: { kind: 'exact', usd: 0.0003 },
      timeToFirstTokenMs: 200,
      totalMs: 1_400,
      servedModel: undefined,
    },
    ...change,
  };
}

/** A configuration with these pools and the usual settings. */
export function configurationWith(
  pools: readonly Pool[],
  change: Partial<Configuration> = {},
): Configuration {
  return {
    pools,
    defaultPool: pools[0]?.name ?? '',
    preset: 'balanced',
    switchAfter: 100,
    embeddingModel: undefined,
    keepPrompts: false,
    priors: true,
    escalate: 'ask',
    budgets: noBudgets,
    instructions: [],
    limits: defaults.limits,
    measure: undefined,
    signals: shippedSignals,
    cache: { enabled: false, redisUrl: undefined },
    ledger: { keepDays: undefined, mostBytes: 500_000_000 },
    judge: { ...defaults.judge, models: [], rubric: '' },
    team: { databaseUrl: undefined, shareVectors: false },
    source: 'file',
    ...change,
  };
}

/** The calendar of UTC. */
export const utcCalendar: Calendar = {
  dayOf: (atMs) => new Date(atMs).toISOString().slice(0, 10),
  hourOf: (atMs) => (atMs % 86_400_000) / 3_600_000,
};

/** Budgets for all that is asked, without a pacer unless it is said. */
export function budgetsWith(usd: Partial<Record<BudgetPeriod, number>>, pace = false): Budgets {
  const caps = budgetPeriods.flatMap((period): readonly Budget[] => {
    const most = usd[period];
    return most === undefined
      ? []
      : [{ period, subject: { of: 'all' }, usd: most, path: `budgets.${period}_usd` }];
  });
  return { caps, pace };
}

/** Breakers that never open, a cache that remembers nothing, and days that begin at midnight UTC. */
export const quietParts = {
  breakers: { stateOf: () => 'closed', reset: () => undefined } satisfies Breakers,
  cache: {
    get: () => Promise.resolve(undefined),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  } satisfies Cache,
  startOfDayMs: (nowMs: number): number => nowMs - (nowMs % 86_400_000),
  calendar: utcCalendar,
  window: 'window',
};

/** A log that nobody reads. */
export const quietLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
