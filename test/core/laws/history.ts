import type { PolicySettings } from '../../../src/core/bandit/settings';
import { shippedSettings } from '../../../src/core/bandit/settings';
import type { ArmChange, Decision } from '../../../src/core/terms/decision';
import type { Description, FeatureSpace } from '../../../src/core/features/feature-space';
import { describe, textSpace } from '../../../src/core/features/feature-space';
import type { Learner } from '../../../src/core/learning/learner';
import { createLearner } from '../../../src/core/learning/learner';
import type { Pool } from '../../../src/core/terms/deployment';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { Signal } from '../../../src/core/terms/observation';
import type { Random } from '../../../src/core/terms/ports';
import { noCaps } from '../../../src/core/terms/cost-caps';
import { presets } from '../../../src/core/terms/preset';
import { route } from '../../../src/core/routing/router';
import { utilityFor } from '../../../src/core/routing/utility';
import { attemptWith } from '../samples';
import { pick, seededRandom } from '../seeded-random';
import { deploymentWith, filePrices, poolWith, requestFor } from '../simulation';
import { promptOfKind } from '../two-kinds-of-prompt';

/** A policy that the laws are about, as settings of the real router and learner. */
export interface Policy {
  readonly name: string;
  readonly settings: PolicySettings;
  readonly switchAfter: number;
}

export const hybrid: Policy = { name: 'the hybrid', settings: shippedSettings, switchAfter: 40 };
export const policies: readonly Policy[] = [
  { name: 'UCB1', settings: shippedSettings, switchAfter: 1e9 },
  { name: 'LinUCB', settings: { ...shippedSettings, sharedRidge: undefined }, switchAfter: 0 },
  hybrid,
];

export const armIds: readonly string[] = ['a', 'b', 'c'];
/** Probability of a good answer to code and to prose. */
const good01: Readonly<Record<string, readonly [number, number]>> = {
  a: [0.9, 0.4],
  b: [0.4, 0.85],
  c: [0.6, 0.6],
};

export function learnerOf({ settings }: Policy, space: FeatureSpace = textSpace): Learner {
  return createLearner({ space, settings, nowMs: () => 0 });
}

export function fold(learner: Learner, entries: readonly LedgerEntry[]): Learner {
  entries.forEach((entry, index) => learner.apply({ ...entry, sequence: index + 1, atMs: 0 }));
  return learner;
}

const pools = new Map<string, Pool>();

/** Made once each: the laws draw from them a hundred thousand times. */
function poolOf(arms: readonly string[]): Pool {
  const known = pools.get(arms.join()) ?? poolWith(arms.map((arm) => deploymentWith(arm)));
  pools.set(arms.join(), known);
  return known;
}

/** The decision for a prompt in the learner's state. Nothing is recorded. */
export function decide(
  policy: Policy,
  learner: Learner,
  random: Random,
  prompt: string,
  arms = armIds,
  description: Description = describe(requestFor(prompt)),
  id = 'probe',
): Decision {
  const routed = route({
    id,
    request: requestFor(prompt),
    description,
    pool: poolOf(arms),
    unavailable: () => undefined,
    caps: noCaps,
    cachedTokens: new Map(),
    keep: undefined,
    state: learner.pool('default'),
    utility: utilityFor(presets.balanced),
    settings: policy.settings,
    keepPrompt: true,
    preset: 'balanced',
    switchAfter: policy.switchAfter,
    prices: filePrices,
    abilityOf: () => undefined,
    random,
  });
  if (!routed.ok) throw new Error('No model was eligible.');
  return routed.decision;
}

/** A change that decision number `at`, from 0, says of an arm. */
export type ForcedChange = ArmChange & { readonly at: number };

export const usualChanges: readonly ForcedChange[] = [
  { at: 60, deploymentId: 'a', recentFrom: 30, oldScale: 0.3 },
  { at: 90, deploymentId: 'b', recentFrom: 70, oldScale: 0.5 },
  { at: 90, deploymentId: 'a', recentFrom: 80, oldScale: 0.25 },
];

/** A ledger, and the learner that was asked for every decision while it was written. */
export interface Lived {
  readonly entries: readonly StoredEntry[];
  readonly learner: Learner;
}

/**
 * A ledger as the extension writes it: the policy decides, outcomes come late, some answers fail and another model
 * steps in, some are stopped, rated, rated again or graded, and some decisions say that an arm changed. `notices`: there
 * are signs too, whose weight depends on what the pool's other answers got.
 */
