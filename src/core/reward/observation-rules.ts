import type { Signal } from '../terms/observation';
import { editEvidence } from './edit-rules';
import type { Evidence } from '../terms/evidence';
import { useEvidence } from './use-rules';

/** Evidence below this weight is a bare success: it says nothing of quality. */
export const tellingWeight = 0.5;

/** A bare success shows that the model is up, hardly that the answer was good: it moves a mean by next to nothing. */
const bareSuccess: Evidence = { quality01: 0.6, weight: 0.002 };
/**
 * Whatever the reason. A refused key or a dead network says nothing of the model's answers, but it does say that
 * choosing the model brings no answer now; without it the router would choose that model again and again.
 */
const failure: Evidence = { quality01: 0, weight: 1 };
const good: Evidence = { quality01: 1, weight: 1 };
const bad: Evidence = { quality01: 0, weight: 1 };
/**
 * Of two answers side by side. It is the clearest word of a user, but of an order: the better one may still be poor
 * and the other one fair. So neither is the end of the scale, and the difference counts in full.
 */
const preferred: Evidence = { quality01: 0.9, weight: 1 };
const beaten: Evidence = { quality01: 0.2, weight: 1 };

/**
 * What all signals of one pull say together, oldest first; undefined where they say nothing. The user's last rating
 * speaks before everything else, taken back it leaves what was there before; then a comparison, then a grade, then what became of its
 * edit; a failure speaks before what the user did with the answer, and that before a success. A stopped answer is no evidence: the user may have seen enough, or too much.
 */
export function amendedEvidence(signals: readonly Signal[]): Evidence | undefined {
  const rating = signals.findLast((signal) => signal.kind === 'rating');
  if (rating?.thumb !== undefined) return rating.thumb === 'up' ? good : bad;
  const compared = signals.findLast((signal) => signal.kind === 'compared');
  if (compared !== undefined) return compared.won ? preferred : beaten;
  const score = signals.findLast((signal) => signal.kind === 'scored');
  if (score !== undefined) return { quality01: score.quality01, weight: 1 };
  const edit = editEvidence(signals);
  if (edit !== undefined) return edit;
  if (signals.some((signal) => signal.kind === 'failed')) return failure;
  const use = useEvidence(signals);
  if (use !== undefined) return use;
  return signals.some((signal) => signal.kind === 'completed') ? bareSuccess : undefined;
}
