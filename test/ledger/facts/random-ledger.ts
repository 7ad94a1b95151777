import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Failure } from '../../../src/core/terms/failure';
import type { Signal } from '../../../src/core/terms/observation';
import type { Random } from '../../../src/core/terms/ports';
import type { Cost } from '../../../src/core/terms/receipt';
import { attemptWith, decisionWith } from '../../core/samples';
import { pick } from '../../core/seeded-random';

/** An entry, and when it is recorded. */
export interface TimedEntry {
  readonly entry: LedgerEntry;
  readonly atMs: number;
}

export interface RandomLedger {
  readonly random: Random;
  readonly decisions: number;
  /** When the last decision is made, in Unix ms. */
  readonly untilMs: number;
  /** From one decision to the next, in ms, on average. */
  readonly pauseMs: number;
}

const models: Readonly<Record<string, readonly string[]>> = {
  default: ['local-llama', 'gpt-mini', 'claude-strong'],
  team: ['gpt-mini', 'sonnet'],
  simulated: ['pretend-a', 'pretend-b'],
};
const pools = ['default', 'default', 'default', 'default', 'team', 'simulated'];
const price: Readonly<Record<string, number>> = {
  'local-llama': 0,
  'gpt-mini': 0.0004,
  sonnet: 0.004,
  'claude-strong': 0.009,
  'pretend-a': 0.001,
  'pretend-b': 0.002,
};
const good01: Readonly<Record<string, number>> = {
  'local-llama': 0.5,
  'gpt-mini': 0.7,
  'claude-strong': 0.92,
};
const tasks = ['fix-code', 'write-code', 'write-tests', 'explain-code', 'fact-question', 'write-prose'];
const origins = ['chat', 'participant', 'edit', 'fix', 'tests', 'language-model'];
const workspaces = ['w-one', 'w-two'];
const failures: readonly Failure[] = [
  { reason: 'rate-limit', detail: '', status: 429 },
  { reason: 'timeout', detail: '', status: undefined },
  { reason: 'network', detail: '', status: undefined, local: true },
  { reason: 'server-error', detail: '', status: 500 },
];

/** A ledger with all that can be in one, in any mixture: nothing of it is a measurement. Oldest first. */
export function* randomLedger({ random, decisions, untilMs, pauseMs }: RandomLedger): Generator<TimedEntry> {
  const sequences = new Map<string, number>();
  let waiting: TimedEntry[] = [];
  const times: number[] = [];
  let atMs = 0;
  for (let index = 0; index < decisions; index += 1) {
    atMs += Math.round(-Math.log(1 - random()) * pauseMs);
    times.push(atMs);
  }
  let conversation = 0;
  for (const [index, time] of times.entries()) {
    const at = untilMs - atMs + time;
    if (random() < 0.3) conversation = index;
    const pool = pick(pools, random);
    const sequence = (sequences.get(pool) ?? 0) + 1;
    sequences.set(pool, sequence);
    const id = `d${String(index)}`;
    const made = decisionOf(id, pool, sequence, decisions, `c${String(conversation)}`, random);
    yield { entry: { kind: 'decision', decision: made }, atMs: at };
    waiting.push(
      ...becameOf(made.id, made.deploymentId, pool, random).map((entry) => ({ entry, atMs: at + 1_500 })),
    );
    if (random() < 0.8) {
      yield* waiting;
      waiting = [];
    }
  }
  // Some of the last requests are under way.
  yield* waiting.slice(0, Math.floor(waiting.length / 2));
}

function decisionOf(
  id: string,
  pool: string,
  poolSequence: number,
  decisions: number,
  conversationId: string,
  random: Random,
) {
  const arms = models[pool] ?? [];
  const candidates = arms.map((deploymentId) => ({
    deploymentId,
    quality01: 0.3 + 0.6 * random(),
    bonus: 0.1 * random(),
    costUsd: random() < 0.95 ? (price[deploymentId] ?? 0) * (0.5 + random()) : undefined,
    cache: random() < 0.1 ? { tokens: 100, savedUsd: 0.0001 } : undefined,
    before: { quality01: 0.6, weight: 4 },
    known: { ability: 0.2, from: 'figures' as const },
    outcomes: (20 * poolSequence) / decisions,
    latencyMs: 900,
    utility: random(),
    probability: 1 / arms.length,
  }));
  const deploymentId = pick(arms, random);
  const switchAfter = Math.max(2, Math.floor(decisions / 10));
  return decisionWith({
    id,
    pool,
    origin: pick(origins, random),
    conversationId,
    deploymentId,
    probability: 0.01 + 0.9 * random(),
    explored: random() < 0.05,
    candidates,
    phase: poolSequence <= switchAfter ? 'ucb1' : 'lin-ucb',
    poolSequence,
    switchAfter,
    task: pick(tasks, random),
    ...maybe(random() < 0.7, { workspace: pick(workspaces, random) }),
    ...maybe(random() < 0.05, { chosenByUser: true as const }),
    ...maybe(random() < 0.05, { stickyInsteadOf: pick(arms, random) }),
    ...maybe(random() < 0.03, { repeats: 'd0' }),
    ...maybe(random() < 0.03, {
      escalatedFrom: 'd0',
      escalation: { deploymentId: pick(arms, random), steps: 4 },
    }),
    ...maybe(random() < 0.05, { learning: false as const }),
  });
}

