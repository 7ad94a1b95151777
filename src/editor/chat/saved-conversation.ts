import * as l10n from '@vscode/l10n';
import type { RatingReason, Thumb } from '../../core/terms/observation';
import type { RequestOrigin } from '../../core/terms/request';
import type { Attachment } from '../../text/attached-text';
import type { AnswerFacts } from '../answers/answer-facts';
import type { ModelChoice } from '../answers/choose-model';
import type { AnswerWords } from './answer-words';

/** What is asked in one turn. */
export interface Question {
  readonly prompt: string;
  readonly attachments: readonly Attachment[];
  readonly origin: RequestOrigin;
  /** The pool that the user named for it; absent: the one in use. */
  readonly pool?: string | undefined;
  /**
   * It tells nothing of the answer before it: it was sent before that had come, or takes the place of an earlier question.
   */
  readonly apart?: true | undefined;
}

/** An answer that another took the place of. */
export interface EarlierAnswer {
  readonly facts: AnswerFacts;
  /** As it was shown by a version that kept no facts but the text and whose it is; absent: `facts` are all there is. */
  readonly words?: AnswerWords | undefined;
}

/** An answer with what the user thinks of it. */
export interface SavedAnswer extends EarlierAnswer {
  readonly id: string;
  /** Names of what was attached, where its conversation grew too long to keep the texts. */
  readonly lostAttachments?: readonly string[] | undefined;
  readonly thumb?: Thumb | undefined;
  readonly reason?: RatingReason | undefined;
}

export interface SavedTurn {
  readonly question: Question;
  readonly answer: SavedAnswer;
  /** A second model's answer, until the user has picked the better one. */
  readonly rival?: SavedAnswer | undefined;
  /** Answers that another took the place of, oldest first. */
  readonly earlier: readonly EarlierAnswer[];
  /** What was told of what the user did with its answers, by their decisions: it is told once. */
  readonly told?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Higher with each change in any window; absent: 0. Given when it is written. */
  readonly version?: number | undefined;
}

/** A conversation as its file keeps it. */
export interface SavedConversation {
  /** Its file's name, and what groups its requests in the ledger. */
  readonly id: string;
  /** Another one with every writing: tells whether another window wrote meanwhile. Empty: never written. */
  readonly revision: string;
  /** Unix ms. */
  readonly updatedMs: number;
  /** The user's own name for it; absent: its first question. */
  readonly name?: string | undefined;
  /** The only model that it asks. */
  readonly lockedTo?: ModelChoice | undefined;
  readonly turns: readonly SavedTurn[];
  /** Ids of turns that were taken out: no window brings them back. */
  readonly deleted?: readonly string[] | undefined;
}

const longestTitle = 60;

/** What a conversation is called: by the user, else by its first question. */
export function titleOf({ name, turns }: Pick<SavedConversation, 'name' | 'turns'>): string {
  if (name !== undefined) return name;
  const first = (turns[0]?.question.prompt ?? '').replaceAll(/\s+/g, ' ').trim();
  if (first === '') return l10n.t('New conversation');
  return first.length <= longestTitle ? first : `${first.slice(0, longestTitle - 1)}…`;
}

/** Whether an answer to one of these decisions is in it, an earlier one or a duel's included. */
export function hasAnswerTo({ turns }: SavedConversation, decisionIds: ReadonlySet<string>): boolean {
  return turns.some(({ answer, rival, earlier }) =>
    [answer, rival, ...earlier].some((each) => {
      const id = each?.facts.by?.decisionId;
      return id !== undefined && decisionIds.has(id);
    }),
  );
}
