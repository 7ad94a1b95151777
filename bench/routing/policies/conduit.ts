import { entriesOf } from '../../../src/core/answering/attempt-entries';
import { shippedSettings } from '../../../src/core/bandit/settings';
import type { Decision } from '../../../src/core/terms/decision';
import type { Learner } from '../../../src/core/learning/learner';
import { createLearner } from '../../../src/core/learning/learner';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { CostCaps } from '../../../src/core/terms/cost-caps';
import { noCaps } from '../../../src/core/terms/cost-caps';
import { noOptions } from '../../../src/core/terms/call-options';
import type { Deployment } from '../../../src/core/terms/deployment';
import type { Failure } from '../../../src/core/terms/failure';
import type { Signal } from '../../../src/core/terms/observation';
import type { Cost } from '../../../src/core/terms/receipt';
import type { SignalTable } from '../../../src/core/terms/signals';
import type { Utility } from '../../../src/core/routing/utility';
import { route } from '../../../src/core/routing/router';
import type { FeatureGroup } from '../../../src/core/features/feature-space';
import { without, withRidges } from '../prompt-features';
import { benchmarkUtility } from '../reward';
import type { Overrides } from '../settings-overrides';
import type { Contestant, Outcome, PassContext, Step } from './contestant';

/** Decisions in the UCB1 phase, as the extension has them by default. */
const switchAfter = 100;

export interface ConduitVariant extends Overrides {
  readonly name: string;
  readonly without?: FeatureGroup['name'];
  /** Told of every decision, with the number of its step. */
  readonly onDecision?: (decision: Decision, step: number) => void;
  /** Given what learns in a pass, before its first step. */
  readonly onStart?: (learner: Learner) => void;
  /** Who tells how good the answers of a pass were; absent: each outcome that is seen is graded at once. */
  readonly developer?: (context: PassContext) => Developer;
  /** What each signal says; absent: as shipped. */
  readonly signals?: SignalTable;
  /** Why a model, by its number, gives no answer at a step; absent, or undefined: it does. */
  readonly failureAt?: (arm: number, step: number) => Failure | undefined;
  /** What a step is judged by, and what it may cost; absent: the benchmark's reward, and anything. */
  readonly budgetAt?: (step: number) => {
    readonly utility: Utility;
    readonly caps: CostCaps;
    /** What a request to a model costs by its list price, by its number. */
    readonly usdOf: (arm: number) => number;
  };
  /** Unix time of a step in ms, rising; absent: all at once. */
  readonly atMs?: (step: number) => number;
}

/** Tells what becomes of answers. */
export interface Developer {
  /** Everything that is noticed now that one more answer is there: of that, or of earlier ones. */
  after(step: Step, arm: number, outcome: Outcome): readonly Told[];
}

/** A signal of the answer that a model, by its number, gave at a step. */
export interface Told {
  readonly step: number;
  readonly arm: number;
  readonly signal: Signal;
}

/**
 * The router, the learner and the features that the extension runs, over a ledger in memory. Models have no price:
 * what they cost is learnt from the receipts.
 */
