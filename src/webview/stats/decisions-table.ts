import * as l10n from '@vscode/l10n';
import { explanationElement } from '../explanation-element';
import { h, icon, iconButton, keepingFocus, textButton } from '../dom';
import type { FromStats } from '../protocol/stats';
import type { Look, SortName } from '../protocol/stats-board';
import { rowsOfPage } from '../protocol/stats-board';
import type { DecisionDetail, DecisionsView } from '../protocol/stats-decisions';

/** All decisions, a page at a time, each of which unfolds. */
export interface DecisionsTable {
  readonly element: HTMLElement;
  update(view: DecisionsView): void;
  /** Undefined: the ledger no longer has the decision. */
  showDetail(id: string, detail: DecisionDetail | undefined): void;
  /** What is looked for and how it is sorted, where that isn't what the page itself said last. */
  follow(look: Look): void;
}

export type TableChange = Partial<Pick<Look, 'search' | 'sort' | 'descending' | 'offset'>>;

export interface DecisionsTableParts {
  readonly post: (message: FromStats) => void;
  readonly change: (change: TableChange) => void;
  /** The ids of unfolded decisions, to begin with and as they change. */
  readonly opened: readonly string[];
  readonly openedChanged: (ids: readonly string[]) => void;
}

/** Long enough for a word to be typed. */
const typingMs = 250;

