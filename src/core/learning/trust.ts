import { readMap, readNumber, readShape } from '../terms/saved';
import type { JudgedAnswers, SavedJudgedAnswers } from './judged-answers';
import { createJudgedAnswers, readJudgedAnswers } from './judged-answers';
import type { Trust } from './weighing';

/** In such steps, so that what earlier verdicts count changes seldom. */
const step = 0.1;

export interface JudgeTrust extends Trust, Pick<JudgedAnswers, 'apply' | 'seal' | 'sealAll'> {
  save(): SavedTrust;
}

export interface SavedTrust {
  readonly answers: SavedJudgedAnswers;
  /** Of the judges that gave a verdict, as it was last. */
  readonly known: ReadonlyMap<string, number>;
}

export const readTrust = readShape<SavedTrust>({ answers: readJudgedAnswers, known: readMap(readNumber) });

/**
 * How much judges' verdicts count beside what the table says. Their weight goes by the square of the Youden index J, as
 * that of any sign by the square of the difference of its two rates; the factor is J in parts of what is expected
 * beforehand.
 */
export function createTrust(saved?: SavedTrust): JudgeTrust {
  const answers = createJudgedAnswers(saved?.answers);
  const known = new Map(saved?.known);
  let version = 0;
  const trustOf = (judge: string): number => (Math.round(answers.factor01(judge) / step) * step) ** 2;

  return {
    of: trustOf,
    version: () => version,
    apply: (observation, earlier) => {
      answers.apply(observation, earlier);
      const { signal } = observation;
      if (signal.kind === 'judged') known.set(signal.judge, known.get(signal.judge) ?? 1);
      else if (signal.kind !== 'rating') return;
      for (const [judge, before] of known) {
        const now = trustOf(judge);
        if (now === before) continue;
        known.set(judge, now);
        version += 1;
      }
    },
    seal: answers.seal,
    sealAll: answers.sealAll,
    save: () => ({ answers: answers.save(), known: new Map(known) }),
  };
}
