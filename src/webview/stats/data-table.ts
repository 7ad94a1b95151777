import { h } from '../dom';
import type { TableView } from '../protocol/stats-board';

/** A table of texts, updated in place: what hasn't changed isn't touched, so that nothing flickers or loses its place. */
export interface DataTable {
  readonly element: HTMLElement;
  update(table: TableView): void;
}

export function createDataTable(caption: string, testId?: string): DataTable {
  const head = h('tr');
  const body = h('tbody');
  const element = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'data', 'data-testid': testId },
      h('caption', { class: 'hidden' }, caption),
      h('thead', {}, head),
      body,
    ),
  );
  let shown = '';
  return {
    element,
    update: (table) => {
      const next = JSON.stringify(table);
      if (next === shown) return;
      shown = next;
      head.replaceChildren(...table.columns.map((column) => h('th', { scope: 'col' }, h('bdi', {}, column))));
      body.replaceChildren(
        ...table.rows.map(([first = '', ...cells]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('bdi', {}, first)),
            ...cells.map((cell) => h('td', {}, h('bdi', {}, cell))),
          ),
        ),
      );
    },
  };
}

/** By RFC 4180, without what a spreadsheet would take for a formula. */
export function csvOf({ columns, rows }: TableView): string {
  const safe = (cell: string): string => (/^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell);
  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [columns, ...rows].map((row) => `${row.map((cell) => quoted(safe(cell))).join(',')}\r\n`).join('');
}
