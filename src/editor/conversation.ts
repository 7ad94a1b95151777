import type { AnswerEvent } from '../core/answer-event';
import type { Conduit } from '../core/conduit';
import type { Decision } from '../core/decision';
import type { Thumb } from '../core/observation';
import type { NewId } from '../core/ports';
import type { ToChat, TurnView } from '../webview/protocol';
import { answerLine, explanation } from './answer-view';
import { answerWithinBudget } from './answer-within-budget';
import {
  errorOf,
  errorOfNoModel,
  errorOfOverBudget,
  fallbackNotice,
  notRecordedNotice,
  retryNotice,
  truncatedNotice,
} from './chat/answer-texts';
import type { Question, SavedTurn } from './chat/saved-conversation';
import type { Turn } from './chat/turn';
import { lastingNotices, messagesUpTo, newView, restoredTurn, savedTurn } from './chat/turn';
import { errorText } from './error-text';

export interface ConversationParts {
  readonly conduit: () => Promise<Pick<Conduit, 'answer' | 'rate'>>;
  /** The pool that the next request goes to. */
  readonly pool: () => Promise<string>;
  /** Whether a request may go over the cost caps this once; `question` says what it would cost. */
  readonly agreeToCost: (question: string) => Promise<boolean>;
  readonly newId: NewId;
  readonly post: (message: ToChat) => void;
  readonly onAnswering: (answering: boolean) => void;
  readonly onAnswered: (model: string) => void;
  /** A turn was added, has ended, or was rated: what is kept is no longer what is shown. */
  readonly onChanged: () => void;
}

/** One conversation of the chat view: its turns, and the answer that is under way. */
export interface Conversation {
  readonly turns: readonly TurnView[];
  /** The turns as they are now, to be kept. */
  saved(): readonly SavedTurn[];
  readonly answering: boolean;
  /** Asks in a new turn. Refused (false) while an answer is under way: the caller keeps the text. */
  ask(question: Question): boolean;
  /** Asks a failed or stopped turn's question again, in place. */
  retry(turnId: string): boolean;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
  rate(decisionId: string, thumb: Thumb | undefined): Promise<void>;
}

/** `conversationId` groups its requests in the ledger; it goes on from `earlier`. */
export function createConversation(
  parts: ConversationParts,
  conversationId: string,
  earlier: readonly SavedTurn[] = [],
): Conversation {
  const turns: Turn[] = earlier.map(restoredTurn);
  let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  function update(turn: Turn, change: Partial<TurnView>): void {
    turn.view = { ...turn.view, ...change };
    parts.post({ type: 'turn', turn: turn.view });
  }

  function start(turn: Turn): void {
    const controller = new AbortController();
    parts.post({ type: 'turn', turn: turn.view });
    const ended = run(turn, controller.signal).finally(() => {
      running = undefined;
      parts.onChanged();
      parts.onAnswering(false);
    });
    running = { controller, ended };
    parts.onChanged();
    parts.onAnswering(true);
  }

  async function run(turn: Turn, signal: AbortSignal): Promise<void> {
    try {
      const conduit = await parts.conduit();
      const pool = await parts.pool();
      const { origin } = turn.question;
      const request = { pool, messages: messagesUpTo(turns, turn), origin, conversationId };
      const applied = { decision: undefined as Decision | undefined };
      for await (const event of answerWithinBudget(conduit, request, signal, parts.agreeToCost))
        applyEvent(turn, event, applied);
    } catch (error) {
      update(turn, { status: 'failed', error: { text: errorText(error), actions: ['retry', 'show-log'] } });
    }
  }

  function applyEvent(turn: Turn, event: AnswerEvent, applied: { decision: Decision | undefined }): void {
    const { decision } = applied;
    switch (event.type) {
      case 'decided':
        applied.decision = event.decision;
        turn.answeredBy = event.decision.deploymentId;
        update(turn, { decisionId: event.decision.id, explanation: explanation(event.decision) });
        return;
      case 'tool-call':
        // None is offered here.
        return;
      case 'text':
        if (turn.view.status !== 'streaming') update(turn, { status: 'streaming' });
        turn.view = { ...turn.view, answer: turn.view.answer + event.text };
        parts.post({ type: 'delta', turnId: turn.view.id, text: event.text });
        return;
      case 'fell-back':
        turn.answeredBy = event.to;
        update(turn, { notices: [...lastingNotices(turn), fallbackNotice(event)] });
        return;
      case 'retrying': {
        const notices = lastingNotices(turn);
        turn.retryNotice = retryNotice(event);
        update(turn, { notices: [...notices, turn.retryNotice] });
        return;
      }
      case 'not-recorded':
        update(turn, { notices: [...turn.view.notices, notRecordedNotice(event.detail)] });
        return;
      case 'finished':
        if (event.truncated) turn.view = { ...turn.view, notices: [...turn.view.notices, truncatedNotice] };
        update(turn, { status: 'done', ...(decision && { line: answerLine(decision, event.attempt) }) });
        parts.onAnswered(event.attempt.deploymentId);
        return;
      case 'stopped':
        update(turn, { status: 'stopped', ...(decision && { line: answerLine(decision, event.attempt) }) });
        return;
      case 'failed':
        update(turn, { status: 'failed', error: errorOf(event), notices: lastingNotices(turn) });
        return;
      case 'no-model':
        update(turn, { status: 'failed', error: errorOfNoModel(event) });
        return;
      case 'over-budget':
        update(turn, { status: 'failed', error: errorOfOverBudget(event) });
        return;
    }
  }

  return {
    get turns() {
      return turns.map((turn) => turn.view);
    },
    saved: () => turns.map(savedTurn),
    get answering() {
      return running !== undefined;
    },
    ask: (question) => {
      if (running !== undefined) return false;
      const turn: Turn = { question, view: newView(parts.newId(), question), answeredBy: undefined };
      turns.push(turn);
      start(turn);
      return true;
    },
    retry: (turnId) => {
      const turn = turns.find((candidate) => candidate.view.id === turnId);
      if (running !== undefined || turn === undefined) return false;
      turn.view = newView(turnId, turn.question);
      start(turn);
      return true;
    },
    stop: async () => {
      running?.controller.abort();
      await running?.ended;
    },
    rate: async (decisionId, thumb) => {
      const turn = turns.find((candidate) => candidate.view.decisionId === decisionId);
      if (turn?.answeredBy === undefined) return;
      const conduit = await parts.conduit();
      await conduit.rate(decisionId, turn.answeredBy, thumb);
      const { thumb: _previous, ...rest } = turn.view;
      turn.view = thumb === undefined ? rest : { ...rest, thumb };
      parts.post({ type: 'turn', turn: turn.view });
      parts.onChanged();
    },
  };
}
