import type { Signal, SurvivalMoment } from '../terms/observation';
import { survivalMoments } from '../terms/observation';
import type { Evidence } from '../terms/evidence';

/** Accepted, and nothing more is known yet: people accept to look at a change, so it counts less than a rating. */
const accepted: Evidence = { quality01: 0.85, weight: 0.6 };
/** Accepted, then typed over: the start was worth having, the end was not right. */
const changed: Evidence = { quality01: 0.75, weight: 0.6 };
/** Rejected after it was seen. The instruction may have been to blame, hence not quite 0 and not full weight. */
const rejected: Evidence = { quality01: 0.15, weight: 0.6 };
/** Taken back within a minute of accepting: tried, and found wrong. */
const undone: Evidence = { quality01: 0.1, weight: 0.8 };

/** The longer lines had the chance to go, the more it says that they stayed. */
const survivalWeight: Readonly<Record<SurvivalMoment, number>> = {
  save: 0.65,
  '5-minutes': 0.7,
  '30-minutes': 0.8,
};
/** Nothing left is as bad as undoing; all left is nearly as good as a thumb up. */
const noneLeft01 = 0.1;
const allLeft01 = 0.95;

/** A range that has more errors after the edit than before is worse for it; one that has fewer, a little better. */
const moreProblems = -0.2;
const fewerProblems = 0.05;

/**
 * What the signals of an inline edit say together, oldest first; undefined where there are none. The last of accepted,
 * rejected and undone decides; of an accepted edit the share of its lines at the latest moment, whichever came first.
 */
export function editEvidence(signals: readonly Signal[]): Evidence | undefined {
  const outcomes = signals.flatMap((signal) => (signal.kind === 'edit' ? [signal.outcome] : []));
  switch (outcomes.at(-1)) {
    case undefined:
      return undefined;
    case 'rejected':
      return rejected;
    case 'undone':
      return undone;
    case 'accepted':
    case 'changed':
      return withProblems(survived(signals) ?? (outcomes.includes('changed') ? changed : accepted), signals);
  }
}

function survived(signals: readonly Signal[]): Evidence | undefined {
  for (const moment of survivalMoments.toReversed()) {
    const found = signals.findLast((signal) => signal.kind === 'edit-survival' && signal.moment === moment);
    if (found?.kind !== 'edit-survival') continue;
    return {
      quality01: noneLeft01 + (allLeft01 - noneLeft01) * found.share01,
      weight: survivalWeight[moment],
    };
  }
  return undefined;
}

function withProblems({ quality01, weight }: Evidence, signals: readonly Signal[]): Evidence {
  const problems = signals.findLast((signal) => signal.kind === 'edit-diagnostics');
  if (problems === undefined) return { quality01, weight };
  const shift =
    problems.after > problems.before ? moreProblems : problems.after < problems.before ? fewerProblems : 0;
  return { quality01: Math.min(1, Math.max(0, quality01 + shift)), weight };
}
