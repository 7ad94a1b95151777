import { z } from 'zod';
import { abilityOrigins } from '../core/terms/ability';
import { exclusionReasons } from '../core/terms/decision';
import { failureReasons } from '../core/terms/failure';
import { judgementOutcomes } from '../core/terms/judgement';
import type { LedgerEntry } from '../core/terms/ledger-entry';
import {
  editOutcomes,
  judgeReasons,
  loopSigns,
  ratingReasons,
  survivalMoments,
  takenMoments,
  turnClasses,
  useSignals,
} from '../core/terms/observation';
import { stuckReasons } from '../core/terms/stuck';

/** The shape of stored rows. They enter as `unknown`: an older version, or a hand, may have written them. */

const failure = z.object({
  reason: z.enum(failureReasons),
  detail: z.string(),
  status: z.number().optional(),
  retryAfterMs: z.number().optional(),
  local: z.literal(true).optional(),
});

const candidate = z.object({
  deploymentId: z.string(),
  quality01: z.number(),
  bonus: z.number(),
  before: z.object({ quality01: z.number(), weight: z.number() }).optional(),
  // Where a newer version knows it from elsewhere, the decision is still one.
  known: z
    .object({ ability: z.number(), from: z.enum(abilityOrigins), as: z.string().optional() })
    .optional()
    .catch(undefined),
  stated01: z.number().optional(),
  outcomes: z.number().optional(),
  costUsd: z.number().optional(),
  costDoubt: z.object({ deviation: z.number(), share01: z.number() }).optional(),
  cache: z.object({ tokens: z.number(), savedUsd: z.number() }).optional(),
  latencyMs: z.number().optional(),
  risk01: z.number().optional(),
  utility: z.number(),
  probability: z.number(),
});

const decision = z.object({
  id: z.string(),
  pool: z.string(),
  origin: z.string(),
  conversationId: z.string(),
  deploymentId: z.string(),
  probability: z.number(),
  explored: z.boolean(),
  candidates: z.array(candidate),
  excluded: z.array(z.object({ deploymentId: z.string(), reason: z.enum(exclusionReasons) })),
  repeats: z.string().optional(),
  stickyInsteadOf: z.string().optional(),
  heldByCache: z.boolean().optional(),
  measured: z.object({ against: z.string(), share: z.number(), insteadOf: z.string().optional() }).optional(),
  pace: z.object({ multiplier: z.number(), budget: z.string(), insteadOf: z.string().optional() }).optional(),
  escalatedFrom: z.string().optional(),
  escalation: z
    .object({
      deploymentId: z.string(),
      steps: z.number(),
      // What only a newer version knows of a loop takes nothing from the decision.
      stuck: z.enum(stuckReasons).optional().catch(undefined),
      stayUsd: z.number().optional(),
    })
    .optional(),
  chosenByUser: z.literal(true).optional(),
  learning: z.literal(false).optional(),
  learnt01: z.number().optional(),
  workspace: z.string().optional(),
  // Decisions of before changes were noticed have none.
  changes: z
    .array(z.object({ deploymentId: z.string(), recentFrom: z.number(), oldScale: z.number() }))
    .default([]),
  phase: z.enum(['ucb1', 'lin-ucb']),
  belief: z.object({ slope: z.number().optional(), level01: z.number() }).optional(),
  poolSequence: z.number(),
  switchAfter: z.number(),
  preset: z.string(),
  features: z.array(z.number()),
  featureSpace: z.string(),
  prompt: z.string().optional(),
  inputTokens: z.number(),
  task: z.string(),
  domain: z.string(),
});

const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
  cacheWriteTokens: z.number().optional(),
  cacheWriteHourTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
  uncertain: z.literal(true).optional(),
});

const cost = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['exact', 'estimated', 'simulated']), usd: z.number() }),
  z.object({ kind: z.literal('unknown') }),
]);

