import type { Decision } from '../terms/decision';
import { fullUsdOf } from '../terms/decision';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Judgement } from '../terms/judgement';
import { usdOf } from '../terms/receipt';
import { readMap, readNumber, readNumbers, readShape } from '../terms/saved';
import type { SavedPaid } from './paid-over-time';
import { createPaidOverTime } from './paid-over-time';

/** What was spent since a moment, in USD. */
export interface Spent {
  /** Exact and estimated costs. Simulated prices are not money. */
  readonly usd: number;
  /** What is expected of requests that are under way. */
  readonly expectedUsd: number;
  /** Attempts whose cost nobody knows. */
  readonly unknownAttempts: number;
  /** The part of `usd` that a judge cost. Absent: nothing was judged. */
  readonly judgingUsd?: number | undefined;
}

export interface SpendingFold {
  apply(entry: StoredEntry): void;
  /** `sinceMs` and `nowMs` are Unix times. Entries of more than a week ago, and of more than a day ahead, are left out. */
  spent(sinceMs: number, nowMs: number): Spent;
  /** To go on from, as what can be cloned. */
  save(): SavedSpending;
}

/** What is expected, by id. */
type Expected = ReadonlyMap<string, { readonly atMs: number; readonly usd: number }>;

interface SavedSpending {
  readonly attempts: SavedPaid;
  readonly judgements: SavedPaid;
  readonly underWay: Expected;
  readonly judging: Expected;
}

const readExpected = readMap(readShape({ atMs: readNumber, usd: readNumber }));
const readPaid = readNumbers();

const readSpending = readShape<SavedSpending>({
  attempts: readPaid,
  judgements: readPaid,
  underWay: readExpected,
  judging: readExpected,
});

/** Long enough for a clock that is set back by a week to find the day again that it left. */
const kept = 9 * 24 * 3_600_000;
/** What is dated later was written by a clock that was ahead: it is of the day that it says. */
const latest = 24 * 3_600_000;
/** A window that was killed never finishes its request: after this it isn't waited for. */
const longestRequestMs = 10 * 60_000;

/** What the chosen model is expected to cost with nothing in a prompt cache, in USD; 0 where nobody knows. */
export function expectedUsdOf({ candidates, deploymentId }: Decision): number {
  const chosen = candidates.find((each) => each.deploymentId === deploymentId);
  return (chosen && fullUsdOf(chosen)) ?? 0;
}

/** Entries between two looks for those that are too old to be kept. */
const entriesBetweenLooks = 1_000;

/**
 * Money over time, as a fold over the ledger: what the daily budget is held against. Throws a RangeError where `saved` is
 * not what `save` gave.
 */
export function createSpendingFold(saved?: unknown): SpendingFold {
  const before = saved === undefined ? undefined : readSpending(saved, 'spending');
  const attempts = createPaidOverTime(before?.attempts);
  const judgements = createPaidOverTime(before?.judgements);
  const underWay = new Map(before?.underWay);
  /** By the judgement's id: not by the decision's, which may be under way itself. */
  const judging = new Map(before?.judging);
  let entries = 0;

  function dropOld(nowMs: number): void {
    attempts.dropBefore(nowMs - kept);
    judgements.dropBefore(nowMs - kept);
    for (const [id, { atMs }] of underWay) if (atMs < nowMs - longestRequestMs) underWay.delete(id);
    for (const [id, { atMs }] of judging) if (atMs < nowMs - longestRequestMs) judging.delete(id);
  }

  function applyJudgement({ id, outcome, mostUsd, receipt }: Judgement, atMs: number): void {
    if (outcome === 'reserved') {
      judging.set(id, { atMs, usd: mostUsd });
      return;
    }
    judging.delete(id);
    if (receipt === undefined || receipt.cost.kind === 'simulated') return;
    if (receipt.cost.kind === 'unknown' && outcome === 'failed') return;
    judgements.add(atMs, usdOf(receipt.cost));
  }

  return {
    apply: (entry) => {
      entries += 1;
      if (entries % entriesBetweenLooks === 0) dropOld(entry.atMs);
      if (entry.kind === 'decision') {
        underWay.set(entry.decision.id, { atMs: entry.atMs, usd: expectedUsdOf(entry.decision) });
      } else if (entry.kind === 'attempt') {
        const { decisionId, receipt, outcome, retried } = entry.attempt;
        if (retried !== true) underWay.delete(decisionId);
        if (receipt.cost.kind === 'simulated') return;
        // Most failures before the first token cost nothing, and say nothing: they are no unknown costs.
        if (receipt.cost.kind === 'unknown' && outcome === 'failed') return;
        attempts.add(entry.atMs, usdOf(receipt.cost));
      } else if (entry.kind === 'judgement') applyJudgement(entry.judgement, entry.atMs);
    },
    spent: (sinceMs, nowMs) => {
      // Nothing is dropped here: what a clock says now may be wrong, and is asked again later.
      const answered = attempts.between(sinceMs, nowMs + latest);
      const judged = judgements.between(sinceMs, nowMs + latest);
      let expectedUsd = 0;
      for (const expected of [underWay, judging])
        for (const { atMs, usd } of expected.values())
          if (Math.abs(nowMs - atMs) <= longestRequestMs) expectedUsd += usd;
      return {
        usd: answered.usd + judged.usd,
        expectedUsd,
        unknownAttempts: answered.unknown + judged.unknown,
        ...(judged.count > 0 && { judgingUsd: judged.usd }),
      };
    },
    save: () => ({
      attempts: attempts.save(),
      judgements: judgements.save(),
      underWay: new Map(underWay),
      judging: new Map(judging),
    }),
  };
}
