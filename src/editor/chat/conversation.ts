import type { Conduit } from '../../core/conduit';
import type { RatingReason, Thumb, UseSignal } from '../../core/terms/observation';
import type { NewId } from '../../core/terms/ports';
import type { TurnView } from '../../webview/protocol/chat';
import type { ToldUses } from '../observations/answer-uses';
import { createAnswerUses } from '../observations/answer-uses';
import { createNextTurns } from '../observations/next-turns';
import type { AnswerRunnerParts } from './answer-runner';
import { createAnswerRunner } from './answer-runner';
import type { ConversationPart } from './conversation-part';
import { partOf } from './conversation-part';
import { answerBefore } from './next-question';
import type { Offer, RatingOffers } from './rating-offers';
import type { Question, SavedTurn } from './saved-conversation';
import type { ModelChoice } from '../answers/choose-model';
import type { Answer, Turn } from './turn';
import {
  answerOf,
  authorOfDecision,
  newAnswer,
  newTurn,
  restoredTurn,
  restoreTold,
  savedTurn,
  setAside,
  takeInTurns,
} from './turn';
import { viewOf } from './turn-view';

export interface ConversationParts extends AnswerRunnerParts {
  readonly conduit: () => Promise<Pick<Conduit, 'answer' | 'allowOver' | 'rate' | 'compare' | 'observe'>>;
  readonly newId: NewId;
  /** Of all conversations of the window: two that begin alike have answers in common. */
  readonly told: ToldUses;
  /** Whether the user's next words may be read for what they say of an answer. */
  readonly noticing: () => boolean;
  /** Absent: nothing is asked about answers. */
  readonly offers?: RatingOffers;
  /** A command puts the code of an answer into a file. */
  readonly onInserted?: (decisionId: string) => void;
  /** What was done with an answer could not be recorded. */
  readonly onProblem: (error: unknown) => void;
}

/** One conversation of the chat view: its turns, and the answer that is under way. */
export interface Conversation {
  /** How many turns it has. */
  readonly length: number;
  /** As many of its last turns as go to the page at a time, of those before the turn that is named. */
  part(before?: string): ConversationPart;
  /** The turns as they are now, to be kept. */
  saved(): readonly SavedTurn[];
  /** Takes in what another window made of the conversation; tells the page nothing. Its turns come in this order. */
  takeIn(saved: readonly SavedTurn[]): void;
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
  /**
   * Lets another model answer the last question beside the first; where `offered`, the one that the user was asked to
   * compare it with. Refused as `redo` is.
   */
  duel(turnId: string, offered?: boolean): boolean;
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
  const nextTurns = createNextTurns({ ...parts, onTold: parts.onChanged });
  /** Rivals that the user has decided about. */
  const compared = new WeakSet<Answer>();
  /** What is asked about the last answer, until the user says something of it or asks on. */
  let asked: { readonly turn: Turn; readonly answer: Answer; readonly offer: Offer } | undefined;
  const runner = createAnswerRunner(parts, conversationId, turns, { viewOf: view, onFinished });

  function view(turn: Turn): TurnView {
    const isAsked = asked?.answer === turn.answer && parts.offers?.isOn() === true;
    return viewOf(turn, isAsked ? asked?.offer : undefined);
  }

  function postTurn(turn: Turn): void {
    parts.post({ type: 'turn', turn: view(turn) });
  }

  async function onFinished(turn: Turn, answer: Answer, pool: string): Promise<void> {
    const { decision, by } = answer.facts;
    // A rival is there to be compared already.
    if (parts.offers === undefined || decision === undefined || by === undefined || turn.rival === answer)
      return;
    try {
      const offer = await parts.offers.offerFor(pool, decision, by);
      if (offer === undefined) return;
      asked = { turn, answer, offer };
      postTurn(turn);
    } catch (error) {
      parts.onProblem(error);
    }
  }

  function askNoMore(): void {
    const before = asked?.turn;
    asked = undefined;
    if (before !== undefined) postTurn(before);
  }

  function start(...run: Parameters<typeof runner.start>): true {
    askNoMore();
    return runner.start(...run);
  }

  /** The turn, where its question may be asked again: the last one, with no answer under way. */
  function lastTurn(turnId: string): Turn | undefined {
    const turn = turns.at(-1);
    return !runner.running && turn?.answer.id === turnId ? turn : undefined;
  }

