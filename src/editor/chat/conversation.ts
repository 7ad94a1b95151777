import type { Conduit } from '../../core/conduit';
import type { RatingReason, Thumb, UseSignal } from '../../core/observation';
import type { NewId } from '../../core/ports';
import type { RouteRequest } from '../../core/request';
import type { AnswerView, ToChat, TurnView } from '../../webview/protocol';
import { answerWithinBudget } from '../spending/answer-within-budget';
import { createAnswerUses } from '../observations/answer-uses';
import { eventTaker } from './apply-event';
import type { ModelChoice, Question, SavedTurn } from './saved-conversation';
import type { Answer, Turn } from './turn';
import {
  answerOf,
  armOf,
  armOfDecision,
  messagesUpTo,
  newAnswer,
  newTurn,
  restoredTurn,
  savedTurn,
  setAside,
  viewOf,
} from './turn';
import { errorText } from '../shown/error-text';

export interface ConversationParts {
  readonly conduit: () => Promise<Pick<Conduit, 'answer' | 'rate' | 'compare' | 'observe'>>;
  /** The pool that the next request goes to, and the only model of it that may answer, where the user chose one. */
  readonly target: () => Promise<Target>;
  /** Whether a request may go over the cost caps this once; `question` says what it would cost. */
  readonly agreeToCost: (question: string) => Promise<boolean>;
  readonly newId: NewId;
  readonly post: (message: ToChat) => void;
  readonly onAnswering: (answering: boolean) => void;
  readonly onAnswered: (model: string) => void;
  /** A turn was added, has ended, or was rated: what is kept is no longer what is shown. */
  readonly onChanged: () => void;
  /** What was done with an answer could not be recorded. */
  readonly onProblem: (error: unknown) => void;
}

export type Target = Pick<RouteRequest, 'pool' | 'only'>;
type Wanted = Pick<RouteRequest, 'avoid'> & Partial<Target>;

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
  /**
   * Asks the last question again, by the model that is named or by one that hasn't answered it. The answer of before
   * stays as an earlier one. Refused (false) for other turns, and while an answer is under way.
   */
  redo(turnId: string, by?: ModelChoice): boolean;
  /** Lets another model answer the last question beside the first. Refused as `redo` is. */
  duel(turnId: string): boolean;
  /** Of two answers to a question this decision's is the better one: it takes the other's place. */
  prefer(turnId: string, decisionId: string): Promise<void>;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
  rate(decisionId: string, thumb: Thumb | undefined, reason?: RatingReason): Promise<void>;
  /** Something was done with an answer, an earlier one or a duel's included. Each is recorded once. */
  used(decisionId: string, how: UseSignal['kind']): Promise<void>;
}

