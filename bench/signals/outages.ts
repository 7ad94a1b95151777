import type { Learner } from '../../src/core/learning/learner';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { Failure, FailureReason } from '../../src/core/terms/failure';
import type { SignalTable } from '../../src/core/terms/signals';
import type { Corpus } from '../routing/corpus';
import { told } from '../routing/contestants';
import type { Material } from '../routing/material';
import { readMaterial } from '../routing/material';
import type { PassMaker } from '../routing/pass-pool';
import type { CorpusPass } from '../routing/pass-task';
import { bestOf, byCorpus } from '../routing/pass-task';
import { conduitRouter } from '../routing/policies/conduit';
import { describeCorpus } from '../routing/prompt-features';
import { orderOf, replay } from '../routing/replay';
import { meanRewards, rewardOfCorpus } from '../routing/reward';
import { mean } from '../routing/statistics';
import type { Options } from './arguments';

/** What fails in the middle of a pass: everything, or all that one vendor serves. */
export const outageKinds = ['offline', 'expired-key', 'vendor-down'] as const;
export type OutageKind = (typeof outageKinds)[number];

/**
 * What a failure says of a model's answers: nothing, as shipped; or that they are worth nothing, as before availability
 * was learnt apart.
 */
export const failureRules = ['shipped', 'quality-0'] as const;
export type FailureRule = (typeof failureRules)[number];

export interface OutageTask extends CorpusPass {
  /** `none`: the same pass with nothing that fails, to compare with. */
  readonly outage: OutageKind | 'none';
  readonly rule: FailureRule;
}

export interface OutageFigures {
  readonly seed: number;
  /** By model that was hit: mean of what was learnt of its quality, just before and just after the outage; NaN: nothing. */
  readonly learntBefore: readonly number[];
  readonly learntAfter: readonly number[];
  /** The same of the weight that it was learnt by, in outcomes. */
  readonly weightBefore: readonly number[];
  readonly weightAfter: readonly number[];
  /** Calls that failed, for each request of the outage. */
  readonly failedCalls: number;
  /** Of the `recovery` requests after each kind of outage, in the order of `outageKinds`: mean reward. */
  readonly rewardAfter: readonly number[];
  /** The same: the share of the models that were hit, by kind. */
  readonly shareAfter: readonly number[];
}

/** So many requests after an outage are looked at. */
export const recovery = 250;

interface Span {
  /** Steps: the first that fails, and the first that doesn't any more. */
  readonly from: number;
  readonly until: number;
}

/** How long it lasts: until the network is there, the user has entered another key, the vendor is back. */
const hours: Readonly<Record<OutageKind, number>> = { offline: 1, 'expired-key': 8, 'vendor-down': 24 };

/** When it fails, from the middle of a pass of so many steps. Throws RangeError where the pass is over before it recovered. */
export function spanOf(kind: OutageKind, steps: number, perHour: number): Span {
  const from = Math.floor(steps / 2);
  const until = from + hours[kind] * perHour;
  if (until + recovery > steps) {
    throw new RangeError(
      `A pass of ${String(steps)} prompts is over before ${kind} is: fewer requests in an hour are needed.`,
    );
  }
  return { from, until };
}

const reasons: Readonly<Record<OutageKind, FailureReason>> = {
  // As ledgers have it that don't say whose fault a network failure was.
  offline: 'network',
  'expired-key': 'refused-key',
  'vendor-down': 'server-error',
};

/**
 * Which models fail, by number: all, or those of the vendor whose model is the best. The corpora don't name vendors: whose
 * names begin alike are of one, `google/…` or `claude-…`.
 */
export function modelsHit(
  kind: OutageKind,
  { models }: Pick<Corpus, 'models'>,
  best: number,
): readonly number[] {
  const vendorOf = (model = ''): string => (/^[^/]+(?=\/)|^[a-z]+/i.exec(model)?.[0] ?? model).toLowerCase();
  return models.flatMap((model, arm) =>
    kind === 'offline' || vendorOf(model) === vendorOf(models[best]) ? [arm] : [],
  );
}

