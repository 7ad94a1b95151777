import { z } from 'zod';

/** The figures of the stats page: numbers for its charts, and texts that are ready to show. */

/** What a chart shows, as a table: for screen readers, and to be copied. The first column names the row. */
export const tableSchema = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) });

const tileSchema = z.object({
  name: z.enum(['requests', 'spend', 'saved', 'quality', 'signals', 'first-token']),
  label: z.string(),
  value: z.string(),
  notes: z.array(z.string()),
});

export const lineChartSchema = z.object({
  /** Unix time in seconds, rising; or what `over` says. */
  x: z.array(z.number()),
  /** `requests`: numbers of requests. Absent: time. */
  over: z.literal('requests').optional(),
  unit: z.enum(['share', 'usd', 'quality']),
  /** `null`: nothing is known there. `baseline`: not what happened, but what it is held against. */
  series: z.array(
    z.object({ label: z.string(), values: z.array(z.number().nullable()), baseline: z.boolean() }),
  ),
  /** What happened at a moment, such as another phase. */
  marks: z.array(z.object({ x: z.number(), label: z.string() })),
  /** What it says, in a sentence. */
  says: z.string(),
  table: tableSchema,
});

const heatSchema = z.object({
  models: z.array(z.string()),
  tasks: z.array(z.string()),
  /** By task, then by model; undefined quality: nothing telling was told. */
  cells: z.array(
    z.array(
      z.object({
        quality01: z.number().optional(),
        /** "0.83 ± 0.05" and "14 of 20". */
        text: z.string(),
        count: z.string(),
        /** All of it in a sentence. */
        says: z.string(),
      }),
    ),
  ),
  table: tableSchema,
});

const scatterSchema = z.object({
  points: z.array(
    z.object({
      label: z.string(),
      usd: z.number(),
      quality01: z.number(),
      low01: z.number(),
      high01: z.number(),
      /** `mix`: all answers together, where the preset stands. */
      kind: z.enum(['front', 'behind', 'mix']),
      says: z.string(),
    }),
  ),
  /** What is left out and why, and what the chart says of the models. */
  notes: z.array(z.string()),
  table: tableSchema,
});

const latencySchema = z.object({
  /** Where the steps of all rows begin, in ms, and how it reads; '': it has no round name. */
  steps: z.array(z.object({ ms: z.number(), label: z.string() })),
  rows: z.array(
    z.object({
      model: z.string(),
      /** Share of its answers in each step, 0..1. */
      share01: z.array(z.number()),
      p50Step: z.number(),
      p95Step: z.number(),
      says: z.string(),
    }),
  ),
  table: tableSchema,
});

const savingsSchema = z.object({
  /** What the router can be held against, and against what it is. */
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  against: z.string(),
  /** What was saved, in a sentence, and what to know of it. */
  says: z.string(),
  notes: z.array(z.string()),
  /** Against everything. */
  table: tableSchema,
  /** Quality against the same, each figure with what it rests on; they are never added up. */
  quality: z.array(
    z.object({
      name: z.enum(['believed', 'measured', 'duels', 'choose']),
      label: z.string(),
      value: z.string(),
      notes: z.array(z.string()),
    }),
  ),
  /** Whether the model above gets a share of the requests by chance, and a button that changes it; absent: none is chosen. */
  measure: z.object({ model: z.string(), on: z.boolean(), says: z.string(), label: z.string() }).optional(),
});

export const boardSchema = z.object({
  /** Decisions in all, and of those that the filter leaves in. */
  decisions: z.number(),
  filtered: z.number(),
  /** "Reading the ledger: 12,000 decisions so far."; absent: all of it is read. */
  filling: z.string().optional(),
  choices: z.object({
    pools: z.array(z.object({ value: z.string(), label: z.string() })),
    origins: z.array(z.object({ value: z.string(), label: z.string() })),
    workspaces: z.array(z.object({ value: z.string(), label: z.string() })),
    tasks: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
  tiles: z.array(tileSchema),
  /** Absent: there is nothing to compare. */
  savings: savingsSchema.optional(),
  /** How decisions came about: "5 explored, 2 chosen by you". */
  decided: z.string(),
  /** Against the period before; absent: there is none. */
  change: z.object({ says: z.string(), table: tableSchema }).optional(),
  share: lineChartSchema,
  spend: lineChartSchema,
  learning: lineChartSchema,
  cost: lineChartSchema,
  heat: heatSchema,
  scatter: scatterSchema,
  latency: latencySchema,
  failures: tableSchema,
  /** Caps with what is used of them. */
  budgets: z.array(z.object({ label: z.string(), text: z.string(), share01: z.number().optional() })),
  conversations: tableSchema,
  sessions: tableSchema,
});

export const periodNames = ['today', 'yesterday', '7-days', '30-days', '90-days', 'all'] as const;
export type PeriodName = (typeof periodNames)[number];

export const sortNames = ['time', 'model', 'task', 'cost', 'quality', 'first-token', 'total-time'] as const;
export type SortName = (typeof sortNames)[number];

/** What the user looks at. It is kept when the page is closed and opened again. */
export const lookSchema = z.object({
  /** '': all. */
  pool: z.string(),
  origin: z.string(),
  /** '': all; '-': those of no workspace. */
  workspace: z.string(),
  task: z.string(),
  period: z.enum(periodNames),
  /** What the router is held against; '': the dearest model. */
  against: z.string().default(''),
  search: z.string(),
  sort: z.enum(sortNames),
  descending: z.boolean(),
  /** Of the first row of the table of decisions. */
  offset: z.number().min(0),
});

export const rowsOfPage = 50;

export type TableView = z.infer<typeof tableSchema>;
export type TileView = z.infer<typeof tileSchema>;
export type LineChartView = z.infer<typeof lineChartSchema>;
export type HeatView = z.infer<typeof heatSchema>;
export type ScatterView = z.infer<typeof scatterSchema>;
export type LatencyView = z.infer<typeof latencySchema>;
export type BoardView = z.infer<typeof boardSchema>;
export type SavingsView = z.infer<typeof savingsSchema>;
export type Look = z.infer<typeof lookSchema>;

/** All requests, the latest first. */
export const wholeLook: Look = {
  pool: '',
  origin: '',
  workspace: '',
  task: '',
  period: 'all',
  against: '',
  search: '',
  sort: 'time',
  descending: true,
  offset: 0,
};
