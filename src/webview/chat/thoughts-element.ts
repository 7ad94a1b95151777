import * as l10n from '@vscode/l10n';
import { h } from '../dom';

/** What a model thought before it answered: closed at first, plain text, and no part of the answer. */
export interface ThoughtsElement {
  readonly element: HTMLElement;
  /** '' hides it. `underWay`: the model has not begun to answer. */
  show(thoughts: string, underWay: boolean): void;
}

export function createThoughtsElement(onRendered: () => void): ThoughtsElement {
  let shown = '';
  let filled = '';
  const text = h('div', {
    class: 'thoughts-text',
    'data-testid': 'thoughts-text',
    dir: 'auto',
    tabindex: '0',
    role: 'region',
    'aria-label': l10n.t('What the model thought'),
  });
  const summary = h('summary', { 'data-testid': 'thoughts-toggle' });
  const element = h('details', { class: 'thoughts', 'data-testid': 'thoughts', hidden: true }, summary, text);
  element.addEventListener('toggle', () => {
    fill();
    onRendered();
  });

  /** What is closed costs nothing to grow. */
  function fill(): void {
    if (!element.open || filled === shown) return;
    // Appended, so that what is selected stays so.
    if (filled !== '' && shown.startsWith(filled)) text.append(shown.slice(filled.length));
    else text.textContent = shown;
    filled = shown;
  }

  return {
    element,
    show: (thoughts, underWay) => {
      shown = thoughts.trimStart();
      element.hidden = shown === '';
      const label = underWay ? l10n.t('Thinking…') : l10n.t('What the model thought');
      if (summary.textContent !== label) summary.textContent = label;
      fill();
    },
  };
}
