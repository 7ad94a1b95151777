import type { Answer, AnswerBook } from '../../../bench/signals/answers';
import { answerBook, answersOf } from '../../../bench/signals/answers';
import type { Corpus } from '../../../bench/routing/corpus';
import { seededRandom } from '../../core/seeded-random';

/** Four models whose qualities and costs are all different, and have nothing to do with each other. */
export function variedCorpus(count: number): Corpus {
  const random = seededRandom(99);
  const models = ['a', 'b', 'c', 'd'];
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `row ${String(index)}`,
    domain: 'any',
    prompt: `Write test number ${String(index)}`,
    // Squared, so that good and bad answers aren't equally many.
    quality01: Float64Array.from(models, () => 1 - random() ** 2),
    costUsd: Float64Array.from(models, () => random() / 100),
  }));
  return { name: 'varied', models, rows, dearestMeanUsd: 0.005 };
}

/** All answers of a few passes. */
export function allAnswers(
  corpus: Corpus,
  seeds: readonly number[],
): { readonly book: AnswerBook; readonly answers: readonly Answer[] } {
  const book = answerBook(corpus);
  const answers = seeds.flatMap((seed) => {
    const answerAt = answersOf(book, seed);
    return corpus.rows.flatMap((_, row) => corpus.models.map((_model, arm) => answerAt(row, arm)));
  });
  return { book, answers };
}

/** The share of the values that something is true of. NaN of none. */
export function shareOf<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  return values.filter(holds).length / values.length;
}
