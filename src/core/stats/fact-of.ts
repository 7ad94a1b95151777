import { amendedEvidence, tellingWeight } from '../reward/observation-rules';
import { signsOf } from '../reward/signs';
import type { Attempt } from '../terms/attempt';
import type { Decision } from '../terms/decision';
import { fullUsdOf } from '../terms/decision';
import type { Evidence } from '../terms/evidence';
import type { FactRow, Money } from '../terms/facts';
import type { FailureReason } from '../terms/failure';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Signal, Thumb } from '../terms/observation';
import type { SignalName, SignalTable } from '../terms/signals';
import type { Rival } from './savings/rivals-of';
import { isOwnDraw, rivalsOf } from './savings/rivals-of';
import type { UsageFact } from './savings/usage-of';
import { usageOf } from './savings/usage-of';
import { nothingTold, toldOfAnswer } from './told-signals';

/** What one model did for a decision: asked, and told of. */
export interface PullFact {
  readonly model: string;
  /** It answered, whole or in part. */
  readonly answered: boolean;
  /** That an answer came is known of attempts, or of what was told. */
  readonly came: boolean;
  readonly failed: number;
  readonly money: Money;
  /** Of the first call that brought something, in ms. */
  readonly firstTokenMs: number | undefined;
  readonly thumb: Thumb | undefined;
  readonly evidence: Evidence | undefined;
  readonly told: readonly SignalName[];
  readonly counted: readonly SignalName[];
}

/** An answer of the decision that the user compared with one of another decision. */
export interface DuelFact {
  readonly model: string;
  readonly otherDecisionId: string;
  readonly won: boolean;
}

/** One call that failed. */
export interface FailedCall {
  readonly model: string;
  readonly reason: FailureReason;
  readonly local: boolean;
  readonly atMs: number;
}

/** A decision and all that became of it. */
export interface Fact extends FactRow {
  /** Of the decision's entry. */
  readonly sequence: number;
  /** What candidates were expected to cost with nothing in a prompt cache; undefined: of one of them nobody knew. */
  readonly expected:
    { readonly dearestUsd: number; readonly cheapestUsd: number; readonly meanUsd: number } | undefined;
  readonly used: UsageFact;
  readonly rivals: readonly Rival[];
  /** The router drew by itself; see `isOwnDraw`. */
  readonly ownDraw: boolean;
  readonly pulls: readonly PullFact[];
  readonly duels: readonly DuelFact[];
  readonly failures: readonly FailedCall[];
}

/** Evidence below this weight says too little of one answer to count in a mean of qualities. */
export const tellingFact = tellingWeight;

/**
 * The fact of one decision, from all entries that belong to it, in the order of the ledger: a function of them and of the
 * table of signals alone. Undefined where the decision itself isn't among them.
 */
export function factOf(entries: readonly StoredEntry[], table: SignalTable): Fact | undefined {
  const made = entries.find((entry) => entry.kind === 'decision');
  if (made === undefined) return undefined;
  const { decision, sequence, atMs } = made;
  const attempts = entries.flatMap((entry) =>
    entry.kind === 'attempt' ? [{ ...entry.attempt, atMs: entry.atMs }] : [],
  );
  const pulls = pullsOf(decision, attempts, signalsOf(entries), table);
  const answers = attempts.filter(({ outcome }) => outcome !== 'failed');
  const answeredBy = answers.at(-1)?.deploymentId;
  const own = pulls.find(({ model }) => model === answeredBy);
  const last = attempts.at(-1);
  return {
    ...ofDecision(decision, answeredBy),
    sequence,
    atMs,
    answeredBy,
    outcome: last === undefined || last.retried === true ? 'pending' : last.outcome,
    failure: last?.outcome === 'failed' ? last.failure?.reason : undefined,
    calls: attempts.length,
    money: moneyOf(attempts),
    ...tokensOf(attempts),
    firstTokenMs: own?.firstTokenMs,
    totalMs:
      answers.length === 0 ? undefined : answers.reduce((sum, { receipt }) => sum + receipt.totalMs, 0),
    thumb: own?.thumb,
    quality01: own?.evidence?.quality,
    qualityWeight: own?.evidence?.weight ?? 0,
    judged01: lastVerdict(entries, answeredBy),
    used: usageOf(decision, attempts, entries),
    pulls,
    duels: duelsOf(entries),
    failures: attempts.flatMap(({ deploymentId: model, failure, atMs: failedMs }) =>
      failure === undefined
        ? []
        : [{ model, reason: failure.reason, local: failure.local === true, atMs: failedMs }],
    ),
  };
}

type DecisionPart = Omit<
  Fact,
  | 'sequence'
  | 'atMs'
  | 'answeredBy'
  | 'outcome'
  | 'failure'
  | 'calls'
  | 'money'
  | 'inputTokens'
  | 'outputTokens'
  | 'cachedTokens'
  | 'firstTokenMs'
  | 'totalMs'
  | 'thumb'
  | 'quality01'
  | 'qualityWeight'
  | 'judged01'
  | 'used'
  | 'pulls'
  | 'duels'
  | 'failures'
>;

