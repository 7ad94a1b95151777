import * as l10n from '@vscode/l10n';
import { h, icon, textButton } from '../dom';
import type { FromChat } from '../protocol/chat';

const examples = [
  l10n.t('What is the difference between a mutex and a semaphore?'),
  l10n.t('Write a TypeScript function that groups a list by a key.'),
  l10n.t('Why would an index make a query slower?'),
];

/** Until the extension has said what the conversation is; the style sheet shows it only where that takes long. */
export function loadingState(): HTMLElement {
  return h(
    'p',
    { class: 'progress loading', 'data-testid': 'loading' },
    icon('loading codicon-modifier-spin'),
    l10n.t('Opening the conversation…'),
  );
}

/** What a new conversation shows instead of nothing. */
export function emptyState(useExample: (prompt: string) => void): HTMLElement {
  return h(
    'div',
    { class: 'empty', 'data-testid': 'empty' },
    h('h2', {}, l10n.t('Ask, and Conduit picks the model')),
    h(
      'p',
      {},
      l10n.t('It learns from your ratings which model is worth its price for what. Try one of these:'),
    ),
    ...examples.map((prompt) =>
      textButton(prompt, () => useExample(prompt), { class: 'text-button example' }),
    ),
  );
}

/** Told plainly wherever models only pretend to answer. */
export function simulatedBanner(post: (message: FromChat) => void): HTMLElement {
  return h(
    'div',
    { class: 'banner', 'data-testid': 'simulated' },
    h('p', {}, l10n.t('No provider is configured: the models are simulated.')),
    h(
      'div',
      { class: 'actions' },
      textButton(l10n.t('Set API Key'), () => post({ type: 'command', command: 'set-key' })),
      textButton(l10n.t('Open Configuration'), () =>
        post({ type: 'command', command: 'open-configuration' }),
      ),
    ),
  );
}
