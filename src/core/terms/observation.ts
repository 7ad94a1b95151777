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

/**
 * What the user's next turn says of the answer before it: a class that is read from the words on this machine, and all
 * that is kept of them. `pastes-error`: an error that came after the answer's code was used.
 */
export const turnClasses = ['asks-again', 'says-wrong', 'pastes-error', 'thanks', 'goes-on'] as const;
export type TurnClass = (typeof turnClasses)[number];

/** What the steps of an agent's loop showed, each of it at most once of a loop. */
export const loopSigns = [
  /** The same tool was called with the same arguments for the third time, and brought the same. */
  'repeated-call',
  /** Arguments that don't parse, or that the tool refused as such. */
  'bad-arguments',
  /** An edit that the tool could not apply. */
  'failed-edit',
  /** Tests or a build that failed before passed in the end; or the other way round. */
  'turned-green',
  'turned-red',
  /** Far more steps than loops of its kind usually take. */
  'many-steps',
  /** The model ended without having done what its tools were to do, or its loop was never gone on with. */
  'given-up',
  /** The user stopped it. */
  'stopped-by-user',
] as const;
export type LoopSign = (typeof loopSigns)[number];

/** When it was looked whether an answer's code, taken over without Conduit's commands, is there. */
export const takenMoments = ['seen', ...survivalMoments, 'commit'] as const;
export type TakenMoment = (typeof takenMoments)[number];

/** Why a judge gave its verdict, from a fixed list: its own words would be content. */
export const judgeReasons = ['good', 'wrong', 'incomplete', 'ignored-instruction', 'other'] as const;
export type JudgeReason = (typeof judgeReasons)[number];

/** A verdict of another model on an answer. */
export interface JudgedSignal {
  readonly kind: 'judged';
  readonly quality01: number;
  readonly reason: JudgeReason;
  /** The deployment that judged. */
  readonly judge: string;
  /** True where it is of the same vendor as the one that it judged. */
  readonly sibling?: true | undefined;
  /** Probability with which the answer was sampled (its propensity), 0 < p ≤ 1. */
  readonly probability: number;
  /** The other decision, where two answers were compared; absent: it stood alone. */
  readonly otherDecisionId?: string | undefined;
}

/** What is noticed of an answer beside what its surface's buttons tell. */
export type NoticedSignal =
  | { readonly kind: 'next-turn'; readonly turn: TurnClass }
  | { readonly kind: 'loop'; readonly sign: LoopSign }
  /** Share of the lines of the answer's code, 0..1, that are there. */
  | { readonly kind: 'taken'; readonly moment: TakenMoment; readonly share01: number };

/** What an observation says, before the reward rules turn it into a quality and a weight. */
export type Signal =
  /** The answer arrived whole: evidence of reliability, hardly of quality. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The user pressed stop: says nothing about quality. */
  | { readonly kind: 'stopped' }
  /** A grade from 0 to 1 by a test; a later one replaces it. */
  | { readonly kind: 'scored'; readonly quality01: number }
  | EditSignal
  | UseSignal
  | NoticedSignal
  | JudgedSignal
  /** The user saw two answers to the same question and said which is better. */
  | { readonly kind: 'compared'; readonly won: boolean; readonly otherDecisionId: string }
  /** `undefined` takes an earlier rating back. A reason belongs to a thumb down. */
  | {
      readonly kind: 'rating';
      readonly thumb: Thumb | undefined;
      readonly reason?: RatingReason | undefined;
    };

/** What surfaces tell of an answer, beside ratings and comparisons. */
export type SurfaceSignal = EditSignal | UseSignal | NoticedSignal;

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
