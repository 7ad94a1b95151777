import * as l10n from '@vscode/l10n';
import { meanQuality } from '../../../core/stats/facts-sums';
import type { FactsOverview, GroupFacts } from '../../../core/terms/facts';
import type { TableView } from '../../../webview/protocol/stats-board';
import { nameOfFailure } from '../../shown/failure-text';
import { formatDuration } from '../../shown/format';
import { countText, moneyText, percentText, qualityText, timeText } from './figures';

/** Calls that failed, by model and reason. */
export function failuresTable({ failures, models }: FactsOverview): TableView {
  const calls = new Map<string, number>();
  for (const { model, answered, failed } of models)
    calls.set(model, (calls.get(model) ?? 0) + answered + failed);
  return {
    columns: [l10n.t('Model'), l10n.t('Reason'), l10n.t('Calls'), l10n.t('Of its requests'), l10n.t('Last')],
    rows: failures.map(({ model, reason, count, local, lastMs }) => [
      model,
      local === count
        ? l10n.t('{0} (this machine’s fault)', nameOfFailure({ reason }))
        : nameOfFailure({ reason }),
      countText(count),
      percentText(count / Math.max(count, calls.get(model) ?? 0)),
      timeText(lastMs),
    ]),
  };
}

/** The latest conversations, or sessions, with what they come to. */
export function groupsTable(groups: readonly GroupFacts[], what: 'conversation' | 'session'): TableView {
  return {
    columns: [
      what === 'conversation' ? l10n.t('Conversation') : l10n.t('Session'),
      l10n.t('Lasted'),
      l10n.t('Requests'),
      l10n.t('Cost'),
      l10n.t('Quality'),
      l10n.t('Models'),
    ],
    rows: groups.map((group) => [
      timeText(group.fromMs),
      group.decisions === 1 ? '–' : spanText(group.toMs - group.fromMs),
      countText(group.decisions),
      moneyText(group),
      qualityText(meanQuality([group])),
      group.models.length === 0 ? '–' : group.models.join(', '),
    ]),
  };
}

const hourMs = 3_600_000;

/** "36 min", "8 h", "3 days". */
function spanText(ms: number): string {
  if (ms < 2 * hourMs) return formatDuration(ms);
  return ms < 48 * hourMs
    ? l10n.t('{0} h', Math.round(ms / hourMs))
    : l10n.t('{0} days', Math.round(ms / (24 * hourMs)));
}
