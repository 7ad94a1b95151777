import type { Phase } from './decision';
import type { FailureReason } from './failure';
import type { Thumb } from './observation';
import type { QualityQuestion, QualitySaved } from './quality-savings';
import type { UsageGroup } from './savings';
import type { SignalName, SignalTable } from './signals';

/** Which decisions are meant. An absent field leaves all in. */
export interface FactsFilter {
  readonly pool?: string | undefined;
  readonly origin?: string | undefined;
  /** The name that decisions know it by; '': those of no workspace. */
  readonly workspace?: string | undefined;
  readonly task?: string | undefined;
  /** Unix ms; from it on. */
  readonly fromMs?: number | undefined;
  /** Unix ms; before it. */
  readonly toMs?: number | undefined;
}

/** Whose cost is known how well: the least exact of those that are in a sum; undefined: none is. */
export type SumKind = 'exact' | 'estimated' | 'simulated' | undefined;

/** Money of several calls. */
export interface Money {
  /** Sum of the known costs, in USD. */
  readonly usd: number;
  readonly kind: SumKind;
  /** Calls whose cost is in `usd`. */
  readonly priced: number;
  /** Answered calls whose cost nobody knows: `usd` is a lower bound where there are any. */
  readonly unpriced: number;
}

/** Evidence of several answers: `quality` is the sum of qualities by weight, `weight` that of the weights. */
export interface QualitySum {
  readonly quality: number;
  readonly weight: number;
  /** Answers that it is of. */
  readonly answers: number;
}

/** What the answers of one model to one kind of task in one pool come to. */
export interface ModelFacts extends Money, QualitySum {
  readonly pool: string;
  readonly model: string;
  readonly task: string;
  /** Requests that it answered, whole or stopped midway. A tool loop's many calls are one. */
  readonly answered: number;
  /** Calls that failed. */
  readonly failed: number;
  readonly thumbsUp: number;
  readonly thumbsDown: number;
  /** Sum of times to the first token of answers, in ms, and of how many answers it is. */
  readonly firstMs: number;
  readonly firstCount: number;
}

/** Decisions of one pool, by how they came about. */
export interface PoolFacts {
  readonly pool: string;
  /** Whatever the filter: its decisions in all, and of its last one how many its first phase has. */
  readonly everDecided: number;
  readonly switchAfter: number;
  readonly decisions: number;
  /** Nobody answered. `pending`: not yet, as far as the ledger says. */
  readonly unanswered: number;
  readonly pending: number;
  readonly explored: number;
  readonly chosenByUser: number;
  readonly sticky: number;
  readonly repeated: number;
  readonly escalated: number;
  /** Another model answered than was chosen. */
  readonly fellBack: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
}

/** One model's answers in one span of time. */
export interface SliceFacts extends QualitySum {
  /** Number of the span, from 0. */
  readonly slice: number;
  readonly model: string;
  readonly answered: number;
  /** Sum of known costs of all calls of these requests, simulated ones among them; see `Money`. */
  readonly usd: number;
  readonly priced: number;
  readonly unpriced: number;
  /** Sum of the quality that was predicted of who answered, and of how many. */
  readonly predicted: number;
  readonly predictedCount: number;
  /** What the candidates were expected to cost: the dearest, the cheapest, and their mean; sums over `expectedCount`. */
  readonly dearestUsd: number;
  readonly cheapestUsd: number;
  readonly meanUsd: number;
  readonly expectedCount: number;
}

/** Times to the first token of one model. */
export interface LatencyFacts {
  /** Undefined: of all models. */
  readonly model: string | undefined;
  readonly count: number;
  /** The time that so many answers stay within, by nearest rank, in ms. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Answers by decade tenths: `step` is ⌊10 · log10(ms)⌋. */
  readonly steps: readonly { readonly step: number; readonly count: number }[];
}

export interface FailureFacts {
  readonly model: string;
  readonly reason: FailureReason;
  /** Calls; `local` of them were this machine's fault. */
  readonly count: number;
  readonly local: number;
  readonly lastMs: number;
}

/** Requests that belong together: a conversation, or a session, which a pause of half an hour ends. */
export interface GroupFacts extends Money, QualitySum {
  /** A conversation's id; of a session the sequence number of its first decision. */
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly decisions: number;
  /** Models that answered, in alphabetical order. */
  readonly models: readonly string[];
}

/** What was told of the answers of one model. */
export interface ToldFacts {
  readonly model: string;
  /** Answers that came, whole or in part. */
  readonly answers: number;
  /** Of these, so many of which more was told than that they came. */
  readonly toldOf: number;
  /** Rows that occurred, in the order of the table: of how many answers, and in how many of them each counts. */
  readonly rows: readonly { readonly name: SignalName; readonly told: number; readonly counted: number }[];
}

/** What there is to choose from when filtering, in alphabetical order. */
export interface FactsChoices {
  readonly pools: readonly string[];
  readonly origins: readonly string[];
  readonly workspaces: readonly string[];
  readonly tasks: readonly string[];
}

