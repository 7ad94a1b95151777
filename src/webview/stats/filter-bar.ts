import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { BoardView, Look, PeriodName } from '../protocol/stats-board';
import { periodNames } from '../protocol/stats-board';

/** Which decisions the page is about. */
export interface FilterBar {
  readonly element: HTMLElement;
  /** What there is to choose from, and what is chosen. */
  update(choices: BoardView['choices'], look: Look): void;
}

type Field = 'pool' | 'origin' | 'workspace' | 'task';
export type FilterChange = Partial<Pick<Look, Field | 'period'>>;

const periods: Readonly<Record<PeriodName, string>> = {
  today: l10n.t('today'),
  yesterday: l10n.t('yesterday'),
  '7-days': l10n.t('7 days'),
  '30-days': l10n.t('30 days'),
  '90-days': l10n.t('90 days'),
  all: l10n.t('always'),
};

/** `beside` stands at the end of the bar. */
export function createFilterBar(change: (change: FilterChange) => void, beside: HTMLElement): FilterBar {
  const period = selectOf('period', l10n.t('Period'), (value) => {
    const name = periodNames.find((each) => each === value);
    if (name !== undefined) change({ period: name });
  });
  period.fill(periodNames.map((value) => ({ value, label: periods[value] })));
  const fields: Readonly<Record<Field, Select>> = {
    pool: selectOf('pool', l10n.t('Pool'), (pool) => change({ pool })),
    task: selectOf('task', l10n.t('Task'), (task) => change({ task })),
    origin: selectOf('origin', l10n.t('From'), (origin) => change({ origin })),
    workspace: selectOf('workspace', l10n.t('Workspace'), (workspace) => change({ workspace })),
  };
  const clear = textButton(
    l10n.t('Show All'),
    () => change({ pool: '', origin: '', workspace: '', task: '', period: 'all' }),
    { class: 'text-button small', 'data-testid': 'clear-filter' },
  );
  const element = h(
    'div',
    { class: 'filters', role: 'search', 'aria-label': l10n.t('Filter'), 'data-testid': 'filters' },
    period.element,
    ...Object.values(fields).map((field) => field.element),
    clear,
    beside,
  );
  return {
    element,
    update: (choices, look) => {
      const all = { value: '', label: l10n.t('all') };
      fields.pool.fill([all, ...choices.pools]);
      fields.task.fill([all, ...choices.tasks]);
      fields.origin.fill([all, ...choices.origins]);
      fields.workspace.fill([all, ...choices.workspaces]);
      period.choose(look.period);
      for (const field of ['pool', 'origin', 'workspace', 'task'] as const) fields[field].choose(look[field]);
      const narrowed = look.period !== 'all' || look.pool + look.origin + look.workspace + look.task !== '';
      clear.classList.toggle('gone', !narrowed);
    },
  };
}

interface Select {
  readonly element: HTMLElement;
  fill(options: readonly { readonly value: string; readonly label: string }[]): void;
  choose(value: string): void;
}

function selectOf(name: string, label: string, chosen: (value: string) => void): Select {
  const select = h('select', {
    'data-testid': `filter-${name}`,
    change: () => chosen(select.value),
  });
  let filled = '';
  return {
    element: h('label', { class: 'filter' }, h('span', {}, label), select),
    fill: (options) => {
      const key = JSON.stringify(options);
      if (key === filled) return;
      filled = key;
      const value = select.value;
      select.replaceChildren(...options.map((option) => h('option', { value: option.value }, option.label)));
      select.value = value;
    },
    choose: (value) => {
      // What is chosen stays to be seen where nothing has it any longer.
      if (![...select.options].some((option) => option.value === value))
        select.append(h('option', { value }, value));
      if (select.value !== value) select.value = value;
    },
  };
}
