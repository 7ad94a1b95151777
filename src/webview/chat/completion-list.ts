import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { Offer } from './completion-words';

/** The list box of a text field that stays in focus. ARIA has no combobox of several lines: it stays a text box. */
export interface CompletionList {
  readonly element: HTMLElement;
  readonly open: boolean;
  /** Shows these, the first one active; nothing to show closes it. */
  show(offers: readonly Offer[]): void;
  /** The same where it is open, and what was active stays so. */
  follow(offers: readonly Offer[]): void;
  close(): void;
  /** Whether the key was for the list. */
  take(event: KeyboardEvent): boolean;
}

const listId = 'completion';

export function createCompletionList(
  input: HTMLTextAreaElement,
  accept: (offer: Offer) => void,
): CompletionList {
  let offers: readonly Offer[] = [];
  let active = 0;
  const element = h('ul', {
    class: 'completion',
    id: listId,
    role: 'listbox',
    'aria-label': l10n.t('Suggestions'),
    'data-testid': 'completion',
  });
  element.hidden = true;
  // The focus stays in the text.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-haspopup', 'listbox');

  function show(next: readonly Offer[]): void {
    offers = next;
    active = 0;
    element.hidden = next.length === 0;
    if (element.hidden) {
      for (const name of ['aria-controls', 'aria-activedescendant']) input.removeAttribute(name);
      element.replaceChildren();
      return;
    }
    input.setAttribute('aria-controls', listId);
    element.replaceChildren(...next.map(row));
    activate(0);
  }

  function row({ word, text }: Offer, index: number): HTMLElement {
    return h(
      'li',
      { role: 'option', id: `${listId}-${String(index)}`, click: () => choose(index) },
      h('span', { class: 'completion-word' }, word),
      h('span', { class: 'completion-text', dir: 'auto' }, text),
    );
  }

  function activate(index: number): void {
    active = (index + offers.length) % offers.length;
    for (const [at, option] of [...element.children].entries()) {
      option.setAttribute('aria-selected', String(at === active));
      if (at !== active) continue;
      input.setAttribute('aria-activedescendant', option.id);
      // Not in every browser without a screen.
      if ('scrollIntoView' in option) option.scrollIntoView({ block: 'nearest' });
    }
  }

  function choose(index: number): void {
    const offer = offers[index];
    show([]);
    if (offer !== undefined) accept(offer);
  }

  return {
    element,
    get open() {
      return !element.hidden;
    },
    show,
    follow: (next) => {
      if (element.hidden) return;
      const word = offers[active]?.word;
      show(next);
      const index = next.findIndex((offer) => offer.word === word);
      if (index > 0) activate(index);
    },
    close: () => show([]),
    take: (event) => {
      if (element.hidden || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey)
        return false;
      switch (event.key) {
        case 'ArrowDown':
          activate(active + 1);
          break;
        case 'ArrowUp':
          activate(active - 1);
          break;
        case 'Enter':
        case 'Tab':
          choose(active);
          break;
        case 'Escape':
          show([]);
          break;
        default:
          return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
