import type { Lesson, Option } from '../../../src/core/bandit/policy';
import { noPrior } from '../../../src/core/bandit/policy';
import type { Evidence } from '../../../src/core/terms/evidence';

/** An arm that was tried, whose quality alone is what it is worth. */
export function optionWith(id: string, change: Partial<Option> = {}): Option {
  const worth = (quality: number): number => quality;
  return { id, pulls: 1, inFlight: 0, prior: noPrior, newcomer: false, worth, ...change };
}

/** The first outcome of a pull. */
export function lessonOf(arm: string, x: Float64Array, outcome: Evidence): Lesson {
  return { arm, x, predicted01: 0.5, before: undefined, outcome, scale: 1 };
}
