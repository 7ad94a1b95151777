import type { Attempt } from '../terms/attempt';

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
  apply(attempt: Attempt, atMs: number): void;
  /** `nowMs` in Unix ms. Of a model that never failed: no risk. */
  of(deploymentId: string, nowMs: number): Risk;
}

interface Call {
  readonly decisionId: string;
  readonly deploymentId: string;
  readonly atMs: number;
  readonly failed: boolean;
  readonly lostMs: number;
  /** True where it says nothing of the model. */
  blameless: boolean;
}

const halfLifeMs = 60 * 60_000;
/** Each call counts for so much less than the one after it: outages come in one piece. */
const memory = 0.9;
const keptCalls = 20;
/** As if so many calls had been seen, of which the usual share failed. */
const callsBefore = 5;
const usual01 = 0.02;

const none: Risk = { risk01: 0, lostMs: 0 };

export function createAvailability(): Availability {
  const calls = new Map<string, Call[]>();
  /** Network failures since anybody was last reached. */
  let unreached: Call[] = [];

  function keep(call: Call): void {
    const known = calls.get(call.deploymentId) ?? [];
    known.push(call);
    if (known.length > keptCalls) known.shift();
    calls.set(call.deploymentId, known);
  }

  function reached(decisionId: string): void {
    for (const call of unreached) if (call.decisionId === decisionId) call.blameless = false;
    unreached = [];
  }

  return {
    apply: ({ decisionId, deploymentId, outcome, failure, receipt, retried }, atMs) => {
      if (retried === true || failure?.local === true) return;
      if (outcome === 'stopped' && receipt.timeToFirstTokenMs === undefined) return;
      const failed = outcome === 'failed';
      const call = { decisionId, deploymentId, atMs, failed, lostMs: receipt.totalMs, blameless: false };
      keep(call);
      if (failure?.reason !== 'network') {
        reached(decisionId);
        return;
      }
      unreached.push(call);
      if (unreached.some((other) => other.deploymentId !== deploymentId))
        for (const each of unreached) each.blameless = true;
    },
    of: (deploymentId, nowMs) => {
      const known = calls.get(deploymentId);
      if (known?.some(({ failed, blameless }) => failed && !blameless) !== true) return none;
      let weights = callsBefore;
      let failures = callsBefore * usual01;
      let lost = { weight: 0, ms: 0 };
      const counted = known.filter(({ blameless }) => !blameless).toReversed();
      for (const [position, { atMs, failed, lostMs }] of counted.entries()) {
        const weight = memory ** position * 2 ** (-Math.max(0, nowMs - atMs) / halfLifeMs);
        weights += weight;
        if (!failed) continue;
        failures += weight;
        lost = { weight: lost.weight + weight, ms: lost.ms + weight * lostMs };
      }
      const risk01 = Math.max(0, (failures / weights - usual01) / (1 - usual01));
      return { risk01, lostMs: lost.weight > 0 ? lost.ms / lost.weight : 0 };
    },
  };
}
