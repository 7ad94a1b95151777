import type { Observation } from '../terms/observation';
import { createJudgedAnswers } from './judged-answers';
import type { Trust } from './weighing';

/** In such steps, so that what earlier verdicts count changes seldom. */
const step = 0.1;

/**
 * How much judges' verdicts count beside what the table says. Their weight goes by the square of the Youden index J, as
 * that of any sign by the square of the difference of its two rates; the factor is J in parts of what is expected
 * beforehand.
 */
export function createTrust(): Trust & { apply(observation: Observation): void } {
  const answers = createJudgedAnswers();
  const known = new Map<string, number>();
  let version = 0;
  const trustOf = (judge: string): number => (Math.round(answers.factor01(judge) / step) * step) ** 2;

  return {
    of: trustOf,
    version: () => version,
    apply: (observation) => {
      answers.apply(observation);
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
  };
}
