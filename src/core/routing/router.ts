import type { Chance, Choice, Question } from '../bandit/policy';
import type { Measure } from '../terms/configuration';
import type { CostCaps } from '../terms/cost-caps';
import type { Candidate, Decision, Exclusion, ExclusionReason, Pace } from '../terms/decision';
import type { Deployment } from '../terms/deployment';
import type { AnswerOfModel } from '../terms/observation';
import type { PriceBook, Random } from '../terms/ports';
import type { RouteRequest } from '../terms/request';
import { promptOf } from '../terms/request';
import { knownOf } from './priors';
import { eligibilityFor } from './eligibility';
import type { PricedDeployment } from './expected-cost';
import { cheapestOf, largestUsd, outputCaps, priced, withinCaps } from './expected-cost';
import { canMeasure, isHeldByCache, mixedChoice, splitNumber } from './measuring';
import type { DeploymentOption } from './options';
import type { QuestionInput } from './question';
import { questionOf } from './question';
import type { Utility } from './utility';

export interface RouteInput extends QuestionInput {
  /** The new decision's id. */
  readonly id: string;
  readonly request: RouteRequest;
  /** Why a deployment can't be asked at all now; undefined: it can. */
  readonly unavailable: (deployment: Deployment) => ExclusionReason | undefined;
  readonly caps: CostCaps;
  /** Tokens of the request that a deployment's prompt cache is expected to hold, by its id; absent: none. */
  readonly cachedTokens: ReadonlyMap<string, number>;
  /** The choice of an identical request shortly before, which is kept where the deployment is still eligible. */
  readonly keep: AnswerOfModel | undefined;
  /** A pacer that is at work in `utility`; absent: none is. */
  readonly pace?: RoutePace | undefined;
  /** A share of the requests goes to one model by chance alone; absent: none does. */
  readonly measure?: Measure | undefined;
  /** Keeps the prompt in the decision, so that it can be described anew. */
  readonly keepPrompt: boolean;
  /** Name of the utility, for the record. */
  readonly preset: string;
  readonly prices: PriceBook;
  readonly random: Random;
}

export interface RoutePace extends Pick<Pace, 'multiplier' | 'budget'> {
  /** The utility without it. */
  readonly usual: Utility;
}

export type RouteResult =
  | {
      readonly ok: true;
      readonly decision: Decision;
      /** The chosen deployment, then the others by utility: the fallback order. */
      readonly order: readonly Deployment[];
      /** The longest answer in tokens that the caps allow each deployment, by its id. */
      readonly outputCaps: ReadonlyMap<string, number>;
      /** The same within other caps; 0 where they forbid what the deployment is expected to cost. */
      readonly outputCapsWithin: (caps: CostCaps) => ReadonlyMap<string, number>;
      /** The request's largest cost in USD, where this one of them is asked. */
      readonly mostUsd: (deploymentId: string) => number;
    }
  | {
      readonly ok: false;
      readonly excluded: readonly Exclusion[];
      /** Present where only the cost caps stand in the way: what the cheapest would cost, if that is known. */
      readonly overBudget?: { readonly deploymentId: string; readonly costUsd: number | undefined };
    };

/** From a request to a decision: drops what can't serve it, weighs the rest, and draws. Changes nothing. */
export function route(input: RouteInput): RouteResult {
  const { request, description, pool, keep } = input;
  const able = eligibilityFor(request, pool, description.inputTokens, input.unavailable);
  const { affordable, unaffordable } = withinCaps(priced(input, able.eligible), input.caps);
  const excluded = [...able.excluded, ...unaffordable.map(({ exclusion }) => exclusion)];
  if (affordable.length === 0) {
    const overBudget = cheapestOf(unaffordable);
    return { ok: false, excluded, ...(overBudget && { overBudget }) };
  }

  const question = questionOf(input, affordable);
  const kept = request.only === undefined ? keptChoice(question, keep, input) : undefined;
  const { chosen, chances, explored, belief, stickyInsteadOf, heldByCache, pacedInsteadOf, measured } =
    kept ?? drawnChoice(question, affordable, input);
  const ranked = chances.toSorted((a, b) => b.utility - a.utility);
  const decision: Decision = {
    id: input.id,
    pool: pool.name,
    origin: request.origin,
    conversationId: request.conversationId,
    deploymentId: chosen.option.id,
    probability: chosen.probability,
    explored,
    candidates: ranked.map((chance) => candidateOf(chance, input)),
    excluded,
    ...(kept && keep && { repeats: keep.decisionId }),
    ...(stickyInsteadOf !== undefined && { stickyInsteadOf }),
    ...(heldByCache !== undefined && { heldByCache }),
    ...(measured && { measured }),
    ...(input.pace && { pace: paceOf(input.pace, pacedInsteadOf) }),
    ...(request.only !== undefined && { chosenByUser: true }),
    changes: affordable.flatMap(({ state: { change } }) => change ?? []),
    phase: question.phase,
    ...(belief && { belief }),
    poolSequence: input.state.decisions + 1,
    switchAfter: input.switchAfter,
    preset: input.preset,
    features: description.features,
    prompt: input.keepPrompt ? promptOf(request) : undefined,
    featureSpace: description.featureSpace,
    inputTokens: description.inputTokens,
    task: description.task,
    domain: description.domain,
  };
  const order = [chosen, ...ranked.filter((chance) => chance !== chosen)].map(
    ({ option }) => option.deployment,
  );
  const outputCapsWithin = (caps: CostCaps): ReadonlyMap<string, number> =>
    outputCaps({ ...input, caps }, affordable);
  const mostUsd = (id: string): number =>
    largestUsd(
      input,
      affordable.find(({ deployment }) => deployment.id === id),
    );
  return { ok: true, decision, order, outputCaps: outputCapsWithin(input.caps), outputCapsWithin, mostUsd };
}

