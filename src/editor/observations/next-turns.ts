import type { Conduit } from '../../core/conduit';
import type { AnswerOfModel } from '../../core/terms/observation';
import { hasFencedCode } from '../../text/has-fenced-code';
import { turnClassOf } from '../../text/next-turn/turn-class';
import type { ToldUses } from './answer-uses';

/** An answer that a question came after, as it stood by then. */
export interface AnsweredTurn {
  readonly by: AnswerOfModel;
  /** What was asked, in the user's words; empty: the next question can't be the same. */
  readonly question: string;
  readonly answer: string;
}

export interface NextTurnParts {
  readonly conduit: () => Promise<Pick<Conduit, 'observe'>>;
  /** Whether next turns may be read now. Asking may show the user a notice. */
  readonly noticing: () => boolean;
  /** What was told of answers; it grows by what is told now. */
  readonly told: ToldUses;
  readonly onProblem: (error: unknown) => void;
  /** Something was told that a conversation keeps: it isn't told again. */
  readonly onTold?: () => void;
}

const kind = 'next-turn';
/** The question has gone out by then: reading it the first time takes some hundredths of a second. */
const readAfterMs = 250;

/** Reads what the user's next words say of an answer, and records the class; the words are kept nowhere. */
export interface NextTurns {
  /** A moment later, and once for each answer. Never throws. */
  read(turn: AnsweredTurn, words: string): void;
}

export function createNextTurns({ conduit, noticing, told, onProblem, onTold }: NextTurnParts): NextTurns {
  async function tell({ by, question, answer }: AnsweredTurn, words: string): Promise<void> {
    const { decisionId, deploymentId } = by;
    const uses = told.get(decisionId) ?? new Set();
    if (uses.has(kind) || !noticing()) return;
    const turn = turnClassOf({ question, answerHasCode: hasFencedCode(answer), next: words });
    if (turn === undefined) return;
    told.set(decisionId, uses.add(kind));
    try {
      await (await conduit()).observe(decisionId, deploymentId, { kind, turn });
    } catch (error) {
      uses.delete(kind);
      throw error;
    }
    onTold?.();
  }

  return {
    read: (turn, words) => void setTimeout(() => void tell(turn, words).catch(onProblem), readAfterMs),
  };
}
