import type { Attempt } from '../terms/attempt';
import { readList, readNumber, readOneOf, readShape, readText } from '../terms/saved';

/** How likely a model is to give no answer now, beyond what any is, and what that costs. */
export interface Risk {
  /** Probability that the next call fails, less the usual one, 0..1; 0: nothing is held against it. */
  readonly risk01: number;
  /** Time that a failed call took, in ms, ≥ 0. */
  readonly lostMs: number;
}

/**
 * Whether models can be reached, learnt apart from how good their answers are, by the time of the record. A failure
 * counts half after an hour; what a month-old outage said is gone. What was this machine's fault blames no model:
 *
 * - a failure that its own record says is of the network here, of a proxy, or of a machine that slept;
 * - network failures of two models and more in a row, with nobody reached in between, unless another model answered the
 *   same request. So ledgers from before failures said so fold the same way.
 */
export interface Availability {
  /** `order` is the number of the attempt's decision among all: the order in which attempts end makes no difference. */
  apply(attempt: Attempt, atMs: number, order: number): void;
  /** `nowMs` in Unix ms. Of a model that never failed: no risk. */
  of(deploymentId: string, nowMs: number): Risk;
  save(): readonly SavedCall[];
}

export interface SavedCall {
  readonly order: number;
  /** Of the attempt in its decision. */
  readonly index: number;
  readonly deploymentId: string;
  readonly atMs: number;
  readonly lostMs: number;
  /** `unreached`: no connection came about, or it broke. */
  readonly end: (typeof ends)[number];
}

const ends = ['answered', 'failed', 'unreached'] as const;

type Call = SavedCall;

export const readCalls = readList(
  readShape<SavedCall>({
    order: readNumber,
    index: readNumber,
    deploymentId: readText,
    atMs: readNumber,
    lostMs: readNumber,
    end: readOneOf(ends),
  }),
);

const halfLifeMs = 60 * 60_000;
/** Each call counts for so much less than the one after it: outages come in one piece. */
const memory = 0.9;
/** Of all models: what is older than these is forgotten. */
const keptCalls = 400;
/** As if so many calls had been seen, of which the usual share failed. */
const callsBefore = 5;
const usual01 = 0.02;

const none: Risk = { risk01: 0, lostMs: 0 };

export function createAvailability(saved: readonly SavedCall[] = []): Availability {
  /** In the order of their decisions. */
  const calls = [...saved];
  let failures = calls.filter(({ end }) => end !== 'answered').length;
  /** Those that are told of their models, the latest first; undefined: to be made anew. */
  let byModel: ReadonlyMap<string, readonly Call[]> | undefined;

  function keep(call: Call): void {
    const place = calls.findLastIndex((other) => isBefore(other, call)) + 1;
    calls.splice(place, 0, call);
    if (call.end !== 'answered') failures += 1;
    const dropped = calls.length > keptCalls ? calls.shift() : undefined;
    if (dropped !== undefined && dropped.end !== 'answered') failures -= 1;
    byModel = undefined;
  }

  return {
    apply: ({ deploymentId, index, outcome, failure, receipt, retried }, atMs, order) => {
      if (retried === true || failure?.local === true) return;
      if (outcome === 'stopped' && receipt.timeToFirstTokenMs === undefined) return;
      const unreached = failure?.reason === 'network';
      const end = outcome !== 'failed' ? 'answered' : unreached ? 'unreached' : 'failed';
      keep({ order, index, deploymentId, atMs, lostMs: receipt.totalMs, end });
    },
    of: (deploymentId, nowMs) => {
      if (failures === 0) return none;
      byModel ??= Map.groupBy(toldOfModels(calls).toReversed(), (call) => call.deploymentId);
      return riskOf(byModel.get(deploymentId) ?? [], nowMs);
    },
    save: () => [...calls],
  };
}

function isBefore(one: Call, other: Call): boolean {
  return one.order === other.order ? one.index < other.index : one.order < other.order;
}

/** Without those that are no model's fault. */
function toldOfModels(calls: readonly Call[]): readonly Call[] {
  const told: Call[] = [];
  let unreached: Call[] = [];
  const settle = (reachedBy: number | undefined): void => {
    const alone = new Set(unreached.map(({ deploymentId }) => deploymentId)).size < 2;
    told.push(...unreached.filter(({ order }) => alone || order === reachedBy));
    unreached = [];
  };
  for (const call of calls) {
    if (call.end === 'unreached') {
      unreached.push(call);
      continue;
    }
    settle(call.order);
    told.push(call);
  }
  settle(undefined);
  return told;
}

/** Of one model's calls, the latest first. */
function riskOf(calls: readonly Call[], nowMs: number): Risk {
  if (calls.every(({ end }) => end === 'answered')) return none;
  let weights = callsBefore;
  let failed = callsBefore * usual01;
  let lost = { weight: 0, ms: 0 };
  for (const [position, { atMs, end, lostMs }] of calls.entries()) {
    const weight = memory ** position * 2 ** (-Math.max(0, nowMs - atMs) / halfLifeMs);
    weights += weight;
    if (end === 'answered') continue;
    failed += weight;
    lost = { weight: lost.weight + weight, ms: lost.ms + weight * lostMs };
  }
  const risk01 = Math.max(0, (failed / weights - usual01) / (1 - usual01));
  return { risk01, lostMs: lost.weight > 0 ? lost.ms / lost.weight : 0 };
}
