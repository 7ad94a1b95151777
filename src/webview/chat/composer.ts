import * as l10n from '@vscode/l10n';
import { h, icon, iconButton } from '../dom';
import type { AttachmentChip, FromChat } from '../protocol/chat';
import { createAttachmentChips } from './attachment-chips';
import { createCompletionList } from './completion-list';
import type { Offer, Offers } from './completion-words';
import { attachOffers, noOffers, offersFor, triggerBefore } from './completion-words';
import { createWaitingList } from './waiting-list';

/** Where the user types. The draft survives reloads; what is sent while an answer is under way waits for its end. */
export interface Composer {
  readonly element: HTMLElement;
  /** `lockedTo` is the only model that answers, where the user chose one. */
  setPool(pool: string, lockedTo: string | undefined): void;
  /** What `/` and `#` offer. */
  setOffers(offers: Partial<Offers>): void;
  setChips(chips: readonly AttachmentChip[]): void;
  /** Questions that wait to be asked. */
  setWaiting(prompts: readonly string[]): void;
  setAnswering(answering: boolean): void;
  setText(text: string): void;
  /** Puts a text in that was typed before the page was loaded; whatever is there already stays. */
  restore(text: string): void;
  /** Puts a question back that was not asked, before what was typed since. */
  putBack(text: string): void;
  focus(): void;
}

export interface ComposerParts {
  readonly post: (message: FromChat) => void;
  readonly onDraft: (draft: string) => void;
}

export function createComposer({ post, onDraft }: ComposerParts): Composer {
  let answering = false;
  let attached: readonly AttachmentChip[] = [];
  let typing = false;
  let offers = noOffers;
  /** What the list shows: of the word before the caret, or all that can be attached. */
  let listed = (): readonly Offer[] => [];
  const input = h('textarea', {
    rows: '1',
    placeholder: l10n.t('Ask Conduit'),
    'data-testid': 'composer',
    'aria-label': l10n.t('Ask Conduit'),
    dir: 'auto',
  });
  const send = iconButton('send', l10n.t('Send (Enter)'), { 'data-testid': 'send', click: submit });
  const stop = iconButton('stop-circle', l10n.t('Stop (Escape)'), {
    'data-testid': 'stop',
    click: () => post({ type: 'stop' }),
  });
  const fresh = iconButton('add', l10n.t('New conversation'), {
    'data-testid': 'new-conversation',
    click: () => post({ type: 'new-conversation' }),
  });
  const pool = h('button', {
    type: 'button',
    class: 'pool',
    'data-testid': 'pool',
    click: () => post({ type: 'choose-model' }),
  });
  const chip = h('button', {
    type: 'button',
    class: 'chip',
    'data-testid': 'attach',
    click: () => post({ type: 'attach', what: 'selection' }),
  });
  const attachButton = iconButton('attach', l10n.t('Attach…'), {
    'data-testid': 'attach-menu',
    'aria-haspopup': 'listbox',
    click: () => {
      input.focus();
      if (list.open) return list.close();
      listed = () => attachOffers(offers);
      list.show(listed());
    },
  });
  // A click must not take the focus from the text, or the list would close and open again.
  attachButton.addEventListener('mousedown', (event) => event.preventDefault());
  const list = createCompletionList(input, accept);
  const chips = createAttachmentChips(
    (key) => post({ type: 'detach', key }),
    () => input.focus(),
  );
  const waiting = createWaitingList((index, prompt) => {
    post({ type: 'take-back', index, prompt });
    putBack(prompt);
    input.focus();
  });
  const element = h(
    'div',
    { class: 'composer' },
    list.element,
    waiting.element,
    chips.element,
    input,
    h('div', { class: 'composer-bar' }, fresh, attachButton, chip, pool, send, stop),
  );
  input.addEventListener('input', () => {
    changed();
    complete();
  });
  input.addEventListener('blur', () => list.close());
  input.addEventListener('keydown', (event) => {
    if (list.take(event)) return;
    // While an input method composes a character, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && answering && !event.isComposing) post({ type: 'stop' });
  });

  function submit(): void {
    const text = input.value.trim();
    if (text === '') return;
    post({ type: 'send', text });
    // The draft stays with the host until it has the question.
    input.value = '';
    typing = false;
    show();
    input.focus();
  }

  function complete(): void {
    listed = () => {
      const trigger = triggerBefore(input.value.slice(0, input.selectionStart));
      return trigger === undefined ? [] : offersFor(trigger, offers);
    };
    list.show(listed());
  }

  /** What is attached leaves the text; a word for the beginning of a question is completed in it. */
  function accept({ word, attach: what }: Offer): void {
    const caret = input.selectionStart;
    const start = triggerBefore(input.value.slice(0, caret))?.start ?? caret;
    input.setRangeText(what === undefined ? `${word} ` : '', start, caret, 'end');
    changed();
    if (what !== undefined) post({ type: 'attach', what });
  }

  /** The selection, unless it goes along already. */
  function showOffer(): void {
    const label = offers.selection;
    chip.hidden =
      label === undefined || attached.some((each) => each.icon === 'code' && each.label === label);
    chip.replaceChildren(icon('code'), h('bdi', {}, label ?? ''));
    chip.title = l10n.t('Send the selection {0} with the question', label ?? '');
  }

  function putBack(text: string): void {
    setText([text, input.value].filter((each) => each !== '').join('\n\n'));
  }

  function setText(text: string): void {
    input.value = text;
    changed();
  }

  function changed(): void {
    onDraft(input.value);
    show();
    const before = typing;
    typing = input.value.trim() !== '';
    if (typing && !before) post({ type: 'typing' });
  }

  function show(): void {
    // Send and Stop take each other's place: the focus must not fall out of the page with them.
    if (document.activeElement === (answering ? send : stop)) input.focus();
    send.hidden = answering;
    stop.hidden = !answering;
    send.toggleAttribute('disabled', input.value.trim() === '');
  }

  showOffer();
  show();
  return {
    element,
    setPool: (name, lockedTo) => {
      input.placeholder = l10n.t('Ask Conduit ({0})', lockedTo ?? name);
      pool.replaceChildren(...(lockedTo === undefined ? [] : [icon('lock')]), h('bdi', {}, lockedTo ?? name));
      pool.title =
        lockedTo === undefined
          ? l10n.t('Questions go to the pool {0}. Choose a model for this conversation…', name)
          : l10n.t('Questions go to {0} only. Choose a model for this conversation…', lockedTo);
      pool.setAttribute('aria-label', pool.title);
    },
    setOffers: (change) => {
      offers = { ...offers, ...change };
      showOffer();
      list.follow(listed());
    },
    setChips: (next) => {
      attached = next;
      chips.show(next);
      showOffer();
    },
    setWaiting: (prompts) => waiting.show(prompts),
    setAnswering: (now) => {
      answering = now;
      show();
    },
    setText: (text) => {
      setText(text);
      input.focus();
    },
    restore: (text) => {
      if (input.value !== '') return;
      input.value = text;
      show();
    },
    putBack,
    focus: () => input.focus(),
  };
}
