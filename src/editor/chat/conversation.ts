import type { Conduit } from '../../core/conduit';
import type { RatingReason, Thumb, UseSignal } from '../../core/observation';
import type { NewId } from '../../core/ports';
import type { TurnView } from '../../webview/protocol';
import type { ToldUses } from '../observations/answer-uses';
import { createAnswerUses } from '../observations/answer-uses';
import type { AnswerRunnerParts } from './answer-runner';
import { createAnswerRunner } from './answer-runner';
import type { ModelChoice, Question, SavedTurn } from './saved-conversation';
import type { Answer, Turn } from './turn';
import {
  answerOf,
  armOf,
  armOfDecision,
  newAnswer,
  newTurn,
  restoredTurn,
  restoreTold,
  savedTurn,
  setAside,
  viewOf,
} from './turn';

export interface ConversationParts extends AnswerRunnerParts {
  readonly conduit: () => Promise<Pick<Conduit, 'answer' | 'rate' | 'compare' | 'observe'>>;
  readonly newId: NewId;
  /** Of all conversations of the window: two that begin alike have answers in common. */
  readonly told: ToldUses;
  /** What was done with an answer could not be recorded. */
  readonly onProblem: (error: unknown) => void;
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
  for (const turn of earlier) restoreTold(parts.told, turn);
  const uses = createAnswerUses(parts.conduit, parts.onProblem, parts.told);
  /** Rivals that the user has decided about. */
  const compared = new WeakSet<Answer>();
  const runner = createAnswerRunner(parts, conversationId, turns);

  /** The turn, where its question may be asked again: the last one, with no answer under way. */
  function lastTurn(turnId: string): Turn | undefined {
    const turn = turns.at(-1);
    return !runner.running && turn?.answer.view.id === turnId ? turn : undefined;
  }

  return {
    get turns() {
      return turns.map(viewOf);
    },
    saved: () => turns.map((turn) => savedTurn(turn, parts.told)),
    get answering() {
      return runner.running;
    },
    ask: (question) => {
      if (runner.running) return false;
      const turn = newTurn(parts.newId(), question);
      turns.push(turn);
      return runner.start(turn, turn.answer);
    },
    retry: (answerId) => {
      const turn = turns.find(({ answer, rival }) => [answer.view.id, rival?.view.id].includes(answerId));
      if (runner.running || turn === undefined) return false;
      const again = newAnswer(answerId, turn.question);
      const isRival = turn.rival?.view.id === answerId;
      const broken = isRival ? turn.rival : turn.answer;
      if (broken !== undefined) setAside(turn, broken);
      turn[isRival ? 'rival' : 'answer'] = again;
      return runner.start(turn, again, isRival ? { avoid: known(turn.answer.answeredBy) } : {});
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
      return runner.start(turn, turn.answer, by ? { pool: by.pool, only: by.deploymentId } : { avoid });
    },
    duel: (turnId) => {
      const turn = lastTurn(turnId);
      if (turn === undefined || turn.rival !== undefined) return false;
      turn.rival = newAnswer(parts.newId(), turn.question);
      return runner.start(turn, turn.rival, { avoid: known(turn.answer.answeredBy) });
    },
    prefer: async (turnId, decisionId) => {
      const turn = turns.find(({ answer }) => answer.view.id === turnId);
      if (runner.running || turn?.rival === undefined || compared.has(turn.rival)) return;
      const { answer, rival } = turn;
      const [better, other] = rival.view.decisionId === decisionId ? [rival, answer] : [answer, rival];
      const [winner, loser] = [armOf(better), armOf(other)];
      if (winner === undefined || loser === undefined) return;
      // Recording may take a moment: a second click, or another answer that is asked for, comes in between.
      compared.add(rival);
      try {
        await (await parts.conduit()).compare(winner, loser);
      } catch (error) {
        compared.delete(rival);
        throw error;
      }
      if (turn.rival !== rival || turn.answer !== answer) return;
      setAside(turn, other);
      turn.answer = { ...better, view: { ...better.view, id: turnId } };
      turn.rival = undefined;
      parts.post({ type: 'turn', turn: viewOf(turn) });
      parts.onChanged();
    },
    stop: () => runner.stop(),
    rate: async (decisionId, thumb, reason) => {
      const found = answerOf(turns, decisionId);
      if (found?.answer.answeredBy === undefined) return;
      const { turn, answer } = found;
      await (await parts.conduit()).rate(decisionId, found.answer.answeredBy, thumb, reason);
      const { thumb: _previous, reason: _because, ...rest } = answer.view;
      answer.view = thumb === undefined ? rest : { ...rest, thumb, ...(reason !== undefined && { reason }) };
      parts.post({ type: 'turn', turn: viewOf(turn) });
      parts.onChanged();
    },
    used: async (decisionId, how) => {
      const arm = armOfDecision(turns, decisionId);
      if (arm !== undefined && (await uses.tell(arm, how))) parts.onChanged();
    },
  };
}

function known(deploymentId: string | undefined): readonly string[] {
  return deploymentId === undefined ? [] : [deploymentId];
}
