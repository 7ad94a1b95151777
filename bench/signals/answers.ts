import { seededRandom, shuffled } from '../../test/core/seeded-random';
import type { Random } from '../../src/core/terms/ports';
import type { Corpus } from '../routing/corpus';
import { mean } from '../routing/statistics';
import { textHash } from '../routing/text-hash';

/** What a simulated developer sees of an answer. The router sees none of it. */
export interface Answer {
  /** Of the model in the corpus. */
  readonly arm: number;
  /** What the corpus says of it, 0..1. */
  readonly quality01: number;
  /** One draw with the quality as its chance: whoever looks at the answer sees this, and not the quality. */
  readonly good: boolean;
  /** How long it is beside all other answers: from 0 to 1, on average one half. */
  readonly length01: number;
  /** Chance for one thing that happens to it, by that thing's name: the same number, whatever else happens. */
  readonly chanceOf: (what: string) => Random;
}

/** What holds of all answers in a corpus. */
export interface AnswerBook {
  readonly corpus: Corpus;
  /** Share of good answers, over all rows and models. */
  readonly good01: number;
  /** By row, then by model: how long an answer is beside the model's others, 0..1. */
  readonly rank01: readonly Float64Array[];
}

export function answerBook(corpus: Corpus): AnswerBook {
  const { rows, models } = corpus;
  const ranks = models.map((_, arm) => ranksOf(rows.map(({ costUsd }) => costUsd[arm] ?? 0)));
  return {
    corpus,
    good01: mean(rows.map(({ quality01 }) => mean(quality01))),
    rank01: rows.map((_, row) => Float64Array.from(ranks, (own) => own[row] ?? 0.5)),
  };
}

/**
 * The answers of one pass. The corpora have no answers, only what they cost: half of an answer's length is how dear it is
 * among the same model's, the other half how wordy its model is, which is dealt out anew in each pass.
 */
export function answersOf(
  { corpus, rank01 }: AnswerBook,
  seed: number,
): (row: number, arm: number) => Answer {
  const wordy01 = evenly(corpus.models.length, seed, 'wordy');
  return (row, arm) => {
    const source = corpus.rows[row];
    const quality01 = source?.quality01[arm];
    if (source === undefined || quality01 === undefined) throw new RangeError('There is no such answer.');
    const chanceOf = (what: string): Random =>
      seededRandom(textHash(`${String(seed)} ${String(arm)} ${what} ${source.id}`));
    return {
      arm,
      quality01,
      good: chanceOf('good')() < quality01,
      length01: ((rank01[row]?.[arm] ?? 0.5) + (wordy01[arm] ?? 0.5)) / 2,
      chanceOf,
    };
  };
}

/** Numbers from 0 to 1, evenly spread and one half on average, dealt out to the models by the seed. */
export function evenly(count: number, seed: number, what: string): readonly number[] {
  const random = seededRandom(textHash(`${String(seed)} ${what}`));
  return shuffled(
    Array.from({ length: count }, (_, index) => (index + 0.5) / count),
    random,
  );
}

/** From 0 to 1 by rising value, one half on average; alike where values are. */
function ranksOf(values: readonly number[]): Float64Array {
  const rising = values.map((value, index) => ({ value, index })).toSorted((a, b) => a.value - b.value);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < rising.length;) {
    let end = start + 1;
    while (end < rising.length && rising[end]?.value === rising[start]?.value) end += 1;
    for (const { index } of rising.slice(start, end)) ranks[index] = (start + end) / 2 / rising.length;
    start = end;
  }
  return ranks;
}
