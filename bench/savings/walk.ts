import { entriesOf } from '../../src/core/answering/attempt-entries';
import { shippedSettings } from '../../src/core/bandit/settings';
import { createLearner } from '../../src/core/learning/learner';
import { paceMultiplier } from '../../src/core/routing/pacer';
import type { RouteInput } from '../../src/core/routing/router';
import { route } from '../../src/core/routing/router';
import { utilityFor } from '../../src/core/routing/utility';
import type { Measure } from '../../src/core/terms/configuration';
import { noCaps } from '../../src/core/terms/cost-caps';
import type { Decision } from '../../src/core/terms/decision';
import type { Deployment } from '../../src/core/terms/deployment';
import type { LedgerEntry, StoredEntry } from '../../src/core/terms/ledger-entry';
import type { PriceBook } from '../../src/core/terms/ports';
import { presets } from '../../src/core/terms/preset';
import type { RouteRequest } from '../../src/core/terms/request';
import { abilityOf } from '../../src/vendors/model-abilities';
import { seededRandom } from '../../test/core/seeded-random';
import type { Corpus } from '../routing/corpus';
import { deploymentOf } from '../routing/policies/conduit';
import type { PromptFeatures } from '../routing/prompt-features';
import { mean } from '../routing/statistics';
import type { Telling } from './telling';
import { toldChance } from './telling';

export interface WalkTerms {
  readonly corpus: Corpus;
  readonly features: PromptFeatures;
  /** Rows, one for each request. */
  readonly order: readonly number[];
  readonly seed: number;
  readonly measure: Measure | undefined;
  readonly telling: Telling;
  readonly feedback: number;
  /** What the log says of a chance; absent: what it was. A planted bug is found by it. */
  readonly logged?: (probability: number, model: string) => number;
}

/** What a walk left behind: its ledger, and what nobody but the corpus knows. */
export interface Walk {
  readonly entries: readonly StoredEntry[];
  readonly decisions: readonly { readonly decision: Decision; readonly row: number }[];
}

/** Time between two requests: sessions and caches stay what they are. */
export const stepMs = 20_000;

/** Shares of turns that the router doesn't choose freely, and of those that go on with a conversation. */
const turnShares = { pinned: 0.06, stuck: 0.03, repeated: 0.02, continued: 0.3 } as const;
/** What a prompt cache takes off the price of what it holds. */
const cacheDiscount = 0.9;
/** Of what a random model would cost each time: the pacer is at work. */
const budgetShare = 0.5;

/**
 * The router as it is, with its priors, a day's budget and its pacer, over requests of which some go on with a conversation
 * that a vendor has in its cache, some are pinned by the user, some repeated, and some loops that go on elsewhere.
 */
