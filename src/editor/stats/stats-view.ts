import * as l10n from '@vscode/l10n';
import { phaseAfter } from '../../core/bandit/hybrid';
import { budgetFor } from '../../core/terms/budgets';
import type { Configuration } from '../../core/terms/configuration';
import type { Decision, Phase } from '../../core/terms/decision';
import type { Breakers, BreakerState } from '../../core/terms/ports';
import type { FactsOverview } from '../../core/terms/facts';
import { latestCandidate } from '../../core/stats/expectations';
import { modelStatsOf } from '../../core/stats/facts-sums';
import type { ModelStats } from '../../core/stats/model-tally';
import type { PoolStats, RoutingStats } from '../../core/stats/routing-stats';
import type { JudgeStats } from '../../core/stats/judgements';
import type { Spent } from '../../core/stats/spending';
import type { BreakerMark } from '../../webview/protocol/breaker';
import type { PoolStatsView, ToStats } from '../../webview/protocol/stats';
import { shortExpected } from '../shown/expectation';
import { judgeStateText, judgeStatsText } from '../judge/judge-text';
import { atLeastUsd, formatCost, formatDuration, formatPhase, formatUsd } from '../shown/format';

export interface SummarySources {
  readonly stats: RoutingStats;
  readonly configuration: Configuration;
  readonly breakers: Pick<Breakers, 'stateOf'>;
  readonly spentToday: Spent;
  /** Absent: nobody ever judged. */
  readonly judges?: readonly JudgeStats[];
}

/** A pool as the page shows it: from facts, or from what the router has in memory. */
type ShownPool = Pick<PoolStats, 'pool' | 'decisions' | 'switchAfter' | 'models' | 'latest'> & {
  /** Of those that are looked at; absent: of all. */
  readonly requests?: number;
};

/** The side bar's summary: pools of the configuration first, then those that are only history. */
export function summaryView(sources: SummarySources): ToStats {
  const { stats, configuration, breakers, spentToday, judges = [] } = sources;
  return {
    type: 'summary',
    ...headLines(configuration, spentToday, judges),
    pools: poolsView(stats.pools, configuration, breakers),
  };
}

/** The day's budget and the judge, each where there is one. */
export function headLines(
  configuration: Configuration,
  spentToday: Spent,
  judges: readonly JudgeStats[],
): { budget?: string; judges?: string[] } {
  const day = budgetFor(configuration.budgets, 'day');
  return {
    ...(day !== undefined && {
      budget: l10n.t('today {0} of {1}', spentText(spentToday), formatUsd(day.usd)),
    }),
    ...judgeLines(configuration, spentToday, judges),
  };
}

export function poolsView(
  pools: readonly ShownPool[],
  configuration: Pick<Configuration, 'pools'>,
  breakers: Pick<Breakers, 'stateOf'>,
): PoolStatsView[] {
  const configured = configuration.pools.map(({ name }) => name);
  const rank = ({ pool }: ShownPool): number =>
    configured.includes(pool) ? configured.indexOf(pool) : Infinity;
  return pools
    .toSorted((a, b) => rank(a) - rank(b))
    .map((pool) => poolView(pool, (model) => breakerMark(breakers.stateOf(model))));
}

/** The pools of an overview; `latest` are the last decisions of each, as far as they are in memory. */
export function poolsOfFacts(
  { pools, models }: FactsOverview,
  latest: ReadonlyMap<string, readonly Decision[]>,
): readonly ShownPool[] {
  return pools.map(({ pool, decisions, everDecided, switchAfter }) => ({
    pool,
    requests: decisions,
    decisions: everDecided,
    switchAfter,
    models: modelStatsOf(models.filter((group) => group.pool === pool)),
    latest: latest.get(pool) ?? [],
  }));
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

function poolView(pool: ShownPool, markOf: MarkOf): PoolStatsView {
  const { models } = pool;
  return {
    pool: pool.pool,
    simulated: models.some(({ costKind }) => costKind === 'simulated'),
    phase: poolPhase(pool),
    ...(phaseOf(pool) === 'ucb1' && { phaseProgress01: pool.decisions / pool.switchAfter }),
    requests: pool.requests ?? pool.decisions,
    totalCost: totalCost(models),
    models: models.map((model) => modelView(model, markOf(model.deploymentId), pool)),
  };
}

const phaseOf = ({ decisions, switchAfter }: ShownPool): Phase => phaseAfter(decisions, switchAfter);

function poolPhase(pool: ShownPool): string {
  const { decisions, switchAfter } = pool;
  return formatPhase({ phase: phaseOf(pool), poolSequence: decisions, switchAfter });
}

function modelView(
  model: ModelStats,
  breaker: BreakerMark | undefined,
  { latest }: ShownPool,
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
