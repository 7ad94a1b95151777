import type { Signal, UseSignal } from '../terms/observation';
import type { Evidence } from '../terms/evidence';

/**
 * What one use says. All weigh less than `tellingWeight`: they are signs, not judgements, and a rating may still come.
 * Qualities lie on both sides of that of a bare success.
 */
const evidenceOf: Readonly<Record<UseSignal['kind'], Evidence>> = {
  /** Some copy what is wrong, to look it up or to complain. */
  copied: { quality01: 0.8, weight: 0.15 },
  /** It went into a file, but nobody watches whether it stays there. */
  inserted: { quality01: 0.85, weight: 0.3 },
  /** Some only want to see a second answer. */
  regenerated: { quality01: 0.35, weight: 0.2 },
  /** To pick another model is a word on this one, though some only compare. */
  'retried-elsewhere': { quality01: 0.3, weight: 0.25 },
};

/**
 * What was done with an answer, all together: the strongest sign for it and the strongest against it, each once, as
 * their weighted mean with the weight of the stronger. Order and repetition change nothing. Undefined: no sign.
 */
export function useEvidence(signals: readonly Signal[]): Evidence | undefined {
  const liked = strongest(signals, ['inserted', 'copied']);
  const replaced = strongest(signals, ['retried-elsewhere', 'regenerated']);
  if (liked === undefined || replaced === undefined) return liked ?? replaced;
  const weight = liked.weight + replaced.weight;
  return {
    quality01: (liked.quality01 * liked.weight + replaced.quality01 * replaced.weight) / weight,
    weight: Math.max(liked.weight, replaced.weight),
  };
}

/** Of the first of these kinds that there is a signal of. */
function strongest(signals: readonly Signal[], kinds: readonly UseSignal['kind'][]): Evidence | undefined {
  const found = kinds.find((kind) => signals.some((signal) => signal.kind === kind));
  return found && evidenceOf[found];
}
