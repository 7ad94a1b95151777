import type { Configuration } from '../core/configuration';
import type { Phase } from '../core/decision';
import type { ModelStats } from '../core/stats/model-tally';
import type { PoolStats, RecentDecision, RoutingStats } from '../core/stats/routing-stats';
import type { PoolStatsView, RecentDecision as RecentDecisionView, ToStats } from '../webview/protocol';
import { formatCost, formatDuration, formatPhase, formatUsd } from './format';

/** The statistics, ready to show: pools of the configuration first, then those that are only history. */
export function statsView(stats: RoutingStats, configuration: Configuration): ToStats {
  const configured = configuration.pools.map(({ name }) => name);
  const rank = ({ pool }: PoolStats): number =>
    configured.includes(pool) ? configured.indexOf(pool) : Infinity;
  return {
    type: 'stats',
    pools: stats.pools.toSorted((a, b) => rank(a) - rank(b)).map(poolView),
    recent: stats.recent.map(recentView),
  };
}

function poolView(pool: PoolStats): PoolStatsView {
  const { models, shares } = pool;
  return {
    pool: pool.pool,
    simulated: models.some(({ costKind }) => costKind === 'simulated'),
    phase: poolPhase(pool),
    ...(pool.decisions < pool.switchAfter && { phaseProgress01: pool.decisions / pool.switchAfter }),
    requests: pool.decisions,
    totalCost: totalCost(models),
    models: models.map(modelView),
    shares: { requests: [...shares.requests], share01: shares.share01.map((row) => [...row]) },
  };
}

function poolPhase({ decisions, switchAfter }: PoolStats): string {
  const phase: Phase = decisions < switchAfter ? 'ucb1' : 'lin-ucb';
  return formatPhase({ phase, poolSequence: decisions, switchAfter });
}

function modelView(model: ModelStats): PoolStatsView['models'][number] {
  const { quality01, qualityError, pricedAttempts } = model;
  return {
    model: model.deploymentId,
    requests: model.requests,
    share01: model.share01,
    ...(quality01 !== undefined && { quality01 }),
    ...(qualityError !== undefined && { qualityError }),
    totalCost: totalCost([model]),
    meanCost: pricedAttempts === 0 ? '–' : costText(model.totalUsd / pricedAttempts, model.costKind),
    timeToFirstToken: formatDuration(model.meanTimeToFirstTokenMs),
    thumbsUp: model.thumbsUp,
    thumbsDown: model.thumbsDown,
    failures: model.failures,
  };
}

/** "at least" where the cost of some attempts is unknown: unknown is never counted as free. */
function totalCost(models: readonly ModelStats[]): string {
  const priced = models.reduce((sum, model) => sum + model.pricedAttempts, 0);
  const unpriced = models.reduce((sum, model) => sum + model.unpricedAttempts, 0);
  if (priced === 0) return unpriced === 0 ? '–' : 'price unknown';
  const usd = models.reduce((sum, model) => sum + model.totalUsd, 0);
  const kinds = models.filter((model) => model.pricedAttempts > 0).map(({ costKind }) => costKind);
  const kind = kinds.includes('simulated')
    ? 'simulated'
    : kinds.includes('estimated')
      ? 'estimated'
      : 'exact';
  return unpriced > 0 ? `at least ${formatUsd(usd)}` : costText(usd, kind);
}

/** A column of simulated prices says so once, in its pool's heading. */
function costText(usd: number, kind: ModelStats['costKind']): string {
  return kind === 'simulated' ? formatUsd(usd) : formatCost({ kind, usd });
}

function recentView(decision: RecentDecision): RecentDecisionView {
  const { answeredBy, chosen, cost, thumb } = decision;
  return {
    time: new Date(decision.atMs).toLocaleTimeString(),
    pool: decision.pool,
    model: answeredBy === undefined ? `${chosen} (no answer)` : answeredBy,
    origin: decision.origin.replaceAll('-', ' '),
    task: decision.task.replaceAll('-', ' '),
    phase: formatPhase(decision),
    cost: cost === undefined ? '–' : formatCost(cost),
    rating: thumb === undefined ? '–' : thumb === 'up' ? 'good' : 'bad',
  };
}
