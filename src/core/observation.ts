import type { Failure } from './failure';

export type Thumb = 'up' | 'down';

/** What an observation says, before the reward rules turn it into a quality and a weight. */
export type Signal =
  /** The answer arrived whole: evidence of reliability, hardly of quality. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The user pressed stop: says nothing about quality. */
  | { readonly kind: 'stopped' }
  /** A grade from 0 to 1, by a test or a judge; a later one replaces it. */
  | { readonly kind: 'scored'; readonly quality01: number }
  /** `undefined` takes an earlier rating back. */
  | { readonly kind: 'rating'; readonly thumb: Thumb | undefined };

/** Something that tells how good a decision was. A later one amends, none is lost. */
export interface Observation {
  readonly decisionId: string;
  /** The arm that it is evidence about: after a fallback not the one first chosen. */
  readonly deploymentId: string;
  readonly signal: Signal;
}
