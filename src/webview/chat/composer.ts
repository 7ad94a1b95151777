import { h, icon, iconButton } from '../dom';
import type { FromChat } from '../protocol';

/** Where the user types. The draft survives reloads; sending waits for the answer that is under way. */
export interface Composer {
  readonly element: HTMLElement;
  setPool(pool: string): void;
  setSelection(label: string | undefined): void;
  setAnswering(answering: boolean): void;
  setText(text: string): void;
  focus(): void;
}

export interface ComposerParts {
  readonly post: (message: FromChat) => void;
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
}

export function createComposer({ post, draft, onDraft }: ComposerParts): Composer {
  let answering = false;
  let attach = false;
  const input = h('textarea', {
    rows: '1',
    'data-testid': 'composer',
    'aria-label': 'Ask Conduit',
    dir: 'auto',
  });
  const send = iconButton('send', 'Send (Enter)', { 'data-testid': 'send', click: submit });
  const stop = iconButton('debug-stop', 'Stop (Escape)', {
    'data-testid': 'stop',
    click: () => post({ type: 'stop' }),
  });
  const chip = h('button', {
    type: 'button',
    class: 'chip toggle',
    'data-testid': 'attach',
    'aria-pressed': 'false',
  });
  const element = h(
    'div',
    { class: 'composer' },
    input,
    h('div', { class: 'composer-bar' }, chip, h('span', { class: 'grow' }), send, stop),
  );
  chip.addEventListener('click', () => {
    attach = !attach;
    chip.setAttribute('aria-pressed', String(attach));
  });
  input.value = draft;
  input.addEventListener('input', () => {
    fit();
    onDraft(input.value);
    show();
  });
  input.addEventListener('keydown', (event) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && answering) post({ type: 'stop' });
  });

  function submit(): void {
    const text = input.value.trim();
    if (text === '' || answering) return;
    post({ type: 'send', text, attachSelection: attach && !chip.hidden });
    setText('');
  }

  function setText(text: string): void {
    input.value = text;
    onDraft(text);
    fit();
    show();
  }

  /** As high as its text, up to a third of the page; the style sheet caps it. */
  function fit(): void {
    input.style.height = 'auto';
    input.style.height = `${String(input.scrollHeight + 2)}px`;
  }

  function show(): void {
    send.hidden = answering;
    stop.hidden = !answering;
    send.toggleAttribute('disabled', input.value.trim() === '');
  }

  chip.hidden = true;
  show();
  return {
    element,
    setPool: (pool) => input.setAttribute('placeholder', `Ask Conduit (pool ${pool})`),
    setSelection: (label) => {
      chip.hidden = label === undefined;
      chip.replaceChildren(icon('code'), label ?? '');
      chip.title = `Send the selection ${label ?? ''} with the question`;
    },
    setAnswering: (now) => {
      answering = now;
      show();
    },
    setText: (text) => {
      setText(text);
      input.focus();
    },
    focus: () => input.focus(),
  };
}
