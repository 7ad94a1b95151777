import * as l10n from '@vscode/l10n';
import { h, icon } from './dom';
import type { BreakerMark } from './protocol/breaker';

/** Says that a model's circuit breaker isn't closed, with the button that closes it by hand. */
export function breakerMark(model: string, state: BreakerMark, reset: () => void): HTMLElement {
  const { text, title } = meaningOf(state);
  return h(
    'span',
    { class: 'breaker', 'data-breaker': state, title },
    icon('warning'),
    text,
    h(
      'button',
      {
        type: 'button',
        class: 'text-button small',
        'data-key': `reset ${model}`,
        'aria-label': l10n.t('Reset the circuit breaker of {0}', model),
        click: reset,
      },
      l10n.t('Reset'),
    ),
  );
}

function meaningOf(state: BreakerMark): { readonly text: string; readonly title: string } {
  switch (state) {
    case 'open':
      return {
        text: l10n.t('resting'),
        title: l10n.t('It failed and is left alone for a moment.'),
      };
    case 'half-open':
      return {
        text: l10n.t('on trial'),
        title: l10n.t('It failed; the next request tries it again.'),
      };
  }
}
