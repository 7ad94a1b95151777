import * as l10n from '@vscode/l10n';
import type { FactsExtent, FactsFilter, FactsOverview, ModelFacts } from '../../../core/terms/facts';
import { budgetFor } from '../../../core/terms/budgets';
import type { Configuration } from '../../../core/terms/configuration';
import { dominating } from '../../../core/stats/pareto';
import type { Spent } from '../../../core/stats/spending';
import type { BoardView, Look } from '../../../webview/protocol/stats-board';
import { nameOfOrigin, nameOfTask } from '../../shown/code-names';
import { formatUsd } from '../../shown/format';
import type { Slices } from '../periods';
import { changeView } from './change';
import { countText } from './figures';
import { heatView } from './heat';
import { latencyView } from './latency';
import { costChart, learningChart, shareChart, spendChart } from './line-charts';
import { scatterView } from './scatter';
import { failuresTable, groupsTable } from './tables';
import type { Savings } from './savings';
import { savedFigure, savingsView } from './savings';
import { tiles } from './tiles';

export interface BoardSources {
  readonly overview: FactsOverview;
  readonly extent: FactsExtent;
  readonly slices: Slices;
  /** Of the period before; undefined: there is none. */
  readonly before: readonly ModelFacts[] | undefined;
  readonly filling: boolean;
  readonly configuration: Pick<Configuration, 'preset' | 'budgets' | 'judge'>;
  /** Undefined: not read yet. */
  readonly spentToday: Spent | undefined;
  readonly savings: Savings;
  /** As the look has it. */
  readonly against: string;
}

/** All figures of the page for what is looked at, ready to show. */
export function boardView(sources: BoardSources): BoardView {
  const { overview, extent, slices, before } = sources;
  const { models } = overview;
  return {
    decisions: extent.decisions,
    filtered: extent.filtered,
    ...(sources.filling && {
      filling: l10n.t('Reading the ledger: {0} decisions so far.', countText(extent.decisions)),
    }),
    choices: choicesView(overview),
    tiles: tiles(overview, savedFigure(sources.savings.money, sources.against)),
    savings: savingsView(sources.savings, sources.against),
    decided: decidedText(overview),
    ...(before !== undefined && { change: changeView(models, before) }),
    share: shareChart(overview, slices),
    spend: spendChart(overview, slices),
    learning: learningChart(overview, slices),
    cost: costChart(overview, slices),
    heat: heatView(models),
    scatter: scatterView(models, sources.configuration.preset, dominating),
    latency: latencyView(overview.latency),
    failures: failuresTable(overview),
    budgets: budgetsView(sources),
    conversations: groupsTable(overview.conversations, 'conversation'),
    sessions: groupsTable(overview.sessions, 'session'),
  };
}

/** What the ledger is asked for a look; `range` is that of its period. */
export function filterOf(look: Look, range: Pick<FactsFilter, 'fromMs' | 'toMs'>): FactsFilter {
  const chosen = (value: string): string | undefined => (value === '' ? undefined : value);
  return {
    pool: chosen(look.pool),
    origin: chosen(look.origin),
    workspace: look.workspace === '-' ? '' : chosen(look.workspace),
    task: chosen(look.task),
    ...range,
  };
}

function choicesView({ choices }: FactsOverview): BoardView['choices'] {
  const named = (values: readonly string[], nameOf: (value: string) => string) =>
    values
      .map((value) => ({ value, label: nameOf(value) }))
      .toSorted((a, b) => a.label.localeCompare(b.label));
  return {
    pools: named(choices.pools, (pool) => pool),
    origins: named(choices.origins, nameOfOrigin),
    workspaces: choices.workspaces.map((workspace) =>
      workspace === ''
        ? { value: '-', label: l10n.t('no workspace') }
        : { value: workspace, label: shortName(workspace) },
    ),
    tasks: named(choices.tasks, nameOfTask),
  };
}

/** Decisions know a workspace by a name that says nothing: its beginning tells it from others. */
function shortName(id: string): string {
  return id.length <= 8 ? id : id.slice(0, 8);
}

function decidedText({ pools }: FactsOverview): string {
  const count = (of: (pool: FactsOverview['pools'][number]) => number): number =>
    pools.reduce((total, pool) => total + of(pool), 0);
  const parts: readonly (readonly [number, (shown: string) => string])[] = [
    [count(({ explored }) => explored), (shown) => l10n.t('{0} to explore', shown)],
    [count(({ chosenByUser }) => chosenByUser), (shown) => l10n.t('{0} where you named the model', shown)],
    [count(({ sticky }) => sticky), (shown) => l10n.t('{0} kept for a prompt cache', shown)],
    [count(({ repeated }) => repeated), (shown) => l10n.t('{0} kept for an identical question', shown)],
    [count(({ escalated }) => escalated), (shown) => l10n.t('{0} after an agent was stuck', shown)],
    [
      count(({ fellBack }) => fellBack),
      (shown) => l10n.t('{0} answered by another model than chosen', shown),
    ],
  ];
  const told = parts.filter(([number]) => number > 0).map(([number, text]) => text(countText(number)));
  return told.length === 0 ? '' : l10n.t('Of these: {0}.', told.join(', '));
}

function budgetsView({ configuration, spentToday }: BoardSources): BoardView['budgets'] {
  const { budgets, judge } = configuration;
  const [day, request] = [budgetFor(budgets, 'day'), budgetFor(budgets, 'request')];
  const used = (label: string, usd: number, ofUsd: number, unknown: number) => ({
    label,
    text:
      unknown === 0
        ? l10n.t('{0} of {1}', formatUsd(usd), formatUsd(ofUsd))
        : l10n.t('at least {0} of {1}', formatUsd(usd), formatUsd(ofUsd)),
    share01: ofUsd === 0 ? 1 : Math.min(1, usd / ofUsd),
  });
  return [
    ...(day === undefined || spentToday === undefined
      ? []
      : [used(l10n.t('Today'), spentToday.usd, day.usd, spentToday.unknownAttempts)]),
    ...(judge.enabled && spentToday !== undefined
      ? [used(l10n.t('Judging today'), spentToday.judgingUsd ?? 0, judge.dailyBudgetUsd, 0)]
      : []),
    ...(request === undefined
      ? []
      : [{ label: l10n.t('One request'), text: l10n.t('at most {0}', formatUsd(request.usd)) }]),
  ];
}
