import type { Attempt } from '../../src/core/terms/attempt';
import type { Decision } from '../../src/core/terms/decision';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import { packEntry, unpackEntry } from '../../src/ledger/rows/packed-entry';

/** With as many digits as every ledger keeps. */
function asStored(entry: LedgerEntry): LedgerEntry {
  const stored = unpackEntry(packEntry(entry, true));
  if (stored === undefined) throw new Error('It can’t be stored.');
  return stored;
}

export function storedDecision(decision: Decision): Decision {
  const stored = asStored({ kind: 'decision', decision });
  return stored.kind === 'decision' ? stored.decision : decision;
}

export function storedAttempt(attempt: Attempt): Attempt {
  const stored = asStored({ kind: 'attempt', attempt });
  return stored.kind === 'attempt' ? stored.attempt : attempt;
}
