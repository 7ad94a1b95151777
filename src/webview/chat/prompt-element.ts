import * as l10n from '@vscode/l10n';
import { h, icon, iconButton, textButton } from '../dom';
import type { TurnView } from '../protocol/chat';

/** A question as it was asked, with a way to ask it in other words. */
export function promptElement(
  { prompt, attachments = [] }: Pick<TurnView, 'prompt' | 'attachments'>,
  askAgain: (text: string) => void,
): HTMLElement {
  const edit = iconButton('edit', l10n.t('Edit and ask again, in a new conversation'), {
    'data-testid': 'edit',
    click: open,
  });
  const input = h('textarea', {
    rows: '3',
    'aria-label': l10n.t('The question in other words'),
    dir: 'auto',
  });
  const editor = h(
    'div',
    { class: 'prompt-editor', 'data-testid': 'prompt-editor' },
    input,
    h(
      'div',
      { class: 'actions' },
      textButton(l10n.t('Ask'), submit, { class: 'text-button primary', 'data-testid': 'edit-ask' }),
      textButton(l10n.t('Cancel'), close),
    ),
  );
  editor.hidden = true;
  const shown = h(
    'div',
    { class: 'prompt', dir: 'auto' },
    prompt,
    ...attachments.map((name) =>
      h('span', { class: 'chip', title: name }, icon('attach'), h('bdi', {}, name)),
    ),
  );
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });

  function open(): void {
    input.value = prompt;
    editor.hidden = false;
    input.focus();
  }

  function close(): void {
    editor.hidden = true;
    edit.focus();
  }

  function submit(): void {
    const text = input.value.trim();
    if (text === '') return;
    editor.hidden = true;
    askAgain(text);
  }

  return h('div', { class: 'prompt-row' }, h('div', { class: 'prompt-line' }, edit, shown), editor);
}
