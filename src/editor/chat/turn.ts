import type { AnswerOfModel } from '../../core/conduit';
import type { Message } from '../../core/request';
import type { AnswerView, TurnView } from '../../webview/protocol';
import { withAttachments } from '../attachments/attach';
import type { ToldUses } from '../observations/answer-uses';
import type { Question, SavedTurn } from './saved-conversation';

/** An answer as it grows. */
export interface Answer {
  view: AnswerView;
  /** The arm that a rating is evidence about. */
  answeredBy: string | undefined;
  /** Of the latest attempt that is made again: what becomes of it replaces the notice. */
  retryNotice?: string;
}

/** A question with its answer. */
export interface Turn {
  readonly question: Question;
  answer: Answer;
  /** A second model's answer, until the user has picked the better one. */
  rival: Answer | undefined;
  /** Answers that another took the place of, oldest first. */
  earlier: NonNullable<TurnView['earlier']>;
}

export function newTurn(id: string, question: Question): Turn {
  return { question, answer: newAnswer(id, question), rival: undefined, earlier: [] };
}

/** An answer that hasn't begun. */
export function newAnswer(id: string, question: Question): Answer {
  return {
    view: {
      id,
      prompt: question.prompt,
      ...namesOf(question),
      answer: '',
      status: 'waiting',
      notices: [],
    },
    answeredBy: undefined,
  };
}

function namesOf({ attachments }: Question): Pick<AnswerView, 'attachments'> {
  return attachments.length === 0 ? {} : { attachments: attachments.map(({ label }) => label) };
}

export function viewOf({ answer, rival, earlier }: Turn): TurnView {
  return { ...answer.view, ...(earlier.length > 0 && { earlier }), ...(rival && { rival: rival.view }) };
}

/** Keeps the answer for reading, where there is one, before another takes its place. */
export function setAside(turn: Turn, { view, answeredBy }: Answer): void {
  const { answer, line, decisionId } = view;
  if (answer === '') return;
  turn.earlier = [
    ...turn.earlier,
    {
      answer,
      ...(line && { line }),
      ...(decisionId !== undefined && { decisionId }),
      ...(answeredBy !== undefined && { answeredBy }),
    },
  ];
}

/** A turn from its file. What was under way when its window closed was stopped by that. */
export function restoredTurn({ question, view, answeredBy, rivalAnsweredBy }: SavedTurn): Turn {
  const { earlier = [], rival, ...answer } = view;
  return {
    question,
    answer: { view: { ...ended(answer), ...namesOf(question) }, answeredBy },
    rival: rival && { view: ended(rival), answeredBy: rivalAnsweredBy },
    earlier,
  };
}

function ended(view: AnswerView): AnswerView {
  const underWay = view.status === 'waiting' || view.status === 'streaming';
  return underWay ? { ...view, status: 'stopped' } : view;
}

export function savedTurn(turn: Turn, told: ToldUses): SavedTurn {
  const { question, answer, rival, earlier } = turn;
  const ids = [
    answer.view.decisionId,
    rival?.view.decisionId,
    ...earlier.map(({ decisionId }) => decisionId),
  ];
  const ofTurn = ids.flatMap((id) => {
    const uses = id === undefined ? [] : [...(told.get(id) ?? [])];
    return id === undefined || uses.length === 0 ? [] : [[id, uses] as const];
  });
  return {
    question,
    view: viewOf(turn),
    ...(answer.answeredBy !== undefined && { answeredBy: answer.answeredBy }),
    ...(rival?.answeredBy !== undefined && { rivalAnsweredBy: rival.answeredBy }),
    ...(ofTurn.length > 0 && { told: Object.fromEntries(ofTurn) }),
  };
}

/** Takes in what its file says was told of the answers of a turn. */
export function restoreTold(told: ToldUses, turn: SavedTurn): void {
  for (const [id, uses] of Object.entries(turn.told ?? {}))
    told.set(id, new Set([...(told.get(id) ?? []), ...uses]));
}

/** What has been said of the answer, without the notice of an attempt that is over. */
export function lastingNotices({ view, retryNotice }: Answer): string[] {
  return view.notices.filter((notice) => notice !== retryNotice);
}

/** The history before a turn, and its own question. Turns without an answer are left out of the history. */
export function messagesUpTo(turns: readonly Turn[], current: Turn): readonly Message[] {
  const before = turns.slice(0, turns.indexOf(current)).filter(({ answer }) => answer.view.answer !== '');
  return [
    ...before.flatMap((turn): Message[] => [
      questionMessage(turn),
      { role: 'assistant', text: turn.answer.view.answer },
    ]),
    questionMessage(current),
  ];
}

function questionMessage({ question }: Turn): Message {
  return { role: 'user', text: withAttachments(question.prompt, question.attachments) };
}

/** The arm that what is done with an answer is evidence about. */
export function armOf({ view, answeredBy }: Answer): AnswerOfModel | undefined {
  const { decisionId } = view;
  if (decisionId === undefined || answeredBy === undefined) return undefined;
  return { decisionId, deploymentId: answeredBy };
}

/** The arm whose answer belongs to a decision, among all that the conversation shows. */
export function armOfDecision(turns: readonly Turn[], decisionId: string): AnswerOfModel | undefined {
  for (const { answer, rival, earlier } of turns) {
    const current = [answer, rival].flatMap((each) => (each === undefined ? [] : (armOf(each) ?? [])));
    const before = earlier.map((each) => ({ decisionId: each.decisionId, deploymentId: each.answeredBy }));
    for (const { decisionId: id, deploymentId } of [...current, ...before])
      if (id === decisionId && deploymentId !== undefined) return { decisionId, deploymentId };
  }
  return undefined;
}

/** The answer that can be rated by its decision. */
export function answerOf(
  turns: readonly Turn[],
  decisionId: string,
): { readonly turn: Turn; readonly answer: Answer } | undefined {
  for (const turn of turns) {
    for (const answer of [turn.answer, turn.rival])
      if (answer?.view.decisionId === decisionId) return { turn, answer };
  }
  return undefined;
}
