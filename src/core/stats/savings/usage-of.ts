import type { Attempt } from '../../terms/attempt';
import type { Decision } from '../../terms/decision';
import { fullUsdOf } from '../../terms/decision';
import type { StoredEntry } from '../../terms/ledger-entry';
import type { Offer, TokenSums, UsageStanding } from '../../terms/savings';

/** One answered call with its tokens. */
export interface UsedCall extends TokenSums {
  readonly model: string;
  readonly receiptUsd: number;
}

/** What one decision used, as comparisons of costs need it. */
export interface UsageFact {
  readonly offer: Offer;
  readonly standing: UsageStanding;
  readonly calls: readonly UsedCall[];
  /** Exact and estimated costs of all calls, failed ones too, in USD. */
  readonly paidUsd: number;
  readonly judgingUsd: number;
  readonly judgingUnpriced: number;
}

/** `attempts`: all of the decision so far. */
export function usageOf(
  decision: Pick<Decision, 'candidates'>,
  attempts: readonly Attempt[],
  entries: readonly StoredEntry[],
): UsageFact {
  return {
    offer: offerOf(decision),
    standing: standingOf(attempts),
    calls: attempts.flatMap(callOf),
    paidUsd: attempts.reduce((sum, { receipt }) => sum + moneyIn(receipt), 0),
    ...judgingOf(entries),
  };
}

function offerOf({ candidates }: Pick<Decision, 'candidates'>): Offer {
  let dearest: { readonly id: string; readonly usd: number } | undefined;
  for (const candidate of candidates) {
    const usd = fullUsdOf(candidate);
    if (usd !== undefined && usd > (dearest?.usd ?? -1)) dearest = { id: candidate.deploymentId, usd };
  }
  return {
    candidates: candidates.map(({ deploymentId }) => deploymentId).toSorted(),
    dearest: dearest?.id,
  };
}

function standingOf(attempts: readonly Attempt[]): UsageStanding {
  const last = attempts.at(-1);
  if (last === undefined || last.retried === true) return 'pending';
  if (attempts.some(({ receipt }) => receipt.cost.kind === 'simulated')) return 'simulated';
  const answers = attempts.filter(({ outcome }) => outcome !== 'failed');
  if (answers.some(({ receipt }) => receipt.cost.kind === 'unknown')) return 'cost-unknown';
  return answers.some(({ receipt }) => receipt.usage === undefined) ? 'tokens-unknown' : 'counted';
}

function callOf({ deploymentId, outcome, receipt }: Attempt): readonly UsedCall[] {
  const { usage } = receipt;
  if (outcome === 'failed' || usage === undefined) return [];
  return [
    {
      model: deploymentId,
      receiptUsd: moneyIn(receipt),
      input: usage.inputTokens,
      cached: usage.cachedInputTokens,
      written: usage.cacheWriteTokens ?? 0,
      writtenForAnHour: usage.cacheWriteHourTokens ?? 0,
      output: usage.outputTokens,
      reasoning: usage.reasoningTokens ?? 0,
    },
  ];
}

function moneyIn({ cost }: Attempt['receipt']): number {
  return cost.kind === 'exact' || cost.kind === 'estimated' ? cost.usd : 0;
}

/** What failed at an unknown cost most likely cost nothing. */
function judgingOf(entries: readonly StoredEntry[]): Pick<UsageFact, 'judgingUsd' | 'judgingUnpriced'> {
  let [judgingUsd, judgingUnpriced] = [0, 0];
  for (const entry of entries) {
    if (entry.kind !== 'judgement' || entry.judgement.receipt === undefined) continue;
    const { receipt, outcome } = entry.judgement;
    judgingUsd += moneyIn(receipt);
    if (receipt.cost.kind === 'unknown' && outcome !== 'failed') judgingUnpriced += 1;
  }
  return { judgingUsd, judgingUnpriced };
}
