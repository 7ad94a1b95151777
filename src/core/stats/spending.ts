import type { Decision } from '../terms/decision';
import { fullUsdOf } from '../terms/decision';
import type { StoredEntry } from '../terms/ledger-entry';
import { usdOf } from '../terms/receipt';

/** What was spent since a moment, in USD. */
export interface Spent {
  /** Exact and estimated costs. Simulated prices are not money. */
  readonly usd: number;
  /** What is expected of requests that are under way. */
  readonly expectedUsd: number;
  /** Attempts whose cost nobody knows. */
  readonly unknownAttempts: number;
}

export interface SpendingFold {
  apply(entry: StoredEntry): void;
  /**
   * `sinceMs` and `nowMs` are Unix times. Entries of more than two days ago are forgotten; those of the decision
   * `except` are left out.
   */
  spent(sinceMs: number, nowMs: number, except?: string): Spent;
}

const kept = 48 * 3_600_000;
/** A window that was killed never finishes its request: after this it isn't waited for. */
const longestRequestMs = 10 * 60_000;

/** What the chosen model is expected to cost with nothing in a prompt cache, in USD; 0 where nobody knows. */
export function expectedUsdOf({ candidates, deploymentId }: Decision): number {
  const chosen = candidates.find((each) => each.deploymentId === deploymentId);
  return (chosen && fullUsdOf(chosen)) ?? 0;
}

/** Money over time, as a fold over the ledger: what the daily budget is held against. */
export function createSpendingFold(): SpendingFold {
  let attempts: { readonly decisionId: string; readonly atMs: number; readonly usd: number | undefined }[] =
    [];
  const underWay = new Map<string, { readonly atMs: number; readonly usd: number }>();

  return {
    apply: (entry) => {
      if (entry.kind === 'decision') {
        underWay.set(entry.decision.id, { atMs: entry.atMs, usd: expectedUsdOf(entry.decision) });
      } else if (entry.kind === 'attempt') {
        const { decisionId, receipt, outcome, retried } = entry.attempt;
        if (retried !== true) underWay.delete(decisionId);
        if (receipt.cost.kind === 'simulated') return;
        // Most failures before the first token cost nothing, and say nothing: they are no unknown costs.
        if (receipt.cost.kind === 'unknown' && outcome === 'failed') return;
        attempts.push({ decisionId, atMs: entry.atMs, usd: usdOf(receipt.cost) });
      }
    },
    spent: (sinceMs, nowMs, except) => {
      attempts = attempts.filter(({ atMs }) => atMs >= nowMs - kept);
      for (const [id, { atMs }] of underWay) if (atMs < nowMs - longestRequestMs) underWay.delete(id);
      const since = attempts.filter(({ decisionId, atMs }) => atMs >= sinceMs && decisionId !== except);
      const expected = [...underWay].filter(([id]) => id !== except);
      return {
        usd: since.reduce((sum, { usd }) => sum + (usd ?? 0), 0),
        expectedUsd: expected.reduce((sum, [, { usd }]) => sum + usd, 0),
        unknownAttempts: since.filter(({ usd }) => usd === undefined).length,
      };
    },
  };
}
