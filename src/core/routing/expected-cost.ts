import { usualAnswerTokens } from '../learning/arm-record';
import { expectedSizes } from '../learning/task-sizes';
import type { CostDoubt, Exclusion, ExpectedCache } from '../terms/decision';
import type { Description } from '../features/feature-space';
import type { ArmState, PoolState } from '../learning/learner';
import type { PriceBook } from '../terms/ports';
import type { Usage } from '../terms/receipt';
import { usdOf } from '../terms/receipt';
import { medianOf } from './utility';
import type { CostCaps } from '../terms/cost-caps';
import { affordableOutputTokens, capExceeded, lowestCapUsd } from './cost-caps';
import type { Deployment } from '../terms/deployment';
import type { RouteRequest } from '../terms/request';
import type { CacheRequest } from './prompt-cache';
import { writtenTokens } from './prompt-cache';

/** A deployment with what is known of it and what this request is expected to cost there. */
export interface PricedDeployment {
  readonly deployment: Deployment;
  readonly state: ArmState;
  /** With nothing in a prompt cache, for no vendor promises one; undefined: its price isn't known, and none was learnt. */
  readonly costUsd: number | undefined;
  /** Undefined where prices by the token say it. */
  readonly costDoubt: CostDoubt | undefined;
  readonly cache: ExpectedCache | undefined;
}

/** What expected costs follow from. */
export interface CostSources {
  readonly request: CacheRequest;
  readonly description: Description;
  readonly state: PoolState;
  readonly prices: PriceBook;
  readonly caps: CostCaps;
  /** Tokens of the request that a deployment's prompt cache is expected to hold, by its id; absent: none. */
  readonly cachedTokens: ReadonlyMap<string, number>;
}

/** Output tokens that an answer is expected to have while nothing is learnt. */
const usualOutputTokens = 400;

/** Price times the expected tokens; without a price what such a request cost so far; else undefined. */
export function priced(
  { request, description, state: pool, prices, cachedTokens }: CostSources,
  deployments: readonly Deployment[],
): readonly PricedDeployment[] {
  const { inputTokens, task } = description;
  const states = deployments.map(({ id }) => pool.arm(id));
  const basis = inputTokens + usualAnswerTokens;
  const learntUsd = expectedSizes(
    states.map(({ costs }) => costs),
    task,
    basis,
  );
  const learntTokens = expectedSizes(
    states.map(({ answers }) => answers),
    task,
    1,
  );
  const poolTokens = medianOf(learntTokens.flatMap((tokens) => tokens ?? [])) ?? usualOutputTokens;

  function listedUsd(
    deployment: Deployment,
    answerTokens: number,
    cachedInputTokens: number,
  ): number | undefined {
    // At least one token: a model that is allowed to answer must be allowed to say something.
    const outputTokens = Math.max(1, Math.round(answerTokens));
    const cacheWriteTokens = writtenTokens(deployment, request, { inputTokens, cachedInputTokens });
    const usage = { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens };
    return usdOf(prices.costOf(deployment, usage, false));
  }

  /** Only where prices by the token are known: what such requests cost so far had its caches in it. */
  function expectedCache(
    deployment: Deployment,
    answerTokens: number,
    usd: number,
  ): ExpectedCache | undefined {
    const tokens = Math.min(cachedTokens.get(deployment.id) ?? 0, inputTokens);
    if (tokens === 0) return undefined;
    const savedUsd = usd - (listedUsd(deployment, answerTokens, tokens) ?? usd);
    return savedUsd > 0 ? { tokens, savedUsd } : undefined;
  }

  return deployments.map((deployment, index) => {
    const state = states[index] as ArmState;
    const answerTokens = learntTokens[index] ?? poolTokens;
    const usd = listedUsd(deployment, answerTokens, 0);
    if (usd === undefined)
      return {
        deployment,
        state,
        costUsd: learntUsd[index],
        costDoubt: learntDoubt(state),
        cache: undefined,
      };
    return {
      deployment,
      state,
      costUsd: usd,
      costDoubt: undefined,
      cache: expectedCache(deployment, answerTokens, usd),
    };
  });
}

/** A cost below the mean of those seen counts, by this many standard errors. */
const standardErrors = 0.5;

