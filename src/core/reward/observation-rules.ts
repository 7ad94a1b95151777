import type { Evidence } from '../terms/evidence';
import type { Signal } from '../terms/observation';
import type { SignalTable } from '../terms/signals';
import { shippedSignals } from './signal-table';
import type { Sign } from './signs';
import { signsOf } from './signs';

/** Evidence below this weight is made of signs, not of judgements: it says little of one answer's quality. */
export const tellingWeight = 0.5;

/**
 * What all signals of one pull say together; undefined where they say nothing: the mean of their signs by weight, which
 * counts at most as much as one thumb. A stopped answer is no evidence: the user may have seen enough, or too much.
 */
export function amendedEvidence(
  signals: readonly Signal[],
  table: SignalTable = shippedSignals,
): Evidence | undefined {
  return meanOf(signsOf(signals, table));
}

/** The mean by weight, with the sum of the weights as its own, at most 1; undefined of none. */
export function meanOf(
  signs: readonly { readonly quality: number; readonly weight: number }[],
): Evidence | undefined {
  const weight = signs.reduce((sum, each) => sum + each.weight, 0);
  if (weight === 0) return undefined;
  const weighted = signs.reduce((sum, each) => sum + each.weight * each.quality, 0);
  return { quality: weighted / weight, weight: Math.min(1, weight) };
}

/** True for what a user has said of an answer, or a sign that tells as much. */
export function isJudgement({ cause, weight }: Pick<Sign, 'cause' | 'weight'>): boolean {
  return weight >= tellingWeight || cause === 'outcome';
}
