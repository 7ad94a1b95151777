import { shippedSettings } from '../../../src/core/bandit/settings';
import type { Decision } from '../../../src/core/terms/decision';
import { createLearner } from '../../../src/core/learning/learner';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { noCaps } from '../../../src/core/terms/cost-caps';
import { noOptions } from '../../../src/core/terms/call-options';
import type { Deployment } from '../../../src/core/terms/deployment';
import type { Cost } from '../../../src/core/terms/receipt';
import { route } from '../../../src/core/routing/router';
import type { FeatureGroup } from '../../../src/core/features/feature-space';
import { without, withRidges } from '../prompt-features';
import { benchmarkUtility } from '../reward';
import type { Overrides } from '../settings-overrides';
import type { Contestant, Step } from './contestant';

/** Decisions in the UCB1 phase, as the extension has them by default. */
const switchAfter = 100;

export interface ConduitVariant extends Overrides {
  readonly name: string;
  readonly without?: FeatureGroup['name'];
  /** Told of every decision, with the number of its step. */
  readonly onDecision?: (decision: Decision, step: number) => void;
}

/**
 * The router, the learner and the features that the extension runs, over a ledger in memory. Models have no price:
 * what they cost is learnt from the receipts.
 */
export function conduitRouter(variant: ConduitVariant): Contestant {
  return {
    name: variant.name,
    start: ({ corpus, features, lambda, random, available, abilities, trueMeans01 }) => {
      const settings = { ...shippedSettings, ...variant.settings };
      const space = withRidges(features.space, variant.ridges);
      const learner = createLearner({ space, settings, nowMs: () => 0 });
      const utility = benchmarkUtility(lambda, corpus.dearestMeanUsd);
      const deployments = corpus.models.map((id) => deploymentOf(id, corpus.name, trueMeans01?.(id)));
      let sequence = 0;
      const record = (entry: LedgerEntry): void => {
        sequence += 1;
        learner.apply({ ...entry, sequence, atMs: 0 });
      };
      const idOf = (step: Step): string => String(step.number);
      return {
        choose: (step) => {
          const { request, description } = step.prompt;
          const arms = available?.(step.number);
          const routed = route({
            id: idOf(step),
            request,
            description: variant.without === undefined ? description : without(description, variant.without),
            pool: {
              name: corpus.name,
              simulated: false,
              deployments:
                arms === undefined ? deployments : deployments.filter((_, arm) => arms.includes(arm)),
            },
            unavailable: () => undefined,
            caps: noCaps,
            cachedTokens: new Map(),
            keep: undefined,
            state: learner.pool(corpus.name),
            utility,
            settings,
            keepPrompt: false,
            preset: 'benchmark',
            switchAfter: variant.switchAfter ?? switchAfter,
            prices: { costOf: () => ({ kind: 'unknown' }) },
            abilityOf: ({ model }) => abilities?.(model),
            random,
          });
          if (!routed.ok) throw new Error('No model can be asked.');
          record({ kind: 'decision', decision: routed.decision });
          variant.onDecision?.(routed.decision, step.number);
          return corpus.models.indexOf(routed.decision.deploymentId);
        },
        learn: (step, arm, { quality01, costUsd }) => {
          const deploymentId = corpus.models[arm] ?? '';
          const cost: Cost = { kind: 'exact', usd: costUsd };
          const decisionId = idOf(step);
          record({ kind: 'attempt', attempt: completed(decisionId, deploymentId, cost) });
          const observe = (signal: { kind: 'completed' } | { kind: 'scored'; quality01: number }): void =>
            record({ kind: 'observation', observation: { decisionId, deploymentId, signal } });
          observe({ kind: 'completed' });
          if (quality01 !== undefined) observe({ kind: 'scored', quality01 });
        },
      };
    },
  };
}

function completed(decisionId: string, deploymentId: string, cost: Cost): LedgerAttempt {
  return {
    decisionId,
    deploymentId,
    index: 0,
    outcome: 'completed',
    failure: undefined,
    receipt: { usage: undefined, cost, timeToFirstTokenMs: undefined, totalMs: 0, servedModel: undefined },
  };
}

type LedgerAttempt = Extract<LedgerEntry, { kind: 'attempt' }>['attempt'];

function deploymentOf(id: string, pool: string, qualityPrior01: number | undefined): Deployment {
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