function maybe<Value extends object>(is: boolean, value: Value): Value | Record<string, never> {
  return is ? value : {};
}

function becameOf(decisionId: string, chosen: string, pool: string, random: Random): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let [model, index] = [chosen, 0];
  while (random() < 0.08) {
    const failure = pick(failures, random);
    const retried = random() < 0.4;
    entries.push(
      attempt(decisionId, model, index, 'failed', pool, random, {
        failure,
        ...maybe(retried, { retried: true as const }),
      }),
    );
    if (!retried) entries.push(observed(decisionId, model, { kind: 'failed', failure }));
    if (!retried) model = pick(models[pool] ?? [], random);
    index += 1;
    if (index > 3) return entries;
  }
  const calls = random() < 0.1 ? 3 : 1;
  for (let call = 0; call < calls; call += 1) {
    const stopped = random() < 0.04;
    entries.push(attempt(decisionId, model, index + call, stopped ? 'stopped' : 'completed', pool, random));
    entries.push(observed(decisionId, model, { kind: stopped ? 'stopped' : 'completed' }));
  }
  entries.push(...signalsOf(model, random).map((signal) => observed(decisionId, model, signal)));
  if (random() < 0.05) {
    const judgement = { id: `j${decisionId}`, decisionId, judge: 'judge', mostUsd: 0.001 };
    entries.push({ kind: 'judgement', judgement: { ...judgement, outcome: 'reserved' } });
    entries.push({
      kind: 'judgement',
      judgement: { ...judgement, outcome: 'verdict', receipt: attemptWith().receipt },
    });
    entries.push(
      observed(decisionId, model, {
        kind: 'judged',
        quality01: random(),
        reason: 'other',
        judge: 'judge',
        probability: 0.1,
      }),
    );
  }
  return entries;
}

function attempt(
  decisionId: string,
  deploymentId: string,
  index: number,
  outcome: 'completed' | 'failed' | 'stopped',
  pool: string,
  random: Random,
  change: Partial<Parameters<typeof attemptWith>[0]> = {},
): LedgerEntry {
  const firstMs = Math.round(200 + 1_500 * random() ** 3 * (deploymentId === 'claude-strong' ? 2 : 1));
  return {
    kind: 'attempt',
    attempt: attemptWith({
      decisionId,
      deploymentId,
      index,
      outcome,
      receipt: {
        usage:
          outcome === 'failed' && random() < 0.9
            ? undefined
            : {
                inputTokens: Math.round(2_000 * random()),
                outputTokens: Math.round(600 * random()),
                cachedInputTokens: random() < 0.2 ? 100 : 0,
              },
        cost: costOf(deploymentId, outcome, pool, random),
        timeToFirstTokenMs: outcome === 'failed' ? undefined : firstMs,
        totalMs: firstMs + Math.round(4_000 * random()),
        servedModel: undefined,
      },
      ...change,
    }),
  };
}

function costOf(model: string, outcome: string, pool: string, random: Random): Cost {
  if (outcome === 'failed' ? random() < 0.9 : random() < 0.02) return { kind: 'unknown' };
  const usd = (price[model] ?? 0) * (0.2 + 1.6 * random());
  if (pool === 'simulated') return { kind: 'simulated', usd };
  return { kind: random() < 0.1 ? 'estimated' : 'exact', usd };
}

function signalsOf(model: string, random: Random): readonly Signal[] {
  const good = random() < (good01[model] ?? 0.75);
  const right = (): boolean => random() < 0.8 === good;
  const signals: Signal[] = [];
  if (random() < 0.25) signals.push({ kind: 'rating', thumb: good ? 'up' : 'down' });
  if (random() < 0.03) signals.push({ kind: 'rating', thumb: undefined });
  if (random() < 0.03) signals.push({ kind: 'compared', won: right(), otherDecisionId: 'd0' });
  if (random() < 0.03) signals.push({ kind: 'scored', quality01: random() });
  if (random() < 0.2) {
    signals.push({
      kind: 'edit',
      outcome: right() ? 'accepted' : pick(['rejected', 'changed', 'undone'], random),
    });
    if (random() < 0.6)
      signals.push({
        kind: 'edit-survival',
        moment: pick(['save', '5-minutes', '30-minutes'], random),
        share01: random(),
      });
    if (random() < 0.4) signals.push({ kind: 'edit-diagnostics', before: 1, after: pick([0, 1, 2], random) });
  }
  if (random() < 0.2) signals.push({ kind: right() ? 'copied' : 'regenerated' });
  if (random() < 0.1) signals.push({ kind: right() ? 'inserted' : 'retried-elsewhere' });
  if (random() < 0.2)
    signals.push({
      kind: 'next-turn',
      turn: right() ? pick(['thanks', 'goes-on'], random) : pick(['says-wrong', 'asks-again'], random),
    });
  if (random() < 0.05) signals.push({ kind: 'loop', sign: right() ? 'turned-green' : 'repeated-call' });
  if (random() < 0.1)
    signals.push({ kind: 'taken', moment: pick(['seen', 'commit'], random), share01: random() });
  return signals;
}

function observed(decisionId: string, deploymentId: string, signal: Signal): LedgerEntry {
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}
