import * as l10n from '@vscode/l10n';
import { h, iconButton } from '../dom';
import type { ChartMessage } from '../protocol/chart-messages';
import type { TableView } from '../protocol/stats-board';
import { createDataTable, csvOf } from './data-table';
import { base64Of, copyPicture } from './picture';

export interface ChartFrameParts {
  readonly name: string;
  readonly title: string;
  /** The drawing itself. */
  readonly chart: HTMLElement;
  /** The drawing as a picture; undefined: there is nothing to see yet. */
  readonly picture: () => HTMLCanvasElement | undefined;
  /** False where the drawing is a table already. */
  readonly hasTable: boolean;
  readonly post: (message: ChartMessage) => void;
}

/** A chart with its title, what it says, its table, and the ways to take it along. */
export interface ChartFrame {
  readonly element: HTMLElement;
  /** `empty`: what to do so that there is something to see; undefined: there is. */
  update(says: string, table: TableView, empty: string | undefined): void;
}

export function createChartFrame(parts: ChartFrameParts): ChartFrame {
  const { name, title, chart, picture, hasTable, post } = parts;
  let shown: TableView = { columns: [], rows: [] };
  const data = createDataTable(title, `table-${name}`);
  data.element.hidden = true;
  const note = h('p', { class: 'says' });
  const nothing = h('p', { class: 'says', 'data-testid': `empty-${name}` });
  const told = h('span', { class: 'hidden', role: 'status' });
  const toggle = iconButton('table', l10n.t('Show as table: {0}', title), {
    'aria-pressed': 'false',
    'data-testid': `as-table-${name}`,
    click: () => {
      data.element.hidden = !data.element.hidden;
      chart.hidden = !data.element.hidden;
      toggle.setAttribute('aria-pressed', String(!data.element.hidden));
    },
  });
  const copyCsv = iconButton('copy', l10n.t('Copy as CSV: {0}', title), {
    'data-testid': `copy-csv-${name}`,
    click: () => {
      post({ type: 'copy', text: csvOf(shown) });
      told.textContent = l10n.t('Copied.');
    },
  });
  const copyPng = iconButton('device-camera', l10n.t('Copy as PNG: {0}', title), {
    'data-testid': `copy-png-${name}`,
    click: () => void takePicture(),
  });
  const tools = h('span', { class: 'tools' }, hasTable && toggle, copyCsv, copyPng);

  async function takePicture(): Promise<void> {
    const canvas = picture();
    if (canvas === undefined) return;
    if (await copyPicture(canvas)) told.textContent = l10n.t('Copied.');
    else post({ type: 'save-picture', name, base64: base64Of(canvas) });
  }

  const element = h(
    'section',
    { class: 'chart-frame', 'data-testid': `chart-${name}` },
    h('h2', {}, h('span', {}, title), tools, told),
    nothing,
    chart,
    data.element,
    note,
  );
  return {
    element,
    update: (says, table, empty) => {
      shown = table;
      nothing.hidden = empty === undefined;
      nothing.textContent = empty ?? '';
      tools.hidden = empty !== undefined;
      chart.classList.toggle('gone', empty !== undefined);
      note.hidden = empty !== undefined;
      note.textContent = says;
      data.update(table);
    },
  };
}
