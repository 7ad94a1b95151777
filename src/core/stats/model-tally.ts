import type { Attempt } from '../terms/attempt';
import type { FailureReason } from '../terms/failure';
import { failureReasons } from '../terms/failure';
import type { Thumb } from '../terms/observation';
import type { Evidence } from '../terms/evidence';
import { tellingWeight } from '../reward/observation-rules';
import { readList, readNumber, readOneOf, readShape } from '../terms/saved';

/** What is counted of one model of a pool. */
export interface ModelStats {
  readonly deploymentId: string;
  /** Requests that this model answered, whole or stopped midway. A tool loop's many calls are one. */
  readonly requests: number;
  /** Of all answered requests of the pool, 0..1. */
  readonly share01: number;
  /** Mean of what was told of its answers, 0..1; undefined: no evidence yet. */
  readonly quality01: number | undefined;
  /** Standard error of that mean; undefined where there is no evidence. */
  readonly qualityError: number | undefined;
  /** Sum of the known costs. */
  readonly totalUsd: number;
  /** Attempts whose cost is in `totalUsd`. */
  readonly pricedAttempts: number;
  /** Answered attempts whose cost is unknown: `totalUsd` is a lower bound where there are any. */
  readonly unpricedAttempts: number;
  /** The least exact of the costs in the sum. */
  readonly costKind: 'exact' | 'estimated' | 'simulated';
  readonly meanTimeToFirstTokenMs: number | undefined;
  readonly thumbsUp: number;
  readonly thumbsDown: number;
  readonly failures: number;
  /** The last of them that weren't this machine's fault, latest first, at most three. */
  readonly lastFailures: readonly PastFailure[];
}

/** Why and when a call failed. What the provider said is left out: it may quote the prompt. */
export interface PastFailure {
  readonly reason: FailureReason;
  /** Unix ms. */
  readonly atMs: number;
}

const keptFailures = 3;

/** Counts of one model, updated as entries come. */
export interface ModelTally {
  /** `again`: the model answered a call of the same decision before. `atMs`: when it was recorded, in Unix ms. */
  addAttempt(attempt: Attempt, again: boolean, atMs: number): void;
  /** `sign` −1 takes back what was added. */
  addEvidence(evidence: Evidence, sign: 1 | -1): void;
  addThumb(thumb: Thumb, sign: 1 | -1): void;
  stats(answeredInPool: number): ModelStats;
  save(): SavedTally;
}

interface Counts {
  requests: number;
  failures: number;
  up: number;
  down: number;
  priced: number;
  unpriced: number;
  firstTokens: number;
}

interface Sums {
  usd: number;
  firstTokenMs: number;
  weight: number;
  quality: number;
}

export interface SavedTally {
  readonly counts: Readonly<Counts>;
  readonly sums: Readonly<Sums>;
  readonly costKind: ModelStats['costKind'];
  readonly lastFailures: readonly PastFailure[];
}

export const readTally = readShape<SavedTally>({
  counts: readShape<Counts>({
    requests: readNumber,
    failures: readNumber,
    up: readNumber,
    down: readNumber,
    priced: readNumber,
    unpriced: readNumber,
    firstTokens: readNumber,
  }),
  sums: readShape<Sums>({
    usd: readNumber,
    firstTokenMs: readNumber,
    weight: readNumber,
    quality: readNumber,
  }),
  costKind: readOneOf(['exact', 'estimated', 'simulated']),
  lastFailures: readList(readShape<PastFailure>({ reason: readOneOf(failureReasons), atMs: readNumber })),
});

export function createModelTally(deploymentId: string, saved?: SavedTally): ModelTally {
  const counts: Counts = {
    requests: 0,
    failures: 0,
    up: 0,
    down: 0,
    priced: 0,
    unpriced: 0,
    firstTokens: 0,
    ...saved?.counts,
  };
  const sums: Sums = { usd: 0, firstTokenMs: 0, weight: 0, quality: 0, ...saved?.sums };
  let costKind: ModelStats['costKind'] = saved?.costKind ?? 'exact';
  let lastFailures: readonly PastFailure[] = saved?.lastFailures ?? [];

  return {
    addAttempt: ({ outcome, failure, receipt }, again, atMs) => {
      if (failure !== undefined && failure.local !== true)
        lastFailures = [{ reason: failure.reason, atMs }, ...lastFailures].slice(0, keptFailures);
      if (outcome === 'failed') counts.failures += 1;
      else if (!again) counts.requests += 1;
      if (receipt.cost.kind === 'unknown') {
        if (outcome !== 'failed') counts.unpriced += 1;
      } else {
        sums.usd += receipt.cost.usd;
        counts.priced += 1;
        if (receipt.cost.kind !== 'exact') costKind = receipt.cost.kind;
      }
      if (receipt.timeToFirstTokenMs !== undefined) {
        sums.firstTokenMs += receipt.timeToFirstTokenMs;
        counts.firstTokens += 1;
      }
    },
    addEvidence: ({ quality, weight }, sign) => {
      if (weight < tellingWeight) return;
      sums.weight += sign * weight;
      sums.quality += sign * weight * quality;
    },
    addThumb: (thumb, sign) => {
      counts[thumb] += sign;
    },
    stats: (answeredInPool) => ({
      deploymentId,
      requests: counts.requests,
      share01: answeredInPool === 0 ? 0 : counts.requests / answeredInPool,
      ...qualityOf(sums),
      totalUsd: sums.usd,
      pricedAttempts: counts.priced,
      unpricedAttempts: counts.unpriced,
      costKind,
      meanTimeToFirstTokenMs: counts.firstTokens === 0 ? undefined : sums.firstTokenMs / counts.firstTokens,
      thumbsUp: counts.up,
      thumbsDown: counts.down,
      failures: counts.failures,
      lastFailures,
    }),
    save: () => ({ counts: { ...counts }, sums: { ...sums }, costKind, lastFailures }),
  };
}

/**
 * Mean of weighted quality, and its standard error after Agresti and Coull (1998): as if two good and two bad
 * outcomes had been seen too. So one thumb is not certainty, as its sample variance of 0 would claim.
 */
export function qualityOf(sums: {
  readonly weight: number;
  readonly quality: number;
}): Pick<ModelStats, 'quality01' | 'qualityError'> {
  const { weight, quality } = sums;
  if (weight < tellingWeight) return { quality01: undefined, qualityError: undefined };
  const pseudo = 4;
  const shrunk01 = (quality + pseudo / 2) / (weight + pseudo);
  return {
    quality01: quality / weight,
    qualityError: Math.sqrt((shrunk01 * (1 - shrunk01)) / (weight + pseudo)),
  };
}
