import { h, icon, textButton } from '../dom';
import type { FromChat, TurnView } from '../protocol';
import { createAnswerElement } from './answer-element';
import { answerLine } from './answer-line';
import { isUnderWay } from './conversation-state';
import { explanationElement } from './explanation-element';

/** One question with its answer on the page. */
export interface TurnElement {
  readonly element: HTMLElement;
  update(turn: TurnView): void;
}

/** What the foot shows; while only the answer grows it stays as it is. */
const footFields = ['status', 'notices', 'error', 'line', 'explanation', 'decisionId', 'thumb'] as const;

/** `onRendered` is called whenever the element may have grown, also some time after an update. */
export function createTurnElement(
  first: TurnView,
  post: (message: FromChat) => void,
  onRendered: () => void = () => undefined,
): TurnElement {
  let turn: TurnView | undefined;
  let openWhy = false;
  const answer = createAnswerElement(post, onRendered);
  const foot = h('div', { class: 'foot' });
  const element = h(
    'article',
    { class: 'turn', 'data-testid': 'turn', 'aria-label': `Question: ${first.prompt.slice(0, 80)}` },
    h(
      'div',
      { class: 'prompt', dir: 'auto' },
      first.prompt,
      first.attachment !== undefined &&
        h('span', { class: 'chip' }, icon('code'), h('bdi', {}, first.attachment)),
    ),
    answer.element,
    foot,
  );

  function showFoot(next: TurnView): void {
    const focused = foot.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-testid')
      : undefined;
    const why = isUnderWay(next) ? undefined : next.explanation && explanationElement(next.explanation);
    if (why !== undefined) {
      why.open = openWhy;
      why.addEventListener('toggle', () => (openWhy = why.open));
    }
    const parts = [
      ...next.notices.map((notice) =>
        h(
          'p',
          { class: 'notice', 'data-testid': 'notice' },
          icon('warning'),
          h('span', { dir: 'auto' }, notice),
        ),
      ),
      progress(next),
      errorBlock(next, post),
      answerLine(next, post),
      why,
    ];
    foot.replaceChildren(...parts.filter((part) => part !== undefined));
    if (focused) foot.querySelector<HTMLElement>(`[data-testid="${focused}"]`)?.focus();
  }

  function update(next: TurnView): void {
    const before = turn;
    turn = next;
    answer.show(next.answer, next.status === 'streaming');
    if (before !== undefined && footFields.every((field) => before[field] === next[field])) return;
    element.setAttribute('aria-busy', String(isUnderWay(next)));
    showFoot(next);
    onRendered();
  }

  update(first);
  return { element, update };
}

function progress({ status }: TurnView): HTMLElement | undefined {
  if (status === 'waiting') {
    return h('p', { class: 'progress' }, icon('loading codicon-modifier-spin'), 'Waiting for the model…');
  }
  return status === 'stopped' ? h('p', { class: 'progress' }, icon('stop-circle'), 'Stopped.') : undefined;
}

const actionLabels = {
  retry: 'Retry',
  'set-key': 'Set API Key',
  'open-configuration': 'Open Configuration',
  'show-log': 'Show Log',
} as const;

function errorBlock({ error, id }: TurnView, post: (message: FromChat) => void): HTMLElement | undefined {
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
