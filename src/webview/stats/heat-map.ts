import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { FromStats } from '../protocol/stats';
import type { HeatView } from '../protocol/stats-board';
import { createChartFrame } from './chart-frame';
import { pictureOfTable } from './picture';

/** Quality by kind of task and model: a table whose cells are shaded, with how sure each of them is. */
export interface HeatMap {
  readonly element: HTMLElement;
  show(view: HeatView): void;
}

export function createHeatMap(post: (message: FromStats) => void): HeatMap {
  let view: HeatView | undefined;
  const title = l10n.t('Quality by model and kind of task');
  const head = h('tr');
  const body = h('tbody');
  const chart = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title },
    h('table', { class: 'heat' }, h('caption', { class: 'hidden' }, title), h('thead', {}, head), body),
  );
  const frame = createChartFrame({
    ...{ name: 'heat', title, chart, hasTable: false, post },
    picture: () => {
      const shown = view;
      return (
        shown &&
        pictureOfTable(shown.table, (row, column) => shadeOf(shown.cells[row]?.[column - 1]?.quality01))
      );
    },
  });
  let drawn = '';

  return {
    element: frame.element,
    show: (next) => {
      view = next;
      frame.update(
        l10n.t(
          'Mean of what was told, ± its standard error, and by how many of the answers. The stronger the colour, the better.',
        ),
        next.table,
        next.tasks.length === 0 ? l10n.t('No answer came yet.') : undefined,
      );
      const key = JSON.stringify(next);
      if (key === drawn) return;
      drawn = key;
      head.replaceChildren(
        h('th', { scope: 'col' }, l10n.t('Task')),
        ...next.models.map((model) => h('th', { scope: 'col' }, h('bdi', {}, model))),
      );
      body.replaceChildren(
        ...next.tasks.map((task, row) =>
          h('tr', {}, h('th', { scope: 'row' }, task), ...(next.cells[row] ?? []).map(cellElement)),
        ),
      );
    },
  };
}

/** Never so dark that the text on it can't be read. */
function shadeOf(quality01: number | undefined): number | undefined {
  return quality01 === undefined ? undefined : 0.04 + 0.5 * quality01 ** 2;
}

function cellElement({ quality01, text, count, says }: HeatView['cells'][number][number]): HTMLElement {
  const cell = h(
    'td',
    { title: says, class: quality01 === undefined ? 'unknown' : 'known' },
    h('span', { class: 'figure', 'aria-hidden': 'true' }, text),
    h('span', { class: 'of', 'aria-hidden': 'true' }, count),
    h('span', { class: 'hidden' }, says),
  );
  const shade = shadeOf(quality01);
  if (shade !== undefined && quality01 !== undefined) {
    cell.style.setProperty('--shade', `${String(Math.round(100 * shade))}%`);
    cell.style.setProperty('--quality', `${String(Math.round(100 * quality01))}%`);
  }
  return cell;
}
