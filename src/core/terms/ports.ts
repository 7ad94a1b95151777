import type { ModelAbility } from './ability';
import type { Failure } from './failure';
import type { LedgerEntry, StoredEntry } from './ledger-entry';
import type { CallOptions } from './call-options';
import type { Deployment } from './deployment';
import type { Cost, Usage } from './receipt';
import type { Message } from './request';
import type { ToolCall, ToolOffer } from './tools';

/** Unix time in milliseconds, and a monotonic time for durations. */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Resolves after whatever else waits for its turn had it; absent: nothing else can. */
  pause?(): Promise<void>;
}

/** The user's calendar: the date and the time of day where they are. */
export interface Calendar {
  /** The date of a Unix time in ms: "2026-12-01". */
  dayOf(atMs: number): string;
  /** Its hour, with fractions: 0 up to 24. */
  hourOf(atMs: number): number;
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** A new unique identifier. */
export type NewId = () => string;

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What a server tells of a call beside its answer, as far as it does. */
export interface Report {
  /** Undefined where the provider reported none. */
  readonly usage: Usage | undefined;
  readonly servedModel: string | undefined;
  /** What the server says that the call cost, in USD; absent: it doesn't say. */
  readonly costUsd?: number | undefined;
}

/** What a provider's stream yields. It ends after `finished` or `failed`, and never throws for an expected failure. */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  /** What the model thinks before it answers: no part of the answer. */
  | { readonly type: 'thought'; readonly text: string }
  /** The text so far was thought, too: the server had left out where the thoughts begin. */
  | { readonly type: 'rethought' }
  /** Bytes that say nothing: the server lives. `working`: the model writes what isn't shown yet. */
  | { readonly type: 'alive'; readonly working?: true }
  /** What was used so far; a later one replaces it. An answer that is stopped has no other. */
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The model wants a tool called. The call is whole. */
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | (Report & {
      readonly type: 'finished';
      /** True where the provider cut the answer at its token limit. */
      readonly truncated: boolean;
    })
  /** `report`: what the server told all the same; a failed answer is billed, too. */
  | { readonly type: 'failed'; readonly failure: Failure; readonly report?: Report | undefined };

export interface ModelCall extends ToolOffer {
  readonly deployment: Deployment;
  readonly messages: readonly Message[];
  /** The request's own options; the deployment's hold where these are silent. */
  readonly options?: CallOptions | undefined;
}

/** Calls a deployment over its wire protocol. Aborting `signal` closes the HTTP connection and ends the stream. */
export interface ModelClient {
  stream(call: ModelCall, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/** Prices tokens: the file's price, else the price list, else unknown. */
export interface PriceBook {
  /**
   * `measured` says whether `usage` is the provider's own report: only then can the cost be exact. `servedModel`: the
   * reply's own name for the model that was asked for, where it has one.
   */
  costOf(deployment: Deployment, usage: Usage, measured: boolean, servedModel?: string): Cost;
  /** Begins to look up what a server says of its own prices, once; does not wait, never throws. */
  prepare?(deployments: readonly Deployment[]): void;
}

/** What is publicly known of a deployment's model; undefined: nothing. It never throws, and it answers at once. */
export type AbilityOf = (deployment: Deployment) => ModelAbility | undefined;

/** Which deployments have their key at hand now. */
export interface KeyRing {
  /** The key, '' where none is needed, or undefined where it is missing. Never logged, never stored elsewhere. */
  keyFor(deployment: Deployment): Promise<string | undefined>;
}

/** What the user wants forgotten: everything, or the decisions with these ids and all that belongs to them. */
export type Forgotten = 'everything' | readonly string[];

/** As `timesForgotten`: the ledger could never be read yet, and `readAfter` goes on from wherever with what is recorded now. */
export const ledgerUnread = -1;

/**
 * The record, which is only added to, and only the user takes something out of. Every method rejects with an Error whose
 * message names the database.
 */
export interface Ledger {
  /**
   * Durable when resolved; a decision alone outlives a power cut only once something follows it. Entries of one call
   * get consecutive sequence numbers, all or none are stored; but what belongs to a decision that isn't there is left out,
   * for the decision was forgotten.
   */
  append(entries: readonly LedgerEntry[]): Promise<readonly StoredEntry[]>;
  /**
   * Entries with a sequence number above `sequence`, in order; 0 reads from the first. At most about `limit`, ≥ 1, so that
   * nobody has to wait for all of them: only none at all says that there are no more. Absent: all.
   */
  readAfter(sequence: number, limit?: number): Promise<readonly StoredEntry[]>;
  /** The sequence number of the last entry, forgotten ones included; 0: there never was any. */
  lastSequence(): Promise<number>;
  /** The entries of one decision, in order; empty where there are none. */
  readDecision(decisionId: string): Promise<readonly StoredEntry[]>;
  /**
   * Deletes what is to be forgotten, so that nothing of it is left in the database's files. It can't be undone. Sequence
   * numbers go on from where they were. Resolves to how many decisions went.
   */
  forget(which: Forgotten): Promise<number>;
  /** How often something was forgotten, by anyone: who has folded entries before folds them anew where it rises. */
  timesForgotten(): Promise<number>;
  /** Tells that somebody else added or forgot something, within a second. Absent, or silent: nobody knows of others. */
  onChange?(listener: () => void): () => void;
  /**
   * What was appended here and the ledger could not take yet. It counts as spent, and is learnt once it is in the ledger.
   * Absent: nothing ever waits.
   */
  waiting?(): readonly StoredEntry[];
  /**
   * The last sequence number whose entry was dropped by retention: what was learnt up to there can't be folded anew. 0, or
   * absent: none was.
   */
  droppedTo?(): Promise<number>;
  /**
   * Where this ledger's file follows a damaged one and has kept its numbers: `timesForgotten` as it began. Snapshots of a
   * lower one are as good as its own, as long as it is that. 0, or absent: numbers are new.
   */
  keptNumbersBefore?(): Promise<number>;
  /** A second time does nothing. */
  close(): Promise<void>;
}

/** A circuit breaker's state. `open`: the deployment failed lately, too often or for good, and isn't asked for now. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** One circuit breaker for each deployment. */
export interface Breakers {
  stateOf(deploymentId: string): BreakerState;
  /** Closes it by hand. */
  reset(deploymentId: string): void;
}

/** Remembers texts for a while. No method rejects: a store that can't be reached remembers nothing. */
export interface Cache {
  /** The value of a key, which may be any text; undefined where there is none. */
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Describes a text by a short dense vector, where an encoder is at hand. Never rejects. */
export interface Embedder {
  /** Names the model and the projection of the vectors, e.g. 'minilm24-3fa9c1'; undefined: no encoder is ready. */
  space(): string | undefined;
  /** Numbers in each vector. */
  readonly dimensions: number;
  /** The vector, or undefined where the encoder isn't ready, fails, or takes longer than its deadline. */
  embed(text: string): Promise<readonly number[] | undefined>;
}
