import { inspect } from 'node:util';
import { createLearntState } from '../../../src/core/answering/learnt-state';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { Ledger } from '../../../src/core/terms/ports';
import { quiet } from '../worker/open-ledger';
import { decisionIdOf } from '../../../src/ledger/entry-schema';

/** What a writer said was acknowledged. */
export interface Acknowledged {
  readonly name: string;
  readonly decisions: number;
  readonly receipts: number;
}

/**
 * What is wrong with a ledger that writers wrote to: empty where each acknowledged entry is there, once, and none is half
 * there. A decision without a receipt may be missing where `decisionsMayMiss`.
 */
export function faultsIn(
  entries: readonly StoredEntry[],
  writers: readonly Acknowledged[],
  decisionsMayMiss: boolean,
): readonly string[] {
  const faults: string[] = [];
  const of = new Map<string, StoredEntry['kind'][]>();
  entries.forEach(({ sequence }, index) => {
    if (sequence !== index + 1) faults.push(`number ${String(sequence)} is at place ${String(index + 1)}`);
  });
  for (const entry of entries) {
    const id = decisionIdOf(entry);
    const kinds = of.get(id);
    if (kinds === undefined) of.set(id, [entry.kind]);
    else kinds.push(entry.kind);
  }
  for (const [id, kinds] of of) {
    const found = kinds.join();
    if (found !== 'decision' && found !== 'decision,attempt,observation') faults.push(`${id}: ${found}`);
  }
  for (const { name, decisions, receipts } of writers) {
    for (let index = 0; index < Math.max(decisions, receipts); index += 1) {
      const kinds = of.get(`${name}-${String(index)}`) ?? [];
      if (index < receipts && kinds.length !== 3)
        faults.push(`${name}-${String(index)}: ${kinds.join()} of a receipt`);
      if (!decisionsMayMiss && kinds.length === 0) faults.push(`${name}-${String(index)} is missing`);
    }
  }
  return faults;
}

/** Follows a ledger as a window does. */
export interface Following {
  refresh(): Promise<unknown>;
  /** All that was folded, to be compared. */
  folded(): string;
}

export function following(ledger: Ledger): Following {
  const learnt = createLearntState({
    ledger,
    embedder: { space: () => undefined, dimensions: 0, embed: () => Promise.resolve(undefined) },
    clock: { nowMs: () => 1_800_000_000_000, monotonicMs: () => 0 },
    log: quiet,
    signals: () => Promise.resolve(shippedSignals),
  });
  return {
    refresh: () => learnt.refresh(),
    folded: () => {
      const [stats, arm, spent] = [
        learnt.stats(),
        learnt.pool('default').arm('strong'),
        learnt.spentSince(0),
      ];
      return inspect({ stats, arm, spent }, { depth: null, maxArrayLength: null });
    },
  };
}
