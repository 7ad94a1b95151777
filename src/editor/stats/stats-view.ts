import * as l10n from '@vscode/l10n';
import { phaseAfter } from '../../core/bandit/hybrid';
import { budgetFor } from '../../core/terms/budgets';
import type { Configuration } from '../../core/terms/configuration';
import type { Phase } from '../../core/terms/decision';
import type { Breakers, BreakerState } from '../../core/terms/ports';
import type { SignalName } from '../../core/terms/signals';
import { latestCandidate } from '../../core/stats/expectations';
import type { ModelStats } from '../../core/stats/model-tally';
import type { PoolStats, RecentDecision, RoutingStats } from '../../core/stats/routing-stats';
import type { JudgeStats } from '../../core/stats/judgements';
import type { Spent } from '../../core/stats/spending';
import type { BreakerMark } from '../../webview/protocol/breaker';
import type {
  PoolStatsView,
  RecentDecision as RecentDecisionView,
  ToStats,
} from '../../webview/protocol/stats';
import { nameOfOrigin, nameOfTask } from '../shown/code-names';
import { shortExpected } from '../shown/expectation';
import { judgeStateText, judgeStatsText } from '../judge/judge-text';
import { atLeastUsd, formatCost, formatDuration, formatPhase, formatUsd } from '../shown/format';
import { learningView } from './learning-view';

export interface StatsSources {
  readonly stats: RoutingStats;
  readonly configuration: Configuration;
  readonly breakers: Pick<Breakers, 'stateOf'>;
  readonly spentToday: Spent;
  /** Signals that the user's file says something of. */
  readonly changedSignals: ReadonlySet<SignalName>;
  /** Absent: nobody ever judged. */
  readonly judges?: readonly JudgeStats[];
}

/** The statistics, ready to show: pools of the configuration first, then those that are only history. */
export function statsView(sources: StatsSources): ToStats {
  const { stats, configuration, breakers, spentToday, judges = [] } = sources;
  const configured = configuration.pools.map(({ name }) => name);
  const rank = ({ pool }: PoolStats): number =>
    configured.includes(pool) ? configured.indexOf(pool) : Infinity;
  const day = budgetFor(configuration.budgets, 'day');
  return {
    type: 'stats',
    ...(day !== undefined && {
      budget: l10n.t('today {0} of {1}', spentText(spentToday), formatUsd(day.usd)),
    }),
    ...judgeLines(configuration, spentToday, judges),
    pools: stats.pools
      .toSorted((a, b) => rank(a) - rank(b))
      .map((pool) => poolView(pool, (model) => breakerMark(breakers.stateOf(model)))),
    learning: learningView(stats.told, configuration.signals, sources.changedSignals),
    recent: stats.recent.map(recentView),
  };
}

/** Nothing where no judge was ever turned on. */
function judgeLines(
  { judge }: Configuration,
  spent: Spent,
  judges: readonly JudgeStats[],
): { judges?: string[] } {
  if (!judge.enabled && judges.length === 0) return {};
  const state = l10n.t('Judging answers: {0}', judgeStateText(judge, spent));
  return { judges: [state, ...judges.map((each) => `${each.judge}: ${judgeStatsText(each)}`)] };
}

/** "at least" where nobody knows what some attempts cost. */
export function spentText({ usd, unknownAttempts }: Spent): string {
  return unknownAttempts === 0 ? formatUsd(usd) : atLeastUsd(usd);
}

/** A breaker that isn't closed is marked. */
export function breakerMark(state: BreakerState): BreakerMark | undefined {
  return state === 'closed' ? undefined : state;
}

type MarkOf = (model: string) => BreakerMark | undefined;

function poolView(pool: PoolStats, markOf: MarkOf): PoolStatsView {
  const { models, shares } = pool;
  return {
    pool: pool.pool,
    simulated: models.some(({ costKind }) => costKind === 'simulated'),
    phase: poolPhase(pool),
    ...(phaseOf(pool) === 'ucb1' && { phaseProgress01: pool.decisions / pool.switchAfter }),
    requests: pool.decisions,
    totalCost: totalCost(models),
    models: models.map((model) => modelView(model, markOf(model.deploymentId), pool)),
    shares: { requests: [...shares.requests], share01: shares.share01.map((row) => [...row]) },
  };
}

const phaseOf = ({ decisions, switchAfter }: PoolStats): Phase => phaseAfter(decisions, switchAfter);

function poolPhase(pool: PoolStats): string {
  const { decisions, switchAfter } = pool;
  return formatPhase({ phase: phaseOf(pool), poolSequence: decisions, switchAfter });
}

function modelView(
  model: ModelStats,
  breaker: BreakerMark | undefined,
  { latest }: PoolStats,
): PoolStatsView['models'][number] {
  const candidate = latestCandidate(latest, model.deploymentId);
  const expected = candidate && shortExpected(candidate);
  const { quality01, qualityError, pricedAttempts } = model;
  return {
    model: model.deploymentId,
    ...(breaker && { breaker }),
    requests: model.requests,
    share01: model.share01,
    ...(expected !== undefined && { expected }),
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
export function totalCost(models: readonly ModelStats[]): string {
  const priced = models.reduce((sum, model) => sum + model.pricedAttempts, 0);
  const unpriced = models.reduce((sum, model) => sum + model.unpricedAttempts, 0);
  if (priced === 0) return unpriced === 0 ? '–' : l10n.t('cost unknown');
  const usd = models.reduce((sum, model) => sum + model.totalUsd, 0);
  const kinds = models.filter((model) => model.pricedAttempts > 0).map(({ costKind }) => costKind);
  const kind = kinds.includes('simulated')
    ? 'simulated'
    : kinds.includes('estimated')
      ? 'estimated'
      : 'exact';
  return unpriced > 0 ? atLeastUsd(usd) : costText(usd, kind);
}

/** A column of simulated prices says so once, in its pool's heading. */
function costText(usd: number, kind: ModelStats['costKind']): string {
  return kind === 'simulated' ? formatUsd(usd) : formatCost({ kind, usd });
}

function recentView(decision: RecentDecision): RecentDecisionView {
  const { answeredBy, chosen, stuckWith, cost, thumb } = decision;
  const model = answeredBy === undefined ? l10n.t('{0} (no answer)', chosen) : answeredBy;
  return {
    time: new Date(decision.atMs).toLocaleTimeString(),
    pool: decision.pool,
    model: stuckWith === undefined ? model : l10n.t('{0}, after {1} was stuck', model, stuckWith),
    origin: nameOfOrigin(decision.origin),
    task: nameOfTask(decision.task),
    phase: formatPhase(decision),
    cost: cost === undefined ? '–' : formatCost(cost),
    rating: thumb === undefined ? '–' : thumb === 'up' ? l10n.t('good') : l10n.t('bad'),
  };
}