  function turnsBefore(turnId: string): readonly Turn[] {
    const end = turns.findIndex(({ answer }) => answer.id === turnId);
    return turns.slice(0, Math.max(0, end));
  }

  return {
    get length() {
      return turns.length;
    },
    part: (before) => partOf(before === undefined ? turns : turnsBefore(before), view),
    saved: () => turns.map((turn) => savedTurn(turn, parts.told)),
    takeIn: (saved) => {
      for (const turn of saved) restoreTold(parts.told, turn);
      takeInTurns(turns, saved, runner.answer);
    },
    get answering() {
      return runner.running;
    },
    ask: (question) => {
      if (runner.running) return false;
      const before = answerBefore(turns.at(-1), question);
      const turn = newTurn(parts.newId(), question);
      turns.push(turn);
      start(turn, turn.answer);
      if (before !== undefined) nextTurns.read(before, question.prompt);
      return true;
    },
    retry: (answerId) => {
      const turn = turns.find(({ answer, rival }) => [answer.id, rival?.id].includes(answerId));
      if (runner.running || turn === undefined) return false;
      const again = newAnswer(answerId);
      const isRival = turn.rival?.id === answerId;
      const broken = isRival ? turn.rival : turn.answer;
      if (broken !== undefined) setAside(turn, broken);
      turn[isRival ? 'rival' : 'answer'] = again;
      return start(turn, again, isRival ? { avoid: modelsOf(turn.answer) } : {});
    },
    redo: (turnId, by) => {
      const turn = lastTurn(turnId);
      if (turn === undefined) return false;
      const { answer, rival } = turn;
      for (const replaced of [answer, rival]) if (replaced) setAside(turn, replaced);
      turn.rival = undefined;
      turn.answer = newAnswer(turnId);
      const avoid = modelsOf(answer, rival);
      for (const replaced of [answer, rival]) {
        const author = replaced?.facts.by;
        if (author !== undefined) uses.replaced(author, by?.deploymentId);
      }
      return start(turn, turn.answer, by ? { pool: by.pool, only: by.deploymentId } : { avoid });
    },
    duel: (turnId, offered = false) => {
      const turn = lastTurn(turnId);
      if (turn === undefined || turn.rival !== undefined) return false;
      const offer = asked?.turn === turn ? asked.offer : undefined;
      if (offered && offer?.kind !== 'duel') return false;
      turn.rival = newAnswer(parts.newId());
      return start(
        turn,
        turn.rival,
        offered && offer?.kind === 'duel'
          ? { pool: offer.pool, only: offer.rivalId }
          : { avoid: modelsOf(turn.answer) },
      );
    },
    prefer: async (turnId, decisionId) => {
      const turn = turns.find(({ answer }) => answer.id === turnId);
      if (runner.running || turn?.rival === undefined || compared.has(turn.rival)) return;
      const { answer, rival } = turn;
      const [better, other] = rival.facts.by?.decisionId === decisionId ? [rival, answer] : [answer, rival];
      const [winner, loser] = [better.facts.by, other.facts.by];
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
      turn.answer = { ...better, id: turnId };
      turn.rival = undefined;
      postTurn(turn);
      parts.onChanged();
    },
    stop: () => runner.stop(),
    rate: async (decisionId, thumb, reason) => {
      const found = answerOf(turns, decisionId);
      const by = found?.answer.facts.by;
      if (found === undefined || by === undefined) return;
      const { turn, answer } = found;
      await (await parts.conduit()).rate(decisionId, by.deploymentId, thumb, reason);
      answer.thumb = thumb;
      answer.reason = thumb === undefined ? undefined : reason;
      if (asked?.answer === answer) asked = undefined;
      postTurn(turn);
      parts.onChanged();
    },
    used: async (decisionId, how) => {
      if (how === 'inserted') parts.onInserted?.(decisionId);
      const author = authorOfDecision(turns, decisionId);
      if (author !== undefined && (await uses.tell(author, how))) parts.onChanged();
    },
  };
}

function modelsOf(...answers: readonly (Answer | undefined)[]): readonly string[] {
  return answers.flatMap((answer) => answer?.facts.by?.deploymentId ?? []);
}