/** How far the facts reach. */
export interface FactsExtent {
  /** All decisions, whatever the filter; 0: nothing was asked yet. */
  readonly decisions: number;
  /** Of those that the filter leaves in. */
  readonly filtered: number;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

export interface FactsOverview {
  readonly pools: readonly PoolFacts[];
  readonly models: readonly ModelFacts[];
  readonly slices: readonly SliceFacts[];
  readonly latency: readonly LatencyFacts[];
  readonly failures: readonly FailureFacts[];
  /** The latest ones, latest first. */
  readonly conversations: readonly GroupFacts[];
  readonly sessions: readonly GroupFacts[];
  readonly told: readonly ToldFacts[];
  /** When each pool that did so first decided by features. */
  readonly switches: readonly { readonly pool: string; readonly atMs: number }[];
  readonly choices: FactsChoices;
}

export const factSorts = ['time', 'cost', 'quality', 'first-token', 'total-time', 'model', 'task'] as const;
export type FactSort = (typeof factSorts)[number];

export interface FactsPageQuery {
  readonly filter: FactsFilter;
  readonly sort: FactSort;
  readonly descending: boolean;
  /** What is looked for in models, conversations, ids and reasons, whatever its case; '': all. */
  readonly search: string;
  /** Tasks and origins whose shown name has what is looked for. */
  readonly searchTasks: readonly string[];
  readonly searchOrigins: readonly string[];
  readonly offset: number;
  /** At most 1,000. */
  readonly limit: number;
}

/** One decision, as the table shows it and exports have it. */
export interface FactRow {
  readonly decisionId: string;
  readonly atMs: number;
  readonly pool: string;
  readonly origin: string;
  readonly workspace: string | undefined;
  readonly task: string;
  readonly domain: string;
  readonly conversationId: string;
  readonly phase: Phase;
  readonly poolSequence: number;
  readonly switchAfter: number;
  readonly preset: string;
  readonly chosen: string;
  readonly answeredBy: string | undefined;
  readonly outcome: FactOutcome;
  readonly failure: FailureReason | undefined;
  readonly explored: boolean;
  readonly chosenByUser: boolean;
  readonly sticky: boolean;
  readonly repeated: boolean;
  /** With whom its tool loop had been stuck; undefined: it begins here. */
  readonly stuckWith: string | undefined;
  /** False where learning was paused. */
  readonly learning: boolean;
  /** Calls, those that failed among them. */
  readonly calls: number;
  readonly money: Money;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cachedTokens: number | undefined;
  readonly firstTokenMs: number | undefined;
  readonly totalMs: number | undefined;
  readonly thumb: Thumb | undefined;
  /** What the signals say together of the answer, 0..1, and with how much weight; undefined: nothing. */
  readonly quality01: number | undefined;
  readonly qualityWeight: number;
  readonly judged01: number | undefined;
  /** As expected when it was decided, of who answered or else was chosen. */
  readonly predicted01: number | undefined;
  readonly predictedUsd: number | undefined;
  readonly propensity: number;
}

/** How a request ended: as its last call did. */
export const factOutcomes = ['pending', 'completed', 'stopped', 'failed'] as const;
export type FactOutcome = (typeof factOutcomes)[number];

export interface FactsPage {
  /** All that the query leaves in. */
  readonly total: number;
  readonly rows: readonly FactRow[];
}

/**
 * Every decision with what became of it, one row each, derived from the ledger: what pages of figures ask. Arguments and
 * results can be cloned. Every method rejects with an Error where the file can't be read or written.
 */
export interface Facts {
  /**
   * Takes in what the ledger has beyond, at most so many pages of it, or begins anew where something was forgotten or
   * `table` is another one. `complete`: nothing is left. `changed`: anything was taken in.
   */
  refresh(
    table: SignalTable,
    pages?: number,
  ): Promise<{ readonly changed: boolean; readonly complete: boolean }>;
  extent(filter: FactsFilter): Promise<FactsExtent>;
  /** `edges`: where spans of time begin and the last one ends, in Unix ms, rising; the slices are of these. */
  overview(filter: FactsFilter, edges: readonly number[]): Promise<FactsOverview>;
  /** The models alone: of the period before, say. */
  models(filter: FactsFilter): Promise<readonly ModelFacts[]>;
  /** What comparisons of costs are made of. `thresholds`: tokens of input at which a price changes, rising. */
  usage(filter: FactsFilter, thresholds: readonly number[]): Promise<readonly UsageGroup[]>;
  /** Quality against one model, whatever pool the filter names. */
  quality(filter: FactsFilter, question: QualityQuestion): Promise<QualitySaved>;
  page(query: FactsPageQuery): Promise<FactsPage>;
  /** Undefined where there is none with this id. */
  decision(id: string): Promise<FactRow | undefined>;
  /** A second time does nothing. */
  close(): Promise<void>;
}
