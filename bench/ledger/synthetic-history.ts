import type { Candidate, Decision } from '../../src/core/terms/decision';
import type { LedgerEntry, StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Signal } from '../../src/core/terms/observation';
import type { Random } from '../../src/core/terms/ports';
import type { Receipt } from '../../src/core/terms/receipt';
import { spaceWith } from '../../src/core/features/feature-space';
import { taskFamilies } from '../../src/core/features/task-kind';
import { formatDimensions } from '../../src/core/features/format';
import { taskKinds } from '../../src/core/terms/task';
import { pick, seededRandom } from '../../test/core/seeded-random';

/** What a generated ledger is like. */
export interface SyntheticOptions {
  readonly decisions: number;
  readonly seed: number;
  /** Four hexadecimal digits that its ids have, and another history's don't. Absent: the usual ones. */
  readonly ids?: string;
  /** Numbers of a sentence encoder behind those of the text; 0: none was there. */
  readonly encoderDimensions?: number;
  /** The latest observations come up to so many decisions late (5,000). */
  readonly lateDecisions?: number;
  /** Unix ms of the last entry; the first is as many minutes before as there are decisions, at four a minute. */
  readonly untilMs?: number;
}

export const syntheticPools: readonly string[] = ['default', 'code', 'review'];
export const syntheticArms: readonly string[] = ['small', 'medium', 'large', 'local', 'reasoner'];
/** How good the answers of each arm are, 0..1, before what the prompt is. */
const quality01: Readonly<Record<string, number>> = {
  small: 0.55,
  medium: 0.7,
  large: 0.85,
  local: 0.45,
  reasoner: 0.8,
};
const judge = 'judge';

/**
 * A ledger as years of use would leave it: three pools of five models, attempts with receipts, some of which fail and
 * another model steps in; ratings, signs of what became of the answers, most soon and some thousands of decisions later;
 * judgements with their verdicts; now and then a change of a model. Entry after entry, so that a million decisions need no
 * memory. The same seed gives the same ledger.
 */
export function* syntheticHistory(options: SyntheticOptions): Generator<StoredEntry> {
  const {
    decisions,
    seed,
    encoderDimensions = 0,
    ids = '8000',
    lateDecisions = 5_000,
    untilMs = 1_790_000_000_000,
  } = options;
  const random = seededRandom(seed);
  const describe = describer(random, encoderDimensions);
  const late: { readonly due: number; readonly entry: LedgerEntry }[] = [];
  const counts = new Map<string, number>();
  let sequence = 0;
  let atMs = untilMs - decisions * 15_000;
  const stored = (entry: LedgerEntry): StoredEntry => ({ ...entry, sequence: ++sequence, atMs });

  for (let number = 0; number < decisions; number += 1) {
    atMs += 15_000;
    const pool = pick(['default', 'default', 'default', 'code', 'code', 'review'], random);
    const order = (counts.get(pool) ?? 0) + 1;
    counts.set(pool, order);
    const id = `${number.toString(16).padStart(8, '0')}-0000-4000-${ids}-000000000000`;
    const decision = decisionOf(id, number, pool, order, describe(), random);
    yield stored({ kind: 'decision', decision });
    for (const entry of outcomeOf(decision, random)) {
      const chance = random();
      const wait = entry.kind !== 'observation' || chance < 0.7 ? 0 : chance < 0.995 ? 60 : lateDecisions;
      if (wait === 0) yield stored(entry);
      else late.push({ due: number + Math.ceil(wait * random()), entry });
    }
    for (let index = late.length - 1; index >= 0; index -= 1) {
      const waiting = late[index];
      if (waiting === undefined || waiting.due > number) continue;
      late.splice(index, 1);
      yield stored(waiting.entry);
    }
  }
}

/** Its decisions' features are of this space. */
export function syntheticSpace(encoderDimensions = 0): ReturnType<typeof spaceWith> {
  if (encoderDimensions === 0) return spaceWith(undefined);
  return spaceWith({ space: 'synthetic', dimensions: encoderDimensions });
}

type Described = Pick<Decision, 'features' | 'featureSpace' | 'task' | 'domain'>;

function describer(random: Random, encoderDimensions: number): () => Described {
  const featureSpace = syntheticSpace(encoderDimensions).name;
  const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
  return () => {
    const task = pick(taskKinds, random);
    const domain = pick(taskFamilies, random);
    const features = [
      ...taskKinds.map((kind) => (kind === task ? 1 : 0)),
      ...taskFamilies.map((family) => (family === domain ? 1 : 0)),
      ...Array.from({ length: formatDimensions }, () => rounded(random() < 0.6 ? 0 : random())),
      1,
      ...Array.from({ length: encoderDimensions }, () => rounded((random() - 0.5) / 2)),
    ];
    return { task, domain, features, featureSpace };
  };
}