export function walk(terms: WalkTerms): Walk {
  const { corpus, features, order, seed, measure, telling, feedback, logged = (p) => p } = terms;
  const random = seededRandom(seed + 1_234_567);
  const [turns, told] = [seededRandom(seed + 55_555), seededRandom(seed + 7_777_777)];
  const deployments = corpus.models.map((id) => deploymentOf(id, corpus.name, undefined));
  const clock = { nowMs: 0 };
  const learner = createLearner({
    space: features.space,
    settings: shippedSettings,
    nowMs: () => clock.nowMs,
  });
  const entries: StoredEntry[] = [];
  const decisions: { readonly decision: Decision; readonly row: number }[] = [];
  const prices = pricesOf(corpus);
  const budgetUsd = budgetShare * order.length * mean(corpus.rows.map(({ costUsd }) => mean([...costUsd])));
  let spentUsd = 0;
  const record = (entry: LedgerEntry, learnt: LedgerEntry = entry): void => {
    const place = { sequence: entries.length + 1, atMs: clock.nowMs };
    entries.push({ ...entry, ...place });
    learner.apply({ ...learnt, ...place });
  };

  order.forEach((row, step) => {
    clock.nowMs = step * stepMs;
    const before = decisions.at(-1)?.decision;
    const turn = turnOf(turns, corpus.models, before);
    const { request: asked, description } = need(features.prompts[row]);
    const multiplier = paceMultiplier({ spent01: spentUsd / budgetUsd, demand01: step / order.length });
    const usual = utilityFor(presets.quality);
    const routed = route({
      id: `d${String(step)}`,
      request: { ...asked, ...turn.request },
      description,
      pool: { name: corpus.name, simulated: false, deployments },
      unavailable: () => undefined,
      caps: { ...noCaps, dayLeftUsd: budgetUsd - spentUsd },
      cachedTokens: turn.cached === undefined ? new Map() : new Map([[turn.cached, description.inputTokens]]),
      keep: turn.keep,
      state: learner.pool(corpus.name),
      utility: utilityFor(presets.quality, multiplier),
      ...(multiplier > 1 && { pace: { multiplier, budget: 'budgets.day_usd', usual } }),
      settings: shippedSettings,
      measure,
      keepPrompt: false,
      preset: 'quality',
      switchAfter: 100,
      prices,
      abilityOf: (deployment) => abilityOf({ ...deployment, apiBase: gateway, provider: 'openrouter' }),
      random,
    });
    // What is left is too little for any of them.
    if (!routed.ok) return;
    const decision = { ...routed.decision, ...turn.marks };
    decisions.push({ decision, row });
    record({ kind: 'decision', decision: withChances(decision, logged) }, { kind: 'decision', decision });

    const arm = corpus.models.indexOf(decision.deploymentId);
    const source = need(corpus.rows[row]);
    const [quality01, costUsd] = [need(source.quality01[arm]), need(source.costUsd[arm])];
    spentUsd += costUsd;
    const { id: decisionId, deploymentId } = decision;
    const usage = { inputTokens: description.inputTokens, outputTokens: 400, cachedInputTokens: 0 };
    const receipt = {
      ...{ usage, cost: { kind: 'exact', usd: costUsd } as const, timeToFirstTokenMs: 900 },
      ...{ totalMs: 4_000, servedModel: undefined },
    };
    const attempt = { decisionId, deploymentId, index: 0, outcome: 'completed', failure: undefined, receipt };
    for (const entry of entriesOf(attempt as Parameters<typeof entriesOf>[0])) record(entry);
    const { task } = description;
    if (told() < toldChance(telling, feedback, { model: deploymentId, task, quality01 }))
      record({
        kind: 'observation',
        observation: { decisionId, deploymentId, signal: { kind: 'scored', quality01 } },
      });
  });
  return { entries, decisions };
}

interface Turn {
  readonly request: Partial<RouteRequest>;
  /** Whose prompt cache holds it. */
  readonly cached?: string;
  readonly keep: RouteInput['keep'];
  readonly marks: Partial<Decision>;
}

function turnOf(random: () => number, models: readonly string[], before: Decision | undefined): Turn {
  const plain: Turn = { request: {}, keep: undefined, marks: {} };
  let kind = random();
  const which = random();
  const is = (share: number): boolean => (kind -= share) < 0;
  if (is(turnShares.pinned))
    return { ...plain, request: { only: need(models[Math.floor(which * models.length)]) } };
  if (before === undefined) return plain;
  const { id: decisionId, deploymentId } = before;
  if (is(turnShares.stuck))
    return {
      ...plain,
      request: { avoid: [deploymentId] },
      marks: { escalatedFrom: decisionId, escalation: { deploymentId, steps: 9 } },
    };
  if (is(turnShares.repeated)) return { ...plain, keep: { decisionId, deploymentId } };
  return is(turnShares.continued) ? { ...plain, cached: deploymentId } : plain;
}

const gateway = 'https://benchmark.invalid/v1';

/** Each model's mean cost, less what a cache holds of the input. */
function pricesOf({ models, rows }: Corpus): PriceBook {
  const usual = new Map(
    models.map((model, arm) => [model, mean(rows.map(({ costUsd }) => need(costUsd[arm])))]),
  );
  return {
    costOf: ({ id }: Deployment, { inputTokens, cachedInputTokens }) => ({
      kind: 'estimated',
      usd: need(usual.get(id)) * (1 - cacheDiscount * (cachedInputTokens / Math.max(1, inputTokens))),
    }),
  };
}

function withChances(decision: Decision, logged: NonNullable<WalkTerms['logged']>): Decision {
  const candidates = decision.candidates.map((candidate) => ({
    ...candidate,
    probability: logged(candidate.probability, candidate.deploymentId),
  }));
  return { ...decision, candidates };
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('There is no such row or model.');
  return value;
}
