import * as l10n from '@vscode/l10n';
import { sum } from '../../../core/stats/facts-sums';
import type { ModelFacts } from '../../../core/terms/facts';
import type { BoardView } from '../../../webview/protocol/stats-board';
import { nameOfTask } from '../../shown/code-names';
import { formatUsd } from '../../shown/format';
import { countText, differenceText } from './figures';

const mostRows = 12;

/** Simulated prices are no money. */
const isMoney = ({ kind }: ModelFacts): boolean => kind !== 'simulated';

/**
 * Why more or less was spent than in the period before: so much by the number of requests, at the mean cost of before, and
 * the rest by what one costs now. The two sum to the difference.
 */
export function changeView(
  now: readonly ModelFacts[],
  before: readonly ModelFacts[],
): NonNullable<BoardView['change']> {
  const [current, earlier] = [totals(now), totals(before)];
  const difference = current.usd - earlier.usd;
  const mean = ({ usd, answered }: typeof current): number => (answered === 0 ? 0 : usd / answered);
  const byCount = (current.answered - earlier.answered) * mean(earlier);
  const says =
    earlier.answered === 0
      ? l10n.t('Spent {0}. Nothing was answered in the time before.', formatUsd(current.usd))
      : l10n.t(
          'Spent {0}, in the time before {1}. Of the difference of {2}, {3} comes from the number of answers ({4}, before {5}) and {6} from what one costs ({7}, before {8}).',
          formatUsd(current.usd),
          formatUsd(earlier.usd),
          differenceText(difference),
          differenceText(byCount),
          countText(current.answered),
          countText(earlier.answered),
          differenceText(difference - byCount),
          formatUsd(mean(current)),
          formatUsd(mean(earlier)),
        );
  return { says, table: { columns: columns(), rows: rowsOf(now, before) } };
}

function totals(groups: readonly ModelFacts[]): { readonly usd: number; readonly answered: number } {
  const priced = groups.filter(isMoney);
  return { usd: sum(priced, ({ usd }) => usd), answered: sum(priced, ({ answered }) => answered) };
}

const columns = (): string[] => [
  l10n.t('Model'),
  l10n.t('Task'),
  l10n.t('Answers'),
  l10n.t('Before'),
  l10n.t('Cost'),
  l10n.t('Before'),
  l10n.t('Difference'),
];

/** What made the greatest differences, of model and task. */
function rowsOf(now: readonly ModelFacts[], before: readonly ModelFacts[]): string[][] {
  const keyOf = ({ model, task }: ModelFacts): string => JSON.stringify([model, task]);
  const [current, earlier] = [now, before].map((groups) => Map.groupBy(groups.filter(isMoney), keyOf));
  const keys = new Set([...(current?.keys() ?? []), ...(earlier?.keys() ?? [])]);
  return Array.from(keys, (key) => {
    const [own, previous] = [current?.get(key) ?? [], earlier?.get(key) ?? []];
    const [one] = [...own, ...previous];
    return { model: one?.model ?? '', task: one?.task ?? '', now: totals(own), before: totals(previous) };
  })
    .filter((row) => row.now.usd !== row.before.usd)
    .toSorted((a, b) => Math.abs(b.now.usd - b.before.usd) - Math.abs(a.now.usd - a.before.usd))
    .slice(0, mostRows)
    .map((row) => [
      row.model,
      nameOfTask(row.task),
      countText(row.now.answered),
      countText(row.before.answered),
      formatUsd(row.now.usd),
      formatUsd(row.before.usd),
      differenceText(row.now.usd - row.before.usd),
    ]);
}
