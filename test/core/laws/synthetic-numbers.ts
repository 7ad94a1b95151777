import { syntheticArms, syntheticPools } from '../../../bench/ledger/synthetic-history';
import type { Folds } from '../../../src/core/answering/folds';
import { evidenceNumbers } from './state';

const nowMs = 1_790_000_000_000;

/** All that folds of a generated history know, as numbers, but for what the statistics show. */
export function syntheticNumbers({
  learner,
  spending,
  judgements,
  learntPrices,
  loopLengths,
}: Folds): readonly number[] {
  const pools = syntheticPools.flatMap((name) => {
    const pool = learner.pool(name);
    const { residuals, shared } = pool.policy.evidence;
    const arms = syntheticArms.flatMap((id) => {
      const arm = pool.arm(id);
      const { pulls, joinedAt = -1, inFlight, costs, answers, latencyMs, change, risk } = arm;
      return [
        ...evidenceNumbers(arm),
        ...[pulls, joinedAt, inFlight, latencyMs.count, latencyMs.mean / 1e3, risk.risk01],
        ...[costs, answers].flatMap(({ all, logDeviation }) => [all.count, all.size / 1e6, logDeviation]),
        ...[change?.recentFrom ?? -1, change?.oldScale ?? -1],
      ];
    });
    const origins = ['chat', 'edit'].map((origin) => pool.told01(origin));
    return [
      ...[pool.decisions, residuals.weight, residuals.squares, ...origins, ...arms],
      ...(shared?.weights(0.6) ?? []),
      loopLengths.usual(name) ?? -1,
    ];
  });
  const judges = judgements.judges().flatMap(({ verdicts, failures, totalUsd, agreement }) => {
    return [
      verdicts,
      failures,
      totalUsd,
      agreement.verdicts,
      agreement.up,
      agreement.down,
      agreement.factor01,
    ];
  });
  const prices = syntheticArms.flatMap((id) => {
    const price = learntPrices.priceOf(id);
    return [price?.answers ?? -1, price?.inputUsdPerToken ?? -1, price?.outputUsdPerToken ?? -1];
  });
  const { usd, expectedUsd, unknownAttempts } = spending.spent(nowMs - 86_400_000, nowMs);
  return [...pools, ...judges, ...prices, usd, expectedUsd, unknownAttempts];
}
