import type { Candidate, Decision } from '../../terms/decision';

/** What was known of a candidate beside the chosen one when it was decided, for comparisons of quality. */
export interface Rival {
  readonly model: string;
  /** Probability that the draw picks it. */
  readonly probability: number;
  readonly quality01: number;
  readonly chosenQuality01: number;
  /** Undefined: of one of the two it wasn't kept how well it was known. */
  readonly known: Known | undefined;
}

interface Known {
  /** 1/√n of the outcomes' worth that each was known by. */
  readonly doubt: number;
  readonly chosenDoubt: number;
  /** Outcomes' worth of both, by where they are from. */
  readonly learnt: number;
  readonly figures: number;
  readonly word: number;
  readonly level: number;
}

/** Each candidate, the chosen one among them; none where the chosen one isn't. */
export function rivalsOf({ candidates, deploymentId }: Decision): readonly Rival[] {
  const chosen = candidates.find((candidate) => candidate.deploymentId === deploymentId);
  if (chosen === undefined) return [];
  return candidates.map((candidate) => ({
    model: candidate.deploymentId,
    probability: candidate.probability,
    quality01: candidate.quality01,
    chosenQuality01: chosen.quality01,
    known: knownOf(candidate, chosen),
  }));
}

/**
 * Whether the router drew by itself: not the user's choice, not where a cache holds the conversation, an identical question
 * or a tool loop that went on elsewhere, nor while learning was paused. It is asked of what stood before the draw alone:
 * were a turn left out for the model that was drawn, those that are left would favour the others.
 */
export function isOwnDraw(decision: Decision): boolean {
  const { chosenByUser, repeats, escalation, escalatedFrom, learning } = decision;
  return (
    chosenByUser !== true &&
    !isHeld(decision) &&
    [repeats, escalation, escalatedFrom].every((each) => each === undefined) &&
    learning !== false
  );
}

/** Earlier versions said only of the model that was drawn whether its cache held it. */
function isHeld({ heldByCache, candidates }: Decision): boolean {
  return heldByCache ?? candidates.some(({ cache }) => cache !== undefined);
}

function knownOf(candidate: Candidate, chosen: Candidate): Known | undefined {
  const [own, of] = [worthOf(candidate), worthOf(chosen)];
  if (own === undefined || of === undefined) return undefined;
  return {
    doubt: 1 / Math.sqrt(own.learnt + own.before),
    chosenDoubt: 1 / Math.sqrt(of.learnt + of.before),
    learnt: own.learnt + of.learnt,
    ...{ figures: 0, word: 0, level: 0 },
    ...(own.source === of.source
      ? { [own.source]: own.before + of.before }
      : { [own.source]: own.before, [of.source]: of.before }),
  };
}

function worthOf(candidate: Candidate) {
  const { before, outcomes, stated01, known } = candidate;
  if (before === undefined || outcomes === undefined || before.weight + outcomes <= 0) return undefined;
  // The user's word goes before figures.
  const source =
    stated01 !== undefined ? 'word' : known !== undefined && known.from !== 'nothing' ? 'figures' : 'level';
  return { learnt: outcomes, before: before.weight, source } as const;
}
