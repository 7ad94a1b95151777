import { z } from 'zod';
import { explanationSchema } from './chat';
import { sortNames } from './stats-board';

/** The table of decisions of the stats page, a page of it at a time. */
export const decisionsSchema = z.object({
  offset: z.number(),
  /** All that filter and search leave in. */
  total: z.number(),
  /** "1 to 50 of 1,234". */
  range: z.string(),
  columns: z.array(z.object({ title: z.string(), sort: z.enum(sortNames).optional() })),
  rows: z.array(z.object({ id: z.string(), cells: z.array(z.string()) })),
});

/** All that is known of one decision. Absent: the ledger no longer has it. */
export const decisionDetailSchema = z.object({
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  explanation: explanationSchema,
  /** What would change the choice, in sentences. */
  whatIf: z.array(z.string()),
  /** All that is known of the choice, as JSON. */
  json: z.string(),
});

export type DecisionsView = z.infer<typeof decisionsSchema>;
export type DecisionDetail = z.infer<typeof decisionDetailSchema>;
