import type { Arm } from './bandit/arm';
import type { Draw } from './bandit/draw';
import { draw } from './bandit/draw';
import { estimate, phaseAfter } from './bandit/hybrid';
import type { PolicySettings } from './bandit/settings';
import type { Candidate, Decision, Exclusion, ExclusionReason } from './decision';
import type { Description } from './features/feature-space';
import { translated } from './features/feature-space';
import type { ArmState, PoolState } from './learner';
import type { CostCaps } from './pool/budget';
import type { Deployment, Pool } from './pool/deployment';
import { eligibilityFor } from './pool/eligibility';
import type { PricedDeployment } from './pool/expected-cost';
import { cheapestOf, outputCaps, priced, withinCaps } from './pool/expected-cost';
import type { PriceBook, Random } from './ports';
import type { RouteRequest } from './request';
import { promptOf } from './request';
import type { Scored } from './score';
import { score } from './score';
import type { Utility } from './utility';

export interface RouteInput {
  /** The new decision's id. */
  readonly id: string;
  readonly request: RouteRequest;
  /** Of the request, in the feature space that the state was learnt in, or in that of its text alone. */
  readonly description: Description;
  readonly pool: Pool;
  /** Why a deployment can't be asked at all now; undefined: it can. */
  readonly unavailable: (deployment: Deployment) => ExclusionReason | undefined;
  readonly caps: CostCaps;
  /** Tokens of the request that a deployment's prompt cache is expected to hold, by its id; absent: none. */
  readonly cachedTokens: ReadonlyMap<string, number>;
  /** The choice of an identical request shortly before, which is kept where the deployment is still eligible. */
  readonly keep: { readonly decisionId: string; readonly deploymentId: string } | undefined;
  readonly state: PoolState;
  readonly utility: Utility;
  readonly settings: PolicySettings;
  /** Keeps the prompt in the decision, so that it can be described anew. */
  readonly keepPrompt: boolean;
  /** Name of the utility, for the record. */
  readonly preset: string;
  /** Decisions of the pool in the UCB1 phase, ≥ 0. */
  readonly switchAfter: number;
  readonly prices: PriceBook;
  readonly random: Random;
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
    }
  | {
      readonly ok: false;
      readonly excluded: readonly Exclusion[];
      /** Present where only the cost caps stand in the way: what the cheapest would cost, if that is known. */
      readonly overBudget?: { readonly deploymentId: string; readonly costUsd: number | undefined };
    };

/** A model that was tried less often than this is still new. */
export const fewestTries = 5;

/** From a request to a decision: drops what can't serve it, scores the rest, and draws. Changes nothing. */
export function route(input: RouteInput): RouteResult {
  const { request, description, pool, state, settings, switchAfter } = input;
  const { inputTokens, features, featureSpace } = description;
  const x = translated(features, featureSpace, state.space);
  if (x === undefined) throw new RangeError(`${featureSpace} is not of ${state.space.name}.`);
  const able = eligibilityFor(request, pool, inputTokens, input.unavailable);
  const { affordable, unaffordable } = withinCaps(priced(input, able.eligible), input.caps);
  const excluded = [...able.excluded, ...unaffordable.map(({ exclusion }) => exclusion)];
  if (affordable.length === 0) {
    const overBudget = cheapestOf(unaffordable);
    return { ok: false, excluded, ...(overBudget && { overBudget }) };
  }

  const eligible = affordable.map(({ deployment }) => deployment);
  const phase = phaseAfter(state.decisions, switchAfter);
  const estimates = estimate(affordable.map(armFrom), x, phase, state, settings);
  const scored = score(
    affordable,
    estimates,
    input.utility,
    (each) => phase === 'lin-ucb' && isNewcomer(each.state, switchAfter),
  );
  const kept = request.only === undefined ? keptChoice(eligible, input.keep) : undefined;
  const { stickyInsteadOf, ...drawn } = kept ?? drawSticky(scored, settings, input.random);
  const ranked = scored
    .map(({ deployment, scores }, index): Candidate & { readonly deployment: Deployment } => ({
      deployment,
      deploymentId: deployment.id,
      ...scores,
      probability: drawn.probabilities[index] ?? 0,
    }))
    .toSorted((a, b) => b.utility - a.utility);
  const chosen = eligible[drawn.index] ?? eligible[0];
  if (chosen === undefined) return { ok: false, excluded };

  const decision: Decision = {
    id: input.id,
    pool: pool.name,
    origin: request.origin,
    conversationId: request.conversationId,
    deploymentId: chosen.id,
    probability: drawn.probabilities[drawn.index] ?? 1,
    explored: drawn.explored,
    candidates: ranked.map(({ deployment: _deployment, ...candidate }) => candidate),
    excluded,
    ...(kept && input.keep && { repeats: input.keep.decisionId }),
    ...(stickyInsteadOf !== undefined && { stickyInsteadOf }),
    ...(request.only !== undefined && { chosenByUser: true }),
    changes: affordable.flatMap(({ state: { change } }) => change ?? []),
    phase,
    poolSequence: state.decisions + 1,
    switchAfter,
    preset: input.preset,
    features,
    prompt: input.keepPrompt ? promptOf(request) : undefined,
    featureSpace,
    inputTokens,
    task: description.task,
    domain: description.domain,
  };
  const others = ranked.map(({ deployment }) => deployment).filter((deployment) => deployment !== chosen);
  const order = [chosen, ...others];
  const outputCapsWithin = (caps: CostCaps): ReadonlyMap<string, number> =>
    outputCaps({ ...input, caps }, affordable);
  return { ok: true, decision, order, outputCaps: outputCapsWithin(input.caps), outputCapsWithin };
}

/** A draw, and the deployment that it would have picked with all prompt caches cold, where that is another one. */
interface StickyDraw extends Draw {
  readonly stickyInsteadOf?: string | undefined;
}

function drawSticky(scored: readonly Scored[], settings: PolicySettings, random: Random): StickyDraw {
  const number = random();
  const drawn = draw(
    scored.map(({ bounds }) => bounds),
    settings,
    () => number,
  );
  if (scored[drawn.index]?.scores.cache === undefined) return drawn;
  const cold = draw(
    scored.map(({ coldBounds }) => coldBounds),
    settings,
    () => number,
  );
  return cold.index === drawn.index
    ? drawn
    : { ...drawn, stickyInsteadOf: scored[cold.index]?.deployment.id };
}

/** A draw that keeps an earlier choice, for sure; undefined where there is none that can be kept. */
function keptChoice(eligible: readonly Deployment[], keep: RouteInput['keep']): StickyDraw | undefined {
  const index = eligible.findIndex(({ id }) => id === keep?.deploymentId);
  if (index < 0) return undefined;
  return { index, explored: false, probabilities: eligible.map((_, each) => (each === index ? 1 : 0)) };
}

/** A model that joined when the others were known gets a few tries, however the first of them went. */
export function isNewcomer(
  state: Pick<ArmState, 'joinedAt' | 'pulls' | 'inFlight'> | undefined,
  switchAfter: number,
): boolean {
  if (state?.joinedAt === undefined || state.joinedAt <= switchAfter) return false;
  return state.pulls + state.inFlight < fewestTries;
}

function armFrom({ deployment, state }: PricedDeployment): Arm {
  return {
    id: deployment.id,
    evidence: state.quality,
    pulls: state.pulls,
    inFlight: state.inFlight,
    prior01: deployment.qualityPrior01,
  };
}
