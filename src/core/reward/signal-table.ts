import type { SignalCause, SignalName, SignalPresetName, SignalRule, SignalTable } from '../terms/signals';

/**
 * A weight is in outcomes of full weight, such as a thumb. A sign that good answers get more often than bad ones by a
 * difference d of the two rates tells as much as d² thumbs: its value is spread 1/d times as wide, and its variance
 * 1/d² times. So the weak rows have a d², and the quality ½ ± d/2, which is how likely an answer that was good or bad
 * with even odds was good, given the sign. docs/observations.md has where each d comes from.
 */
function rule(quality01: number, weight: number): SignalRule {
  return { quality01, weight, halfLife: undefined };
}

/** Of a signal with a share or a score of its own, from none of it to all of it. */
function spread(none01: number, all01: number, weight: number): SignalRule {
  return { none01, quality01: all01, weight, halfLife: undefined };
}

/** With the d of a weak sign: 0 < d < 1; above 0 it is a good one, below a bad one. */
function sign(difference: number): SignalRule {
  return rule(0.5 + difference / 2, difference ** 2);
}

/**
 * Of a sign that nobody measured: what would be cautious of each. To believe more of a sign than is in it costs more than it
 * can earn, for its errors then outvote thumbs.
 */
const unmeasured = 0.2;

/** The table that Conduit ships. */
export const shippedSignals: SignalTable = {
  'rating-up': rule(1, 1),
  'rating-down': rule(0, 1),
  /**
   * The clearest word of a user, but of an order: the better of two may still be poor and the other one fair. So neither
   * is the end of the scale, and the difference counts in full.
   */
  'compared-won': rule(0.9, 1),
  'compared-lost': rule(0.2, 1),
  scored: spread(0, 1, 1),
  /** People accept to look at a change, so it counts less than a rating. */
  'edit-accepted': rule(0.85, 0.6),
  /** The start was worth having, the end was not right. */
  'edit-changed': rule(0.75, 0.6),
  /** The instruction may have been to blame, hence not quite 0 and not full weight. */
  'edit-rejected': rule(0.15, 0.6),
  'edit-undone': rule(0.1, 0.8),
  /** The longer lines had the chance to go, the more it says that they stayed. */
  'survived-save': spread(0.1, 0.95, 0.65),
  'survived-5-minutes': spread(0.1, 0.95, 0.7),
  'survived-30-minutes': spread(0.1, 0.95, 0.8),
  'more-problems': sign(-unmeasured),
  'fewer-problems': sign(unmeasured),
  /** Some copy what is wrong, to look it up or to complain. */
  copied: sign(unmeasured),
  inserted: sign(unmeasured),
  /** Some only want to see a second answer; to pick another model is a word on this one. */
  regenerated: sign(-unmeasured),
  'retried-elsewhere': sign(-unmeasured),
  'taken-seen': sign(unmeasured),
  'taken-save': takenLeft(unmeasured),
  'taken-5-minutes': takenLeft(unmeasured),
  'taken-30-minutes': takenLeft(unmeasured),
  'taken-commit': takenLeft(unmeasured),
  /** Measured on labelled turns: what the rates surely differ by. */
  'turn-asks-again': sign(-0.03),
  'turn-says-wrong': sign(-0.27),
  'turn-pastes-error': sign(-0.08),
  'turn-thanks': sign(0.17),
  'turn-goes-on': sign(0.25),
  'loop-repeated-call': sign(-unmeasured),
  'loop-bad-arguments': sign(-unmeasured),
  'loop-failed-edit': sign(-unmeasured),
  'loop-turned-green': sign(unmeasured),
  'loop-turned-red': sign(-unmeasured),
  'loop-many-steps': sign(-unmeasured),
  'loop-given-up': sign(-unmeasured),
  'loop-stopped-by-user': sign(-unmeasured),
  /** As of a judge that people agree with in three of four cases, until it is known how far they do with this one. */
  judged: spread(0.25, 0.75, 0.25),
  /** Shows that the model is up, hardly that the answer was good: it moves a mean by next to nothing. */
  completed: rule(0.6, 0.002),
  /** Says that no answer came, and nothing of those that do: availability is learnt apart. */
  failed: rule(0, 0),
};

function takenLeft(difference: number): SignalRule {
  return spread(0.5 - difference / 2, 0.5 + difference / 2, difference ** 2);
}

/** As the router that Conduit descends from had it: whatever arrives is good, whatever fails is bad. */
export const seedSignals: SignalTable = {
  ...shippedSignals,
  completed: rule(0.9, 1),
  failed: rule(0.1, 1),
};

/** `signals.preset` of conduit.yaml. */
export const signalPresets: Readonly<Record<SignalPresetName, SignalTable>> = {
  conduit: shippedSignals,
  seed: seedSignals,
};

/** What each row speaks of. */
export const causeOf: Readonly<Record<SignalName, SignalCause>> = {
  'rating-up': 'rating',
  'rating-down': 'rating',
  'compared-won': 'comparison',
  'compared-lost': 'comparison',
  scored: 'grade',
  'edit-accepted': 'taken',
  'edit-changed': 'taken',
  'edit-rejected': 'taken',
  'edit-undone': 'taken',
  'survived-save': 'taken',
  'survived-5-minutes': 'taken',
  'survived-30-minutes': 'taken',
  'more-problems': 'problems',
  'fewer-problems': 'problems',
  copied: 'taken',
  inserted: 'taken',
  regenerated: 'replaced',
  'retried-elsewhere': 'replaced',
  'taken-seen': 'taken',
  'taken-save': 'taken',
  'taken-5-minutes': 'taken',
  'taken-30-minutes': 'taken',
  'taken-commit': 'taken',
  'turn-asks-again': 'turn',
  'turn-says-wrong': 'turn',
  'turn-pastes-error': 'turn',
  'turn-thanks': 'turn',
  'turn-goes-on': 'turn',
  'loop-repeated-call': 'loop',
  'loop-bad-arguments': 'loop',
  'loop-failed-edit': 'loop',
  'loop-turned-green': 'loop',
  'loop-turned-red': 'loop',
  'loop-many-steps': 'loop',
  'loop-given-up': 'loop',
  'loop-stopped-by-user': 'loop',
  judged: 'judge',
  completed: 'outcome',
  failed: 'outcome',
};

/** Every row, in the order of the table. */
export const signalNames = Object.keys(causeOf) as readonly SignalName[];
