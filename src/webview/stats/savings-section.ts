import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromStats } from '../protocol/stats';
import type { Look, SavingsView } from '../protocol/stats-board';
import { createDataTable } from './data-table';

export type SavingsChange = Pick<Look, 'against'>;

/** What was saved, against what the user chooses; updated in place. */
export interface SavingsSection {
  readonly element: HTMLElement;
  /** Undefined: there is nothing to compare. */
  update(savings: SavingsView | undefined): void;
}

export function createSavingsSection(
  change: (change: SavingsChange) => void,
  post: (message: FromStats) => void,
): SavingsSection {
  const select = h('select', {
    'data-testid': 'savings-against',
    change: () => change({ against: select.value }),
  });
  const says = h('p', { 'data-testid': 'savings-says' });
  const notes = h('ul', { class: 'says notes' });
  const quality = h('dl', { class: 'figures' });
  const measureSays = h('span', {});
  let measured: SavingsView['measure'];
  const measureButton = textButton(
    '',
    () => measured && post({ type: 'measure', model: measured.model, on: !measured.on }),
    { 'data-testid': 'measure' },
  );
  const measure = h('p', { class: 'measure' }, measureSays, ' ', measureButton);
  const table = createDataTable(l10n.t('Saved against each'), 'table-savings');
  const element = h(
    'section',
    { 'data-testid': 'stats-savings' },
    h('h2', {}, l10n.t('What was saved')),
    h('label', { class: 'filter against' }, h('span', {}, l10n.t('Held against')), select),
    says,
    table.element,
    notes,
    quality,
    measure,
  );
  let filled = '';
  return {
    element,
    update: (savings) => {
      element.hidden = savings === undefined;
      if (savings === undefined) return;
      const key = JSON.stringify(savings.choices);
      if (key !== filled) {
        filled = key;
        select.replaceChildren(...savings.choices.map(({ value, label }) => h('option', { value }, label)));
      }
      if (select.value !== savings.against) select.value = savings.against;
      says.textContent = savings.says;
      notes.replaceChildren(...savings.notes.map((note) => h('li', {}, note)));
      table.update(savings.table);
      measured = savings.measure;
      measure.hidden = measured === undefined;
      measureSays.textContent = measured?.says ?? '';
      measureButton.textContent = measured?.label ?? '';
      quality.replaceChildren(
        ...savings.quality.map(({ name, label, value, notes }) =>
          h(
            'div',
            { class: 'tile', 'data-testid': `quality-${name}` },
            h('dt', {}, label),
            value !== '' && h('dd', { class: 'value' }, value),
            ...notes.map((note) => h('dd', { class: 'note' }, note)),
          ),
        ),
      );
    },
  };
}
