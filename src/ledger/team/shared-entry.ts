import type { Attempt } from '../../core/terms/attempt';
import type { ArmChange, Candidate, Decision, Exclusion } from '../../core/terms/decision';
import type { Failure } from '../../core/terms/failure';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Signal } from '../../core/terms/observation';
import type { Cost, Receipt, Usage } from '../../core/terms/receipt';
import { presetNames } from '../../core/terms/preset';
import type { RequestOrigin } from '../../core/terms/request';
import { taskFamilies } from '../../core/features/task-kind';
import { taskKinds } from '../../core/terms/task';

/** What this machine calls things, in the team's keys. */
export interface SharedNames {
  /** Of a deployment, by its own id. */
  arm(deploymentId: string): string;
  pool(name: string): string;
  id(own: string): string;
}

export interface SharedOptions {
  /** Whether the numbers that a sentence encoder gave go, too. */
  readonly vectors: boolean;
}

const origins = Object.keys({
  chat: true,
  participant: true,
  'explain-selection': true,
  edit: true,
  fix: true,
  tests: true,
  document: true,
  'commit-message': true,
  'language-model': true,
} satisfies Record<RequestOrigin, true>);

/**
 * What a team gets of an entry: classes, counts and numbers, and keys. It is put together field by field, so that what an
 * entry may have in it tomorrow stays here. Not in it: what was asked and answered, what a provider said of a failure, and
 * the names of conversations, workspaces, pools, files and people.
 */
export function sharedEntry(entry: StoredEntry, names: SharedNames, options: SharedOptions): StoredEntry {
  const place = { sequence: entry.sequence, atMs: entry.atMs };
  switch (entry.kind) {
    case 'decision':
      return { ...place, kind: 'decision', decision: sharedDecision(entry.decision, names, options) };
    case 'attempt':
      return { ...place, kind: 'attempt', attempt: sharedAttempt(entry.attempt, names) };
    case 'observation': {
      const { decisionId, deploymentId, signal } = entry.observation;
      return {
        ...place,
        kind: 'observation',
        observation: {
          decisionId: names.id(decisionId),
          deploymentId: names.arm(deploymentId),
          signal: sharedSignal(signal, names),
        },
      };
    }
    case 'judgement': {
      const { id, decisionId, judge, outcome, mostUsd, receipt } = entry.judgement;
      return {
        ...place,
        kind: 'judgement',
        judgement: {
          id: names.id(id),
          decisionId: names.id(decisionId),
          judge: names.arm(judge),
          outcome,
          mostUsd,
          ...(receipt && { receipt: sharedReceipt(receipt) }),
        },
      };
    }
  }
}

function sharedDecision(decision: Decision, names: SharedNames, options: SharedOptions): Decision {
  const { repeats, stickyInsteadOf, heldByCache, measured, escalatedFrom, escalation, belief } = decision;
  return {
    id: names.id(decision.id),
    pool: names.pool(decision.pool),
    origin: oneOf(origins, decision.origin),
    conversationId: '',
    deploymentId: names.arm(decision.deploymentId),
    probability: decision.probability,
    explored: decision.explored,
    candidates: decision.candidates.map((candidate) => sharedCandidate(candidate, names)),
    excluded: decision.excluded.map(({ deploymentId, reason }): Exclusion => ({
      deploymentId: names.arm(deploymentId),
      reason,
    })),
    ...(repeats !== undefined && { repeats: names.id(repeats) }),
    ...(stickyInsteadOf !== undefined && { stickyInsteadOf: names.arm(stickyInsteadOf) }),
    ...(heldByCache !== undefined && { heldByCache }),
    ...(measured && {
      measured: {
        against: names.arm(measured.against),
        share: measured.share,
        ...(measured.insteadOf !== undefined && { insteadOf: names.arm(measured.insteadOf) }),
      },
    }),
    ...(escalatedFrom !== undefined && { escalatedFrom: names.id(escalatedFrom) }),
    ...(escalation && {
      escalation: {
        deploymentId: names.arm(escalation.deploymentId),
        steps: escalation.steps,
        stuck: escalation.stuck,
        stayUsd: escalation.stayUsd,
      },
    }),
    ...(decision.chosenByUser && { chosenByUser: true }),
    ...(decision.learning === false && { learning: false }),
    changes: sharedChanges(decision.changes, names),
    phase: decision.phase,
    ...(belief && { belief: { slope: belief.slope, level01: belief.level01 } }),
    poolSequence: decision.poolSequence,
    switchAfter: decision.switchAfter,
    preset: oneOf(presetNames, decision.preset),
    ...sharedFeatures(decision, options),
    prompt: undefined,
    inputTokens: decision.inputTokens,
    task: oneOf(taskKinds, decision.task),
    domain: oneOf(taskFamilies, decision.domain),
  };
}

/** A word of a closed list; '' for any other. */
function oneOf(words: readonly string[], word: string): string {
  return words.includes(word) ? word : '';
}

