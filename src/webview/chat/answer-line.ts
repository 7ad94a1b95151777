import { h, iconButton } from '../dom';
import type { FromChat, TurnView } from '../protocol';

/** The line under an answer: model, cost, time, phase, badges and thumbs. */
export function answerLine(turn: TurnView, post: (message: FromChat) => void): HTMLElement | undefined {
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
      iconButton('refresh', 'Ask again', {
        'data-testid': 'ask-again',
        click: () => post({ type: 'retry', turnId: id }),
      }),
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
