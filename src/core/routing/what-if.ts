import { createHybrid } from '../bandit/hybrid';
import type { Chance } from '../bandit/policy';
import type { PoolState } from '../learning/learner';
import type { Evidence } from '../terms/evidence';
import type { PresetName } from '../terms/preset';
import { presetNames, presets } from '../terms/preset';
import type { PricedDeployment } from './expected-cost';
import type { DeploymentOption } from './options';
import type { QuestionInput } from './question';
import { questionOf } from './question';
import { utilityFor } from './utility';

/** A choice to be made once more. */
export interface ChoiceAgain extends QuestionInput {
  /** The models that can be chosen, with what the request is expected to cost there. Not empty. */
  readonly deployments: readonly PricedDeployment[];
}

/** The same, with something changed. */
export interface ConsideredChoice extends ChoiceAgain {
  readonly preset: PresetName;
  /** What a good answer is taken for: the evidence of a thumb up. */
  readonly goodAnswer: Evidence;
}

/** What would have a model chosen for such a request. Each was found by choosing again; absent: it would not do. */
export interface Alternative {
  readonly model: string;
  readonly presets: readonly PresetName[];
  /** An expected cost, in USD: at any lower one, other things equal. At most what it is expected to cost now. */
  readonly belowUsd?: number | undefined;
  /** More answers of this model to such prompts that a user calls good, ≥ 1. */
  readonly goodAnswers?: number | undefined;
}

export interface WhatIf {
  /** The best by utility, as things are. */
  readonly chosen: string;
  /** The next best four, best first. */
  readonly others: readonly Alternative[];
}

/** The models of a considered choice, best by utility first: exploring by chance is left out. */
export function standingsOf(considered: ChoiceAgain): readonly Chance<DeploymentOption>[] {
  const { chances } = considered.state.policy.choose(questionOf(considered, considered.deployments), () => 0);
  return chances.toSorted((a, b) => b.utility - a.utility);
}

/** What would change the choice, for each model that isn't the best. Changes nothing. */
export function whatIf(considered: ConsideredChoice): WhatIf {
  const [best, ...all] = standingsOf(considered).map(({ option }) => option.id);
  const others = all.slice(0, mostOthers);
  const byPreset = presetNames
    .filter((preset) => preset !== considered.preset)
    .map((preset) => ({
      preset,
      model: leaderOf({ ...considered, preset, utility: utilityFor(presets[preset]) }),
    }));
  return {
    chosen: best ?? '',
    others: others.map((model) => {
      const belowUsd = priceFor(considered, model);
      const goodAnswers = goodAnswersFor(considered, model);
      return {
        model,
        presets: byPreset.filter((each) => each.model === model).map(({ preset }) => preset),
        ...(belowUsd !== undefined && { belowUsd }),
        ...(goodAnswers !== undefined && { goodAnswers }),
      };
    }),
  };
}

/** Of more nobody reads, and each takes some milliseconds. */
const mostOthers = 4;

function leaderOf(considered: ConsideredChoice): string {
  return standingsOf(considered)[0]?.option.id ?? '';
}

/** The same choice, where a model is sure to cost so much. */
function atCost(considered: ConsideredChoice, model: string, costUsd: number): ConsideredChoice {
  const deployments = considered.deployments.map((each) =>
    each.deployment.id === model ? { ...each, costUsd, costDoubt: undefined, cache: undefined } : each,
  );
  return { ...considered, deployments };
}

const leastUsd = 1e-7;
const bisections = 24;

/** The dearest it may be, to two digits, rounded down: what is said must hold as it is said. */
function priceFor(considered: ConsideredChoice, model: string): number | undefined {
  const wins = (usd: number): boolean => leaderOf(atCost(considered, model, usd)) === model;
  const now = considered.deployments.find(({ deployment }) => deployment.id === model)?.costUsd ?? 1;
  let [low, high] = [leastUsd, now];
  if (low >= high || !wins(low)) return undefined;
  for (let step = 0; step < bisections; step += 1) {
    const middle = Math.sqrt(low * high);
    if (wins(middle)) low = middle;
    else high = middle;
  }
  const usd = twoDigitsDown(low);
  return usd >= leastUsd && wins(usd) ? usd : undefined;
}

function twoDigitsDown(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / unit) * unit).toPrecision(2));
}

/** Numbers of answers that are tried: of more it is said that they are about so many, and more still are as good as never. */
const answerCounts = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50];

function goodAnswersFor(considered: ConsideredChoice, model: string): number | undefined {
  const { state, settings, goodAnswer } = considered;
  const policy = createHybrid(state.space, settings, state.policy.serialise());
  const { x } = questionOf(considered, considered.deployments);
  let standings = standingsOf(considered);
  let learnt = 0;
  for (const count of answerCounts) {
    const predicted01 = standings.find(({ option }) => option.id === model)?.quality01;
    for (; learnt < count; learnt += 1)
      policy.learn({ arm: model, x, predicted01, before: undefined, outcome: goodAnswer, scale: 1 });
    const then = after(considered, policy, model, count);
    standings = standingsOf(then);
    // Earlier answers of each model may still wait for a rating then, or not: an arm that waits is explored less.
    const whicheverWaits = [standings, ...[[], [model]].map((ids) => standingsOf(inFlightOnly(then, ids)))];
    if (whicheverWaits.every((each) => leadsClearly(each, model))) return count;
  }
  return undefined;
}

/** By more than what the answers on the way there may move it: their costs, and what was expected of each. */
const clearLead = 0.002;

function leadsClearly(standings: readonly Chance<DeploymentOption>[], model: string): boolean {
  const [best, second] = standings;
  return best?.option.id === model && best.utility - (second?.utility ?? -Infinity) >= clearLead;
}

/** The same choice once `policy` has learnt of so many more answers of a model, all of them told of. */
function after(
  considered: ConsideredChoice,
  policy: PoolState['policy'],
  model: string,
  answers: number,
): ConsideredChoice {
  const { state: before } = considered;
  const state: PoolState = {
    ...before,
    policy,
    decisions: before.decisions + answers,
    told01: (origin) => before.told01(origin, answers),
    arm: (id) => {
      const arm = before.arm(id);
      const pulls = arm.pulls + (id === model ? answers : 0);
      return { ...arm, pulls, quality: policy.evidence.arm(id) };
    },
  };
  return withArms(considered, state);
}

/** The same choice, where answers of no other models than these wait for a rating. */
function inFlightOnly(considered: ConsideredChoice, models: readonly string[]): ConsideredChoice {
  const { state } = considered;
  return withArms(considered, {
    ...state,
    arm: (id) => (models.includes(id) ? state.arm(id) : { ...state.arm(id), inFlight: 0 }),
  });
}

function withArms(considered: ConsideredChoice, state: PoolState): ConsideredChoice {
  const deployments = considered.deployments.map((each) => {
    return { ...each, state: state.arm(each.deployment.id) };
  });
  return { ...considered, state, deployments };
}