function decisionOf(
  id: string,
  number: number,
  pool: string,
  order: number,
  described: Described,
  random: Random,
): Decision {
  const candidates = syntheticArms
    .map((deploymentId): Candidate => {
      const expected01 = Math.min(1, Math.max(0, (quality01[deploymentId] ?? 0.5) + (random() - 0.5) / 5));
      return {
        deploymentId,
        quality01: expected01,
        bonus: 0.02,
        before: { quality01: 0.7, weight: 6 },
        outcomes: Math.min(order, 4_000) / syntheticArms.length,
        costUsd: 0.002 * random(),
        latencyMs: 800 + 1_000 * random(),
        utility: expected01 - 0.1 * random(),
        probability: 1 / syntheticArms.length,
      };
    })
    .toSorted((one, other) => other.utility - one.utility);
  const chosen = random() < 0.8 ? candidates[0]?.deploymentId : pick(syntheticArms, random);
  // A model changes about once in three thousand decisions of its pool.
  const change = { deploymentId: pick(syntheticArms, random), recentFrom: order - 100, oldScale: 0.5 };
  return {
    id,
    pool,
    origin: pick(['chat', 'chat', 'participant', 'edit', 'language-model'], random),
    conversationId: `conversation-${String(Math.floor(number / 6))}`,
    deploymentId: chosen ?? 'small',
    probability: 0.8,
    explored: random() < 0.005,
    candidates,
    excluded: [],
    changes: random() < 1 / 3_000 ? [change] : [],
    phase: order <= 100 ? 'ucb1' : 'lin-ucb',
    belief: { slope: 0.5, level01: 0.7 },
    poolSequence: order,
    switchAfter: 100,
    preset: 'balanced',
    ...described,
    prompt: undefined,
    inputTokens: Math.ceil(3_000 * random()),
  };
}

function outcomeOf(decision: Decision, random: Random): readonly LedgerEntry[] {
  const { id: decisionId, deploymentId: first } = decision;
  if (random() >= 0.02) return answerOf(decision, first, 0, random);
  const failure = { reason: 'server-error', detail: '', status: 500 } as const;
  const receipt: Receipt = {
    usage: undefined,
    cost: { kind: 'unknown' },
    timeToFirstTokenMs: undefined,
    totalMs: 3_000,
    servedModel: undefined,
  };
  return [
    {
      kind: 'attempt',
      attempt: { decisionId, deploymentId: first, index: 0, outcome: 'failed', failure, receipt },
    },
    observed(decisionId, first, { kind: 'failed', failure }),
    ...answerOf(decision, pick(syntheticArms, random), 1, random),
  ];
}

function answerOf(
  { id: decisionId, inputTokens }: Decision,
  deploymentId: string,
  index: number,
  random: Random,
): readonly LedgerEntry[] {
  const outputTokens = Math.ceil(900 * random());
  const receipt: Receipt = {
    usage: { inputTokens, outputTokens, cachedInputTokens: 0 },
    cost: { kind: 'exact', usd: (inputTokens + 4 * outputTokens) * 1e-6 },
    timeToFirstTokenMs: 200 + 400 * random(),
    totalMs: 1_000 + 4_000 * random(),
    servedModel: undefined,
  };
  const attempt = {
    decisionId,
    deploymentId,
    index,
    outcome: 'completed',
    failure: undefined,
    receipt,
  } as const;
  const isGood = random() < (quality01[deploymentId] ?? 0.5);
  const observe = (signal: Signal): LedgerEntry => observed(decisionId, deploymentId, signal);
  return [
    { kind: 'attempt', attempt },
    observe({ kind: 'completed' }),
    ...toldOf(isGood, random).map(observe),
    ...(random() < 0.1 ? judgementOf(decisionId, deploymentId, isGood, receipt, random) : []),
  ];
}

/** What becomes of an answer, right more often than wrong. */
function toldOf(isGood: boolean, random: Random): readonly Signal[] {
  const right = (): boolean => random() < 0.7 === isGood;
  const signals: Signal[] = [];
  if (random() < 0.1) signals.push({ kind: 'rating', thumb: isGood ? 'up' : 'down' });
  if (random() < 0.25) signals.push({ kind: right() ? 'copied' : 'regenerated' });
  if (random() < 0.4) signals.push({ kind: 'next-turn', turn: right() ? 'goes-on' : 'says-wrong' });
  if (random() < 0.1) signals.push({ kind: 'taken', moment: '30-minutes', share01: right() ? 1 : random() });
  return signals;
}

function judgementOf(
  decisionId: string,
  deploymentId: string,
  isGood: boolean,
  receipt: Receipt,
  random: Random,
): readonly LedgerEntry[] {
  const call = { id: `j-${decisionId}`, decisionId, judge, mostUsd: 0.01 };
  const score = random() < 0.75 === isGood ? 0.9 : 0.2;
  return [
    { kind: 'judgement', judgement: { ...call, outcome: 'reserved' } },
    { kind: 'judgement', judgement: { ...call, outcome: 'verdict', receipt } },
    observed(decisionId, deploymentId, {
      kind: 'judged',
      quality01: score,
      reason: isGood ? 'good' : 'wrong',
      judge,
      probability: 0.1,
    }),
  ];
}

function observed(decisionId: string, deploymentId: string, signal: Signal): LedgerEntry {
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}
