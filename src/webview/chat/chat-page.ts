import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { FromChat, ToChat } from '../protocol/chat';
import { createComposer } from './composer';
import { announcement, isAnswering, noConversation, received } from './conversation-state';
import { emptyState, loadingState, simulatedBanner } from './empty-state';
import { showWhatIf } from '../explanation-element';
import { offlineBanner } from './offline-banner';
import { onPageFocus } from './page-focus';
import { createTurnList } from './turn-list';

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
  const banner = h('div');
  const list = h('section', {
    class: 'turns',
    role: 'log',
    // The announcer says what matters; reading out every token would drown it.
    'aria-live': 'off',
    'aria-label': l10n.t('Conversation'),
    tabindex: '0',
  });
  list.append(loadingState());
  const announcer = h('div', {
    class: 'hidden',
    role: 'status',
    'aria-live': 'polite',
    'data-testid': 'announcer',
  });
  const composer = createComposer({ post, onDraft });
  const turns = createTurnList(list, post);
  root.append(
    h(
      'main',
      {},
      h('h1', { class: 'hidden' }, l10n.t('Chat')),
      offlineBanner(),
      banner,
      list,
      composer.element,
    ),
    announcer,
  );
  onPageFocus(() => composer.focus());

  function receive(message: ToChat): void {
    const before = state;
    state = received(before, message);
    if (message.type === 'focus') return composer.focus();
    if (message.type === 'draft') return composer.restore(message.text);
    if (message.type === 'unsent') return composer.putBack(message.text);
    if (message.type === 'what-if') return showWhatIf(list, message.decisionId, message.sentences);
    if (message.type === 'waiting') return composer.setWaiting(message.prompts);
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
      const { turn } = message;
      const said = announcement(known, turn) ?? (turn.rival && announcement(known?.rival, turn.rival));
      if (said !== undefined) announcer.textContent = said;
    }
    composer.setAnswering(state.turns.some(isAnswering));
    if (state.turns !== before.turns) showTurns();
  }

  function showTurns(): void {
    if (state.turns.length > 0) list.querySelector('.empty, .loading')?.remove();
    turns.show(state.turns, state.earlier);
    if (state.turns.length === 0) list.replaceChildren(emptyState((prompt) => composer.setText(prompt)));
  }

  return receive;
}
