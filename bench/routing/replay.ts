import { seededRandom } from '../../test/core/seeded-random';
import type { Corpus, CorpusRow } from './corpus';
import type { Outcome, PassContext, Contestant, Step } from './policies/contestant';
import type { PromptFeatures } from './prompt-features';
import type { PassRecord } from './pass-figures';
import { rewardOfCorpus } from './reward';
import { median } from './statistics';

export interface ReplayOptions {
  readonly corpus: Corpus;
  readonly features: PromptFeatures;
  readonly lambda: number;
  /** The outcome of a choice is seen after so many further choices. */
  readonly delay: number;
  /** The share of choices whose quality is ever seen. */
  readonly feedback: number;
  /** What a model's outcome is at a step; undefined: what the corpus says. */
  readonly outcomeArm?: ((arm: number, step: number) => number) | undefined;
  readonly available?: PassContext['available'];
  /** The rows in the order of the pass; undefined: all, as the seed has them. */
  readonly order?: readonly number[] | undefined;
}

/**
 * One pass of a policy over the corpus, in the order that the seed gives: the same for all policies, as is which
 * choices are rated. The policy sees the outcomes of what it chose, and nothing else.
 */
export function replay(policy: Contestant, seed: number, options: ReplayOptions): PassRecord {
  const { corpus, features, lambda, delay, feedback } = options;
  const order = options.order ?? orderOf(corpus, seed);
  const rated = seededRandom(seed + 7_777_777);
  const rewardOf = rewardOfCorpus(corpus, lambda);
  const rowOf = (step: Step): CorpusRow => need(corpus.rows[step.row]);
  const random = seededRandom(seed + 1_234_567);
  const context: PassContext = { seed, corpus, features, lambda, random, available: options.available };
  const walk = policy.start(context, { rewardOf, rowOf });

  const rewards = new Float64Array(order.length);
  const qualities = new Float64Array(order.length);
  const costsUsd = new Float64Array(order.length);
  const arms = new Uint16Array(order.length);
  const chooseMicros: number[] = [];
  const learnMicros: number[] = [];
  const waiting: { readonly step: Step; readonly arm: number; readonly outcome: Outcome }[] = [];

  const learnNext = (): void => {
    const next = waiting.shift();
    if (next === undefined) return;
    const started = performance.now();
    walk.learn(next.step, next.arm, next.outcome);
    learnMicros.push((performance.now() - started) * 1_000);
  };

  order.forEach((row, number) => {
    const step: Step = { number, row, prompt: need(features.prompts[row]) };
    const started = performance.now();
    const arm = walk.choose(step);
    chooseMicros.push((performance.now() - started) * 1_000);
    const source = rowOf(step);
    const outcomeArm = options.outcomeArm?.(arm, number) ?? arm;
    const quality01 = need(source.quality01[outcomeArm]);
    const costUsd = need(source.costUsd[outcomeArm]);
    arms[number] = arm;
    rewards[number] = rewardOf(source, outcomeArm);
    qualities[number] = quality01;
    costsUsd[number] = costUsd;
    const seen = feedback >= 1 || rated() < feedback;
    waiting.push({ step, arm, outcome: { quality01: seen ? quality01 : undefined, costUsd } });
    if (waiting.length > delay) learnNext();
  });
  return {
    seed,
    rewards,
    qualities,
    costsUsd,
    arms,
    chooseMicros: median(chooseMicros),
    learnMicros: median(learnMicros),
  };
}

/** The rows in the order of a seed's pass (Fisher and Yates). */
export function orderOf({ rows: { length: count } }: Corpus, seed: number): readonly number[] {
  const random = seededRandom(seed);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [need(order[other]), need(order[last])];
  }
  return order;
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('There is no such row or model.');
  return value;
}
