import * as l10n from '@vscode/l10n';
import { h, icon, textButton } from '../dom';
import type { AnswerView, FromChat } from '../protocol/chat';
import { createAnswerElement } from './answer-element';
import type { AnswerPlace } from './answer-line';
import { answerLine } from './answer-line';
import { isUnderWay } from './conversation-state';
import { explanationElement } from '../explanation-element';
import { givenReason, reasonChoice } from './reason-choice';
import { createThoughtsElement } from './thoughts-element';

/** One answer with what stands under it. */
export interface AnswerPart {
  readonly element: HTMLElement;
  update(answer: AnswerView, place: AnswerPlace): void;
  /** Puts the focus on the first of its buttons: what had it is gone. */
  focus(): void;
}

/** What the foot shows; while only the answer grows it stays as it is. */
const footFields = [
  'status',
  'notices',
  'error',
  'line',
  'explanation',
  'decisionId',
  'thumb',
  'reason',
  'offer',
] as const;

/** `onRendered` is called whenever the element may have grown, also some time after an update. */
export function createAnswerPart(post: (message: FromChat) => void, onRendered: () => void): AnswerPart {
  let shown: { readonly answer: AnswerView; readonly place: AnswerPlace } | undefined;
  let openWhy = false;
  let offersReason = false;
  const text = createAnswerElement(post, onRendered, () => shown?.answer.decisionId);
  const thoughts = createThoughtsElement(onRendered);
  const foot = h('div', { class: 'foot' });
  const element = h('div', { class: 'answer-part' }, thoughts.element, text.element, foot);

  function showFoot(next: AnswerView, place: AnswerPlace): void {
    const focused = foot.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-testid')
      : undefined;
    const why = whyOf(next);
    if (why !== undefined) why.open = openWhy;
    const parts = [
      ...next.notices.map(noticeElement),
      progress(next),
      errorBlock(next, post),
      answerLine(next, place, post),
      reasonOf(next, place),
      why,
    ];
    foot.replaceChildren(...parts.filter((part) => part !== undefined));
    if (focused) (foot.querySelector<HTMLElement>(`[data-testid="${focused}"]`) ?? firstButton())?.focus();
  }

  function whyOf(next: AnswerView): HTMLDetailsElement | undefined {
    const { explanation, decisionId } = next;
    if (isUnderWay(next) || explanation === undefined) return undefined;
    const why = explanationElement(
      explanation,
      decisionId === undefined
        ? undefined
        : { decisionId, copy: () => post({ type: 'copy-why', decisionId }) },
    );
    why.addEventListener('toggle', () => {
      openWhy = why.open;
      if (openWhy && decisionId !== undefined) post({ type: 'reconsider', decisionId });
    });
    return why;
  }

  function firstButton(): HTMLElement | null {
    return foot.querySelector('button');
  }

  function reasonOf(next: AnswerView, place: AnswerPlace): HTMLElement | undefined {
    const { decisionId, reason } = next;
    if (decisionId !== undefined && offersReason)
      return reasonChoice(decisionId, post, () => {
        offersReason = false;
        showFoot(shown?.answer ?? next, shown?.place ?? place);
        foot.querySelector<HTMLElement>('[data-testid="thumb-down"]')?.focus();
      });
    return reason && givenReason(reason);
  }

  return {
    element,
    focus: () => firstButton()?.focus(),
    update: (answer, place) => {
      const before = shown;
      // Only as it is pressed: an old thumb does not ask again.
      const isFresh = before !== undefined && before.answer.thumb !== 'down' && answer.reason === undefined;
      offersReason = answer.thumb === 'down' && (offersReason || isFresh);
      shown = { answer, place };
      thoughts.show(answer.thoughts ?? '', answer.status === 'waiting');
      text.show(answer.answer, answer.status === 'streaming');
      const same =
        before?.place.duel === place.duel &&
        footFields.every((field) => before.answer[field] === answer[field]);
      if (same) return;
      showFoot(answer, place);
      onRendered();
    },
  };
}

function noticeElement(notice: string): HTMLElement {
  return h(
    'p',
    { class: 'notice', 'data-testid': 'notice' },
    icon('warning'),
    h('span', { dir: 'auto' }, notice),
  );
}

function progress({ status }: AnswerView): HTMLElement | undefined {
  const spinner = 'loading codicon-modifier-spin';
  switch (status) {
    case 'waiting':
      return h('p', { class: 'progress' }, icon(spinner), l10n.t('Waiting for the model…'));
    case 'streaming':
      // A stream may pause for long; the announcer has said that it began.
      return h('p', { class: 'progress', 'data-testid': 'growing', 'aria-hidden': 'true' }, icon(spinner));
    case 'stopped':
      return h('p', { class: 'progress' }, icon('stop-circle'), l10n.t('Stopped.'));
    case 'done':
    case 'failed':
      return undefined;
  }
}

const actionLabels = {
  retry: l10n.t('Retry'),
  'set-key': l10n.t('Set API Key'),
  'open-configuration': l10n.t('Open Configuration'),
  'show-log': l10n.t('Show Log'),
} as const;

function errorBlock({ error, id }: AnswerView, post: (message: FromChat) => void): HTMLElement | undefined {
  if (error === undefined) return undefined;
  const buttons = error.actions.map((action) =>
    textButton(
      actionLabels[action],
      () => post(action === 'retry' ? { type: 'retry', turnId: id } : { type: 'command', command: action }),
      { 'data-testid': `action-${action}` },
    ),
  );
  return h(
    'div',
    { class: 'error', 'data-testid': 'error', role: 'alert' },
    h('p', {}, icon('error'), error.text),
    h('div', { class: 'actions' }, ...buttons),
  );
}
