import { shippedSettings } from '../bandit/settings';
import type { FeatureSpace } from '../features/feature-space';
import { featuresOf } from '../features/feature-space';
import type { Learner } from '../learning/learner';
import { createLearner, learnerInSteps } from '../learning/learner';
import type { PromptCacheFold } from '../routing/prompt-cache-fold';
import { createPromptCacheFold } from '../routing/prompt-cache-fold';
import type { JudgementFold } from '../stats/judgements';
import { createJudgementFold } from '../stats/judgements';
import type { LearntPriceFold } from '../stats/learnt-prices';
import { createLearntPriceFold } from '../stats/learnt-prices';
import type { LoopLengthFold } from '../stats/loop-lengths';
import { createLoopLengthFold } from '../stats/loop-lengths';
import type { StatsFold } from '../stats/routing-stats';
import { createStatsFold, statsFoldInSteps } from '../stats/routing-stats';
import type { SpendingFold } from '../stats/spending';
import { createSpendingFold } from '../stats/spending';
import type { ParseEntry, StoredEntry } from '../terms/ledger-entry';
import { readShape } from '../terms/saved';
import type { SignalTable } from '../terms/signals';
import type { FoldedTo } from '../terms/snapshots';
import type { Steps } from '../terms/steps';

/**
 * Raise it with any change of what a fold comes to, or of how it is saved: what was saved by another version is folded
 * anew. test/core/answering/fold-version.test.ts fails where that was forgotten.
 */
export const foldVersion = 2;

/**
 * Versions that save in the same layout: where the ledger's old rows are gone, what they learnt is carried over. A version
 * with another layout has to bring what reads the one before.
 */
export const sameLayout: readonly number[] = [foldVersion];

export interface FoldOptions {
  readonly space: FeatureSpace;
  readonly signals: SignalTable;
  readonly nowMs: () => number;
  /** How often something had been forgotten before they began. */
  readonly timesForgotten: number;
  /** So many decisions are kept as they are; absent: as shipped. */
  readonly kept?: number | undefined;
}

/** Everything that is folded from the ledger, up to the same entry. */
export interface Folds {
  readonly space: FeatureSpace;
  readonly signals: SignalTable;
  readonly learner: Learner;
  readonly statistics: StatsFold;
  readonly spending: SpendingFold;
  readonly learntPrices: LearntPriceFold;
  readonly promptCaches: PromptCacheFold;
  readonly judgements: JudgementFold;
  readonly loopLengths: LoopLengthFold;
  to(): FoldedTo;
  /** They are of the ledger where something was forgotten so often: for those that were read before that was known. */
  belongTo(timesForgotten: number): void;
  /** The next entry of the ledger, with what `needsEarlier` says. */
  apply(entry: StoredEntry, earlier?: readonly StoredEntry[]): void;
  /** The decision of which `apply` needs the entries before this one; undefined: of none. */
  needsEarlier(entry: StoredEntry): string | undefined;
  /** To go on from, as what can be cloned. Nothing is to be applied until the last step is done: see `hold`. */
  save(): Steps<object>;
  /** Nothing can be applied while `work` goes on. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves once nobody holds them; undefined: nobody does. */
  held(): Promise<unknown> | undefined;
}

/** What was saved, and what reads a stored entry. */
export interface SavedFolds {
  readonly state: unknown;
  readonly to: FoldedTo;
  readonly parse: ParseEntry;
  /** See the learner's. */
  readonly carriedFrom?: string | undefined;
}

/** Folds of which nothing was applied yet. */
export function createFolds(options: FoldOptions): Folds {
  const { space, signals, nowMs, kept } = options;
  return foldsOf(
    options,
    { sequence: 0, atMs: 0 },
    {
      learner: createLearner({
        space,
        settings: shippedSettings,
        nowMs,
        describeAgain: featuresOf,
        signals,
        kept,
      }),
      statistics: createStatsFold({ signals, kept }),
      spending: createSpendingFold(),
      learntPrices: createLearntPriceFold(),
      promptCaches: createPromptCacheFold(),
      judgements: createJudgementFold(undefined, kept),
      loopLengths: createLoopLengthFold(),
    },
  );
}

