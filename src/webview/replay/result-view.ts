import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromReplay, ReplayResult } from '../protocol/replay';
import { createDataTable, csvOf } from '../stats/data-table';

/** What would have happened; updated in place. */
export interface ResultView {
  readonly element: HTMLElement;
  show(result: ReplayResult): void;
}

export function createResultView(post: (message: FromReplay) => void): ResultView {
  let shown: ReplayResult | undefined;
  const says = h('div', { class: 'headline', 'data-testid': 'replay-says' });
  const told = h('span', { class: 'hidden', role: 'status' });
  const runs = createDataTable(l10n.t('As it was, and as it might have been'), 'replay-runs');
  const shares = h('tbody');
  const moves = createDataTable(l10n.t('From whom to whom'), 'replay-moves');
  const tasks = createDataTable(l10n.t('By kind of task'), 'replay-tasks');
  const latest = createDataTable(l10n.t('The latest that go elsewhere'), 'replay-latest');
  const notes = h('ul', { class: 'says notes', 'data-testid': 'replay-notes' });
  const shareColumns = [
    l10n.t('Model'),
    l10n.t('As it was'),
    l10n.t('Today’s router as it is'),
    l10n.t('With the change'),
  ];
  const copied = (): void => {
    told.textContent = l10n.t('Copied.');
  };
  const section = (title: string, table: HTMLElement): HTMLElement =>
    h('section', {}, h('h2', {}, title), table);
  const moved = [
    section(l10n.t('From whom to whom'), moves.element),
    section(l10n.t('The latest that go elsewhere'), latest.element),
  ] as const;
  const element = h(
    'div',
    { class: 'result', 'data-testid': 'replay-result' },
    h('h2', {}, l10n.t('What would have happened'), h('span', { class: 'badge' }, l10n.t('estimate'))),
    says,
    runs.element,
    h(
      'div',
      { class: 'actions' },
      textButton(
        l10n.t('Copy as CSV'),
        () => {
          if (shown === undefined) return;
          post({ type: 'copy', text: csvOfResult(shown) });
          copied();
        },
        { 'data-testid': 'replay-csv' },
      ),
      textButton(
        l10n.t('Copy as JSON'),
        () => {
          post({ type: 'copy-json' });
          copied();
        },
        { 'data-testid': 'replay-json' },
      ),
      told,
    ),
    section(
      l10n.t('Who answers'),
      h(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Who answers') },
        h(
          'table',
          { 'data-testid': 'replay-shares' },
          h('caption', { class: 'hidden' }, l10n.t('Who answers')),
          h('thead', {}, h('tr', {}, ...shareColumns.map((column) => h('th', { scope: 'col' }, column)))),
          shares,
        ),
      ),
    ),
    h('div', { class: 'charts' }, moved[0], section(l10n.t('By kind of task'), tasks.element)),
    moved[1],
    section(l10n.t('What this rests on, and what it can’t know'), notes),
  );

  return {
    element,
    show: (result) => {
      shown = result;
      told.textContent = '';
      says.replaceChildren(...result.says.map((sentence) => h('p', {}, sentence)));
      runs.update(result.runs);
      shares.replaceChildren(
        ...result.shares.map(({ model, was, asIs, changed }) =>
          h(
            'tr',
            { 'data-model': model },
            h('th', { scope: 'row' }, h('bdi', {}, model)),
            ...[was, asIs, changed].map(({ text, share01 }, index) =>
              h(
                'td',
                {},
                h('span', { class: 'figure' }, text),
                h('meter', {
                  min: 0,
                  max: 1,
                  value: share01,
                  'aria-label': `${model}, ${shareColumns[index + 1] ?? ''}`,
                }),
              ),
            ),
          ),
        ),
      );
      moves.update(result.moves);
      tasks.update(result.tasks);
      latest.update(result.latest);
      for (const each of moved) each.hidden = result.moves.rows.length === 0;
      notes.replaceChildren(...result.notes.map((note) => h('li', {}, note)));
    },
  };
}

/** All tables, one after the other, a blank line between them. */
function csvOfResult({ runs, shares, moves, tasks }: ReplayResult): string {
  const models = {
    columns: [
      l10n.t('Model'),
      l10n.t('As it was'),
      l10n.t('Today’s router as it is'),
      l10n.t('With the change'),
    ],
    rows: shares.map(({ model, was, asIs, changed }) => [model, was.text, asIs.text, changed.text]),
  };
  return [runs, models, moves, tasks].map(csvOf).join('\r\n');
}
