import * as l10n from '@vscode/l10n';
import { h, iconButton, textButton } from '../dom';
import type { AnswerView, FromChat } from '../protocol/chat';

/** Where an answer stands: in which turn, and beside a second one that the user may choose between. */
export interface AnswerPlace {
  readonly turnId: string;
  readonly duel: 'none' | 'running' | 'choose';
}

const howToTurnOff = l10n.t('Asked at most once in twenty answers. Off: the setting conduit.askForRatings.');

/** The line under an answer: model, cost, time, phase, badges and thumbs. */
export function answerLine(
  answer: AnswerView,
  place: AnswerPlace,
  post: (message: FromChat) => void,
): HTMLElement | undefined {
  const { line, status, id } = answer;
  const askAgain =
    status === 'stopped' &&
    iconButton('refresh', l10n.t('Ask again'), {
      'data-testid': 'ask-again',
      click: () => post({ type: 'retry', turnId: id }),
    });
  const offer = place.duel === 'none' ? answer.offer : undefined;
  const asks = offer?.kind === 'rating';
  const rating = (): HTMLElement =>
    h('span', { class: asks ? 'thumbs asked' : 'thumbs' }, ...thumbs(answer, post));
  // Of an answer whose window was killed nothing is known but what came of it until then.
  if (line === undefined)
    return askAgain ? h('div', { class: 'line' }, answer.answer !== '' && rating(), askAgain) : undefined;
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
      h(
        'span',
        { class: 'badge', title: l10n.t('No model was called and nothing was billed') },
        l10n.t('simulated'),
      ),
    line.explored &&
      h('span', { class: 'badge', title: l10n.t('Drawn at random, to keep learning') }, l10n.t('explored')),
    rating(),
    asks &&
      h(
        'span',
        { class: 'offer', 'data-testid': 'asks-to-rate', title: howToTurnOff },
        l10n.t('Was this good? Your rating would help most here.'),
      ),
    askAgain,
    place.duel === 'none' && h('span', { class: 'redo' }, ...redoButtons(place.turnId, status, post)),
    offer?.kind === 'duel' && duelOffer(offer.model, place.turnId, post),
    place.duel === 'choose' && preferButton(answer, place.turnId, post),
  );
}

/** Starts nothing by itself. */
function duelOffer(model: string, turnId: string, post: (message: FromChat) => void): HTMLElement {
  return textButton(l10n.t('Compare with {0}?', model), () => post({ type: 'duel', turnId, offered: true }), {
    class: 'offer link',
    'data-testid': 'asks-to-compare',
    title: l10n.t('{0} answers the same question beside this one, at its price. {1}', model, howToTurnOff),
  });
}

/** For the last question only: the style sheet hides them elsewhere, and the host refuses. */
function redoButtons(
  turnId: string,
  status: AnswerView['status'],
  post: (message: FromChat) => void,
): readonly HTMLElement[] {
  const again = iconButton('sync', l10n.t('Answer again, by another model that the router picks'), {
    'data-testid': 'regenerate',
    click: () => post({ type: 'regenerate', turnId }),
  });
  const retryWith = iconButton('arrow-swap', l10n.t('Answer again by the model that you pick…'), {
    'data-testid': 'retry-with',
    click: () => post({ type: 'retry-with', turnId }),
  });
  const duel = iconButton('split-horizontal', l10n.t('Let a second model answer beside this one'), {
    'data-testid': 'duel',
    click: () => post({ type: 'duel', turnId }),
  });
  return status === 'done' ? [again, retryWith, duel] : [retryWith];
}

function preferButton(
  { decisionId, line }: AnswerView,
  turnId: string,
  post: (message: FromChat) => void,
): HTMLElement | undefined {
  if (decisionId === undefined) return undefined;
  return textButton(l10n.t('This one is better'), () => post({ type: 'prefer', turnId, decisionId }), {
    class: 'text-button small',
    'data-testid': 'prefer',
    'aria-label': line && l10n.t('This one is better: {0}', line.model),
  });
}

function thumbs({ decisionId, thumb }: AnswerView, post: (message: FromChat) => void): HTMLElement[] {
  if (decisionId === undefined) return [];
  return (['up', 'down'] as const).map((direction) => {
    const pressed = thumb === direction;
    const label = direction === 'up' ? l10n.t('Good answer') : l10n.t('Bad answer');
    return iconButton(pressed ? `thumbs${direction}-filled` : `thumbs${direction}`, label, {
      'data-testid': `thumb-${direction}`,
      'aria-pressed': String(pressed),
      click: () => post({ type: 'rate', decisionId, ...(!pressed && { thumb: direction }) }),
    });
  });
}
