import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { FromChat, TurnView } from '../protocol/chat';
import type { AnswerPlace } from './answer-line';
import type { AnswerPart } from './answer-part';
import { createAnswerPart } from './answer-part';
import { isAnswering, isUnderWay } from './conversation-state';
import { earlierAnswers } from './earlier-answers';
import { promptElement } from './prompt-element';

/** One question with its answer on the page. */
export interface TurnElement {
  readonly element: HTMLElement;
  update(turn: TurnView): void;
}

/** `onRendered` is called whenever the element may have grown, also some time after an update. */
export function createTurnElement(
  first: TurnView,
  post: (message: FromChat) => void,
  onRendered: () => void = () => undefined,
): TurnElement {
  let shownEarlier: TurnView['earlier'];
  let rival: AnswerPart | undefined;
  const answer = createAnswerPart(post, onRendered);
  const earlier = h('div');
  const answers = h('div', { class: 'answers' }, answer.element);
  const element = h(
    'article',
    {
      class: 'turn',
      'data-testid': 'turn',
      'aria-label': l10n.t('Question: {0}', first.prompt.slice(0, 80)),
    },
    promptElement(first, (text) => post({ type: 'edit', turnId: first.id, text })),
    earlier,
    answers,
  );

  function showRival({ rival: next }: TurnView, place: AnswerPlace): void {
    answers.classList.toggle('duel', next !== undefined);
    if (next === undefined) {
      const hadFocus = rival?.element.contains(document.activeElement) === true;
      rival?.element.remove();
      rival = undefined;
      if (hadFocus) answer.focus();
      return;
    }
    if (rival === undefined) {
      rival = createAnswerPart(post, onRendered);
      answers.append(rival.element);
    }
    // What is asked of the whole turn is asked under its first answer.
    rival.update(next, place.duel === 'none' ? { ...place, duel: 'running' } : place);
  }

  function update(next: TurnView): void {
    const place = { turnId: next.id, duel: duelOf(next) };
    element.setAttribute('aria-busy', String(isAnswering(next)));
    answer.update(next, place);
    showRival(next, place);
    if (next.earlier === shownEarlier) return;
    shownEarlier = next.earlier;
    earlier.replaceChildren(...earlierAnswers(next.earlier ?? [], post));
  }

  update(first);
  return { element, update };
}

function duelOf({ status, rival }: TurnView): AnswerPlace['duel'] {
  if (rival === undefined) return 'none';
  if (status === 'done' && rival.status === 'done') return 'choose';
  return isUnderWay(rival) ? 'running' : 'none';
}
