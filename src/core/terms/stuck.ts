/** What a stuck loop does without end, from a fixed list. */
export const stuckReasons = [
  /** The same calls, which bring the same. */
  'repeats',
  /** Arguments that its tools refuse. */
  'bad-arguments',
  /** Edits that don't apply. */
  'failed-edits',
  /** Edits that leave tests or a build with the same error. */
  'same-error',
  /** Waits for what doesn't change. */
  'waits',
  /** Other calls, none of which brings anything new. */
  'nothing-new',
] as const;
export type StuckReason = (typeof stuckReasons)[number];
