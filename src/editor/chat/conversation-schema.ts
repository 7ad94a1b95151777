import { z } from 'zod';
import { abilityOrigins } from '../../core/terms/ability';
import { budgetPeriods } from '../../core/terms/budgets';
import { exclusionReasons } from '../../core/terms/decision';
import { failureReasons } from '../../core/terms/failure';
import { stuckReasons } from '../../core/terms/stuck';
import type { RequestOrigin } from '../../core/terms/request';
import { answerSchema, ratingReasonSchema, thumbSchema } from '../../webview/protocol/chat';
import type { AnswerFacts } from '../answers/answer-facts';
import type { AnswerWords } from './answer-words';
import type { Question, SavedTurn } from './saved-conversation';

/** The shape of a turn in the file of a conversation: an older version, or a hand, may have written it. */

/** JSON leaves out what is undefined, and the core says `undefined` where it means it. */
function orUndefined<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value) => value);
}

/** What was asked somewhere that this version doesn't know was asked in a chat. */
const originSchema = z
  .enum(['chat', 'participant', 'explain-selection', 'language-model'])
  .catch('chat') satisfies z.ZodType<RequestOrigin>;

export const questionSchema: z.ZodType<Question> = z.object({
  prompt: z.string(),
  attachments: z.array(z.object({ label: z.string(), languageId: z.string(), text: z.string() })),
  origin: originSchema,
  pool: z.string().optional(),
});

export const toldSchema = z.record(z.string(), z.array(z.string())).optional();

const excludedSchema = z.array(z.object({ deploymentId: z.string(), reason: z.enum(exclusionReasons) }));

const candidateSchema = z.object({
  deploymentId: z.string(),
  quality01: z.number(),
  bonus: z.number(),
  before: z.object({ quality01: z.number(), weight: z.number() }).optional(),
  known: z
    .object({ ability: z.number(), from: z.enum(abilityOrigins), as: z.string().optional() })
    .optional()
    .catch(undefined),
  stated01: z.number().optional(),
  outcomes: z.number().optional(),
  costUsd: orUndefined(z.number()),
  cache: z.object({ tokens: z.number(), savedUsd: z.number() }).optional(),
  latencyMs: orUndefined(z.number()),
  risk01: z.number().optional(),
  utility: z.number(),
  probability: z.number(),
});

const decisionSchema = z.object({
  deploymentId: z.string(),
  probability: z.number(),
  explored: z.boolean(),
  candidates: z.array(candidateSchema),
  excluded: excludedSchema,
  repeats: z.string().optional(),
  stickyInsteadOf: z.string().optional(),
  pace: z.object({ multiplier: z.number(), budget: z.string(), insteadOf: z.string().optional() }).optional(),
  measured: z.object({ against: z.string(), share: z.number(), insteadOf: z.string().optional() }).optional(),
  escalation: z
    .object({
      deploymentId: z.string(),
      steps: z.number(),
      stuck: z.enum(stuckReasons).optional().catch(undefined),
      stayUsd: z.number().optional(),
    })
    .optional(),
  chosenByUser: z.literal(true).optional(),
  learning: z.literal(false).optional(),
  learnt01: z.number().optional(),
  changes: z.array(z.object({ deploymentId: z.string(), recentFrom: z.number(), oldScale: z.number() })),
  phase: z.enum(['ucb1', 'lin-ucb']),
  belief: z.object({ slope: z.number().optional(), level01: z.number() }).optional(),
  poolSequence: z.number(),
  switchAfter: z.number(),
  preset: z.string(),
  inputTokens: z.number(),
  task: z.string(),
  domain: z.string(),
});

const failureSchema = z.object({
  reason: z.enum(failureReasons),
  detail: z.string(),
  status: orUndefined(z.number()),
  retryAfterMs: z.number().optional(),
});

const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fell-back'), from: z.string(), to: z.string(), failure: failureSchema }),
  z.object({
    type: z.literal('retrying'),
    deploymentId: z.string(),
    waitMs: z.number(),
    failure: failureSchema,
  }),
  z.object({ type: z.literal('not-recorded'), detail: z.string() }),
]);

const costSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['exact', 'estimated', 'simulated']), usd: z.number() }),
  z.object({ kind: z.literal('unknown') }),
]);

const attemptSchema = z.object({
  deploymentId: z.string(),
  receipt: z.object({ cost: costSchema, totalMs: z.number(), servedModel: orUndefined(z.string()) }),
});

const budgetLeftSchema = z.object({
  budget: z.object({
    period: z.enum(budgetPeriods),
    subject: z.union([
      z.object({ of: z.enum(['all', 'judge']) }),
      z.object({ of: z.enum(['pool', 'model']), name: z.string() }),
    ]),
    usd: z.number(),
    path: z.string(),
  }),
  leftUsd: z.number(),
});

const endSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('finished'), attempt: attemptSchema, truncated: z.boolean() }),
  z.object({ type: z.literal('stopped'), attempt: attemptSchema.optional() }),
  z.object({
    type: z.literal('failed'),
    attempt: attemptSchema.pick({ deploymentId: true }),
    failure: failureSchema,
    partial: z.boolean(),
  }),
  z.object({ type: z.literal('no-model'), pool: z.string(), excluded: excludedSchema }),
  z.object({
    type: z.literal('over-budget'),
    pool: z.string(),
    excluded: excludedSchema,
    caps: z.object({
      requestUsd: orUndefined(z.number()),
      dayLeftUsd: orUndefined(z.number()),
      others: z.array(budgetLeftSchema).optional(),
      unreachable: z.literal(true).optional(),
    }),
    cheapest: z.object({ deploymentId: z.string(), costUsd: orUndefined(z.number()) }),
  }),
  z.object({ type: z.literal('broken'), detail: z.string() }),
]);

/** Of all facts but tool calls: none are offered in a chat. */
const factsSchema: z.ZodType<AnswerFacts> = z.object({
  decision: decisionSchema.optional(),
  by: z.object({ decisionId: z.string(), deploymentId: z.string() }).optional(),
  thoughts: z.string().optional(),
  text: z.string(),
  notices: z.array(noticeSchema),
  end: endSchema.optional(),
});

/** What the page shows around an answer is what an older version kept of it. */
const wordsSchema: z.ZodType<AnswerWords> = answerSchema.pick({
  status: true,
  notices: true,
  error: true,
  line: true,
  explanation: true,
});

const earlierSchema = z.object({ facts: factsSchema, words: wordsSchema.optional() });

const savedAnswerSchema = earlierSchema.extend({
  id: z.string(),
  lostAttachments: z.array(z.string()).optional(),
  thumb: thumbSchema.optional(),
  reason: ratingReasonSchema.optional(),
});

export const savedTurnSchema: z.ZodType<SavedTurn> = z.object({
  question: questionSchema,
  answer: savedAnswerSchema,
  rival: savedAnswerSchema.optional(),
  earlier: z.array(earlierSchema),
  told: toldSchema,
  version: z.number().optional(),
});
