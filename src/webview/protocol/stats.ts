import { z } from 'zod';
import { breakerSchema } from './breaker';
import { copyTextSchema, savePictureSchema } from './chart-messages';
import { boardSchema, lookSchema } from './stats-board';
import { decisionDetailSchema, decisionsSchema } from './stats-decisions';

/** Messages between the extension host and the stats page. Both sides parse what they get: neither trusts the other. */

const modelStatsSchema = z.object({
  model: z.string(),
  /** Absent: closed. */
  breaker: breakerSchema.optional(),
  requests: z.number(),
  share01: z.number(),
  /** "0.71 (figures)": what was expected before its own outcomes; absent: it wasn't kept. */
  expected: z.string().optional(),
  /** Mean quality 0..1 and its standard error; undefined: no evidence yet. */
  quality01: z.number().optional(),
  qualityError: z.number().optional(),
  /** Total and mean, ready to show. */
  totalCost: z.string(),
  meanCost: z.string(),
  timeToFirstToken: z.string(),
  thumbsUp: z.number(),
  thumbsDown: z.number(),
  failures: z.number(),
});

const poolStatsSchema = z.object({
  pool: z.string(),
  simulated: z.boolean(),
  /** "UCB1, 37 of 100" or "LinUCB". */
  phase: z.string(),
  /** How much of the first phase is behind; undefined once it is over. */
  phaseProgress01: z.number().min(0).max(1).optional(),
  requests: z.number(),
  totalCost: z.string(),
  models: z.array(modelStatsSchema),
});

/** One row of the table of signals. */
const signalRowSchema = z.object({
  /** What a message names it by; `label` is what is shown. */
  name: z.string(),
  label: z.string(),
  /** "bad (0.35)". */
  says: z.string(),
  /** "0.09", or "off". */
  weight: z.string(),
  /** Answers that it was told of, and in how many of them it counts. */
  told: z.number(),
  counted: z.number(),
  /** Of all answers, for the bar. */
  share01: z.number().min(0).max(1),
  /** `off`: by the user's file. `silent`: it says nothing, and nobody turned it off. */
  state: z.enum(['on', 'off', 'silent']),
});

const learningSchema = z.object({
  answers: z.number(),
  /** Of these, so many of which more was told than that they came. */
  toldOf: z.number(),
  /** All rows, in the order of the table. */
  signals: z.array(signalRowSchema),
  models: z.array(z.object({ model: z.string(), answers: z.number(), toldOf: z.number() })),
});

export const toStatsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('failed'), text: z.string() }),
  /** For the narrow view of the side bar. */
  z.object({
    type: z.literal('summary'),
    /** "today $0.0123 of $2.00"; absent: there is no daily budget. */
    budget: z.string().optional(),
    /** Who judges answers, what that cost, and how it agrees with the user; absent: nobody does or did. */
    judges: z.array(z.string()).optional(),
    pools: z.array(poolStatsSchema),
  }),
  z.object({
    type: z.literal('board'),
    budget: z.string().optional(),
    judges: z.array(z.string()).optional(),
    pools: z.array(poolStatsSchema),
    learning: learningSchema,
    board: boardSchema,
    /** What it is of. */
    look: lookSchema,
  }),
  z.object({ type: z.literal('decisions'), decisions: decisionsSchema }),
  z.object({ type: z.literal('detail'), id: z.string(), detail: decisionDetailSchema.optional() }),
]);

export const fromStatsSchema = z.discriminatedUnion('type', [
  /** The page is there, or is to look again; `look` says what the wide page shows. */
  z.object({ type: z.literal('ready'), look: lookSchema.optional() }),
  z.object({ type: z.literal('look'), look: lookSchema }),
  z.object({ type: z.literal('detail'), id: z.string() }),
  z.object({ type: z.literal('export'), format: z.enum(['csv', 'json']) }),
  copyTextSchema,
  savePictureSchema,
  z.object({ type: z.literal('reset-breaker'), model: z.string() }),
  /** Learns from a signal, or no longer, by the user's conduit.yaml. */
  z.object({ type: z.literal('turn-signal'), signal: z.string(), on: z.boolean() }),
  /** Measures the others against a model, or no longer, by the user's conduit.yaml. */
  z.object({ type: z.literal('measure'), model: z.string(), on: z.boolean() }),
  z.object({
    type: z.literal('command'),
    command: z.enum(['ask', 'open-configuration', 'show-log', 'show-stats']),
  }),
]);

export type PoolStatsView = z.infer<typeof poolStatsSchema>;
export type SignalRow = z.infer<typeof signalRowSchema>;
export type LearningView = z.infer<typeof learningSchema>;
export type ToStats = z.infer<typeof toStatsSchema>;
export type FromStats = z.infer<typeof fromStatsSchema>;
