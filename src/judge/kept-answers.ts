import type { WholeAnswer } from '../core/terms/judging';
import type { AnswerOfModel } from '../core/terms/observation';
import type { Message } from '../core/terms/request';
import { isSameQuestion } from './prompt';

/** An answer that may yet be judged. */
export interface KeptAnswer {
  readonly answer: WholeAnswer;
  /** Probability with which it was drawn to be judged. */
  readonly probability: number;
  readonly atMs: number;
}

/** Answers in the memory of this window, until they are judged or too old. Nothing of them is written anywhere. */
interface KeptAnswers {
  keep(kept: KeptAnswer): void;
  /** Undefined: it is judged already, too old, or was never here. */
  find(answer: AnswerOfModel): KeptAnswer | undefined;
  /** Another one to the same question by another model, still unjudged: the two can be compared. */
  rivalOf(kept: KeptAnswer): KeptAnswer | undefined;
  /** It is being judged, or won't be. */
  drop(answer: AnswerOfModel): void;
  clear(): void;
}

/** A rating that comes later than that finds no text any more. */
export const keptMs = 30 * 60_000;
const mostAnswers = 40;
/** Of questions and answers together: attachments may be large. */
const mostCharacters = 4_000_000;

export function createKeptAnswers(nowMs: () => number): KeptAnswers {
  const kept = new Map<string, KeptAnswer & { readonly characters: number }>();

  function dropOld(): void {
    const oldest = nowMs() - keptMs;
    let characters = [...kept.values()].reduce((sum, each) => sum + each.characters, 0);
    for (const [key, each] of kept) {
      if (each.atMs >= oldest && kept.size <= mostAnswers && characters <= mostCharacters) break;
      characters -= each.characters;
      kept.delete(key);
    }
  }

  return {
    keep: (each) => {
      const { answer } = each;
      const characters =
        answer.text.length + answer.messages.reduce((sum, message) => sum + sizeOf(message), 0);
      kept.set(keyOf(answer), { ...each, characters });
      dropOld();
    },
    find: (answer) => {
      dropOld();
      return kept.get(keyOf(answer));
    },
    rivalOf: ({ answer }) => {
      dropOld();
      const { conversationId } = answer.decision;
      return [...kept.values()].find(
        ({ answer: other }) =>
          other.decision.conversationId === conversationId &&
          other.decisionId !== answer.decisionId &&
          other.deploymentId !== answer.deploymentId &&
          isSameQuestion(other, answer),
      );
    },
    drop: (answer) => void kept.delete(keyOf(answer)),
    clear: () => kept.clear(),
  };
}

function sizeOf({ text, images = [], toolResults = [] }: Message): number {
  const tools = toolResults.reduce((sum, result) => sum + result.text.length, 0);
  return images.reduce((sum, { base64 }) => sum + base64.length, text.length + tools);
}

function keyOf({ decisionId, deploymentId }: AnswerOfModel): string {
  return JSON.stringify([decisionId, deploymentId]);
}