/** The table by which a failure counts as the rule says. */
export function tableBy(rule: FailureRule): SignalTable {
  switch (rule) {
    case 'shipped':
      return shippedSignals;
    case 'quality-0':
      return { ...shippedSignals, failed: { quality01: 0, weight: 1, halfLife: undefined } };
  }
}

export function createOutageRunner(options: Options): (task: OutageTask) => Promise<OutageFigures> {
  return byCorpus(async (index) => {
    const material = await readMaterial(options, index);
    return (task) => outagePass(material, task, options);
  });
}

export const outagePasses: PassMaker<Options, OutageTask, OutageFigures> = {
  worker: new URL('outage-worker.ts', import.meta.url),
  createRunner: createOutageRunner,
};

/** One pass in which every answer is scored at once, so that all that changes what was learnt is the outage. */
export function outagePass(
  material: Material,
  { outage, rule, lambda, seed }: OutageTask,
  options: Pick<Options, 'steps' | 'features' | 'perHour' | 'startMs' | 'table'>,
): OutageFigures {
  const { corpus, vectors } = material;
  const whole = orderOf(corpus, seed);
  const order = whole.slice(0, options.steps);
  const spanFor = (kind: OutageKind): Span => spanOf(kind, order.length, options.perHour);
  const best = bestOf(meanRewards(corpus.models, corpus.rows, rewardOfCorpus(corpus, lambda)));
  const hitBy = (kind: OutageKind): readonly number[] => modelsHit(kind, corpus, best);
  const span = outage === 'none' ? undefined : spanFor(outage);
  const hit = outage === 'none' ? [] : hitBy(outage);
  const failsAt = (arm: number, step: number): boolean =>
    span !== undefined && step >= span.from && step < span.until && hit.includes(arm);

  let failed = 0;
  let learner: Learner | undefined;
  const learnt: Learnt[] = [];
  const look = (): void => {
    const pool = learner?.pool(corpus.name);
    learnt.push({
      weights: hit.map((arm) => pool?.arm(corpus.models[arm] ?? '').quality.weight ?? 0),
      means: hit.map((arm) => {
        const quality = pool?.arm(corpus.models[arm] ?? '').quality;
        return quality === undefined || quality.weight === 0
          ? Number.NaN
          : quality.weightedQuality / quality.weight;
      }),
    });
  };

  const router = conduitRouter({
    name: outage,
    signals: tableBy(rule),
    atMs: (step) => options.startMs + (step * 60 * 60_000) / options.perHour,
    onStart: (own) => {
      learner = own;
    },
    onDecision: (_decision, step) => {
      if (step === span?.from || step === span?.until) look();
    },
    failureAt: (arm, step) => {
      if (outage === 'none' || !failsAt(arm, step)) return undefined;
      failed += 1;
      return failureOf(outage);
    },
  });
  const features = describeCorpus(corpus, options.features, vectors, whole);
  const contestant = told(router, options.table === undefined ? 'off' : 'table', material);
  const pass = replay(contestant, seed, { corpus, features, lambda, delay: 0, feedback: 1, order });
  const after = (values: Float64Array | Uint16Array, kind: OutageKind) => {
    const { until } = spanFor(kind);
    return values.subarray(until, until + recovery);
  };
  return {
    seed,
    learntBefore: learnt[0]?.means ?? [],
    learntAfter: learnt[1]?.means ?? [],
    weightBefore: learnt[0]?.weights ?? [],
    weightAfter: learnt[1]?.weights ?? [],
    failedCalls: span === undefined ? 0 : failed / (span.until - span.from),
    rewardAfter: outageKinds.map((kind) => mean(after(pass.rewards, kind))),
    shareAfter: outageKinds.map((kind) => {
      const own = hitBy(kind);
      return mean(Array.from(after(pass.arms, kind), (arm) => (own.includes(arm) ? 1 : 0)));
    }),
  };
}

interface Learnt {
  readonly weights: readonly number[];
  readonly means: readonly number[];
}

function failureOf(kind: OutageKind): Failure {
  return { reason: reasons[kind], detail: '', status: undefined };
}
