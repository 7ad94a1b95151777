import { h, icon } from './dom';
import type { BreakerMark } from './protocol';

/** Says that a model's circuit breaker isn't closed, with the button that closes it by hand. */
export function breakerMark(model: string, state: BreakerMark, reset: () => void): HTMLElement {
  const { text, title } = meaning[state];
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
        'aria-label': `Reset the circuit breaker of ${model}`,
        click: reset,
      },
      'Reset',
    ),
  );
}

const meaning: Readonly<Record<BreakerMark, { readonly text: string; readonly title: string }>> = {
  open: { text: 'resting', title: 'It failed several times in a row and is left alone for a moment.' },
  'half-open': {
    text: 'on trial',
    title: 'It failed several times in a row; the next request tries it again.',
  },
};
