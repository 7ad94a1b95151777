import { createForgettingLinUcb } from '../../bench/routing/policies/forgetting-lin-ucb';
import { createHardSwitch } from '../../bench/routing/policies/hard-switch';
import { createTextbookLinUcb } from '../../bench/routing/policies/textbook-lin-ucb';
import { createThompson } from '../../bench/routing/policies/thompson';
import { createPrintedUcb1 } from '../../bench/routing/policies/ucb1';
import { policyContract } from '../core/bandit/policy-contract';

policyContract({
  name: 'UCB1 as printed',
  create: (size, saved) => createPrintedUcb1(0.3, size, saved),
  amends: true,
  readsPrompt: false,
});
policyContract({
  name: 'LinUCB as printed',
  create: (size, saved) => createTextbookLinUcb(size, 0.5, saved),
  amends: true,
  readsPrompt: true,
});
policyContract({
  name: 'LinUCB that forgets',
  create: (size, saved) => createForgettingLinUcb(size, 0.5, 0.997, saved),
  amends: false,
  readsPrompt: true,
});
policyContract({
  name: 'the hard switch',
  create: (size, saved) => createHardSwitch(size, 40, saved),
  amends: true,
  readsPrompt: true,
});
policyContract({
  name: 'Thompson sampling',
  create: (size, saved) => createThompson(size, 0.3, saved),
  amends: true,
  readsPrompt: true,
});
