import type { Decision } from '../terms/decision';
import { fullUsdOf } from '../terms/decision';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Judgement } from '../terms/judgement';
import { usdOf } from '../terms/receipt';
import { readList, readMap, readNumber, readOptional, readShape, readText } from '../terms/saved';

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
  /**
   * `sinceMs` and `nowMs` are Unix times. Entries of more than two days ago are forgotten; those of the decision
   * `except` are left out.
   */
  spent(sinceMs: number, nowMs: number, except?: string): Spent;
  /** To go on from, as what can be cloned. */
  save(): SavedSpending;
}

interface Paid {
  readonly atMs: number;
  /** Undefined: nobody knows. */
  readonly usd: number | undefined;
}

interface PaidAttempt extends Paid {
  readonly decisionId: string;
}

/** What is expected, by id. */
type Expected = ReadonlyMap<string, { readonly atMs: number; readonly usd: number }>;

interface SavedSpending {
  readonly attempts: readonly PaidAttempt[];
  readonly judgements: readonly Paid[];
  readonly underWay: Expected;
  readonly judging: Expected;
}

const readExpected = readMap(readShape({ atMs: readNumber, usd: readNumber }));
const readPaid = { atMs: readNumber, usd: readOptional(readNumber) };

const readSpending = readShape<SavedSpending>({
  attempts: readList(readShape<PaidAttempt>({ ...readPaid, decisionId: readText })),
  judgements: readList(readShape<Paid>(readPaid)),
  underWay: readExpected,
  judging: readExpected,
});

const kept = 48 * 3_600_000;
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
  let attempts = [...(before?.attempts ?? [])];
  const underWay = new Map(before?.underWay);
  /** By the judgement's id: not by the decision's, which may be under way itself. */
  const judging = new Map(before?.judging);
  let judgements = [...(before?.judgements ?? [])];
  let entries = 0;

  function dropOld(nowMs: number): void {
    attempts = attempts.filter(({ atMs }) => atMs >= nowMs - kept);
    judgements = judgements.filter(({ atMs }) => atMs >= nowMs - kept);
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
    judgements.push({ atMs, usd: usdOf(receipt.cost) });
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
        attempts.push({ decisionId, atMs: entry.atMs, usd: usdOf(receipt.cost) });
      } else if (entry.kind === 'judgement') applyJudgement(entry.judgement, entry.atMs);
    },
    spent: (sinceMs, nowMs, except) => {
      dropOld(nowMs);
      const since = attempts.filter(({ decisionId, atMs }) => atMs >= sinceMs && decisionId !== except);
      const judged = judgements.filter(({ atMs }) => atMs >= sinceMs);
      const expected = [...[...underWay].filter(([id]) => id !== except), ...judging];
      const judgingUsd = sumOf(judged);
      return {
        usd: sumOf(since) + judgingUsd,
        expectedUsd: expected.reduce((sum, [, { usd }]) => sum + usd, 0),
        unknownAttempts: [...since, ...judged].filter(({ usd }) => usd === undefined).length,
        ...(judged.length > 0 && { judgingUsd }),
      };
    },
    save: () => ({
      attempts: [...attempts],
      judgements: [...judgements],
      underWay: new Map(underWay),
      judging: new Map(judging),
    }),
  };
}

function sumOf(costs: readonly { readonly usd: number | undefined }[]): number {
  return costs.reduce((sum, { usd }) => sum + (usd ?? 0), 0);
}
