import { shippedSettings } from '../../src/core/bandit/settings';
import type { Decision } from '../../src/core/terms/decision';
import { textSpace } from '../../src/core/features/feature-space';
import { createLearner } from '../../src/core/learning/learner';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Observation } from '../../src/core/terms/observation';
import type { RoutingStats } from '../../src/core/stats/routing-stats';
import { createStatsFold } from '../../src/core/stats/routing-stats';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';

/** What the extension under test has written into its storage, read as another window would. */
export async function readLedger(storage: string): Promise<readonly StoredEntry[]> {
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const ledger = await sqliteLedger({ storage, nowMs: Date.now, log: quiet });
  try {
    return await ledger.readAfter(0);
  } finally {
    await ledger.close();
  }
}

export function decisionsIn(entries: readonly StoredEntry[]): readonly Decision[] {
  return entries.flatMap((entry) => (entry.kind === 'decision' ? [entry.decision] : []));
}

export function observationsIn(entries: readonly StoredEntry[]): readonly Observation[] {
  return entries.flatMap((entry) => (entry.kind === 'observation' ? [entry.observation] : []));
}

/** Evidence of an arm's quality after these entries: Σ w·q and Σ w. */
export function evidenceOf(
  entries: readonly StoredEntry[],
  pool: string,
  deploymentId: string,
): { readonly weight: number; readonly weightedQuality: number } {
  const learner = createLearner({ space: textSpace, settings: shippedSettings, nowMs: Date.now });
  for (const entry of entries) learner.apply(entry);
  const { weight, weightedQuality } = learner.pool(pool).arm(deploymentId).quality;
  return { weight, weightedQuality };
}

export function statsOf(entries: readonly StoredEntry[]): RoutingStats {
  const fold = createStatsFold();
  for (const entry of entries) fold.apply(entry);
  return fold.snapshot();
}