/** What describes the text by its kind and form, and what an encoder made of its words where that may go. */
function sharedFeatures(
  { features, featureSpace }: Decision,
  { vectors }: SharedOptions,
): Pick<Decision, 'features' | 'featureSpace'> {
  const [text = '', encoder] = featureSpace.split('+', 2);
  if (encoder === undefined || vectors) return { features: features.slice(), featureSpace };
  const size = Number(/^text(\d+)-/.exec(text)?.[1] ?? 0);
  return { features: features.slice(0, size), featureSpace: text };
}

function sharedCandidate(candidate: Candidate, names: SharedNames): Candidate {
  const { before, known, costDoubt, cache } = candidate;
  return {
    deploymentId: names.arm(candidate.deploymentId),
    quality01: candidate.quality01,
    bonus: candidate.bonus,
    ...(before && { before: { quality01: before.quality01, weight: before.weight } }),
    ...(known && { known: { ability: known.ability, from: known.from } }),
    stated01: candidate.stated01,
    outcomes: candidate.outcomes,
    costUsd: candidate.costUsd,
    ...(costDoubt && { costDoubt: { deviation: costDoubt.deviation, share01: costDoubt.share01 } }),
    ...(cache && { cache: { tokens: cache.tokens, savedUsd: cache.savedUsd } }),
    latencyMs: candidate.latencyMs,
    risk01: candidate.risk01,
    utility: candidate.utility,
    probability: candidate.probability,
  };
}

/** Two deployments of one arm have one change. */
function sharedChanges(changes: readonly ArmChange[], names: SharedNames): readonly ArmChange[] {
  const byArm = new Map<string, ArmChange>();
  for (const { deploymentId, recentFrom, oldScale } of changes) {
    const arm = names.arm(deploymentId);
    if (!byArm.has(arm)) byArm.set(arm, { deploymentId: arm, recentFrom, oldScale });
  }
  return [...byArm.values()];
}

function sharedAttempt(attempt: Attempt, names: SharedNames): Attempt {
  return {
    decisionId: names.id(attempt.decisionId),
    deploymentId: names.arm(attempt.deploymentId),
    index: attempt.index,
    outcome: attempt.outcome,
    failure: attempt.failure && sharedFailure(attempt.failure),
    ...(attempt.retried && { retried: true }),
    receipt: sharedReceipt(attempt.receipt),
  };
}

function sharedFailure({ reason, status, retryAfterMs, local }: Failure): Failure {
  return { reason, detail: '', status, retryAfterMs, ...(local && { local: true }) };
}

function sharedReceipt({ usage, cost, timeToFirstTokenMs, totalMs }: Receipt): Receipt {
  return {
    usage: usage && sharedUsage(usage),
    cost: sharedCost(cost),
    timeToFirstTokenMs,
    totalMs,
    servedModel: undefined,
  };
}

function sharedUsage(usage: Usage): Usage {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, cacheWriteHourTokens } = usage;
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    cacheWriteTokens,
    cacheWriteHourTokens,
    reasoningTokens: usage.reasoningTokens,
    ...(usage.uncertain && { uncertain: true }),
  };
}

function sharedCost(cost: Cost): Cost {
  return cost.kind === 'unknown' ? { kind: 'unknown' } : { kind: cost.kind, usd: cost.usd };
}

function sharedSignal(signal: Signal, names: SharedNames): Signal {
  switch (signal.kind) {
    case 'completed':
    case 'stopped':
    case 'copied':
    case 'inserted':
    case 'regenerated':
    case 'retried-elsewhere':
      return { kind: signal.kind };
    case 'failed':
      return { kind: 'failed', failure: sharedFailure(signal.failure) };
    case 'scored':
      return { kind: 'scored', quality01: signal.quality01 };
    case 'edit':
      return { kind: 'edit', outcome: signal.outcome };
    case 'edit-survival':
      return {
        kind: 'edit-survival',
        moment: signal.moment,
        share01: signal.share01,
        lateMs: signal.lateMs,
      };
    case 'edit-diagnostics':
      return {
        kind: 'edit-diagnostics',
        before: signal.before,
        after: signal.after,
        lateMs: signal.lateMs,
      };
    case 'compared':
      return { kind: 'compared', won: signal.won, otherDecisionId: names.id(signal.otherDecisionId) };
    case 'next-turn':
      return { kind: 'next-turn', turn: signal.turn };
    case 'loop':
      return { kind: 'loop', sign: signal.sign };
    case 'taken':
      return { kind: 'taken', moment: signal.moment, share01: signal.share01 };
    case 'judged': {
      const { quality01, reason, judge, sibling, probability, otherDecisionId } = signal;
      return {
        kind: 'judged',
        quality01,
        reason,
        judge: names.arm(judge),
        ...(sibling && { sibling: true }),
        probability,
        ...(otherDecisionId !== undefined && { otherDecisionId: names.id(otherDecisionId) }),
      };
    }
    case 'rating':
      return { kind: 'rating', thumb: signal.thumb, ...(signal.reason && { reason: signal.reason }) };
  }
}
