import type { Configuration } from './configuration';
import type { Decision } from './decision';
import type { Judgement } from './judgement';
import type { LedgerEntry } from './ledger-entry';
import type { AnswerOfModel } from './observation';
import type { Message } from './request';

/** An answer that arrived whole, with what it answers. It stays in memory: the ledger has no text of it. */
export interface WholeAnswer extends AnswerOfModel {
  readonly decision: Decision;
  /** What was asked, oldest first; of an agent's loop with what its tools brought. */
  readonly messages: readonly Message[];
  readonly text: string;
  /** The model that the reply named, where it is another one than was asked for. */
  readonly servedModel: string | undefined;
}

/** Hears of answers and of ratings. Nothing of it throws, and nobody waits for it. */
export interface AnswerJudge {
  answered(answer: WholeAnswer): void;
  /** The user rated the answer, or preferred one to another. Which way isn't told: a judge is blind to it. */
  rated(answer: AnswerOfModel): void;
  /** Drops what waits, stops what runs, and resolves when what that cost is recorded. */
  close(): Promise<void>;
}

/** What a judge may do with the router that it works for. */
export interface JudgeDoor {
  /** Records, and takes in what all windows recorded. Rejects where the ledger can't take the entries. */
  record(entries: readonly LedgerEntry[]): Promise<void>;
  /**
   * What counts against the judge's own budget of a day, in USD, as of the last `record`: what judging cost, or may cost or
   * have cost at most, where it was reserved at a Unix time in ms that `counts`. `before`: only what was reserved before
   * the judgement with this id.
   */
  judgingUsd(counts: (atMs: number) => boolean, before?: string): number;
  /**
   * Holds what a call may cost at most, in the judge's budget and in the user's own, over all windows; undefined: there is
   * no room for it. It is given back with the judgement's last row.
   */
  hold(
    configuration: Configuration,
    judgement: Pick<Judgement, 'id' | 'judge' | 'mostUsd'>,
  ): Promise<{ readonly release: () => void } | undefined>;
}
