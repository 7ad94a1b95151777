import { h, icon, iconButton, textButton } from '../dom';
import type { FromChat, TurnView } from '../protocol';
import { explanationElement } from './explanation-element';
import { renderAnswer } from './markdown';

/** One question with its answer on the page. */
export interface TurnElement {
  readonly element: HTMLElement;
  readonly turn: TurnView;
  update(turn: TurnView): void;
  append(text: string): void;
}

/** Pauses between two renderings of a growing answer, by its length: long ones must not freeze the page. */
function pauseMs(length: number): number {
  if (length < 20_000) return 0;
  return length < 100_000 ? 250 : 1_000;
}

export function createTurnElement(first: TurnView, post: (message: FromChat) => void): TurnElement {
  let turn = first;
  let shown: string | undefined;
  let scheduled = false;
  let openWhy = false;
  const answer = h('div', { class: 'answer', 'data-testid': 'answer', dir: 'auto' });
  const foot = h('div', { class: 'foot' });
  const element = h(
    'article',
    { class: 'turn', 'data-testid': 'turn', 'aria-label': `Question: ${first.prompt.slice(0, 80)}` },
    h(
      'div',
      { class: 'prompt', dir: 'auto' },
      first.prompt,
      first.attachment !== undefined && h('span', { class: 'chip' }, icon('code'), first.attachment),
    ),
    answer,
    foot,
  );
  answer.addEventListener('click', (event) => onAnswerClick(event, post));

  function showAnswer(): void {
    scheduled = false;
    if (shown === turn.answer) return;
    shown = turn.answer;
    answer.replaceChildren(renderAnswer(turn.answer));
  }

  function scheduleAnswer(): void {
    if (scheduled) return;
    scheduled = true;
    const pause = pauseMs(turn.answer.length);
    if (pause === 0) requestAnimationFrame(showAnswer);
    else setTimeout(showAnswer, pause);
  }

  function showFoot(): void {
    const focused = foot.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-testid')
      : null;
    const why = turn.explanation && explanationElement(turn.explanation);
    if (why instanceof HTMLDetailsElement) {
      why.open = openWhy;
      why.addEventListener('toggle', () => (openWhy = why.open));
    }
    foot.replaceChildren(
      ...turn.notices.map((notice) =>
        h('p', { class: 'notice', 'data-testid': 'notice' }, icon('warning'), notice),
      ),
      ...[progress(turn), errorBlock(turn, post), lineOf(turn, post)].filter((part) => part !== undefined),
      ...(why === undefined || turn.status === 'waiting' || turn.status === 'streaming' ? [] : [why]),
    );
    if (focused !== null && focused !== undefined) {
      foot.querySelector<HTMLElement>(`[data-testid="${focused}"]`)?.focus();
    }
  }

  function update(next: TurnView): void {
    turn = next;
    element.setAttribute('aria-busy', String(next.status === 'waiting' || next.status === 'streaming'));
    if (next.status === 'streaming') scheduleAnswer();
    else showAnswer();
    showFoot();
  }

  update(first);
  return {
    element,
    get turn() {
      return turn;
    },
    update,
    append: (text) => {
      turn = { ...turn, answer: turn.answer + text };
      scheduleAnswer();
    },
  };
}

function progress({ status }: TurnView): HTMLElement | undefined {
  if (status === 'waiting') {
    return h(
      'p',
      { class: 'progress' },
      h('span', { class: 'codicon codicon-loading codicon-modifier-spin' }),
      'Waiting for the model…',
    );
  }
  return status === 'stopped' ? h('p', { class: 'progress' }, icon('debug-stop'), 'Stopped.') : undefined;
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
    textButton(actionLabels[action], () =>
      post(action === 'retry' ? { type: 'retry', turnId: id } : { type: 'command', command: action }),
    ),
  );
  return h(
    'div',
    { class: 'error', 'data-testid': 'error', role: 'alert' },
    h('p', {}, icon('error'), error.text),
    h('div', { class: 'actions' }, ...buttons),
  );
}

function lineOf(turn: TurnView, post: (message: FromChat) => void): HTMLElement | undefined {
  const { line, status, id } = turn;
  if (line === undefined) return undefined;
  const facts = [line.model, line.cost, line.time, line.phase];
  return h(
    'div',
    { class: 'line' },
    h(
      'span',
      { 'data-testid': 'answer-line', class: 'facts' },
      ...facts.flatMap((fact, index) => [index > 0 && ' · ', h('bdi', {}, fact)]),
    ),
    line.simulated &&
      h('span', { class: 'badge', title: 'No model was called and nothing was billed' }, 'simulated'),
    line.explored && h('span', { class: 'badge', title: 'Drawn at random, to keep learning' }, 'explored'),
    h('span', { class: 'thumbs' }, ...thumbs(turn, post)),
    status === 'stopped' &&
      iconButton('refresh', 'Ask again', { click: () => post({ type: 'retry', turnId: id }) }),
  );
}

function thumbs({ decisionId, thumb }: TurnView, post: (message: FromChat) => void): HTMLElement[] {
  if (decisionId === undefined) return [];
  return (['up', 'down'] as const).map((direction) => {
    const pressed = thumb === direction;
    const label = direction === 'up' ? 'Good answer' : 'Bad answer';
    return iconButton(pressed ? `thumbs${direction}-filled` : `thumbs${direction}`, label, {
      'data-testid': `thumb-${direction}`,
      'aria-pressed': String(pressed),
      click: () => post({ type: 'rate', decisionId, ...(!pressed && { thumb: direction }) }),
    });
  });
}

function onAnswerClick(event: Event, post: (message: FromChat) => void): void {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest('a');
  if (link !== null) {
    event.preventDefault();
    return post({ type: 'open-link', href: link.getAttribute('href') ?? '' });
  }
  const button = event.target.closest('button[data-action]');
  const code = button?.closest('.code')?.querySelector('code')?.textContent;
  if (!button || code === undefined) return;
  const action = button.getAttribute('data-action') === 'insert' ? 'insert' : 'copy';
  post({ type: action, code });
  if (action === 'copy') confirmCopied(button);
}

function confirmCopied(button: Element): void {
  const mark = button.querySelector('.codicon');
  mark?.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => mark?.classList.replace('codicon-check', 'codicon-copy'), 1_500);
}