const receipt = z.object({
  usage: usage.optional(),
  cost,
  timeToFirstTokenMs: z.number().optional(),
  totalMs: z.number(),
  servedModel: z.string().optional(),
});

const attempt = z.object({
  decisionId: z.string(),
  deploymentId: z.string(),
  index: z.number(),
  outcome: z.enum(['completed', 'failed', 'stopped']),
  failure: failure.optional(),
  retried: z.literal(true).optional(),
  receipt,
});

const judgement = z.object({
  id: z.string(),
  decisionId: z.string(),
  judge: z.string(),
  outcome: z.enum(judgementOutcomes),
  mostUsd: z.number(),
  receipt: receipt.optional(),
});

const signal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('completed') }),
  z.object({ kind: z.literal('failed'), failure }),
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('scored'), quality01: z.number() }),
  z.object({ kind: z.literal('edit'), outcome: z.enum(editOutcomes) }),
  z.object({
    kind: z.literal('edit-survival'),
    moment: z.enum(survivalMoments),
    share01: z.number(),
    lateMs: z.number().optional(),
  }),
  z.object({
    kind: z.literal('edit-diagnostics'),
    before: z.number(),
    after: z.number(),
    lateMs: z.number().optional(),
  }),
  z.object({ kind: z.literal('compared'), won: z.boolean(), otherDecisionId: z.string() }),
  z.object({ kind: z.enum(useSignals) }),
  z.object({ kind: z.literal('next-turn'), turn: z.enum(turnClasses) }),
  z.object({ kind: z.literal('loop'), sign: z.enum(loopSigns) }),
  z.object({ kind: z.literal('taken'), moment: z.enum(takenMoments), share01: z.number() }),
  z.object({
    kind: z.literal('judged'),
    quality01: z.number(),
    // A reason that only a newer version knows takes nothing from the verdict.
    reason: z.enum(judgeReasons).catch('other'),
    judge: z.string(),
    sibling: z.literal(true).optional(),
    probability: z.number(),
    otherDecisionId: z.string().optional(),
  }),
  z.object({
    kind: z.literal('rating'),
    thumb: z.enum(['up', 'down']).optional(),
    // A reason that only a newer version knows takes nothing from the thumb.
    reason: z.enum(ratingReasons).optional().catch(undefined),
  }),
]);

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('decision'), decision }),
  z.object({ kind: z.literal('attempt'), attempt }),
  z.object({
    kind: z.literal('observation'),
    observation: z.object({ decisionId: z.string(), deploymentId: z.string(), signal }),
  }),
  z.object({ kind: z.literal('judgement'), judgement }),
]);

/**
 * JSON leaves out what is undefined, and the core says `undefined` where it means it. The two types differ in
 * nothing else: the compiler checks that below.
 */
type Loose<T> = T extends readonly (infer Item)[]
  ? Loose<Item>[]
  : T extends object
    ? { [Key in keyof T as undefined extends T[Key] ? never : Key]: Loose<T[Key]> } & {
        [Key in keyof T as undefined extends T[Key] ? Key : never]?: Loose<T[Key]> | undefined;
      }
    : T;

type Matching = Loose<LedgerEntry> extends z.infer<typeof entry> ? z.ZodType<Loose<LedgerEntry>> : never;

/** Checked both ways: a reason, phase or signal that is new in the core must be readable here too. */
const asStored: Matching = entry;

/** An entry from a stored row, or undefined where the row isn't one. Absent fields read as undefined. */
export function parseEntry(stored: unknown): LedgerEntry | undefined {
  const parsed = asStored.safeParse(stored);
  return parsed.success ? (parsed.data as LedgerEntry) : undefined;
}

/** The decision that an entry is part of. */
export function decisionIdOf(entry: LedgerEntry): string {
  switch (entry.kind) {
    case 'decision':
      return entry.decision.id;
    case 'attempt':
      return entry.attempt.decisionId;
    case 'observation':
      return entry.observation.decisionId;
    case 'judgement':
      return entry.judgement.decisionId;
  }
}
