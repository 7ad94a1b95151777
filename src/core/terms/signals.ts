import type { LoopSign, SurvivalMoment, TakenMoment, TurnClass } from './observation';

/** Every row of the table of signals, by the name that conduit.yaml has for it. */
export type SignalName =
  | 'rating-up'
  | 'rating-down'
  | 'compared-won'
  | 'compared-lost'
  | 'scored'
  | 'edit-accepted'
  | 'edit-changed'
  | 'edit-rejected'
  | 'edit-undone'
  | `survived-${SurvivalMoment}`
  | 'more-problems'
  | 'fewer-problems'
  | 'copied'
  | 'inserted'
  | 'regenerated'
  | 'retried-elsewhere'
  | `taken-${TakenMoment}`
  | `turn-${TurnClass}`
  | `loop-${LoopSign}`
  | 'judged'
  | 'completed'
  | 'failed';

/**
 * What one row says of the answer's quality. Signals of one cause count once, by the one of them that weighs most:
 * code that was copied, inserted and is still there an hour later was taken over once.
 */
export type SignalCause =
  | 'rating'
  | 'comparison'
  | 'grade'
  | 'taken'
  | 'problems'
  | 'replaced'
  | 'turn'
  | 'loop'
  | 'judge'
  | 'outcome';

export interface SignalRule {
  /** 0..1. Of a signal that has a share or a score of its own: what all of it says; `none01` is what nothing of it says. */
  readonly quality01: number;
  readonly none01?: number | undefined;
  /** In outcomes of full weight, 0..1; 0: it isn't learnt from. */
  readonly weight: number;
  /** After so many decisions of its pool it counts half, > 0; undefined: it never does. */
  readonly halfLife: number | undefined;
}

/** What each signal says. Complete: a configuration that is silent of a row has the shipped one. */
export type SignalTable = Readonly<Record<SignalName, SignalRule>>;

/** Tables to begin from. `seed`: whatever arrives is good, whatever fails is bad. */
export const signalPresetNames = ['conduit', 'seed'] as const;
export type SignalPresetName = (typeof signalPresetNames)[number];
