import * as l10n from '@vscode/l10n';
import { meanQuality, sum } from '../../../core/stats/facts-sums';
import type { ModelFacts } from '../../../core/terms/facts';
import type { HeatView } from '../../../webview/protocol/stats-board';
import { nameOfTask } from '../../shown/code-names';
import { countText, intervalOf, qualityText } from './figures';

type Cell = HeatView['cells'][number][number];

/** How good each model is at each kind of task, by what was told of its answers; the most frequent first. */
export function heatView(groups: readonly ModelFacts[]): HeatView {
  const models = byAnswers(groups, ({ model }) => model);
  const tasks = byAnswers(groups, ({ task }) => task);
  const cells = tasks.map((task) =>
    models.map((model) =>
      cellOf(
        model,
        nameOfTask(task),
        groups.filter((group) => group.model === model && group.task === task),
      ),
    ),
  );
  return {
    models,
    tasks: tasks.map(nameOfTask),
    cells,
    table: {
      columns: [l10n.t('Task'), ...models],
      rows: tasks.map((task, index) => [
        nameOfTask(task),
        ...(cells[index] ?? []).map(({ text, count }) => (count === '' ? '' : `${text} (${count})`)),
      ]),
    },
  };
}

function byAnswers(groups: readonly ModelFacts[], nameOf: (group: ModelFacts) => string): string[] {
  return [...Map.groupBy(groups, nameOf)]
    .map(([name, own]) => ({ name, answered: sum(own, ({ answered }) => answered) }))
    .filter(({ answered }) => answered > 0)
    .toSorted((a, b) => b.answered - a.answered || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

function cellOf(model: string, task: string, groups: readonly ModelFacts[]): Cell {
  const answered = sum(groups, (group) => group.answered);
  const mean = meanQuality(groups);
  const { quality01, qualityError, answers } = mean;
  if (answered === 0)
    return { text: '', count: '', says: l10n.t('{0} was never asked for: {1}.', model, task) };
  const count = l10n.t('{0} of {1}', countText(answers), countText(answered));
  if (quality01 === undefined || qualityError === undefined)
    return {
      text: '–',
      count,
      says: l10n.t(
        '{0}, {1}: of {2} answers none was told of enough to say how good it is.',
        model,
        task,
        countText(answered),
      ),
    };
  const { low01, high01 } = intervalOf(quality01, qualityError);
  return {
    quality01,
    text: qualityText(mean),
    count,
    says: l10n.t(
      '{0}, {1}: quality {2}, likely {3} to {4}, by {5} of {6} answers.',
      model,
      task,
      quality01.toFixed(2),
      low01.toFixed(2),
      high01.toFixed(2),
      countText(answers),
      countText(answered),
    ),
  };
}
