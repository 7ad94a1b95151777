import type { Attempt } from './attempt';
import type { Decision } from './decision';
import type { Judgement } from './judgement';
import type { Observation } from './observation';

/** What the ledger records. Everything learnt and every statistic is a fold over these. */
export type LedgerEntry =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'observation'; readonly observation: Observation }
  /** What a judge was asked and cost. Its verdict is an observation of the decision. */
  | { readonly kind: 'judgement'; readonly judgement: Judgement };

/** An entry as it was stored. */
export type StoredEntry = LedgerEntry & {
  /** Strictly increasing in the order of commits, over all windows. */
  readonly sequence: number;
  /** Unix time in milliseconds. */
  readonly atMs: number;
};

/** What the observations among these entries say, in their order. */
export function observationsIn(entries: readonly StoredEntry[]): readonly Observation[] {
  return entries.flatMap((entry) => (entry.kind === 'observation' ? [entry.observation] : []));
}

/** Reads what was stored of an entry; undefined: it is none. */
export type ParseEntry = (stored: unknown) => LedgerEntry | undefined;

/** Reads what was stored of a signal by what reads entries. */
export function parsedSignal(stored: unknown, parse: ParseEntry): Observation['signal'] | undefined {
  const entry = parse({
    kind: 'observation',
    observation: { decisionId: '', deploymentId: '', signal: stored },
  });
  return entry?.kind === 'observation' ? entry.observation.signal : undefined;
}
