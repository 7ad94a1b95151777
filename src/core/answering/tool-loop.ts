import type { Decision } from '../terms/decision';
import type { StoredEntry } from '../terms/ledger-entry';
import type { LoopSign } from '../terms/observation';

/** Where the calls of a decision stand, so that a tool loop can go on with the model that asked for the tools. */
export interface ToolLoop {
  readonly decision: Decision;
  /** Who answered last: after a fallback not the one first chosen. */
  readonly deploymentId: string;
  /** Of the next attempt within the decision. */
  readonly nextIndex: number;
  /** How many steps that model took. */
  readonly steps: number;
  /** Signs of the loop that are in the ledger. */
  readonly told: readonly LoopSign[];
}

/** The loop of a decision from all of its entries; undefined where it isn't there, or nobody answered it. */
export function toolLoopOf(entries: readonly StoredEntry[]): ToolLoop | undefined {
  const decision = entries.find((entry) => entry.kind === 'decision')?.decision;
  const attempts = entries.flatMap((entry) => (entry.kind === 'attempt' ? [entry.attempt] : []));
  const answered = attempts.findLast(({ outcome }) => outcome !== 'failed');
  if (decision === undefined || answered === undefined) return undefined;
  const { deploymentId } = answered;
  const nextIndex = Math.max(...attempts.map(({ index }) => index)) + 1;
  const steps = attempts.filter((each) => each.outcome === 'completed' && each.deploymentId === deploymentId);
  const told = entries.flatMap((entry) => {
    if (entry.kind !== 'observation' || entry.observation.deploymentId !== deploymentId) return [];
    const { signal } = entry.observation;
    return signal.kind === 'loop' ? [signal.sign] : [];
  });
  return { decision, deploymentId, nextIndex, steps: steps.length, told };
}
