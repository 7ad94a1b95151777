import * as l10n from '@vscode/l10n';
import type { AnswerView, ToChat, TurnView } from '../protocol/chat';

/** What the chat page knows; a fold over the host's messages. */
export interface ConversationState {
  readonly pool: string;
  readonly simulated: boolean;
  /** The only model that is asked. */
  readonly lockedTo: string | undefined;
  /** How many turns come before those that are known. */
  readonly earlier: number;
  readonly turns: readonly TurnView[];
}

export const noConversation: ConversationState = {
  pool: '',
  simulated: false,
  lockedTo: undefined,
  earlier: 0,
  turns: [],
};

/** The state after a message. Turns that a message does not touch stay the same objects. */
export function received(state: ConversationState, message: ToChat): ConversationState {
  switch (message.type) {
    case 'conversation': {
      const { pool, simulated, lockedTo, earlier = 0, turns } = message;
      // Told again, a conversation keeps what the page has of its earlier turns.
      const known = state.turns.slice(0, Math.max(0, indexOf(state.turns, turns[0])));
      return { pool, simulated, lockedTo, earlier: earlier - known.length, turns: [...known, ...turns] };
    }
    case 'earlier': {
      const { earlier, turns } = message;
      if (earlier + turns.length !== state.earlier) return state;
      return { ...state, earlier, turns: [...turns, ...state.turns] };
    }
    case 'turn':
      return { ...state, turns: withTurn(state.turns, message.turn) };
    case 'delta':
      return {
        ...state,
        turns: state.turns.map((turn) => withText(turn, message)),
      };
    case 'selection':
    case 'attachments':
    case 'waiting':
    case 'unsent':
    case 'draft':
    case 'what-if':
    case 'focus':
      return state;
  }
}

function indexOf(turns: readonly TurnView[], turn: TurnView | undefined): number {
  return turns.findIndex(({ id }) => id === turn?.id);
}

function withTurn(turns: readonly TurnView[], turn: TurnView): readonly TurnView[] {
  return turns.some(({ id }) => id === turn.id)
    ? turns.map((known) => (known.id === turn.id ? turn : known))
    : [...turns, turn];
}

function withText(turn: TurnView, delta: Extract<ToChat, { type: 'delta' }>): TurnView {
  const { id, rival } = turn;
  if (id === delta.turnId) return { ...turn, ...grown(turn, delta) };
  if (rival?.id === delta.turnId) return { ...turn, rival: { ...rival, ...grown(rival, delta) } };
  return turn;
}

function grown(
  { answer, thoughts = '' }: AnswerView,
  { text, of }: Extract<ToChat, { type: 'delta' }>,
): Partial<AnswerView> {
  return of === 'thoughts' ? { thoughts: thoughts + text } : { answer: answer + text };
}

export function isUnderWay({ status }: Pick<AnswerView, 'status'>): boolean {
  return status === 'waiting' || status === 'streaming';
}

/** Whether any answer of a turn is under way. */
export function isAnswering(turn: TurnView): boolean {
  return isUnderWay(turn) || (turn.rival !== undefined && isUnderWay(turn.rival));
}

/** What a screen reader is told of a turn: the beginning and the end of an answer, not every token. */
export function announcement(
  before: AnswerView | undefined,
  { status, line, error }: AnswerView,
): string | undefined {
  if (before?.status === status) return undefined;
  switch (status) {
    case 'waiting':
      return undefined;
    case 'streaming':
      return l10n.t('Answering.');
    case 'done':
      return line && l10n.t('Answer finished by {0}, {1}.', line.model, line.cost);
    case 'stopped':
      return l10n.t('Stopped.');
    case 'failed':
      // The error block is an alert, and speaks for itself.
      return error === undefined ? l10n.t('The answer failed.') : undefined;
  }
}
