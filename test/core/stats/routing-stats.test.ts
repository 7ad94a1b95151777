import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Signal, Thumb } from '../../../src/core/terms/observation';
import type { Cost } from '../../../src/core/terms/receipt';
import type { PoolStats, RoutingStats, StatsFold } from '../../../src/core/stats/routing-stats';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import { attemptWith, decisionWith } from '../samples';

interface Recorder {
  readonly fold: StatsFold;
  record(...entries: readonly LedgerEntry[]): void;
  /** A request that `deploymentId` answered. */
  answered(id: string, deploymentId: string, cost?: Cost): void;
  rated(id: string, deploymentId: string, thumb: Thumb | undefined): void;
}

function recorder(): Recorder {
  const fold = createStatsFold();
  let sequence = 0;
  const record: Recorder['record'] = (...entries) => {
    for (const entry of entries) fold.apply({ ...entry, sequence: ++sequence, atMs: 1_000 * sequence });
  };
  const observe = (decisionId: string, deploymentId: string, signal: Signal): void =>
    record({ kind: 'observation', observation: { decisionId, deploymentId, signal } });
  return {
    fold,
    record,
    answered: (id, deploymentId, cost = { kind: 'exact', usd: 0.001 }) => {
      const receipt = { ...attemptWith().receipt, cost };
      record(
        { kind: 'decision', decision: decisionWith({ id, deploymentId }) },
        { kind: 'attempt', attempt: attemptWith({ decisionId: id, deploymentId, receipt }) },
      );
      observe(id, deploymentId, { kind: 'completed' });
    },
    rated: (id, deploymentId, thumb) => observe(id, deploymentId, { kind: 'rating', thumb }),
  };
}

function onlyPool({ pools }: RoutingStats): PoolStats {
  const [pool] = pools;
  if (pool === undefined || pools.length !== 1) throw new Error(`There are ${String(pools.length)} pools.`);
  return pool;
}

function model(stats: RoutingStats, deploymentId: string): PoolStats['models'][number] {
  const found = onlyPool(stats).models.find((candidate) => candidate.deploymentId === deploymentId);
  if (found === undefined) throw new Error(`${deploymentId} is not in the statistics.`);
  return found;
}

const serverError = { reason: 'server-error', detail: 'down', status: 500 } as const;

describe('the statistics of routing', () => {
  it('are empty for an empty ledger', () => {
    expect(createStatsFold().snapshot()).toMatchObject({ pools: [], recent: [], told: { answers: 0 } });
  });

  it('count shares, costs and times by the model that answered', () => {
    const { fold, answered, record } = recorder();
    answered('1', 'strong');
    answered('2', 'strong', { kind: 'exact', usd: 0.003 });
    answered('3', 'weak');
    record(
      { kind: 'decision', decision: decisionWith({ id: '4', deploymentId: 'strong', poolSequence: 4 }) },
      {
        kind: 'attempt',
        attempt: attemptWith({
          decisionId: '4',
          deploymentId: 'strong',
          outcome: 'failed',
          failure: serverError,
          receipt: { ...attemptWith().receipt, cost: { kind: 'unknown' }, timeToFirstTokenMs: undefined },
        }),
      },
      { kind: 'attempt', attempt: attemptWith({ decisionId: '4', deploymentId: 'weak', index: 1 }) },
    );
    const stats = fold.snapshot();
    expect(onlyPool(stats)).toMatchObject({ pool: 'default', decisions: 4, switchAfter: 100 });
    expect(model(stats, 'strong')).toMatchObject({
      requests: 2,
      share01: 0.5,
      failures: 1,
      unpricedAttempts: 0,
    });
    expect(model(stats, 'strong').totalUsd).toBeCloseTo(0.004, 12);
    expect(model(stats, 'strong').meanTimeToFirstTokenMs).toBe(200);
    expect(model(stats, 'weak')).toMatchObject({ requests: 2, share01: 0.5, failures: 0 });
    expect(stats.recent[0]).toMatchObject({ chosen: 'strong', answeredBy: 'weak', atMs: 10_000 });
  });

  it('never add an unknown cost, and say how many there are', () => {
    const { fold, answered } = recorder();
    answered('1', 'local', { kind: 'unknown' });
    answered('2', 'local', { kind: 'estimated', usd: 0.002 });
    expect(model(fold.snapshot(), 'local')).toMatchObject({
      totalUsd: 0.002,
      pricedAttempts: 1,
      unpricedAttempts: 1,
      costKind: 'estimated',
    });
  });

  it('count a thumb once, however often it changes', () => {
    const { fold, answered, rated } = recorder();
    answered('1', 'strong');
    for (const thumb of ['up', 'down', undefined, 'up', 'up'] as const) rated('1', 'strong', thumb);
    expect(model(fold.snapshot(), 'strong')).toMatchObject({ thumbsUp: 1, thumbsDown: 0, quality01: 1 });
    expect(fold.snapshot().recent[0]?.thumb).toBe('up');
    rated('1', 'strong', undefined);
    expect(model(fold.snapshot(), 'strong')).toMatchObject({
      thumbsUp: 0,
      thumbsDown: 0,
      quality01: undefined,
    });
  });

  it('give the mean quality with its standard error, from ratings and failures', () => {
    const { fold, answered, rated } = recorder();
    ['1', '2', '3', '4'].forEach((id) => answered(id, 'strong'));
    rated('1', 'strong', 'up');
    // As if two good and two bad outcomes had been seen too: 3 good of 5 in all, so √(.6 · .4 / 5).
    expect(model(fold.snapshot(), 'strong').quality01).toBe(1);
    expect(model(fold.snapshot(), 'strong').qualityError).toBeCloseTo(Math.sqrt((0.6 * 0.4) / 5), 12);
    rated('2', 'strong', 'up');
    rated('3', 'strong', 'up');
    rated('4', 'strong', 'down');
    expect(model(fold.snapshot(), 'strong').quality01).toBeCloseTo(0.75, 12);
    expect(model(fold.snapshot(), 'strong').qualityError).toBeCloseTo(Math.sqrt(((5 / 8) * (3 / 8)) / 8), 12);
  });

  it('list the last 50 decisions, the newest first, even those under way', () => {
    const { fold, answered, record } = recorder();
    for (let number = 1; number <= 60; number += 1) answered(String(number), 'strong');
    record({ kind: 'decision', decision: decisionWith({ id: 'under-way', deploymentId: 'weak' }) });
    const { recent } = fold.snapshot();
    expect(recent).toHaveLength(50);
    expect(recent[0]).toMatchObject({ chosen: 'weak', answeredBy: undefined, cost: undefined });
    expect(recent[1]).toMatchObject({ answeredBy: 'strong', cost: { kind: 'exact', usd: 0.001 } });
  });

  it('ignore what belongs to an unknown decision', () => {
    const { fold, record, rated } = recorder();
    record({ kind: 'attempt', attempt: attemptWith({ decisionId: 'unknown' }) });
    rated('unknown', 'strong', 'up');
    expect(fold.snapshot()).toMatchObject({ pools: [], recent: [], told: { answers: 0 } });
  });
});