/** Goes on from what was saved. Throws a RangeError where it is not what `save` gave of folds with the same options. */
export function* restoreFolds(
  options: FoldOptions,
  { state, to, parse, carriedFrom }: SavedFolds,
): Steps<Folds> {
  const { space, signals, nowMs, kept } = options;
  const parts = readParts(state, 'folds');
  const learner = yield* learnerInSteps({
    space,
    settings: shippedSettings,
    nowMs,
    describeAgain: featuresOf,
    signals,
    kept,
    saved: { state: parts.learner, parse, carriedFrom },
  });
  yield;
  const statistics = yield* statsFoldInSteps({
    signals,
    kept,
    saved: { state: parts.statistics, parse, carriedFrom },
  });
  yield;
  const spending = createSpendingFold(parts.spending);
  yield;
  const judgements = createJudgementFold(parts.judgements, kept, carriedFrom !== undefined);
  yield;
  const learntPrices = createLearntPriceFold(parts.learntPrices);
  const promptCaches = createPromptCacheFold(parts.promptCaches);
  yield;
  const loopLengths = createLoopLengthFold(parts.loopLengths);
  const each = { learner, statistics, spending, learntPrices, promptCaches, judgements, loopLengths };
  return foldsOf(options, to, each);
}

type EachFold = Pick<
  Folds,
  'learner' | 'statistics' | 'spending' | 'learntPrices' | 'promptCaches' | 'judgements' | 'loopLengths'
>;

function foldsOf(
  { space, signals, ...options }: FoldOptions,
  from: Pick<FoldedTo, 'sequence' | 'atMs'>,
  each: EachFold,
): Folds {
  const { learner, statistics, spending, learntPrices, promptCaches, judgements, loopLengths } = each;
  let { sequence, atMs } = from;
  let { timesForgotten } = options;
  let holding: Promise<unknown> | undefined;

  return {
    space,
    signals,
    ...each,
    to: () => ({ sequence, atMs, timesForgotten }),
    belongTo: (times) => {
      timesForgotten = times;
    },
    needsEarlier: learner.needsEarlier,
    apply: (entry, earlier) => {
      if (holding !== undefined) throw new Error('The folds are being saved.');
      learner.apply(entry, earlier);
      statistics.apply(entry, earlier);
      judgements.apply(entry, earlier);
      spending.apply(entry);
      learntPrices.apply(entry);
      promptCaches.apply(entry);
      loopLengths.apply(entry);
      sequence = entry.sequence;
      atMs = entry.atMs;
    },
    held: () => holding,
    hold: async (work) => {
      while (holding !== undefined) await holding;
      const done = work();
      holding = done.catch(() => undefined);
      try {
        return await done;
      } finally {
        holding = undefined;
      }
    },
    save: function* (): Steps<Parts> {
      const ofLearner = yield* learner.save();
      yield;
      const ofStatistics = yield* statistics.save();
      yield;
      const money = { spending: spending.save(), learntPrices: learntPrices.save() };
      const ofJudgements = judgements.save();
      yield;
      return {
        learner: ofLearner,
        statistics: ofStatistics,
        ...money,
        promptCaches: promptCaches.save(),
        judgements: ofJudgements,
        loopLengths: loopLengths.save(),
      };
    },
  };
}

/** Each as its fold reads it. */
interface Parts {
  readonly learner: unknown;
  readonly statistics: unknown;
  readonly spending: unknown;
  readonly learntPrices: unknown;
  readonly promptCaches: unknown;
  readonly judgements: unknown;
  readonly loopLengths: unknown;
}

const present = (value: unknown, at: string): unknown => {
  if (value === undefined) throw new RangeError(`What was saved has nothing at ${at}.`);
  return value;
};

const readParts = readShape<Parts>({
  learner: present,
  statistics: present,
  spending: present,
  learntPrices: present,
  promptCaches: present,
  judgements: present,
  loopLengths: present,
});