/** A choice, and the deployments that the same draw would have picked if something had been otherwise, where it was. */
interface DrawnChoice extends Choice<DeploymentOption> {
  /** With all prompt caches cold. */
  readonly stickyInsteadOf?: string | undefined;
  /** Without the pacer. */
  readonly pacedInsteadOf?: string | undefined;
  /** As in the decision. */
  readonly heldByCache?: boolean | undefined;
  readonly measured?: Decision['measured'];
}

function drawnChoice(
  question: Question<DeploymentOption>,
  affordable: readonly PricedDeployment[],
  input: RouteInput,
): DrawnChoice {
  const { pace, request, measure, state } = input;
  const number = input.random();
  const drawBy = (asked: Question<DeploymentOption>, by: number): Choice<DeploymentOption> =>
    state.policy.choose(asked, () => by);
  const cold = {
    ...question,
    options: question.options.map((option) => ({ ...option, worth: option.coldWorth })),
  };
  const warm = drawBy(question, number);
  const withoutCaches = question.options.some(({ figures }) => figures.cache !== undefined)
    ? drawBy(cold, number)
    : undefined;
  const heldByCache = withoutCaches && isHeldByCache(warm, withoutCaches);
  const share =
    measure && heldByCache !== true && canMeasure(request, question, measure) ? measure : undefined;
  const { drawn, rest } = share ? splitNumber(number, share.share) : { drawn: false, rest: number };
  const own = share ? drawBy(question, rest) : warm;
  const choice = share ? mixedChoice(own, share, drawn) : own;
  // The share's draw has nothing to do with caches and budgets.
  const insteadOf = (otherwise: () => Choice<DeploymentOption>): string | undefined => {
    const other = drawn ? own : otherwise();
    return other.chosen.option.id === own.chosen.option.id ? undefined : other.chosen.option.id;
  };
  return {
    ...choice,
    ...(heldByCache !== undefined && { heldByCache }),
    ...(share && { measured: { ...share, ...(drawn && { insteadOf: own.chosen.option.id }) } }),
    stickyInsteadOf:
      choice.chosen.option.figures.cache &&
      insteadOf(() => (share ? undefined : withoutCaches) ?? drawBy(cold, rest)),
    pacedInsteadOf: pace && insteadOf(() => drawBy(questionOf(input, affordable, pace.usual), rest)),
  };
}

function paceOf({ multiplier, budget }: RoutePace, insteadOf: string | undefined): Pace {
  return { multiplier, budget, ...(insteadOf !== undefined && { insteadOf }) };
}

/** An earlier choice that is kept, for sure; undefined where there is none that can be. */
function keptChoice(
  question: Question<DeploymentOption>,
  keep: RouteInput['keep'],
  { state }: RouteInput,
): DrawnChoice | undefined {
  const kept = question.options.find(({ id }) => id === keep?.deploymentId);
  if (kept === undefined) return undefined;
  const choice = state.policy.choose(question, () => 0);
  const chances = choice.chances.map((chance) => ({
    ...chance,
    probability: chance.option === kept ? 1 : 0,
  }));
  const chosen = chances.find(({ option }) => option === kept);
  return chosen && { chosen, chances, explored: false, belief: choice.belief };
}

function candidateOf(
  { option, quality01, bonus, before, utility, probability }: Chance<DeploymentOption>,
  { state, description, abilityOf }: RouteInput,
): Candidate {
  const { stated01 } = option.prior;
  const known = knownOf(option.deployment, abilityOf, description);
  return {
    deploymentId: option.id,
    quality01,
    bonus,
    ...(before && { before }),
    ...(known && { known }),
    ...(stated01 !== undefined && { stated01 }),
    outcomes: state.arm(option.id).quality.weight,
    ...option.figures,
    utility,
    probability,
  };
}
