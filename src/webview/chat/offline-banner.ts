import * as l10n from '@vscode/l10n';
import { h } from '../dom';

/** Says that there is no network, as long as there is none; read out when it goes. */
export function offlineBanner(): HTMLElement {
  const element = h('div', { role: 'status' });

  function show(): void {
    const text = l10n.t('No network connection: only models on this machine can answer.');
    element.replaceChildren(
      ...(navigator.onLine
        ? []
        : [h('div', { class: 'banner', 'data-testid': 'offline' }, h('p', {}, text))]),
    );
  }

  for (const event of ['online', 'offline']) window.addEventListener(event, show);
  show();
  return element;
}
