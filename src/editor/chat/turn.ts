import type { AnswerOfModel, RatingReason, Thumb } from '../../core/terms/observation';
import type { Message } from '../../core/terms/request';
import { withAttachments } from '../../text/attached-text';
import type { AnswerFacts } from '../answers/answer-facts';
import { nothingYet } from '../answers/answer-facts';
import type { ToldUses } from '../observations/answer-uses';
import type { EarlierAnswer, Question, SavedAnswer, SavedTurn } from './saved-conversation';

/** An answer as it grows, and is rated. */
export interface Answer extends SavedAnswer {
  facts: AnswerFacts;
  thumb?: Thumb | undefined;
  reason?: RatingReason | undefined;
}

/** A question with its answer. */
export interface Turn extends Omit<SavedTurn, 'told' | 'version'> {
  question: Question;
  answer: Answer;
  rival: Answer | undefined;
  earlier: readonly EarlierAnswer[];
}

export function newTurn(id: string, question: Question): Turn {
  return { question, answer: newAnswer(id), rival: undefined, earlier: [] };
}

/** An answer that hasn't begun. */
export function newAnswer(id: string): Answer {
  return { id, facts: nothingYet };
}

/** Keeps the answer for reading, where there is one, before another takes its place. */
export function setAside(turn: Turn, { facts, words }: Answer): void {
  if (facts.text !== '') turn.earlier = [...turn.earlier, { facts, words }];
}

/** A turn from its file. What was under way when its window closed was stopped by that. */
export function restoredTurn({ question, answer, rival, earlier }: SavedTurn): Turn {
  return { question, answer: ended(answer), rival: rival && ended(rival), earlier };
}

/** Turns that another window added or changed, in its order; those that it doesn't have stay where they were. */
export function takeInTurns(turns: Turn[], saved: readonly SavedTurn[], underWay: Answer | undefined): void {
  const known = new Map(turns.map((turn) => [turn.answer.id, turn]));
  const taken = saved.map((each) => {
    const turn = known.get(each.answer.id);
    if (turn !== undefined) updateTurn(turn, each, underWay);
    return turn ?? restoredTurn(each);
  });
  for (const [index, turn] of turns.entries()) {
    if (taken.includes(turn)) continue;
    const previous = turns[index - 1];
    taken.splice(previous === undefined ? 0 : taken.indexOf(previous) + 1, 0, turn);
  }
  turns.splice(0, turns.length, ...taken);
}

/**
 * Makes the turn what another window made of it. The answer that is under way here, if any, goes on; one that it has already
 * stays the same object, for a rating of it may be on its way.
 */
function updateTurn(turn: Turn, saved: SavedTurn, underWay: Answer | undefined): void {
  const { question, answer, rival, earlier } = restoredTurn(saved);
  turn.question = question;
  turn.earlier = earlier;
  if (turn.answer !== underWay) turn.answer = sameOr(turn.answer, answer);
  if (turn.rival === undefined || turn.rival !== underWay) turn.rival = rival && sameOr(turn.rival, rival);
}

function sameOr(known: Answer | undefined, now: Answer): Answer {
  const same = known?.facts.by !== undefined && known.facts.by.decisionId === now.facts.by?.decisionId;
  return same ? Object.assign(known, { thumb: undefined, reason: undefined }, now) : now;
}

function ended({ facts, words, ...answer }: SavedAnswer): Answer {
  if (words === undefined) return { ...answer, facts: { ...facts, end: facts.end ?? { type: 'stopped' } } };
  const underWay = words.status === 'waiting' || words.status === 'streaming';
  return { ...answer, facts, words: underWay ? { ...words, status: 'stopped' } : words };
}

/** The turn as it is now, with what was told of its answers. */
export function savedTurn({ question, answer, rival, earlier }: Turn, told: ToldUses): SavedTurn {
  const ofTurn = [answer, rival, ...earlier].flatMap((each) => {
    const id = each?.facts.by?.decisionId;
    const uses = id === undefined ? [] : [...(told.get(id) ?? [])];
    return id === undefined || uses.length === 0 ? [] : [[id, uses] as const];
  });
  return {
    question,
    answer: { ...answer },
    ...(rival && { rival: { ...rival } }),
    earlier,
    ...(ofTurn.length > 0 && { told: Object.fromEntries(ofTurn) }),
  };
}

/** Takes in what its file says was told of the answers of a turn. */
export function restoreTold(told: ToldUses, turn: SavedTurn): void {
  for (const [id, uses] of Object.entries(turn.told ?? {}))
    told.set(id, new Set([...(told.get(id) ?? []), ...uses]));
}

/** The history before a turn, and its own question. Turns without an answer are left out of the history. */
export function messagesUpTo(turns: readonly Turn[], current: Turn): readonly Message[] {
  const before = turns.slice(0, turns.indexOf(current)).filter(({ answer }) => answer.facts.text !== '');
  return [
    ...before.flatMap((turn): Message[] => [
      questionMessage(turn),
      { role: 'assistant', text: turn.answer.facts.text },
    ]),
    questionMessage(current),
  ];
}

function questionMessage({ question }: Turn): Message {
  return { role: 'user', text: withAttachments(question.prompt, question.attachments) };
}

/** Whose the answer to a decision is, among all that the conversation shows. */
export function authorOfDecision(turns: readonly Turn[], decisionId: string): AnswerOfModel | undefined {
  return turns
    .flatMap(({ answer, rival, earlier }) => [answer, rival, ...earlier])
    .find((each) => each?.facts.by?.decisionId === decisionId)?.facts.by;
}

/** The answer that can be rated by its decision. */
export function answerOf(
  turns: readonly Turn[],
  decisionId: string,
): { readonly turn: Turn; readonly answer: Answer } | undefined {
  for (const turn of turns) {
    for (const answer of [turn.answer, turn.rival])
      if (answer?.facts.by?.decisionId === decisionId) return { turn, answer };
  }
  return undefined;
}