/**
 * Of a cost that is learnt. Of an arm that was never asked it may be anything: it counts as nothing, once, for asking
 * tells; from then on the pool's median stands in for what isn't told.
 */
function learntDoubt({ costs, pulls, inFlight }: ArmState): CostDoubt {
  const deviation = costs.logDeviation;
  const { count } = costs.all;
  if (count === 0) return { deviation, share01: pulls + inFlight === 0 ? 0 : 1 };
  return { deviation, share01: Math.exp((-standardErrors * deviation) / Math.sqrt(count)) };
}

interface Unaffordable extends PricedDeployment {
  readonly exclusion: Exclusion;
}

/** Parts the deployments by whether the caps allow what they are expected to cost. */
export function withinCaps(
  deployments: readonly PricedDeployment[],
  caps: CostCaps,
): { readonly affordable: readonly PricedDeployment[]; readonly unaffordable: readonly Unaffordable[] } {
  const affordable: PricedDeployment[] = [];
  const unaffordable: Unaffordable[] = [];
  for (const each of deployments) {
    const reason = capExceeded(each.costUsd, caps, each.deployment.id);
    if (reason === undefined) affordable.push(each);
    else unaffordable.push({ ...each, exclusion: { deploymentId: each.deployment.id, reason } });
  }
  return { affordable, unaffordable };
}

/** The one with the lowest expected cost, those of unknown cost last; undefined where there is none. */
export function cheapestOf(
  deployments: readonly PricedDeployment[],
): { readonly deploymentId: string; readonly costUsd: number | undefined } | undefined {
  const [cheapest] = deployments.toSorted((a, b) => (a.costUsd ?? Infinity) - (b.costUsd ?? Infinity));
  return cheapest && { deploymentId: cheapest.deployment.id, costUsd: cheapest.costUsd };
}

/**
 * The longest answer in tokens that the caps allow each deployment, by its id: none where they forbid what it is
 * expected to cost, and any where it has no price by the token.
 */
export function outputCaps(
  { request, description, prices, caps }: Pick<CostSources, 'request' | 'description' | 'prices' | 'caps'>,
  deployments: readonly PricedDeployment[],
): ReadonlyMap<string, number> {
  const pairs = deployments.flatMap(({ deployment, costUsd }) => {
    const { id } = deployment;
    if (capExceeded(costUsd, caps, id) !== undefined) return [[id, 0] as const];
    const price = priceOf(deployment, request, prices);
    const tokens = affordableOutputTokens(description.inputTokens, price, lowestCapUsd(caps, id));
    return tokens === undefined ? [] : [[id, tokens] as const];
  });
  return new Map(pairs);
}

function priceOf(
  deployment: Deployment,
  request: CacheRequest,
  prices: PriceBook,
): (usage: Usage) => number | undefined {
  return (usage) => {
    const cacheWriteTokens = writtenTokens(deployment, request, usage);
    return usdOf(prices.costOf(deployment, { ...usage, cacheWriteTokens }, false));
  };
}

/** So long an answer is reserved for where nobody limits it: few models give a longer one. */
const longAnswerTokens = 32_000;
/** A cost that was learnt is exceeded by so much at most, nearly always. */
const learntFactor = 4;

/**
 * The largest cost of the request in USD: its input, and an answer as long as it may be, or `longAnswerTokens`. 0 of no
 * deployment.
 */
export function largestUsd(
  {
    request,
    description: { inputTokens },
    prices,
  }: { readonly request: CacheRequest & Pick<RouteRequest, 'options'> } & Pick<
    CostSources,
    'description' | 'prices'
  >,
  asked: Pick<PricedDeployment, 'deployment' | 'costUsd'> | undefined,
): number {
  if (asked === undefined) return 0;
  const { deployment, costUsd = 0 } = asked;
  const limit = request.options?.maxOutputTokens ?? deployment.options.maxOutputTokens;
  const outputTokens = limit ?? longAnswerTokens;
  const usd = priceOf(deployment, request, prices)({ inputTokens, outputTokens, cachedInputTokens: 0 });
  return usd === undefined ? costUsd * learntFactor : Math.max(usd, costUsd);
}
