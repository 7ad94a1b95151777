import { principalComponents } from '../../../src/embedding/pca';
import { expectedQualities } from '../priors';
import { rawVectorOf } from '../prompt-features';
import type { Contestant, Step } from './contestant';
import { createForgettingLinUcb } from './forgetting-lin-ucb';
import { rewardedPolicy } from './rewarded-policy';
import { createTextbookLinUcb } from './textbook-lin-ucb';

/**
 * LinUCB as printed, on the sentence vector as it is (hashed n-grams of the same length where there is none). It is told of
 * the models what the router is told, and learns what is different from that.
 */
export const textbook: Contestant = rewardedPolicy('linucb-textbook', ({ corpus, features, ...priors }) => ({
  expected01: expectedQualities(corpus, priors),
  policy: createTextbookLinUcb(rawVectorOf(features, 0).length),
  vectorOf: ({ row }) => rawVectorOf(features, row),
}));

/** LinUCB as printed, in the features that Conduit has: what its features alone are worth. */
export function sameSpace(alpha: number): Contestant {
  return rewardedPolicy(`linucb-same-space(α=${String(alpha)})`, ({ features }) => {
    const size = features.space.ridge.length;
    return {
      policy: createTextbookLinUcb(size, alpha),
      vectorOf: ({ prompt }) => padded(prompt.description.features, size),
    };
  });
}

/** The widths that `linucb-same-space` is the best of. */
export const sameSpaceGrid: readonly number[] = [0.1, 0.25, 0.5, 1];

const whitenedComponents = 25;

/**
 * LinUCB as ParetoBandit has it: 25 whitened principal components and a bias, α = 0.01, and evidence that is
 * forgotten by 0.997 at each update of an arm.
 */
export const paretoBandit: Contestant = rewardedPolicy('linucb-paretobandit', ({ features }) => {
  const sample = features.projectionSample;
  const { mean, directions, variances } = principalComponents(sample, whitenedComponents);
  const vectorOf = ({ row }: Step): Float64Array => {
    const raw = rawVectorOf(features, row);
    const x = new Float64Array(whitenedComponents + 1);
    directions.forEach((direction, index) => {
      let sum = 0;
      direction.forEach((value, at) => (sum += value * ((raw[at] ?? 0) - (mean[at] ?? 0))));
      const deviation = Math.sqrt(variances[index] ?? 0);
      x[index] = deviation > 0 ? sum / deviation : 0;
    });
    x[whitenedComponents] = 1;
    return x;
  };
  return { policy: createForgettingLinUcb(whitenedComponents + 1, 0.01, 0.997), vectorOf };
});

export function padded(features: readonly number[], size: number): Float64Array {
  const x = new Float64Array(size);
  x.set(features);
  return x;
}
