import type { Attempt } from '../terms/attempt';
import type { LedgerEntry } from '../terms/ledger-entry';

/**
 * What is recorded of an attempt. The provider's words are for the screen and the log's reader only: some servers
 * quote the prompt in them, and the ledger holds prompts only where the user chose so.
 */
export function entriesOf(shown: Attempt): readonly LedgerEntry[] {
  const failure = shown.failure && { ...shown.failure, detail: '' };
  const attempt: Attempt = { ...shown, failure };
  if (attempt.retried === true) return [{ kind: 'attempt', attempt }];
  const { decisionId, deploymentId } = attempt;
  const signal =
    attempt.outcome === 'failed' && attempt.failure !== undefined
      ? ({ kind: 'failed', failure: attempt.failure } as const)
      : ({ kind: attempt.outcome === 'stopped' ? 'stopped' : 'completed' } as const);
  return [
    { kind: 'attempt', attempt },
    { kind: 'observation', observation: { decisionId, deploymentId, signal } },
  ];
}