export function conduitRouter(variant: ConduitVariant): Contestant {
  return {
    name: variant.name,
    start: (context) => {
      const { corpus, features, lambda, random, available, abilities, trueMeans01 } = context;
      const settings = { ...shippedSettings, ...variant.settings };
      const space = withRidges(features.space, variant.ridges);
      const clock = { nowMs: 0 };
      const { signals } = variant;
      const learner = createLearner({
        space,
        settings,
        nowMs: () => clock.nowMs,
        ...(signals && { signals }),
      });
      variant.onStart?.(learner);
      const developer = variant.developer?.(context) ?? grader;
      const utility = benchmarkUtility(lambda, corpus.dearestMeanUsd);
      const deployments = corpus.models.map((id) => deploymentOf(id, corpus.name, trueMeans01?.(id)));
      let sequence = 0;
      const record = (entry: LedgerEntry): void => {
        sequence += 1;
        learner.apply({ ...entry, sequence, atMs: clock.nowMs });
      };
      const idOf = (step: number): string => String(step);
      /** Of the steps that nobody answered yet learnt of: how many models failed before one answered. */
      const failedBefore = new Map<number, number | undefined>();

      /** Asks one after the other until one answers, and returns its number; that of the first where none does. */
      function ask(order: readonly Deployment[], step: number): number {
        const arms = order.map(({ id }) => corpus.models.indexOf(id));
        for (const [index, arm] of arms.entries()) {
          const failure = variant.failureAt?.(arm, step);
          if (failure === undefined) {
            failedBefore.set(step, index);
            return arm;
          }
          const attempt = attemptOf(idOf(step), corpus.models[arm] ?? '', index);
          for (const entry of entriesOf({ ...attempt, outcome: 'failed', failure })) record(entry);
        }
        failedBefore.set(step, undefined);
        return arms[0] ?? -1;
      }

      return {
        choose: (step) => {
          const { request, description } = step.prompt;
          const arms = available?.(step.number);
          clock.nowMs = variant.atMs?.(step.number) ?? 0;
          const budget = variant.budgetAt?.(step.number);
          const routed = route({
            id: idOf(step.number),
            request,
            description: variant.without === undefined ? description : without(description, variant.without),
            pool: {
              name: corpus.name,
              simulated: false,
              deployments:
                arms === undefined ? deployments : deployments.filter((_, arm) => arms.includes(arm)),
            },
            unavailable: () => undefined,
            caps: budget?.caps ?? noCaps,
            cachedTokens: new Map(),
            keep: undefined,
            state: learner.pool(corpus.name),
            utility: budget?.utility ?? utility,
            settings,
            keepPrompt: false,
            preset: 'benchmark',
            switchAfter: variant.switchAfter ?? switchAfter,
            prices: {
              costOf: ({ id }) =>
                budget === undefined
                  ? { kind: 'unknown' }
                  : { kind: 'estimated', usd: budget.usdOf(corpus.models.indexOf(id)) },
            },
            abilityOf: ({ model }) => abilities?.(model),
            random,
          });
          if (!routed.ok && routed.overBudget !== undefined) return -1;
          if (!routed.ok) throw new Error('No model can be asked.');
          record({ kind: 'decision', decision: routed.decision });
          variant.onDecision?.(routed.decision, step.number);
          return ask(routed.order, step.number);
        },
        learn: (step, arm, outcome) => {
          const index = failedBefore.get(step.number);
          failedBefore.delete(step.number);
          if (index === undefined) return;
          const cost: Cost = { kind: 'exact', usd: outcome.costUsd };
          const attempt = attemptOf(idOf(step.number), corpus.models[arm] ?? '', index, cost);
          for (const entry of entriesOf(attempt)) record(entry);
          for (const told of developer.after(step, arm, outcome)) {
            const decisionId = idOf(told.step);
            const deploymentId = corpus.models[told.arm] ?? '';
            record({ kind: 'observation', observation: { decisionId, deploymentId, signal: told.signal } });
          }
        },
      };
    },
  };
}

const grader: Developer = {
  after: ({ number: step }, arm, { quality01 }) =>
    quality01 === undefined ? [] : [{ step, arm, signal: { kind: 'scored', quality01 } }],
};

function attemptOf(
  decisionId: string,
  deploymentId: string,
  index: number,
  cost: Cost = { kind: 'unknown' },
): LedgerAttempt {
  return {
    decisionId,
    deploymentId,
    index,
    outcome: 'completed',
    failure: undefined,
    receipt: { usage: undefined, cost, timeToFirstTokenMs: undefined, totalMs: 0, servedModel: undefined },
  };
}

type LedgerAttempt = Extract<LedgerEntry, { kind: 'attempt' }>['attempt'];

export function deploymentOf(id: string, pool: string, qualityPrior01: number | undefined): Deployment {
  return {
    id,
    pool,
    provider: 'openai',
    protocol: 'chat-completions',
    options: noOptions,
    apiVersion: undefined,
    model: id,
    apiBase: 'https://benchmark.invalid/v1',
    key: { kind: 'none' },
    price: undefined,
    qualityPrior01,
    contextWindowTokens: undefined,
  };
}
