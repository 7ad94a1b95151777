import * as l10n from '@vscode/l10n';
import { h, icon, iconButton, keepingFocus } from '../dom';

/** Questions that are asked when the answer under way has ended, each with a button that takes it back. */
export interface WaitingList {
  readonly element: HTMLElement;
  show(prompts: readonly string[]): void;
}

export function createWaitingList(takeBack: (index: number, prompt: string) => void): WaitingList {
  const element = h('ul', {
    class: 'chips',
    'aria-label': l10n.t('Asked next'),
    'data-testid': 'waiting-questions',
  });
  element.hidden = true;

  function chip(prompt: string, index: number): HTMLElement {
    return h(
      'li',
      { class: 'chip', title: l10n.t('Asked when this answer has ended: {0}', prompt) },
      icon('clock'),
      h('bdi', {}, prompt),
      iconButton('close', l10n.t('Don’t ask this: {0}', prompt.slice(0, 80)), {
        'data-testid': 'take-back',
        click: () => takeBack(index, prompt),
      }),
    );
  }

  return {
    element,
    show: (prompts) => {
      keepingFocus(element, () => element.replaceChildren(...prompts.map(chip)));
      element.hidden = prompts.length === 0;
    },
  };
}