function ofDecision(decision: Decision, answeredBy: string | undefined): DecisionPart {
  const { candidates, deploymentId } = decision;
  const spoken = candidates.find((each) => each.deploymentId === (answeredBy ?? deploymentId));
  return {
    decisionId: decision.id,
    pool: decision.pool,
    origin: decision.origin,
    workspace: decision.workspace,
    task: decision.task,
    domain: decision.domain,
    conversationId: decision.conversationId,
    phase: decision.phase,
    poolSequence: decision.poolSequence,
    switchAfter: decision.switchAfter,
    preset: decision.preset,
    chosen: deploymentId,
    explored: decision.explored,
    chosenByUser: decision.chosenByUser === true,
    sticky: decision.stickyInsteadOf !== undefined,
    repeated: decision.repeats !== undefined,
    stuckWith: decision.escalation?.deploymentId,
    learning: decision.learning !== false,
    predicted01: spoken?.quality01,
    predictedUsd: spoken?.costUsd,
    propensity: decision.probability,
    expected: expectedOf(decision),
    rivals: rivalsOf(decision),
    ownDraw: isOwnDraw(decision),
  };
}

function expectedOf({ candidates }: Decision): Fact['expected'] {
  const costs = candidates.flatMap((candidate) => fullUsdOf(candidate) ?? []);
  if (costs.length === 0 || costs.length < candidates.length) return undefined;
  return {
    dearestUsd: Math.max(...costs),
    cheapestUsd: Math.min(...costs),
    meanUsd: costs.reduce((sum, usd) => sum + usd, 0) / costs.length,
  };
}

/** The last word on each pair. */
function duelsOf(entries: readonly StoredEntry[]): readonly DuelFact[] {
  const duels = new Map<string, DuelFact>();
  for (const entry of entries) {
    if (entry.kind !== 'observation' || entry.observation.signal.kind !== 'compared') continue;
    const { deploymentId: model, signal } = entry.observation;
    const { otherDecisionId, won } = signal;
    duels.set(`${model} ${otherDecisionId}`, { model, otherDecisionId, won });
  }
  return [...duels.values()];
}

type Signals = ReadonlyMap<string, readonly Signal[]>;

function signalsOf(entries: readonly StoredEntry[]): Signals {
  const signals = new Map<string, Signal[]>();
  for (const entry of entries) {
    if (entry.kind !== 'observation') continue;
    const { deploymentId, signal } = entry.observation;
    const own = signals.get(deploymentId);
    if (own === undefined) signals.set(deploymentId, [signal]);
    else own.push(signal);
  }
  return signals;
}

function pullsOf(
  { deploymentId, learning }: Decision,
  attempts: readonly Attempt[],
  signals: Signals,
  table: SignalTable,
): readonly PullFact[] {
  const models = new Set([
    deploymentId,
    ...attempts.map((attempt) => attempt.deploymentId),
    ...signals.keys(),
  ]);
  return Array.from(models, (model) => {
    const calls = attempts.filter((attempt) => attempt.deploymentId === model);
    const answers = calls.filter(({ outcome }) => outcome !== 'failed');
    const own = signals.get(model) ?? [];
    const answered = answers.length > 0;
    const told =
      own.length === 0 && !answered
        ? nothingTold
        : toldOfAnswer(answered, own, learning === false ? [] : signsOf(own, table));
    return {
      model,
      answered,
      came: told.came,
      failed: calls.length - answers.length,
      money: moneyOf(calls),
      firstTokenMs: answers.find(({ receipt }) => receipt.timeToFirstTokenMs !== undefined)?.receipt
        .timeToFirstTokenMs,
      thumb: own.findLast((signal) => signal.kind === 'rating')?.thumb,
      evidence: amendedEvidence(own, table),
      told: [...told.told],
      counted: [...told.counted],
    };
  });
}

/** Most failures cost nothing, and say nothing: they are no unknown costs. */
function moneyOf(attempts: readonly Attempt[]): Money {
  let [usd, priced, unpriced] = [0, 0, 0];
  let kind: Money['kind'];
  for (const { outcome, receipt } of attempts) {
    const { cost } = receipt;
    if (cost.kind !== 'unknown') {
      usd += cost.usd;
      priced += 1;
      if (kind === undefined || kind === 'exact' || cost.kind === 'simulated') kind = cost.kind;
    } else if (outcome !== 'failed') unpriced += 1;
  }
  return { usd, kind, priced, unpriced };
}

function tokensOf(attempts: readonly Attempt[]): Pick<Fact, 'inputTokens' | 'outputTokens' | 'cachedTokens'> {
  const usages = attempts.flatMap(({ receipt }) => receipt.usage ?? []);
  if (usages.length === 0)
    return { inputTokens: undefined, outputTokens: undefined, cachedTokens: undefined };
  const sum = (of: (usage: (typeof usages)[number]) => number): number =>
    usages.reduce((total, usage) => total + of(usage), 0);
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cachedTokens: sum(({ cachedInputTokens }) => cachedInputTokens),
  };
}

function lastVerdict(entries: readonly StoredEntry[], answeredBy: string | undefined): number | undefined {
  const verdicts = entries.flatMap((entry) => {
    if (entry.kind !== 'observation' || entry.observation.deploymentId !== answeredBy) return [];
    return entry.observation.signal.kind === 'judged' ? [entry.observation.signal.quality01] : [];
  });
  return verdicts.at(-1);
}
