import type { Message } from '../../core/request';
import type { TurnView } from '../../webview/protocol';
import { withAttachments } from '../attach';
import type { Question, SavedTurn } from './saved-conversation';

/** A question with its answer as it grows. */
export interface Turn {
  readonly question: Question;
  view: TurnView;
  /** The arm that a rating is evidence about. */
  answeredBy: string | undefined;
  /** Of the latest attempt that is made again: what becomes of it replaces the notice. */
  retryNotice?: string;
}

/** A turn from its file. What was under way when its window closed was stopped by that. */
export function restoredTurn({ question, view, answeredBy }: SavedTurn): Turn {
  const { status } = view;
  const ended = status === 'waiting' || status === 'streaming' ? 'stopped' : status;
  return { question, answeredBy, view: { ...view, status: ended } };
}

export function savedTurn({ question, view, answeredBy }: Turn): SavedTurn {
  return { question, view, ...(answeredBy !== undefined && { answeredBy }) };
}

/** What has been said of the answer, without the notice of an attempt that is over. */
export function lastingNotices({ view, retryNotice }: Turn): string[] {
  return view.notices.filter((notice) => notice !== retryNotice);
}

/** A turn whose answer hasn't begun. */
export function newView(id: string, question: Question): TurnView {
  const [attachment] = question.attachments;
  return {
    id,
    prompt: question.prompt,
    ...(attachment && { attachment: attachment.label }),
    answer: '',
    status: 'waiting',
    notices: [],
  };
}

/** The history before a turn, and its own question. Turns without an answer are left out of the history. */
export function messagesUpTo(turns: readonly Turn[], current: Turn): readonly Message[] {
  const before = turns.slice(0, turns.indexOf(current)).filter((turn) => turn.view.answer !== '');
  return [
    ...before.flatMap((turn): Message[] => [
      questionMessage(turn),
      { role: 'assistant', text: turn.view.answer },
    ]),
    questionMessage(current),
  ];
}

function questionMessage({ question }: Turn): Message {
  return { role: 'user', text: withAttachments(question.prompt, question.attachments) };
}