export function createDecisionsTable(parts: DecisionsTableParts): DecisionsTable {
  const { post, change } = parts;
  const opened = new Set(parts.opened);
  const details = new Map<string, DecisionDetail | undefined>();
  let view: DecisionsView | undefined;
  let look: Pick<Look, 'sort' | 'descending'> = { sort: 'time', descending: true };
  let drawn = '';
  let typing: ReturnType<typeof setTimeout> | undefined;

  const search = h('input', {
    type: 'search',
    placeholder: l10n.t('Search models, tasks, conversations, failures'),
    'aria-label': l10n.t('Search decisions'),
    'data-testid': 'search-decisions',
    input: () => {
      clearTimeout(typing);
      typing = setTimeout(() => change({ search: search.value, offset: 0 }), typingMs);
    },
  });
  const range = h('span', { class: 'quiet', role: 'status', 'data-testid': 'decisions-range' });
  const move = (to: (shown: DecisionsView) => number): void => {
    if (view !== undefined) change({ offset: Math.max(0, to(view)) });
  };
  const pages = {
    first: pageButton('«', l10n.t('First page'), () => move(() => 0)),
    back: pageButton('‹', l10n.t('Page before'), () => move(({ offset }) => offset - rowsOfPage)),
    on: pageButton('›', l10n.t('Next page'), () => move(({ offset }) => offset + rowsOfPage)),
    last: pageButton('»', l10n.t('Last page'), () =>
      move(({ total }) => Math.floor((total - 1) / rowsOfPage) * rowsOfPage),
    ),
  };
  const head = h('tr');
  const body = h('tbody');
  const nothing = h('p', { class: 'says', hidden: true }, l10n.t('No decision is like this.'));
  const table = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Decisions') },
    h(
      'table',
      { class: 'decisions', 'data-testid': 'stats-recent' },
      h('caption', { class: 'hidden' }, l10n.t('Decisions, as they are sorted')),
      h('thead', {}, head),
      body,
    ),
  );
  const element = h(
    'section',
    { 'data-testid': 'stats-decisions' },
    h('h2', {}, l10n.t('Decisions')),
    h(
      'div',
      { class: 'table-tools' },
      search,
      h('span', { class: 'pages' }, pages.first, pages.back, range, pages.on, pages.last),
      h(
        'span',
        { class: 'pages' },
        textButton(l10n.t('Export as CSV'), () => post({ type: 'export', format: 'csv' }), {
          class: 'text-button small',
          'data-testid': 'export-csv',
        }),
        textButton(l10n.t('Export as JSON'), () => post({ type: 'export', format: 'json' }), {
          class: 'text-button small',
          'data-testid': 'export-json',
        }),
      ),
    ),
    nothing,
    table,
  );

  function draw(): void {
    if (view === undefined) return;
    const { columns, rows, offset, total } = view;
    range.textContent = view.range;
    nothing.hidden = rows.length > 0;
    table.hidden = rows.length === 0;
    disable(pages.first, offset === 0);
    disable(pages.back, offset === 0);
    disable(pages.on, offset + rowsOfPage >= total);
    disable(pages.last, offset + rowsOfPage >= total);
    const key = JSON.stringify([view, look]);
    if (key === drawn) return;
    drawn = key;
    keepingFocus(element, () => {
      head.replaceChildren(
        h('th', { scope: 'col' }, h('span', { class: 'hidden' }, l10n.t('Details'))),
        ...columns.map(headCell),
      );
      body.replaceChildren(...rows.flatMap(rowsOf));
    });
  }

  function headCell({ title, sort }: DecisionsView['columns'][number]): HTMLElement {
    if (sort === undefined) return h('th', { scope: 'col' }, title);
    const sorted = look.sort === sort;
    return h(
      'th',
      { scope: 'col', 'aria-sort': sorted ? (look.descending ? 'descending' : 'ascending') : 'none' },
      h(
        'button',
        {
          type: 'button',
          class: 'sort',
          'data-key': `sort ${sort}`,
          'data-testid': `sort-${sort}`,
          click: () => sortBy(sort),
        },
        title,
        sorted && icon(look.descending ? 'arrow-down' : 'arrow-up'),
      ),
    );
  }

  function sortBy(sort: SortName): void {
    const again = look.sort === sort;
    const namesFirst = sort === 'model' || sort === 'task';
    change({ sort, descending: again ? !look.descending : !namesFirst, offset: 0 });
  }

  function rowsOf({ id, cells }: DecisionsView['rows'][number]): readonly HTMLElement[] {
    const isOpen = opened.has(id);
    const row = h(
      'tr',
      { 'data-decision': id },
      h(
        'td',
        {},
        iconButton(isOpen ? 'chevron-down' : 'chevron-right', l10n.t('Why this model? {0}', cells[0] ?? ''), {
          'aria-expanded': String(isOpen),
          'data-key': `open ${id}`,
          click: () => toggle(id),
        }),
      ),
      ...cells.map((cell) => h('td', {}, h('bdi', {}, cell))),
    );
    if (!isOpen) return [row];
    if (!details.has(id)) post({ type: 'detail', id });
    return [
      row,
      h('tr', { class: 'detail', 'data-detail': id }, h('td', { colspan: cells.length + 1 }, detailOf(id))),
    ];
  }

  function toggle(id: string): void {
    if (opened.has(id)) opened.delete(id);
    else opened.add(id);
    // What is told of it may have changed since it was open.
    details.delete(id);
    parts.openedChanged([...opened]);
    redraw();
  }

  function redraw(): void {
    drawn = '';
    draw();
  }

  function detailOf(id: string): HTMLElement {
    const detail = details.get(id);
    if (detail === undefined)
      return h(
        'p',
        { class: 'says' },
        details.has(id) ? l10n.t('This decision is no longer in the ledger.') : l10n.t('Reading the ledger…'),
      );
    const why = explanationElement(detail.explanation, {
      decisionId: id,
      sentences: detail.whatIf,
      copy: () => parts.post({ type: 'copy', text: detail.json }),
    });
    why.open = true;
    return h(
      'div',
      { class: 'detail-body', 'data-testid': 'decision-detail' },
      why,
      h(
        'dl',
        { class: 'detail-facts' },
        ...detail.facts.map(({ label, value }) =>
          h('div', {}, h('dt', {}, label), h('dd', {}, h('bdi', {}, value))),
        ),
      ),
    );
  }

  return {
    element,
    update: (next) => {
      const same = JSON.stringify(next) === JSON.stringify(view);
      view = next;
      // What became of them since may be more.
      if (!same)
        for (const id of opened) if (next.rows.some((row) => row.id === id)) post({ type: 'detail', id });
      draw();
    },
    showDetail: (id, detail) => {
      if (details.has(id) && JSON.stringify(details.get(id)) === JSON.stringify(detail)) return;
      details.set(id, detail);
      redraw();
    },
    follow: (next) => {
      look = next;
      if (document.activeElement !== search && search.value !== next.search) search.value = next.search;
    },
  };
}

function pageButton(sign: string, label: string, click: () => void): HTMLButtonElement {
  const button = h(
    'button',
    {
      ...{ type: 'button', class: 'icon-button', 'aria-label': label, title: label },
      click: () => !button.hasAttribute('aria-disabled') && click(),
    },
    sign,
  );
  return button;
}

/** It keeps the focus that it has: nobody is thrown to the top of the page by reaching the last one. */
function disable(button: HTMLButtonElement, disabled: boolean): void {
  if (disabled) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}
