import * as l10n from '@vscode/l10n';
import { h, keepingFocus, phrase, textButton } from '../dom';
import type { FromStats, LearningView, SignalRow } from '../protocol/stats';

/** Which signals answers were told of, and the switch of each; updated in place. */
export interface LearningSection {
  readonly element: HTMLElement;
  update(learning: LearningView): void;
}

type Post = (message: FromStats) => void;

export function createLearningSection(post: Post): LearningSection {
  const facts = h('p', { class: 'facts', 'data-testid': 'told-of' });
  const met = createSignalTable(l10n.t('Signals that answers were told of'), true, post);
  const unmet = createSignalTable(l10n.t('Signals that did not occur yet'), false, post);
  const more = h('summary');
  const rest = h('details', { 'data-testid': 'stats-signals-rest' }, more, unmet.element);
  // Before it is known how many these are it has no name.
  rest.hidden = true;
  const models = h('ul', { class: 'by-model' });
  const byModel = h(
    'details',
    { 'data-testid': 'stats-told-models' },
    h('summary', {}, l10n.t('By model')),
    models,
  );
  const element = h(
    'section',
    { 'data-testid': 'stats-learning' },
    h('h2', {}, l10n.t('What was learnt from')),
    facts,
    met.element,
    rest,
    byModel,
    h(
      'p',
      { class: 'facts' },
      l10n.t(
        'An answer is learnt from by what became of it. Of signals that speak of the same one counts, and your rating goes before all others. What you turn off is off in your conduit.yaml, and all is learnt anew without it.',
      ),
    ),
  );

  return {
    element,
    update: (learning) => {
      const occurred = learning.signals.filter(({ told }) => told > 0);
      const others = learning.signals.filter(({ told }) => told === 0);
      facts.textContent = toldText(learning);
      met.element.hidden = occurred.length === 0;
      met.update(occurred);
      rest.hidden = others.length === 0;
      more.textContent = l10n.t('Signals that did not occur yet ({0})', others.length);
      unmet.update(others);
      byModel.hidden = learning.models.length < 2;
      models.replaceChildren(...learning.models.map(modelItem));
    },
  };
}

function toldText({ answers, toldOf }: LearningView): string {
  if (answers === 0) return l10n.t('No answer came yet.');
  return toldOf === 0
    ? l10n.t('Of {0} answers none was told of yet: rate one, copy from it or ask on.', answers)
    : l10n.t('{0} of {1} answers were told of.', toldOf, answers);
}

function modelItem({ model, toldOf, answers }: LearningView['models'][number]): HTMLElement {
  return h(
    'li',
    { 'data-model': model },
    ...phrase(
      l10n.t('{0}: {1} of {2} answers were told of'),
      h('bdi', {}, model),
      String(toldOf),
      String(answers),
    ),
  );
}

interface Column {
  readonly title: string;
  readonly cells: (row: SignalRow) => readonly (Node | string)[];
}

const columns: readonly Column[] = [
  { title: l10n.t('Says'), cells: ({ says }) => [says] },
  { title: l10n.t('Weight'), cells: ({ weight }) => [weight] },
];
const counts: readonly Column[] = [
  {
    title: l10n.t('Answers'),
    cells: (row) => [h('span', { class: 'number' }, String(row.told)), bar(row)],
  },
  { title: l10n.t('Counted'), cells: ({ counted }) => [String(counted)] },
];

interface SignalTable {
  readonly element: HTMLElement;
  update(rows: readonly SignalRow[]): void;
}

/** Its parts say what they are, for in a narrow page each row is drawn as a block. */
function createSignalTable(caption: string, counted: boolean, post: Post): SignalTable {
  const shown = counted ? [...columns, ...counts] : columns;
  const body = h('tbody', { role: 'rowgroup' });
  const titles = [l10n.t('Signal'), ...shown.map(({ title }) => title)];
  const head = h(
    'tr',
    { role: 'row' },
    ...titles.map((title) => h('th', { scope: 'col', role: 'columnheader' }, title)),
    h('th', { scope: 'col', role: 'columnheader' }, h('span', { class: 'hidden' }, l10n.t('Switch'))),
  );
  const element = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'signals', role: 'table', 'data-testid': 'stats-signals' },
      h('caption', { class: 'hidden' }, caption),
      h('thead', { role: 'rowgroup' }, head),
      body,
    ),
  );
  return {
    element,
    update: (rows) =>
      keepingFocus(body, () => body.replaceChildren(...rows.map((row) => signalRow(row, shown, post)))),
  };
}

function signalRow(row: SignalRow, shown: readonly Column[], post: Post): HTMLElement {
  return h(
    'tr',
    { role: 'row', 'data-signal': row.name, 'data-state': row.state },
    h('th', { scope: 'row', role: 'rowheader' }, row.label),
    ...shown.map(({ title, cells }) => h('td', { role: 'cell', 'data-label': title }, ...cells(row))),
    h('td', { role: 'cell', class: 'switch' }, ...switchOf(row, post)),
  );
}

/** The number stands beside it. */
function bar({ share01 }: SignalRow): HTMLElement {
  const full = h('span');
  full.style.width = `${String(100 * share01)}%`;
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, full);
}

function switchOf({ name, label, state }: SignalRow, post: Post): readonly HTMLElement[] {
  if (state === 'silent') return [];
  const on = state === 'off';
  const text = on ? l10n.t('Turn On') : l10n.t('Turn Off');
  return [
    textButton(text, () => post({ type: 'turn-signal', signal: name, on }), {
      class: 'text-button small',
      'data-key': `turn ${name}`,
      'aria-label': `${text}: ${label}`,
    }),
  ];
}
