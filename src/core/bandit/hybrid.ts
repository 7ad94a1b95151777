import type { Phase } from '../terms/decision';
import { linUcb } from './lin-ucb';
import { ucb1 } from './ucb1';
import { ucbPolicies } from './ucb-policy';

/** The phase of a pool's next decision, after `decisions` of them. */
export function phaseAfter(decisions: number, switchAfter: number): Phase {
  return decisions < switchAfter ? 'ucb1' : 'lin-ucb';
}

/** UCB1 at first, LinUCB after. Every outcome trains LinUCB in both phases, so the switch costs nothing. */
export const createHybrid = ucbPolicies('hybrid', (arms, question, evidence, settings) => {
  switch (question.phase) {
    case 'ucb1':
      return ucb1(arms, question, evidence, settings);
    case 'lin-ucb':
      return linUcb(arms, question, evidence, settings);
  }
});
