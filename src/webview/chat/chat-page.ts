import { h } from '../dom';
import type { FromChat, ToChat } from '../protocol';
import { createComposer } from './composer';
import { announcement, isAnswering, noConversation, received } from './conversation-state';
import { emptyState, simulatedBanner } from './empty-state';
import { followEnd } from './follow-end';
import type { TurnElement } from './turn-element';
import { createTurnElement } from './turn-element';

export interface ChatPageParts {
  readonly post: (message: FromChat) => void;
  readonly onDraft: (draft: string) => void;
}

/** The chat view: banner, conversation, composer. Returns what takes the host's messages. */
export function createChatPage(
  root: HTMLElement,
  { post, onDraft }: ChatPageParts,
): (message: ToChat) => void {
  let state = noConversation;
  const elements = new Map<string, TurnElement>();
  const banner = h('div');
  const list = h('section', {
    class: 'turns',
    role: 'log',
    // The announcer says what matters; reading out every token would drown it.
    'aria-live': 'off',
    'aria-label': 'Conversation',
    tabindex: '0',
  });
  const announcer = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
  const composer = createComposer({ post, onDraft });
  const end = followEnd(list);
  root.append(banner, list, composer.element, announcer);

  function receive(message: ToChat): void {
    const before = state;
    state = received(before, message);
    if (message.type === 'focus') return composer.focus();
    if (message.type === 'draft') return composer.restore(message.text);
    if (message.type === 'unsent') return composer.restore(message.text, message.attachSelection);
    if (message.type === 'attachments') return composer.setChips(message.attachments);
    if (message.type === 'conversation' || message.type === 'selection') {
      const { selection, openFile, problems } = message;
      composer.setOffers({ selection, openFile, problems });
    }
    if (message.type === 'conversation') {
      composer.setOffers({ slashWords: message.slashWords ?? [] });
      banner.replaceChildren(...(state.simulated ? [simulatedBanner(post)] : []));
      composer.setPool(state.pool, state.lockedTo);
    }
    if (message.type === 'turn') {
      const known = before.turns.find(({ id }) => id === message.turn.id);
      const said = announcement(known, message.turn);
      if (said !== undefined) announcer.textContent = said;
    }
    composer.setAnswering(state.turns.some(isAnswering));
    if (state.turns !== before.turns) showTurns();
  }

  /** Updates the turns that are shown in place, so that scroll, focus and selection stay; adds and removes the rest. */
  function showTurns(): void {
    const ids = new Set(state.turns.map(({ id }) => id));
    for (const [id, { element }] of elements) {
      if (ids.has(id)) continue;
      element.remove();
      elements.delete(id);
    }
    if (state.turns.length === 0) {
      list.replaceChildren(emptyState((prompt) => composer.setText(prompt)));
      return;
    }
    list.querySelector('.empty')?.remove();
    let added = false;
    for (const turn of state.turns) {
      const known = elements.get(turn.id);
      if (known !== undefined) {
        known.update(turn);
        continue;
      }
      const created = createTurnElement(turn, post, end.keep);
      elements.set(turn.id, created);
      list.append(created.element);
      added = true;
    }
    if (added) end.toEnd();
  }

  return receive;
}
