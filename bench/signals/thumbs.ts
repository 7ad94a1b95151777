import type { Signal } from '../../src/core/terms/observation';
import type { Answer, AnswerBook } from './answers';
import { evenly } from './answers';

export interface ThumbSettings {
  /** Share of all answers that are rated, over all rows and models, 0..1. */
  readonly rate01: number;
  /**
   * 0 ≤ x < 1: a bad answer is rated (1 + x) / (1 − x) times as often as a good one, and models between 1 − x and
   * 1 + x times as often as the average one, whichever they are in a pass. 0: all alike.
   */
  readonly nonResponse: number;
  /** Share of the thumbs that are a slip: the wrong one, and taken back later. */
  readonly undo01: number;
}

export interface Rating {
  readonly thumb: Signal;
  /** Taken back later. */
  readonly undone: boolean;
}

/** How an answer is rated: by what it is, a draw, and not by its quality; undefined: not at all. */
export function rating(
  { rate01, nonResponse, undo01 }: ThumbSettings,
  { good01, corpus }: AnswerBook,
  seed: number,
): (answer: Answer) => Rating | undefined {
  const eager = evenly(corpus.models.length, seed, 'eager').map((dealt) => 1 + nonResponse * (2 * dealt - 1));
  const usual = good01 * (1 - nonResponse) + (1 - good01) * (1 + nonResponse);
  return ({ arm, good, chanceOf }) => {
    const chance = chanceOf('thumb');
    const byQuality = (1 + (good ? -1 : 1) * nonResponse) / usual;
    if (chance() >= rate01 * byQuality * (eager[arm] ?? 1)) return undefined;
    const undone = chance() < undo01;
    return { thumb: { kind: 'rating', thumb: good === undone ? 'down' : 'up' }, undone };
  };
}