/** `conversationId` groups its requests in the ledger; it goes on from `earlier`. */
export function createConversation(
  parts: ConversationParts,
  conversationId: string,
  earlier: readonly SavedTurn[] = [],
): Conversation {
  const turns: Turn[] = earlier.map(restoredTurn);
  const uses = createAnswerUses(parts.conduit, parts.onProblem);
  let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  function postTurn(turn: Turn): void {
    parts.post({ type: 'turn', turn: viewOf(turn) });
  }

  function start(turn: Turn, answer: Answer, wanted: Wanted = {}): true {
    const controller = new AbortController();
    postTurn(turn);
    const ended = run(turn, answer, wanted, controller.signal).finally(() => {
      running = undefined;
      parts.onChanged();
      parts.onAnswering(false);
    });
    running = { controller, ended };
    parts.onChanged();
    parts.onAnswering(true);
    return true;
  }

  async function run(turn: Turn, answer: Answer, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const update = (change: Partial<AnswerView>): void => {
      answer.view = { ...answer.view, ...change };
      postTurn(turn);
    };
    const take = eventTaker(answer, {
      update,
      grew: (text) => parts.post({ type: 'delta', turnId: answer.view.id, text }),
      answered: parts.onAnswered,
    });
    try {
      const [conduit, target] = [await parts.conduit(), await parts.target()];
      // A rival is another model than the one that the conversation is locked to, and so is one of a named pool.
      const { origin, pool } = turn.question;
      const only = turn.rival === answer || pool !== undefined ? undefined : target.only;
      const request = {
        pool: pool ?? target.pool,
        only,
        ...wanted,
        messages: messagesUpTo(turns, turn),
        origin,
        conversationId,
      };
      for await (const event of answerWithinBudget(conduit, request, signal, parts.agreeToCost)) take(event);
    } catch (error) {
      update({ status: 'failed', error: { text: errorText(error), actions: ['retry', 'show-log'] } });
    }
  }

  /** The turn, where its question may be asked again: the last one, with no answer under way. */
  function lastTurn(turnId: string): Turn | undefined {
    const turn = turns.at(-1);
    return running === undefined && turn?.answer.view.id === turnId ? turn : undefined;
  }

  return {
    get turns() {
      return turns.map(viewOf);
    },
    saved: () => turns.map(savedTurn),
    get answering() {
      return running !== undefined;
    },
    ask: (question) => {
      if (running !== undefined) return false;
      const turn = newTurn(parts.newId(), question);
      turns.push(turn);
      return start(turn, turn.answer);
    },
    retry: (answerId) => {
      const turn = turns.find(({ answer, rival }) => [answer.view.id, rival?.view.id].includes(answerId));
      if (running !== undefined || turn === undefined) return false;
      const again = newAnswer(answerId, turn.question);
      const isRival = turn.rival?.view.id === answerId;
      turn[isRival ? 'rival' : 'answer'] = again;
      return start(turn, again, isRival ? { avoid: known(turn.answer.answeredBy) } : {});
    },
    redo: (turnId, by) => {
      const turn = lastTurn(turnId);
      if (turn === undefined) return false;
      const { answer, rival } = turn;
      for (const replaced of [answer, rival]) if (replaced) setAside(turn, replaced);
      turn.rival = undefined;
      turn.answer = newAnswer(turnId, turn.question);
      const avoid = [...known(answer.answeredBy), ...known(rival?.answeredBy)];
      for (const replaced of [answer, rival]) {
        const arm = replaced && armOf(replaced);
        if (arm !== undefined) uses.replaced(arm, by?.deploymentId);
      }
      return start(turn, turn.answer, by ? { pool: by.pool, only: by.deploymentId } : { avoid });
    },
    duel: (turnId) => {
      const turn = lastTurn(turnId);
      if (turn === undefined || turn.rival !== undefined) return false;
      turn.rival = newAnswer(parts.newId(), turn.question);
      return start(turn, turn.rival, { avoid: known(turn.answer.answeredBy) });
    },
    prefer: async (turnId, decisionId) => {
      const turn = turns.find(({ answer }) => answer.view.id === turnId);
      if (running !== undefined || turn?.rival === undefined) return;
      const { answer, rival } = turn;
      const [better, other] = rival.view.decisionId === decisionId ? [rival, answer] : [answer, rival];
      const [winner, loser] = [armOf(better), armOf(other)];
      if (winner === undefined || loser === undefined) return;
      await (await parts.conduit()).compare(winner, loser);
      setAside(turn, other);
      turn.answer = { ...better, view: { ...better.view, id: turnId } };
      turn.rival = undefined;
      postTurn(turn);
      parts.onChanged();
    },
    stop: async () => {
      running?.controller.abort();
      await running?.ended;
    },
    rate: async (decisionId, thumb, reason) => {
      const found = answerOf(turns, decisionId);
      if (found?.answer.answeredBy === undefined) return;
      const { turn, answer } = found;
      await (await parts.conduit()).rate(decisionId, found.answer.answeredBy, thumb, reason);
      const { thumb: _previous, reason: _because, ...rest } = answer.view;
      answer.view = thumb === undefined ? rest : { ...rest, thumb, ...(reason !== undefined && { reason }) };
      postTurn(turn);
      parts.onChanged();
    },
    used: async (decisionId, how) => {
      const arm = armOfDecision(turns, decisionId);
      if (arm !== undefined) await uses.tell(arm, how);
    },
  };
}

function known(deploymentId: string | undefined): readonly string[] {
  return deploymentId === undefined ? [] : [deploymentId];
}
