import type { Observation, Thumb } from '../terms/observation';
import { readMap, readNumber, readOneOf, readOptional, readShape } from '../terms/saved';
import type { Agreement, SavedAgreement } from './agreement';
import { createAgreement, readAgreement } from './agreement';

/** How judges agree with the user, from the observations of all answers. */
export interface JudgedAnswers extends Pick<Agreement, 'factor01' | 'shown'> {
  /** `earlier` are the observations of the same decision before it, where that is sealed. */
  apply(observation: Observation, earlier?: readonly Observation[]): void;
  /** What is known of the answers to a decision is in the counts for good. */
  seal(decisionId: string): void;
  save(): SavedJudgedAnswers;
}

/** What is known of one answer: the user's last thumb, and each judge's last verdict on it alone. */
interface Told {
  thumb: Thumb | undefined;
  readonly score01: Map<string, number>;
}

export interface SavedJudgedAnswers {
  readonly agreement: SavedAgreement;
  /** By decision and deployment, of those that aren't sealed. */
  readonly told: ReadonlyMap<string, ReadonlyMap<string, Told>>;
}

export const readJudgedAnswers = readShape<SavedJudgedAnswers>({
  agreement: readAgreement,
  told: readMap(
    readMap(
      readShape<Told>({ thumb: readOptional(readOneOf(['up', 'down'])), score01: readMap(readNumber) }),
    ),
  ),
});

export function createJudgedAnswers(saved?: SavedJudgedAnswers): JudgedAnswers {
  const agreement = createAgreement(saved?.agreement);
  const told = copyOf(saved?.told);

  function kept({ decisionId, deploymentId }: Observation): Told {
    const ofDecision = told.get(decisionId) ?? new Map<string, Told>();
    told.set(decisionId, ofDecision);
    const known = ofDecision.get(deploymentId) ?? { thumb: undefined, score01: new Map<string, number>() };
    ofDecision.set(deploymentId, known);
    return known;
  }

  return {
    factor01: agreement.factor01,
    shown: agreement.shown,
    apply: (observation, earlier) => {
      const { signal } = observation;
      if (!isOfOne(observation)) return;
      const known = earlier === undefined ? kept(observation) : toldBy(earlier, observation.deploymentId);
      if (signal.kind === 'judged') {
        const { judge, quality01 } = signal;
        const { thumb, score01 } = known;
        const before = score01.get(judge);
        const replaced = before === undefined ? undefined : { judge, score01: before, thumb };
        agreement.amend(replaced, { judge, score01: quality01, thumb });
      } else if (signal.kind === 'rating') {
        for (const [judge, score01] of known.score01)
          agreement.amend({ judge, score01, thumb: known.thumb }, { judge, score01, thumb: signal.thumb });
      }
      note(known, observation);
    },
    seal: (decisionId) => {
      told.delete(decisionId);
    },
    save: () => ({ agreement: agreement.save(), told: copyOf(told) }),
  };
}

/** The better of two may be a bad one: only a verdict on an answer alone can agree with a thumb. */
function isOfOne({ signal }: Observation): boolean {
  return signal.kind === 'rating' || (signal.kind === 'judged' && signal.otherDecisionId === undefined);
}

function note(told: Told, { signal }: Observation): void {
  if (signal.kind === 'judged') told.score01.set(signal.judge, signal.quality01);
  else if (signal.kind === 'rating') told.thumb = signal.thumb;
}

function toldBy(observations: readonly Observation[], deploymentId: string): Told {
  const told: Told = { thumb: undefined, score01: new Map() };
  for (const each of observations) if (each.deploymentId === deploymentId && isOfOne(each)) note(told, each);
  return told;
}

function copyOf(told: SavedJudgedAnswers['told'] = new Map()): Map<string, Map<string, Told>> {
  return new Map(
    Array.from(told, ([id, answers]) => [
      id,
      new Map(
        Array.from(answers, ([arm, { thumb, score01 }]) => [arm, { thumb, score01: new Map(score01) }]),
      ),
    ]),
  );
}
