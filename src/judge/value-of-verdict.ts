import type { Candidate, Decision } from '../core/terms/decision';
import { presetNames, presets } from '../core/terms/preset';

/**
 * What it would be worth to know exactly how good the model is that answered, in quality, ≥ 0: the expected gain over
 * going on as now, σ·(φ(z) − z·(1 − Φ(z))) with z = Δ/σ (the unit normal loss; Raiffa and Schlaifer, 1961). Δ is how far
 * the model is ahead of the next best one, or behind the best, without any bonus for exploring; σ is how little is known
 * of its quality.
 *
 * A verdict moves the choice only where the two overlap. So it is worth most of a model that is little known and close
 * to another, and next to nothing of one that is far ahead, however little it is known, or that has no rival.
 */
export function valueOfVerdict({ candidates, preset }: Decision, deploymentId: string): number {
  const own = candidates.find((each) => each.deploymentId === deploymentId);
  const others = candidates.filter((each) => each.deploymentId !== deploymentId);
  if (own === undefined || others.length === 0) return 0;
  const quality = weightOfQuality(preset);
  const worth = ({ utility, bonus }: Candidate): number => utility / quality - bonus;
  const margin = Math.abs(worth(own) - Math.max(...others.map(worth)));
  const spread = spreadOf(own);
  const z = margin / spread;
  const value = spread * (density(z) - z * upperTail(z));
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}

/** Utility is in units of the preset's: only what it gives for quality makes a margin in quality of it. */
function weightOfQuality(preset: string): number {
  const name = presetNames.find((known) => known === preset) ?? 'balanced';
  return presets[name].quality;
}

/**
 * Standard deviation of a mean of qualities between 0 and 1 that so many outcomes tell: √(q(1 − q)/(n + 1)), that of a
 * Beta with n pseudo-outcomes. Of a decision that kept no such number, the bonus for exploring, which grows with it.
 */
function spreadOf({ quality01, bonus, before, outcomes }: Candidate): number {
  const quality = Math.min(0.95, Math.max(0.05, quality01));
  if (before === undefined && outcomes === undefined) return Math.min(0.5, Math.max(0.01, bonus));
  return Math.sqrt((quality * (1 - quality)) / ((before?.weight ?? 0) + (outcomes ?? 0) + 1));
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** 1 − Φ(z) for z ≥ 0, to 1e-7 (Abramowitz and Stegun, 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z);
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return density(z) * series;
}
