import { z } from 'zod';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { Message } from '../../core/terms/request';
import type { ModelChoice } from '../answers/choose-model';
import type { AnsweredTurn } from '../observations/next-turns';

/**
 * What every turn in the native chat carries: the editor keeps it with the turn, also over a reload, and drops it where
 * the user goes back behind it. It is all that is known of the conversation.
 */
export const turnMetadataSchema = z.object({
  conversationId: z.string(),
  /** What the model was asked, with all that was attached; empty: nothing was asked in this turn. */
  question: z.string(),
  /** The user's own part of it; absent: an older version asked, or nobody did. */
  words: z.string().optional(),
  /** The answer as the model gave it, without what Conduit wrote around it; empty: there is none. */
  answer: z.string(),
  /** Who gave it. */
  decisionId: z.string().optional(),
  deploymentId: z.string().optional(),
  /** True: the answer came whole. */
  whole: z.literal(true).optional(),
  /** The pool that it was asked of. */
  pool: z.string().optional(),
  /** The command that it was asked with. */
  command: z.string().optional(),
  /** True: it is another answer to the question of the turn before, in whose place it is. */
  again: z.literal(true).optional(),
  /** The only model that answers from here on; absent: the router chooses. */
  lockedTo: z.object({ pool: z.string(), deploymentId: z.string() }).optional(),
});
export type TurnMetadata = z.infer<typeof turnMetadataSchema>;

/** The last question, and what has been answered to it. */
interface LastQuestion {
  readonly question: string;
  /** The conversation before it. */
  readonly before: readonly Message[];
  readonly pool: string | undefined;
  readonly words: string | undefined;
  readonly answers: readonly AnswerOfModel[];
  /** The last of them, if it came whole. */
  readonly given: AnsweredTurn | undefined;
}

/** What the turns before a request say. */
export interface Past {
  readonly conversationId: string | undefined;
  readonly lockedTo: ModelChoice | undefined;
  /** Oldest first, in the models' own words. Questions that have no answer are left out. */
  readonly messages: readonly Message[];
  readonly last: LastQuestion | undefined;
}

interface Exchange extends Pick<LastQuestion, 'question' | 'pool' | 'words'> {
  answer: string;
  readonly answers: AnswerOfModel[];
  given: AnsweredTurn | undefined;
}

/** Reads the metadata of the turns before, oldest first; those of other participants say nothing. */
export function pastOf(metadata: readonly unknown[]): Past {
  const turns = metadata.flatMap((each) => turnMetadataSchema.safeParse(each).data ?? []);
  const exchanges = exchangesOf(turns);
  const last = exchanges.at(-1);
  return {
    conversationId: turns.at(-1)?.conversationId,
    lockedTo: turns.at(-1)?.lockedTo,
    messages: messagesOf(exchanges),
    last: last && {
      question: last.question,
      before: messagesOf(exchanges.slice(0, -1)),
      pool: last.pool,
      words: last.words,
      answers: last.answers,
      given: last.given,
    },
  };
}

function exchangesOf(turns: readonly TurnMetadata[]): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  for (const turn of turns) {
    const { question, words, answer, pool, again } = turn;
    if (question === '') continue;
    const arm = armOf(turn);
    const given =
      arm !== undefined && answer !== '' && turn.whole
        ? { by: arm, question: words ?? '', answer }
        : undefined;
    const before = again === true ? exchanges.at(-1) : undefined;
    if (before === undefined) {
      exchanges.push({ question, words, pool, answer, answers: arm ? [arm] : [], given });
      continue;
    }
    if (arm) before.answers.push(arm);
    before.given = given;
    if (answer !== '') before.answer = answer;
  }
  return exchanges;
}

function armOf({ decisionId, deploymentId }: TurnMetadata): AnswerOfModel | undefined {
  return decisionId !== undefined && deploymentId !== undefined ? { decisionId, deploymentId } : undefined;
}

function messagesOf(exchanges: readonly Exchange[]): readonly Message[] {
  return exchanges
    .filter(({ answer }) => answer !== '')
    .flatMap(({ question, answer }): Message[] => [
      { role: 'user', text: question },
      { role: 'assistant', text: answer },
    ]);
}
