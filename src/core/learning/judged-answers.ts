import type { Observation, Thumb } from '../terms/observation';
import type { Agreement } from './agreement';
import { createAgreement } from './agreement';

/** How judges agree with the user, from the observations of all answers. */
export interface JudgedAnswers extends Pick<Agreement, 'factor01' | 'shown'> {
  apply(observation: Observation): void;
}

/** What is known of one answer: the user's last thumb, and each judge's last verdict on it alone. */
interface Told {
  thumb: Thumb | undefined;
  readonly score01: Map<string, number>;
}

export function createJudgedAnswers(): JudgedAnswers {
  const agreement = createAgreement();
  const told = new Map<string, Told>();

  function toldOf({ decisionId, deploymentId }: Observation): Told {
    const key = `${decisionId} ${deploymentId}`;
    const known = told.get(key) ?? { thumb: undefined, score01: new Map<string, number>() };
    told.set(key, known);
    return known;
  }

  return {
    factor01: agreement.factor01,
    shown: agreement.shown,
    apply: (observation) => {
      const { signal } = observation;
      if (signal.kind === 'judged') {
        // The better of two may be a bad one: only a verdict on an answer alone can agree with a thumb.
        if (signal.otherDecisionId !== undefined) return;
        const { thumb, score01 } = toldOf(observation);
        const { judge, quality01 } = signal;
        const before = score01.get(judge);
        score01.set(judge, quality01);
        const replaced = before === undefined ? undefined : { judge, score01: before, thumb };
        agreement.amend(replaced, { judge, score01: quality01, thumb });
      } else if (signal.kind === 'rating') {
        const known = toldOf(observation);
        const { thumb } = signal;
        for (const [judge, score01] of known.score01)
          agreement.amend({ judge, score01, thumb: known.thumb }, { judge, score01, thumb });
        known.thumb = thumb;
      }
    },
  };
}
