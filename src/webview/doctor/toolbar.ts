import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromDoctor, ToDoctor } from '../protocol/doctor';

type ChecksView = Extract<ToDoctor, { type: 'doctor' }>['checks'];

/** What can be done with the page as a whole; says before a check what it costs, and how far the checks are. */
export interface Toolbar {
  readonly element: HTMLElement;
  update(checks: ChecksView): void;
}

export function createToolbar(post: (message: FromDoctor) => void): Toolbar {
  const checkAll = textButton(l10n.t('Check All'), () => post({ type: 'check-all' }), {
    class: 'text-button primary',
    'data-testid': 'check-all',
    'aria-describedby': 'check-cost',
  });
  const cancel = textButton(l10n.t('Cancel'), () => post({ type: 'cancel' }), {
    'data-testid': 'cancel-checks',
  });
  const status = h('p', { role: 'status', class: 'status', 'data-testid': 'check-status' });
  const element = h(
    'div',
    { class: 'toolbar' },
    h(
      'div',
      { class: 'actions', role: 'toolbar', 'aria-label': l10n.t('Doctor') },
      checkAll,
      cancel,
      textButton(l10n.t('Refresh'), () => post({ type: 'refresh' })),
      textButton(l10n.t('Copy as Text'), () => post({ type: 'copy' }), { 'data-testid': 'copy' }),
      textButton(l10n.t('Save Report…'), () => post({ type: 'save' }), { 'data-testid': 'save' }),
    ),
    h(
      'p',
      { id: 'check-cost', class: 'facts' },
      l10n.t(
        'A check asks a model for one word, which costs next to nothing: a handful of tokens. Nothing is sent before you start it. The report holds no keys and no prompts.',
      ),
    ),
    status,
  );

  return {
    element,
    update: ({ running, text }) => {
      const hadFocus = document.activeElement === (running ? checkAll : cancel);
      checkAll.hidden = running;
      cancel.hidden = !running;
      if (hadFocus) (running ? cancel : checkAll).focus();
      if (status.textContent !== text) status.textContent = text;
    },
  };
}
