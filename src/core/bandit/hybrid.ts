import type { Phase } from '../decision';
import type { Arm, Estimate } from './arm';
import { momentsOf } from './arm';
import { linUcb } from './lin-ucb';
import { ucb1 } from './ucb1';

/** The phase of a pool's next decision, after `decisions` of them. */
export function phaseAfter(decisions: number, switchAfter: number): Phase {
  return decisions < switchAfter ? 'ucb1' : 'lin-ucb';
}

/** Estimates of all arms, in their order. Every outcome trains LinUCB in both phases, so the switch costs nothing. */
export function estimate(arms: readonly Arm[], x: readonly number[], phase: Phase): readonly Estimate[] {
  const moments = momentsOf(arms);
  switch (phase) {
    case 'ucb1':
      return arms.map((arm) => ucb1(arm, moments));
    case 'lin-ucb': {
      const vector = Float64Array.from(x);
      return arms.map((arm) => linUcb(arm, vector, moments));
    }
  }
}
