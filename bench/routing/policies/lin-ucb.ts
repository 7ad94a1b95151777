import { createTextbookLinUcb, freshArm, upperBound } from '../../../src/core/bandit/textbook-lin-ucb';
import { addOuterProduct, at, inverseOf } from '../../../src/core/bandit/symmetric-matrix';
import { principalComponents } from '../../../src/embedding/pca';
import { rawVectorOf } from '../prompt-features';
import { benchmarkUtility } from '../reward';
import type { PassContext, Policy, Step } from './policy';
import { ucb1Policy } from './ucb1';

/** A linear bandit on the reward as a whole, with the features that `vectorOf` makes of a step. */
interface Bandit {
  scores(x: Float64Array): readonly number[];
  learn(arm: number, x: Float64Array, reward: number): void;
}

function linearPolicy(
  name: string,
  build: (context: PassContext) => { bandit: Bandit; vectorOf: (step: Step) => Float64Array },
): Policy {
  return {
    name,
    start: (context) => {
      const { bandit, vectorOf } = build(context);
      const reward = benchmarkUtility(context.lambda, context.corpus.dearestMeanUsd);
      return {
        choose: (step) => {
          const scores = bandit.scores(vectorOf(step));
          return scores.indexOf(Math.max(...scores));
        },
        learn: (step, arm, { quality01, costUsd }) => {
          if (quality01 !== undefined)
            bandit.learn(arm, vectorOf(step), reward(quality01, costUsd, undefined));
        },
      };
    },
  };
}

/** LinUCB as printed, on the sentence vector as it is (hashed n-grams of the same length where there is none). */
export const textbookPolicy: Policy = linearPolicy('linucb-textbook', ({ corpus, features }) => {
  const size = rawVectorOf(features, 0).length;
  return {
    bandit: createTextbookLinUcb(corpus.models.length, size, 1),
    vectorOf: (step) => rawVectorOf(features, step.row),
  };
});

/** LinUCB as printed, in the features that Conduit has: what its features alone are worth. */
export function sameSpacePolicy(alpha: number): Policy {
  return linearPolicy(`linucb-same-space(α=${String(alpha)})`, ({ corpus, features }) => ({
    bandit: createTextbookLinUcb(corpus.models.length, features.space.ridge.length, alpha),
    vectorOf: ({ prompt }) => padded(prompt.description.features, features.space.ridge.length),
  }));
}

/** The widths that `linucb-same-space` is the best of. */
export const sameSpaceGrid: readonly number[] = [0.1, 0.25, 0.5, 1];

const whitenedComponents = 25;

/**
 * LinUCB as ParetoBandit has it: 25 whitened principal components and a bias, α = 0.01, and evidence that is
 * forgotten by 0.997 at each update of an arm.
 */
export const paretoBanditPolicy: Policy = linearPolicy('linucb-paretobandit', ({ corpus, features }) => {
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
  return { bandit: forgettingLinUcb(corpus.models.length, whitenedComponents + 1, 0.01, 0.997), vectorOf };
});

function forgettingLinUcb(arms: number, size: number, alpha: number, forgetting: number): Bandit {
  const states = Array.from({ length: arms }, () => ({
    ...freshArm(size),
    sums: new Float64Array(size * size),
  }));
  const scratch = new Float64Array(size);
  return {
    scores: (x) => states.map((state) => upperBound(state, x, alpha, scratch)),
    learn: (arm, x, reward) => {
      const state = states[arm];
      if (state === undefined) throw new RangeError(`There is no arm ${String(arm)}.`);
      const { sums, b } = state;
      for (let index = 0; index < sums.length; index += 1) sums[index] = forgetting * at(sums, index);
      for (let index = 0; index < size; index += 1)
        b[index] = forgetting * at(b, index) + reward * at(x, index);
      addOuterProduct(sums, x, 1);
      // The ridge stays: without it the inverse grows without bound where a direction isn't met again.
      const matrix = sums.slice();
      for (let index = 0; index < size; index += 1)
        matrix[index * size + index] = at(matrix, index * size + index) + 1;
      state.inverse = inverseOf(matrix, size);
    },
  };
}

/**
 * The hybrid that is common among routers: UCB1 (c = 1.5) for 100 prompts while LinUCB sees nothing, then textbook
 * LinUCB, warm-started by writing each arm's mean into the weight of the vector's first coordinate.
 */
export const hardSwitchPolicy: Policy = {
  name: 'hard-switch',
  start: (context, hindsight) => {
    const switchAfter = 100;
    const { corpus, features, lambda } = context;
    const reward = benchmarkUtility(lambda, corpus.dearestMeanUsd);
    const first = ucb1Policy(1.5).start(context, hindsight);
    const size = rawVectorOf(features, 0).length;
    const lin = createTextbookLinUcb(corpus.models.length, size, 1);
    const means = corpus.models.map(() => ({ sum: 0, pulls: 0 }));
    const firstCoordinate = Float64Array.from({ length: size }, (_, index) => (index === 0 ? 1 : 0));
    let warm = false;
    const warmStart = (): void => {
      means.forEach(({ sum, pulls }, arm) => {
        if (pulls > 0) lin.learn(arm, firstCoordinate, sum / pulls);
      });
      warm = true;
    };
    return {
      choose: (step) => {
        if (step.number < switchAfter) return first.choose(step);
        if (!warm) warmStart();
        const scores = lin.scores(rawVectorOf(features, step.row));
        return scores.indexOf(Math.max(...scores));
      },
      learn: (step, arm, outcome) => {
        if (outcome.quality01 === undefined) return;
        const value = reward(outcome.quality01, outcome.costUsd, undefined);
        if (warm) {
          lin.learn(arm, rawVectorOf(features, step.row), value);
          return;
        }
        first.learn(step, arm, outcome);
        const mean = means[arm];
        if (mean !== undefined) {
          mean.sum += value;
          mean.pulls += 1;
        }
      },
    };
  },
};

function padded(features: readonly number[], size: number): Float64Array {
  const x = new Float64Array(size);
  x.set(features);
  return x;
}
