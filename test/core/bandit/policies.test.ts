import { expect, it } from 'vitest';
import { createHybrid } from '../../../src/core/bandit/hybrid';
import { createLinUcb } from '../../../src/core/bandit/lin-ucb';
import { shippedSettings } from '../../../src/core/bandit/settings';
import { createUcb1 } from '../../../src/core/bandit/ucb1';
import type { Coordinates } from '../../../src/core/bandit/pool-evidence';
import type { CreateUcbPolicy } from '../../../src/core/bandit/ucb-policy';
import { policyContract } from './policy-contract';

/** Strong on the prompt's features, weak on the bias, as the real spaces have it. */
const ridge = [8, 8, 40, 40, 3];

function coordinates(size: number): Coordinates {
  return { ridge: ridge.slice(0, size), bias: size - 1 };
}

function made(create: CreateUcbPolicy): (size: number, saved?: string) => ReturnType<CreateUcbPolicy> {
  return (size, saved) => create(coordinates(size), shippedSettings, saved);
}

policyContract({ name: 'UCB1', create: made(createUcb1), amends: true, readsPrompt: false });
policyContract({ name: 'LinUCB', create: made(createLinUcb), amends: true, readsPrompt: true });
policyContract({
  name: 'the hybrid in its first phase',
  create: made(createHybrid),
  amends: true,
  readsPrompt: false,
  phase: 'ucb1',
});
policyContract({
  name: 'the hybrid in its second phase',
  create: made(createHybrid),
  amends: true,
  readsPrompt: true,
});

it.each([
  ['no JSON', '{'],
  ['another size', '{"features":3,"residuals":{"weight":0,"squares":0},"arms":[]}'],
  ['no arms', '{"features":5,"residuals":{"weight":0,"squares":0}}'],
  ['a number that is none', '{"features":5,"residuals":{"weight":"0","squares":0},"arms":[]}'],
  [
    'too few numbers',
    '{"features":5,"residuals":{"weight":0,"squares":0},"arms":[["a",{"weight":1,"weightedQuality":1,"weightedSquares":1,"sums":[1],"b":[],"s":[]}]]}',
  ],
])('a policy that was saved as %s is refused', (_name, saved) => {
  expect(() => createHybrid(coordinates(5), shippedSettings, saved)).toThrow(RangeError);
});
