import * as l10n from '@vscode/l10n';
import { h, icon, iconButton, keepingFocus } from '../dom';
import type { AttachmentChip } from '../protocol/chat';

/** What goes with the next question, each with a button that leaves it out. */
export interface AttachmentChips {
  readonly element: HTMLElement;
  show(chips: readonly AttachmentChip[]): void;
}

/** `leave` takes the focus when the last one that had it is gone. */
export function createAttachmentChips(remove: (key: string) => void, leave: () => void): AttachmentChips {
  const element = h('ul', { class: 'chips', 'aria-label': l10n.t('Attached'), 'data-testid': 'attachments' });
  element.hidden = true;

  function chip({ key, label, icon: name }: AttachmentChip): HTMLElement {
    const button = iconButton('close', l10n.t('Leave out {0}', label), {
      'data-key': key,
      'data-testid': 'detach',
      click: () => remove(key),
    });
    button.addEventListener('keydown', (event) => {
      if (event.key === 'Delete' || event.key === 'Backspace') remove(key);
    });
    return h(
      'li',
      { class: 'chip', title: label, 'data-testid': 'attachment' },
      icon(name),
      h('bdi', {}, label),
      button,
    );
  }

  return {
    element,
    show: (chips) => {
      const focused = element.contains(document.activeElement);
      keepingFocus(element, () => element.replaceChildren(...chips.map(chip)));
      element.hidden = chips.length === 0;
      if (!focused || element.contains(document.activeElement)) return;
      const next = element.querySelector('button');
      if (next === null) leave();
      else next.focus();
    },
  };
}
