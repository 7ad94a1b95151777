import type { Phase } from '../decision';
import type { Arm, Estimate, PoolMoments } from './arm';
import { momentsOf } from './arm';
import { linUcb } from './lin-ucb';
import type { Residuals } from './residuals';
import { residualDeviation } from './residuals';
import type { PolicySettings } from './settings';
import type { SharedEvidence } from './shared-evidence';
import { ucb1 } from './ucb1';

/** What a pool has learnt beside its arms. */
export interface PoolEvidence {
  /** Undefined where the policy has no shared part. */
  readonly shared: SharedEvidence | undefined;
  readonly residuals: Residuals;
}

/** The phase of a pool's next decision, after `decisions` of them. */
export function phaseAfter(decisions: number, switchAfter: number): Phase {
  return decisions < switchAfter ? 'ucb1' : 'lin-ucb';
}

/** Estimates of all arms, in their order. Every outcome trains LinUCB in both phases, so the switch costs nothing. */
export function estimate(
  arms: readonly Arm[],
  features: readonly number[],
  phase: Phase,
  pool: PoolEvidence,
  settings: PolicySettings,
): readonly Estimate[] {
  const moments = momentsOf(arms, settings.priorWeight);
  switch (phase) {
    case 'ucb1':
      return arms.map((arm) => ucb1(arm, moments, settings.ucb1Exploration));
    case 'lin-ucb': {
      const x = Float64Array.from(features);
      const context = {
        moments,
        width: settings.exploration * spreadOf(moments, pool, settings),
        shared: pool.shared?.weights(moments.mean01) ?? new Float64Array(x.length),
        scratch: new Float64Array(x.length),
      };
      return arms.map((arm) => linUcb(arm, x, context));
    }
  }
}

/** What the features explain needs no exploration: the bonus goes by what is left. */
function spreadOf(moments: PoolMoments, { residuals }: PoolEvidence, { adaptive }: PolicySettings): number {
  if (!adaptive) return moments.deviation;
  return Math.min(moments.deviation, residualDeviation(residuals, moments.deviation));
}
