import { z } from 'zod';
import { copyTextSchema } from './chart-messages';
import { tableSchema } from './stats-board';

/** Messages between the extension host and the page that replays a history. Both sides parse what they get. */

const choiceSchema = z.object({ value: z.string(), label: z.string() });

/** What there is to change. */
const formSchema = z.object({
  type: z.literal('form'),
  presets: z.array(choiceSchema).min(1),
  /** Which models could be chosen; the first is as it was. */
  models: z.array(choiceSchema).min(1),
  deployments: z.array(
    z.object({
      id: z.string(),
      pool: z.string(),
      /** False: nobody knows its price, so it can't be changed. */
      priced: z.boolean(),
    }),
  ),
});

/** Shares of one model, of what was and what might have been. */
const shareSchema = z.object({ text: z.string(), share01: z.number().min(0).max(1) });

const resultSchema = z.object({
  type: z.literal('result'),
  /** What would have happened, in sentences. */
  says: z.array(z.string()).min(1),
  /** As it was, today's router as it is, and with the change. */
  runs: tableSchema,
  shares: z.array(z.object({ model: z.string(), was: shareSchema, asIs: shareSchema, changed: shareSchema })),
  moves: tableSchema,
  tasks: tableSchema,
  latest: tableSchema,
  /** What this rests on, and what it can't know. */
  notes: z.array(z.string()),
});

export const toReplaySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('failed'), text: z.string() }),
  formSchema,
  z.object({ type: z.literal('progress'), share01: z.number().min(0).max(1) }),
  z.object({ type: z.literal('cancelled') }),
  /** There is no decision to be made again; `text` says why. */
  z.object({ type: z.literal('empty'), text: z.string() }),
  resultSchema,
]);

const changeSchema = z.object({
  preset: z.string(),
  models: z.string(),
  without: z.array(z.string()),
  /** What the price of a model is multiplied with, by its id. */
  priceFactors: z.record(z.string(), z.number().positive()),
});

export const fromReplaySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('run'), change: changeSchema }),
  z.object({ type: z.literal('cancel') }),
  /** All figures of the last result as JSON. */
  z.object({ type: z.literal('copy-json') }),
  copyTextSchema,
  z.object({ type: z.literal('command'), command: z.enum(['ask', 'show-log']) }),
]);

export type ReplayForm = z.infer<typeof formSchema>;
export type ReplayResult = z.infer<typeof resultSchema>;
export type ReplayChange = z.infer<typeof changeSchema>;
export type ToReplay = z.infer<typeof toReplaySchema>;
export type FromReplay = z.infer<typeof fromReplaySchema>;
