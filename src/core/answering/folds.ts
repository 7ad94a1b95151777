import { shippedSettings } from '../bandit/settings';
import type { FeatureSpace } from '../features/feature-space';
import { featuresOf } from '../features/feature-space';
import type { Learner } from '../learning/learner';
import { createLearner } from '../learning/learner';
import type { PromptCacheFold } from '../routing/prompt-cache-fold';
import { createPromptCacheFold } from '../routing/prompt-cache-fold';
import type { JudgementFold } from '../stats/judgements';
import { createJudgementFold } from '../stats/judgements';
import type { LearntPriceFold } from '../stats/learnt-prices';
import { createLearntPriceFold } from '../stats/learnt-prices';
import type { LoopLengthFold } from '../stats/loop-lengths';
import { createLoopLengthFold } from '../stats/loop-lengths';
import type { StatsFold } from '../stats/routing-stats';
import { createStatsFold } from '../stats/routing-stats';
import type { SpendingFold } from '../stats/spending';
import { createSpendingFold } from '../stats/spending';
import type { ParseEntry, StoredEntry } from '../terms/ledger-entry';
import { readShape } from '../terms/saved';
import type { SignalTable } from '../terms/signals';
import type { FoldedTo } from '../terms/snapshots';

/**
 * Raise it with any change of what a fold comes to, or of how it is saved: what was saved by another version is folded
 * anew. test/core/answering/fold-version.test.ts fails where that was forgotten.
 */
export const foldVersion = 1;

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
  /** The next entry of the ledger, with what `needsEarlier` says. */
  apply(entry: StoredEntry, earlier?: readonly StoredEntry[]): void;
  /** The decision of which `apply` needs the entries before this one; undefined: of none. */
  needsEarlier(entry: StoredEntry): string | undefined;
  /** To go on from, as what can be cloned. */
  save(): object;
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

/**
 * Goes on from what was saved, part by part: `pause` lets others have their turn in between. Rejects with a RangeError
 * where it is not what `save` gave of folds with the same options.
 */
export async function restoreFolds(
  options: FoldOptions,
  { state, to, parse, carriedFrom }: SavedFolds,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<Folds> {
  const { space, signals, nowMs, kept } = options;
  const parts = readParts(state, 'folds');
  const learner = createLearner({
    space,
    settings: shippedSettings,
    nowMs,
    describeAgain: featuresOf,
    signals,
    kept,
    saved: { state: parts.learner, parse, carriedFrom },
  });
  await pause();
  const statistics = createStatsFold({
    signals,
    kept,
    saved: { state: parts.statistics, parse, carriedFrom },
  });
  await pause();
  return foldsOf(options, to, {
    learner,
    statistics,
    spending: createSpendingFold(parts.spending),
    learntPrices: createLearntPriceFold(parts.learntPrices),
    promptCaches: createPromptCacheFold(parts.promptCaches),
    judgements: createJudgementFold(parts.judgements, kept, carriedFrom !== undefined),
    loopLengths: createLoopLengthFold(parts.loopLengths),
  });
}

type EachFold = Pick<
  Folds,
  'learner' | 'statistics' | 'spending' | 'learntPrices' | 'promptCaches' | 'judgements' | 'loopLengths'
>;

function foldsOf(
  { space, signals, timesForgotten }: FoldOptions,
  from: Pick<FoldedTo, 'sequence' | 'atMs'>,
  each: EachFold,
): Folds {
  const { learner, statistics, spending, learntPrices, promptCaches, judgements, loopLengths } = each;
  let { sequence, atMs } = from;

  return {
    space,
    signals,
    ...each,
    to: () => ({ sequence, atMs, timesForgotten }),
    needsEarlier: (entry) => {
      const decisionId =
        entry.kind === 'attempt'
          ? entry.attempt.decisionId
          : entry.kind === 'observation'
            ? entry.observation.decisionId
            : undefined;
      return decisionId !== undefined && learner.isSealed(decisionId) ? decisionId : undefined;
    },
    apply: (entry, earlier) => {
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
    save: (): Parts => ({
      learner: learner.save(),
      statistics: statistics.save(),
      spending: spending.save(),
      learntPrices: learntPrices.save(),
      promptCaches: promptCaches.save(),
      judgements: judgements.save(),
      loopLengths: loopLengths.save(),
    }),
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
