import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { ReplayChange, ReplayForm } from '../protocol/replay';

/** Prices that models may be held to have, in their own. */
const factors = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 4, 10];

/** What is to be otherwise. */
export interface ChangeForm {
  readonly element: HTMLElement;
  /** What there is to change; what is chosen already stays so where it is still there. */
  load(form: ReplayForm): void;
  /** Undefined: nothing runs. */
  progress(share01: number | undefined): void;
}

export function createChangeForm(parts: {
  readonly run: (change: ReplayChange) => void;
  readonly cancel: () => void;
}): ChangeForm {
  const preset = h('select', { 'data-testid': 'replay-preset' });
  const models = h('select', { 'data-testid': 'replay-models' });
  const rows = h('tbody');
  const run = h(
    'button',
    { type: 'submit', class: 'text-button primary', 'data-testid': 'replay-run' },
    l10n.t('Replay'),
  );
  const cancel = textButton(l10n.t('Cancel'), parts.cancel, { 'data-testid': 'replay-cancel' });
  const progress = h('progress', { max: 1, value: 0, 'aria-label': l10n.t('Share that is replayed') });
  const percent = h('span', { class: 'percent', 'aria-hidden': 'true' });
  const running = h('span', { class: 'running' }, progress, percent, cancel);
  running.hidden = true;
  const element = h(
    'form',
    {
      class: 'change tile',
      submit: (event) => {
        event.preventDefault();
        parts.run(changeNow());
      },
    },
    h('h2', {}, l10n.t('What is to be otherwise?')),
    h(
      'div',
      { class: 'choices' },
      h('label', { class: 'filter' }, h('span', {}, l10n.t('Preset')), preset),
      h('label', { class: 'filter' }, h('span', {}, l10n.t('Models')), models),
    ),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Models and prices') },
      h(
        'table',
        { 'data-testid': 'replay-deployments' },
        h('caption', { class: 'hidden' }, l10n.t('Models and prices')),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ...[l10n.t('Model'), l10n.t('Pool'), l10n.t('Can be chosen'), l10n.t('Price')].map((column) =>
              h('th', { scope: 'col' }, column),
            ),
          ),
        ),
        rows,
      ),
    ),
    h('div', { class: 'actions' }, run, running),
  );

  function changeNow(): ReplayChange {
    const boxes = [...rows.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
    const prices = [...rows.querySelectorAll('select')];
    return {
      preset: preset.value,
      models: models.value,
      without: boxes.filter(({ checked }) => !checked).map(({ value }) => value),
      priceFactors: Object.fromEntries(
        prices.flatMap(({ value, dataset }) =>
          value === '1' || dataset['model'] === undefined ? [] : [[dataset['model'], Number(value)]],
        ),
      ),
    };
  }

  return {
    element,
    load: (form) => {
      const { without, priceFactors } = changeNow();
      fill(preset, form.presets);
      fill(models, form.models);
      rows.replaceChildren(
        ...form.deployments.map(({ id, pool, priced }) =>
          h(
            'tr',
            { 'data-model': id },
            h('th', { scope: 'row' }, h('bdi', {}, id)),
            h('td', {}, h('bdi', {}, pool)),
            h(
              'td',
              {},
              h('input', {
                type: 'checkbox',
                checked: !without.includes(id),
                value: id,
                'aria-label': l10n.t('{0} can be chosen', id),
              }),
            ),
            h(
              'td',
              {},
              priced
                ? h(
                    'select',
                    { 'data-model': id, 'aria-label': l10n.t('Price of {0}', id) },
                    ...factors.map((factor) =>
                      h(
                        'option',
                        { value: factor, selected: factor === (priceFactors[id] ?? 1) },
                        factorText(factor),
                      ),
                    ),
                  )
                : l10n.t('unknown'),
            ),
          ),
        ),
      );
    },
    progress: (share01) => {
      const hadFocus = running.contains(document.activeElement);
      running.hidden = share01 === undefined;
      progress.value = share01 ?? 0;
      percent.textContent = `${String(Math.round(100 * (share01 ?? 0)))} %`;
      if (share01 === undefined && hadFocus) run.focus();
    },
  };
}

/** What was chosen stays so where it is still there; what was as configured is so again. */
function fill(select: HTMLSelectElement, choices: ReplayForm['models']): void {
  const chosen = select.selectedIndex > 0 ? select.value : undefined;
  select.replaceChildren(...choices.map(option));
  if (choices.some(({ value }) => value === chosen)) select.value = chosen ?? '';
}

function option({ value, label }: { readonly value: string; readonly label: string }): HTMLElement {
  return h('option', { value }, label);
}

function factorText(factor: number): string {
  return factor === 1
    ? l10n.t('as it is')
    : `× ${factor.toLocaleString(document.documentElement.lang || undefined)}`;
}
