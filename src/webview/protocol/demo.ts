import { z } from 'zod';
import { copyTextSchema, savePictureSchema } from './chart-messages';
import { lineChartSchema } from './stats-board';

/** Messages between the extension host and the demo. Both sides parse what they get: neither trusts the other. */

/** A figure of the router beside the same of who always asks the dearest model. */
const figureSchema = z.object({ value: z.string(), against: z.string() });

const demoStepSchema = z.object({
  /** "fix code", and the request itself. */
  task: z.string(),
  text: z.string(),
  model: z.string(),
  why: z.string(),
  /** What this one cost. */
  cost: z.string(),
  rating: z.enum(['up', 'down', 'none']),
  /** "UCB1, 37 of 100". */
  phase: z.string(),
  /** Up to here. */
  paid: figureSchema,
  saved: z.string(),
  quality: figureSchema,
});

const demoModelSchema = z.object({
  model: z.string(),
  /** "$0.50 in, $2.00 out for a million tokens", and what it is good at. */
  price: z.string(),
  goodAt: z.string(),
});

export const toDemoSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('failed'), text: z.string() }),
  /** Decided from its first request to its last: the page plays it. */
  z.object({
    type: z.literal('run'),
    /** What is made up, and what isn't. */
    says: z.array(z.string()),
    seed: z.number(),
    preset: z.string(),
    presets: z.array(z.object({ value: z.string(), label: z.string() })),
    models: z.array(demoModelSchema),
    /** Requests in the first phase. */
    switchAfter: z.number(),
    steps: z.array(demoStepSchema).min(1),
    /** Whole; each has a value for every `every` requests, so that a page shows the first of them. */
    charts: z.object({ share: lineChartSchema, cost: lineChartSchema, quality: lineChartSchema }),
    every: z.number().min(1),
    /** What the switch of phases is, and what happened in the end. */
    switched: z.string(),
    ending: z.array(z.string()),
  }),
]);

export const fromDemoSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('run'), seed: z.number().int().min(0), preset: z.string() }),
  copyTextSchema,
  savePictureSchema,
  z.object({ type: z.literal('command'), command: z.enum(['ask', 'show-stats']) }),
]);

export type DemoRun = Extract<z.infer<typeof toDemoSchema>, { type: 'run' }>;
export type ToDemo = z.infer<typeof toDemoSchema>;
export type FromDemo = z.infer<typeof fromDemoSchema>;
