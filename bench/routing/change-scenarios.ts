import type { Decision } from '../../src/core/terms/decision';
import type { Corpus } from './corpus';
import { conduitRouter } from './policies/conduit';
import type { PromptFeatures } from './prompt-features';
import { orderOf, replay } from './replay';
import type { PassRecord } from './pass-figures';
import { mean } from './statistics';

/** What a scenario needs beside itself. */
export interface Setting {
  readonly corpus: Corpus;
  readonly features: PromptFeatures;
  readonly lambda: number;
  /** Mean reward of each model over the corpus, hindsight. */
  readonly meanRewards: readonly number[];
}

export interface SwapOutcome {
  readonly seed: number;
  /** Mean reward in the 800 prompts after the first 800 that followed the swap. */
  readonly after: number;
  /** That of a router that knew nothing else, over the same prompts, having seen the 800 before them. */
  readonly fresh: number;
  /** That of a router that never notices change. */
  readonly unnoticing: number;
}

/** Prompts that a router has to find out. */
const findingOut = 800;

/**
 * In mid-pass the best and the worst model change places: each answers as the other did. Compares what the router
 * gets, once it had 800 prompts to find out, with what a fresh one gets that only ever saw the time after.
 */
export function swapScenario(setting: Setting, seed: number): SwapOutcome {
  const { corpus, meanRewards } = setting;
  const best = meanRewards.indexOf(Math.max(...meanRewards));
  const worst = meanRewards.indexOf(Math.min(...meanRewards));
  const swapped = (arm: number): number => (arm === best ? worst : arm === worst ? best : arm);
  const half = Math.floor(corpus.rows.length / 2);
  const options = { ...setting, delay: 0, feedback: 1 };
  const outcomeArm = (arm: number, step: number): number => (step < half ? arm : swapped(arm));
  const conduit = conduitRouter({ name: 'conduit' });
  const unnoticing = conduitRouter({ name: 'unnoticing', settings: { noticesChange: false } });
  const from = half + findingOut;
  const window = ({ rewards }: PassRecord): number => mean(rewards.subarray(from, from + findingOut));
  const fresh = replay(conduit, seed, {
    ...options,
    order: orderOf(corpus, seed).slice(half),
    outcomeArm: swapped,
  });
  return {
    seed,
    after: window(replay(conduit, seed, { ...options, outcomeArm })),
    unnoticing: window(replay(unnoticing, seed, { ...options, outcomeArm })),
    fresh: mean(fresh.rewards.subarray(findingOut, 2 * findingOut)),
  };
}

export interface NewModelOutcome {
  readonly seed: number;
  /** How often the new model was asked in the first 300 prompts that it could be asked. */
  readonly pulls: number;
  /** In how many of them its upper bound reached the leader's lower bound, so that it could be drawn. */
  readonly contended: number;
  /** Its share of the last 1,000 prompts. */
  readonly shareLate: number;
}

const trial = 300;

/** Model number `arm` joins the pool in mid-pass. */
export function newModelScenario(setting: Setting, seed: number, arm: number): NewModelOutcome {
  const { corpus } = setting;
  const half = Math.floor(corpus.rows.length / 2);
  const everyone = corpus.models.map((_, each) => each);
  const before = everyone.filter((each) => each !== arm);
  let contended = 0;
  const onDecision = ({ candidates }: Decision, step: number): void => {
    const own = candidates.find(({ deploymentId }) => deploymentId === corpus.models[arm]);
    if (step >= half && step < half + trial && own !== undefined && own.probability > 0) contended += 1;
  };
  const { arms } = replay(conduitRouter({ name: 'conduit', onDecision }), seed, {
    ...setting,
    delay: 0,
    feedback: 1,
    available: (step) => (step < half ? before : everyone),
  });
  const share = (chosen: Uint16Array): number => chosen.filter((each) => each === arm).length;
  return {
    seed,
    contended,
    pulls: share(arms.subarray(half, half + trial)),
    shareLate: share(arms.subarray(-1_000)) / 1_000,
  };
}