export function live(
  policy: Policy,
  seed: number,
  decisions = 120,
  changes: readonly ForcedChange[] = usualChanges,
  { notices = true }: { readonly notices?: boolean } = {},
): Lived {
  const random = seededRandom(seed);
  const learner = learnerOf(policy);
  const entries: StoredEntry[] = [];
  const waiting: LedgerEntry[][] = [];
  const record = (entry: LedgerEntry): void => {
    const stored = { ...entry, sequence: entries.length + 1, atMs: 0 };
    entries.push(stored);
    learner.apply(stored);
  };
  for (let number = 0; number < decisions; number += 1) {
    const kind = random() < 0.5 ? 'code' : 'prose';
    const prompt = promptOfKind(kind, random);
    const decided = decide(policy, learner, random, prompt, armIds, undefined, `d${String(number)}`);
    const forced = changes.filter(({ at }) => at === number).map(({ at: _at, ...change }) => change);
    const decision = { ...decided, changes: [...decided.changes, ...forced] };
    record({ kind: 'decision', decision });
    const outcome = outcomeOf(decision, kind === 'code' ? 0 : 1, random);
    waiting.push(outcome.filter((entry) => notices || !isNoticed(entry)));
    while (waiting.length > 0 && random() < 0.6) waiting.shift()?.forEach(record);
  }
  waiting.flat().forEach(record);
  return { entries, learner };
}

/** The ledger of such a life alone. */
export function historyOf(...life: Parameters<typeof live>): readonly StoredEntry[] {
  return live(...life).entries;
}

function outcomeOf(decision: Decision, kind: 0 | 1, random: Random): LedgerEntry[] {
  const { id: decisionId, deploymentId: first } = decision;
  if (random() >= 0.1) return answerOf(decisionId, first, 0, kind, random);
  const failure = { reason: 'server-error', detail: '', status: 500 } as const;
  const second = pick(
    armIds.filter((id) => id !== first),
    random,
  );
  return [
    {
      kind: 'attempt',
      attempt: attemptWith({ decisionId, deploymentId: first, outcome: 'failed', failure }),
    },
    observed(decisionId, first, { kind: 'failed', failure }),
    ...answerOf(decisionId, second, 1, kind, random),
  ];
}

function answerOf(
  decisionId: string,
  deploymentId: string,
  index: number,
  kind: 0 | 1,
  random: Random,
): LedgerEntry[] {
  const observe = (signal: Signal): LedgerEntry => observed(decisionId, deploymentId, signal);
  const receipt = { ...attemptWith().receipt, totalMs: Math.round(500 + 2_000 * random()) };
  const chance = random();
  if (chance < 0.05) {
    const attempt = attemptWith({ decisionId, deploymentId, index, outcome: 'stopped', receipt });
    return [{ kind: 'attempt', attempt }, observe({ kind: 'stopped' })];
  }
  const isGood = random() < (good01[deploymentId]?.[kind] ?? 0.5);
  const rated = { kind: 'rating', thumb: isGood ? 'up' : 'down' } as const;
  const answered: LedgerEntry[] = [
    { kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId, index, receipt }) },
    observe({ kind: 'completed' }),
  ];
  if (chance < 0.65) answered.push(observe(rated));
  if (chance < 0.15)
    answered.push(observe({ kind: 'rating', thumb: isGood ? 'down' : 'up' }), observe(rated));
  if (chance > 0.7 && chance < 0.8) {
    answered.push(
      observe({ kind: 'edit', outcome: isGood ? 'accepted' : 'rejected' }),
      observe({ kind: 'edit-survival', moment: '5-minutes', share01: random() }),
      observe({ kind: 'edit-diagnostics', before: 1, after: random() < 0.5 ? 0 : 2 }),
    );
  }
  if (chance > 0.85) answered.push(observe({ kind: 'scored', quality01: random() }));
  if (chance < 0.9) answered.push(...noticed(isGood, random).map(observe));
  return answered;
}

/** Signs that are weighed against those of the pool's other answers. */
function isNoticed(entry: LedgerEntry): boolean {
  if (entry.kind !== 'observation') return false;
  const { kind } = entry.observation.signal;
  return !['completed', 'failed', 'stopped', 'rating', 'scored', 'edit', 'edit-survival'].includes(kind);
}

/** What is noticed beside that, right more often than wrong; the judge's word among it. */
function noticed(isGood: boolean, random: Random): readonly Signal[] {
  const right = (): boolean => random() < 0.7 === isGood;
  const signals: Signal[] = [];
  if (random() < 0.3) signals.push({ kind: right() ? 'copied' : 'regenerated' });
  if (random() < 0.3) signals.push({ kind: 'next-turn', turn: right() ? 'thanks' : 'says-wrong' });
  if (random() < 0.2) signals.push({ kind: 'loop', sign: right() ? 'turned-green' : 'repeated-call' });
  if (random() < 0.2) signals.push({ kind: 'taken', moment: '5-minutes', share01: right() ? 1 : random() });
  if (random() < 0.2) {
    const quality01 = right() ? 0.9 : 0.2;
    signals.push({ kind: 'judged', quality01, reason: 'other', judge: 'judge', probability: 0.1 });
  }
  return signals;
}

export function observed(decisionId: string, deploymentId: string, signal: Signal): LedgerEntry {
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}
