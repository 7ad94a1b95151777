import * as l10n from '@vscode/l10n';
import type { Decision } from '../../../core/terms/decision';
import { taskKinds } from '../../../core/terms/task';
import type { FactRow, FactsFilter, FactsPage, FactsPageQuery } from '../../../core/terms/facts';
import type { Look } from '../../../webview/protocol/stats-board';
import { rowsOfPage } from '../../../webview/protocol/stats-board';
import type { DecisionDetail, DecisionsView } from '../../../webview/protocol/stats-decisions';
import { explanation } from '../../answers/answer-view';
import { nameOfDomain, nameOfOrigin, nameOfTask } from '../../shown/code-names';
import { nameOfFailure } from '../../shown/failure-text';
import { aboutUsd, formatDuration, formatPhase } from '../../shown/format';
import { countText, moneyText, timeText } from './figures';

const origins = [
  'chat',
  'participant',
  'explain-selection',
  'edit',
  'fix',
  'tests',
  'document',
  'commit-message',
  'language-model',
] as const;

/** What the facts are asked for the page of the table that is looked at. What is looked for is looked for in shown names. */
export function pageQuery(look: Look, filter: FactsFilter, limit = rowsOfPage): FactsPageQuery {
  const search = look.search.trim();
  const has = (name: string): boolean => name.toLowerCase().includes(search.toLowerCase());
  return {
    filter,
    search,
    searchTasks: search === '' ? [] : taskKinds.filter((task) => has(nameOfTask(task))),
    searchOrigins: search === '' ? [] : origins.filter((origin) => has(nameOfOrigin(origin))),
    sort: look.sort,
    descending: look.descending,
    offset: look.offset,
    limit,
  };
}

const columns = (): DecisionsView['columns'] => [
  { title: l10n.t('Time'), sort: 'time' },
  { title: l10n.t('Model'), sort: 'model' },
  { title: l10n.t('Task'), sort: 'task' },
  { title: l10n.t('From') },
  { title: l10n.t('Pool') },
  { title: l10n.t('Cost'), sort: 'cost' },
  { title: l10n.t('Quality'), sort: 'quality' },
  { title: l10n.t('Rating') },
  { title: l10n.t('First token'), sort: 'first-token' },
  { title: l10n.t('In all'), sort: 'total-time' },
  { title: l10n.t('Phase') },
];

export function decisionsView({ total, rows }: FactsPage, offset: number): DecisionsView {
  return {
    offset,
    total,
    range:
      rows.length === 0
        ? l10n.t('none of {0}', countText(total))
        : l10n.t(
            '{0} to {1} of {2}',
            countText(offset + 1),
            countText(offset + rows.length),
            countText(total),
          ),
    columns: columns(),
    rows: rows.map((row) => ({ id: row.decisionId, cells: cellsOf(row) })),
  };
}

function cellsOf(row: FactRow): string[] {
  return [
    timeText(row.atMs),
    modelText(row),
    nameOfTask(row.task),
    nameOfOrigin(row.origin),
    row.pool,
    moneyText(row.money),
    row.quality01 === undefined ? '–' : row.quality01.toFixed(2),
    ratingText(row),
    formatDuration(row.firstTokenMs),
    formatDuration(row.totalMs),
    formatPhase(row),
  ];
}

function modelText({ answeredBy, chosen, stuckWith, outcome }: FactRow): string {
  const model = answeredBy ?? (outcome === 'pending' ? chosen : l10n.t('{0} (no answer)', chosen));
  return stuckWith === undefined ? model : l10n.t('{0}, after {1} was stuck', model, stuckWith);
}

function ratingText({ thumb }: FactRow): string {
  return thumb === undefined ? '–' : thumb === 'up' ? l10n.t('good') : l10n.t('bad');
}

/** All that is known of one decision: what became of it, and why it was made so. */
export function detailView(
  row: FactRow,
  decision: Decision,
  choice: Pick<DecisionDetail, 'whatIf' | 'json'>,
): DecisionDetail {
  const facts: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Outcome'), outcomeText(row)],
    [l10n.t('Chosen'), chosenText(row)],
    [l10n.t('Read as'), `${nameOfTask(row.task)}, ${nameOfDomain(row.domain)}`],
    [
      l10n.t('Expected'),
      l10n.t(
        'quality {0}, cost {1}',
        row.predicted01 === undefined ? '–' : row.predicted01.toFixed(2),
        row.predictedUsd === undefined ? '–' : aboutUsd(row.predictedUsd),
      ),
    ],
    [
      l10n.t('Told'),
      row.quality01 === undefined
        ? l10n.t('nothing yet')
        : l10n.t('quality {0}, weight {1}', row.quality01.toFixed(2), row.qualityWeight.toFixed(2)),
    ],
    [l10n.t('Judged'), row.judged01 === undefined ? undefined : row.judged01.toFixed(2)],
    [
      l10n.t('Tokens'),
      row.inputTokens === undefined
        ? l10n.t('not reported')
        : l10n.t(
            '{0} in ({1} from caches), {2} out',
            countText(row.inputTokens),
            countText(row.cachedTokens ?? 0),
            countText(row.outputTokens ?? 0),
          ),
    ],
    [l10n.t('Calls'), row.calls > 1 ? countText(row.calls) : undefined],
    [l10n.t('Probability of this choice'), row.propensity.toFixed(4)],
    [l10n.t('Preset'), row.preset],
    [l10n.t('Conversation'), row.conversationId],
    [l10n.t('Decision'), row.decisionId],
  ];
  return {
    facts: facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
    explanation: explanation(decision),
    ...choice,
  };
}

function outcomeText({ outcome, failure }: FactRow): string {
  switch (outcome) {
    case 'pending':
      return l10n.t('not known: under way, or cut off');
    case 'completed':
      return l10n.t('answered');
    case 'stopped':
      return l10n.t('stopped by you');
    case 'failed':
      return failure === undefined
        ? l10n.t('failed')
        : l10n.t('failed: {0}', nameOfFailure({ reason: failure }));
  }
}

function chosenText(row: FactRow): string {
  const how = [
    ...(row.chosenByUser ? [l10n.t('by you')] : []),
    ...(row.explored ? [l10n.t('to explore')] : []),
    ...(row.sticky ? [l10n.t('for a prompt cache')] : []),
    ...(row.repeated ? [l10n.t('as before, for an identical question')] : []),
    ...(row.learning ? [] : [l10n.t('while learning was paused')]),
  ];
  return how.length === 0 ? row.chosen : `${row.chosen} (${how.join(', ')})`;
}
