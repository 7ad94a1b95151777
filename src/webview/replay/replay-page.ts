import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromReplay, ToReplay } from '../protocol/replay';
import { createChangeForm } from './change-form';
import { createResultView } from './result-view';

/** The page that replays a history. Returns what takes the host's messages. */
export function createReplayPage(
  root: HTMLElement,
  post: (message: FromReplay) => void,
): (message: ToReplay) => void {
  const form = createChangeForm({
    run: (change) => post({ type: 'run', change }),
    cancel: () => post({ type: 'cancel' }),
  });
  const result = createResultView(post);
  const status = h('p', { class: 'hidden', role: 'status', 'data-testid': 'replay-status' });
  const failure = h('p');
  const failed = h(
    'div',
    { class: 'state', role: 'alert', 'data-testid': 'replay-failed' },
    failure,
    textButton(l10n.t('Show Log'), () => post({ type: 'command', command: 'show-log' })),
  );
  const emptyText = h('p');
  const empty = h(
    'div',
    { class: 'state', 'data-testid': 'replay-empty' },
    emptyText,
    textButton(l10n.t('Ask Conduit'), () => post({ type: 'command', command: 'ask' })),
  );
  const states = [failed, empty, result.element] as const;
  const only = (shown?: HTMLElement): void => {
    for (const state of states) state.hidden = state !== shown;
  };
  only();
  form.element.hidden = true;
  root.append(
    h(
      'main',
      {},
      h('h1', {}, l10n.t('My history, replayed')),
      h(
        'p',
        { class: 'facts' },
        l10n.t(
          'The requests of your ledger, decided once more with something changed, each with what was known at its time. No model is asked, and nothing is recorded.',
        ),
      ),
      form.element,
      status,
      ...states,
    ),
  );

  return (message) => {
    switch (message.type) {
      case 'form':
        form.load(message);
        form.element.hidden = false;
        return;
      case 'progress':
        if (message.share01 === 0) status.textContent = l10n.t('The history is being replayed.');
        return form.progress(message.share01);
      case 'cancelled':
        status.textContent = l10n.t('Cancelled.');
        return form.progress(undefined);
      case 'failed':
        form.progress(undefined);
        failure.textContent = message.text;
        return only(failed);
      case 'empty':
        form.progress(undefined);
        status.textContent = message.text;
        emptyText.textContent = message.text;
        return only(empty);
      case 'result':
        form.progress(undefined);
        status.textContent = message.says.join(' ');
        result.show(message);
        return only(result.element);
    }
  };
}
