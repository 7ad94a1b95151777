import type { Failure } from './failure';

export type Thumb = 'up' | 'down';

/** Why an answer was rated down, from a fixed list: words of the user's own would be content. */
export const ratingReasons = [
  'wrong',
  'outdated',
  'ignored-instructions',
  'too-long',
  'too-slow',
  'refused',
] as const;
export type RatingReason = (typeof ratingReasons)[number];

/**
 * What the user did with an answer. `inserted`: its code was inserted, applied, or made a file of; `regenerated`:
 * another was asked for, from whichever model; `retried-elsewhere`: from a model that the user picked.
 */
export const useSignals = ['copied', 'inserted', 'regenerated', 'retried-elsewhere'] as const;
export interface UseSignal {
  readonly kind: (typeof useSignals)[number];
}

/** When it was looked how much of an accepted edit is still there. */
export const survivalMoments = ['save', '5-minutes', '30-minutes'] as const;
export type SurvivalMoment = (typeof survivalMoments)[number];

/** What became of a proposed edit. It says nothing of the text. */
export const editOutcomes = ['accepted', 'rejected', 'changed', 'undone'] as const;

/** What an inline edit tells: `changed` is typed over after it was accepted, `undone` within a minute of it. */
export type EditSignal =
  | { readonly kind: 'edit'; readonly outcome: (typeof editOutcomes)[number] }
  /** Share of the inserted lines, 0..1, that are still there. */
  | {
      readonly kind: 'edit-survival';
      readonly moment: SurvivalMoment;
      readonly share01: number;
      /** By how much the look came after the moment, where no window was open then; absent: within a minute. */
      readonly lateMs?: number | undefined;
    }
  /** Errors and warnings that the editor shows for the document, just before the edit and a while after it. */
  | {
      readonly kind: 'edit-diagnostics';
      readonly before: number;
      readonly after: number;
      /** As for survival. */
      readonly lateMs?: number | undefined;
    };

/** What an observation says, before the reward rules turn it into a quality and a weight. */
export type Signal =
  /** The answer arrived whole: evidence of reliability, hardly of quality. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The user pressed stop: says nothing about quality. */
  | { readonly kind: 'stopped' }
  /** A grade from 0 to 1, by a test or a judge; a later one replaces it. */
  | { readonly kind: 'scored'; readonly quality01: number }
  | EditSignal
  | UseSignal
  /** The user saw two answers to the same question and said which is better. */
  | { readonly kind: 'compared'; readonly won: boolean; readonly otherDecisionId: string }
  /** `undefined` takes an earlier rating back. A reason belongs to a thumb down. */
  | {
      readonly kind: 'rating';
      readonly thumb: Thumb | undefined;
      readonly reason?: RatingReason | undefined;
    };

/** Which answer, by which model: an arm that what becomes of the answer is evidence about. */
export interface AnswerOfModel {
  /** The decision that asked for it. */
  readonly decisionId: string;
  /** Who gave it: after a fallback not the one first chosen. */
  readonly deploymentId: string;
}

/** Something that tells how good a decision was. A later one amends, none is lost. */
export interface Observation extends AnswerOfModel {
  readonly signal: Signal;
}
