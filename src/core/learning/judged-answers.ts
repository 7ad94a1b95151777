import type { Observation, Thumb } from '../terms/observation';
import { readList, readNumbers, readShape, readText } from '../terms/saved';
import { numberIn, numberTexts, textIn } from '../terms/saved-columns';
import type { Agreement, SavedAgreement } from './agreement';
import { createAgreement, readAgreement } from './agreement';

/** How judges agree with the user, from the observations of all answers. */
export interface JudgedAnswers extends Pick<Agreement, 'factor01' | 'shown'> {
  /** `earlier` are the observations of the same decision before it, where that is sealed. */
  apply(observation: Observation, earlier?: readonly Observation[]): void;
  /** What is known of the answers to a decision is in the counts for good. */
  seal(decisionId: string): void;
  /** The same of all decisions. */
  sealAll(): void;
  save(): SavedJudgedAnswers;
}

/** What is known of one answer: the user's last thumb, and each judge's last verdict on it alone. */
interface Told {
  thumb: Thumb | undefined;
  readonly score01: Map<string, number>;
}

export interface SavedJudgedAnswers {
  readonly agreement: SavedAgreement;
  /** Of those that aren't sealed. */
  readonly told: SavedTold;
}

/** As columns: each text once. */
interface SavedTold {
  readonly texts: readonly string[];
  /** Decision, deployment, thumb (1: up, 0: down, NaN: none), judge and its verdict (NaN: none); a row for each verdict. */
  readonly rows: Float64Array;
}

const width = 5;

export const readJudgedAnswers = readShape<SavedJudgedAnswers>({
  agreement: readAgreement,
  told: readShape<SavedTold>({ texts: readList(readText), rows: readNumbers() }),
});

export function createJudgedAnswers(saved?: SavedJudgedAnswers): JudgedAnswers {
  const agreement = createAgreement(saved?.agreement);
  const told = saved === undefined ? new Map<string, Map<string, Told>>() : toldIn(saved.told);

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
    sealAll: () => told.clear(),
    save: () => ({ agreement: agreement.save(), told: savedOf(told) }),
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

function savedOf(told: ReadonlyMap<string, ReadonlyMap<string, Told>>): SavedTold {
  const { numberOf, texts } = numberTexts();
  const rows: number[] = [];
  for (const [id, answers] of told) {
    for (const [arm, { thumb, score01 }] of answers) {
      const own = [numberOf(id), numberOf(arm), thumb === undefined ? NaN : thumb === 'up' ? 1 : 0];
      if (score01.size === 0) rows.push(...own, NaN, NaN);
      for (const [judge, score] of score01) rows.push(...own, numberOf(judge), score);
    }
  }
  return { texts, rows: Float64Array.from(rows) };
}

function toldIn({ texts, rows }: SavedTold): Map<string, Map<string, Told>> {
  const told = new Map<string, Map<string, Told>>();
  for (let at = 0; at < rows.length; at += width) {
    const [id, arm] = [textIn(texts, rows[at]), textIn(texts, rows[at + 1])];
    const ofDecision = told.get(id) ?? new Map<string, Told>();
    told.set(id, ofDecision);
    const thumb = numberIn(rows[at + 2]);
    const known = ofDecision.get(arm) ?? {
      thumb: thumb === undefined ? undefined : thumb === 1 ? 'up' : 'down',
      score01: new Map<string, number>(),
    };
    ofDecision.set(arm, known);
    const judge = numberIn(rows[at + 3]);
    if (judge !== undefined) known.score01.set(textIn(texts, judge), rows[at + 4] ?? NaN);
  }
  return told;
}
