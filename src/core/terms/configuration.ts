import type { Budgets } from './budgets';
import type { DispatchLimits } from './dispatch';
import type { Pool } from './deployment';
import type { PresetName } from './preset';
import type { SignalTable } from './signals';

export const escalationModes = ['off', 'ask', 'auto'] as const;
export type EscalationMode = (typeof escalationModes)[number];

/** A configuration in force: parsed, checked and complete. */
export interface Configuration {
  /** At least one, none empty; the first is the default unless `defaultPool` names another. */
  readonly pools: readonly Pool[];
  readonly defaultPool: string;
  readonly preset: PresetName;
  /** Decisions of a pool in the UCB1 phase, ≥ 0. */
  readonly switchAfter: number;
  /** The sentence encoder's "owner/name" on the model hub; undefined: prompts are described without one. */
  readonly embeddingModel: string | undefined;
  /** Whether decisions keep what was asked, so that it can be described anew in another feature space. */
  readonly keepPrompts: boolean;
  /** Whether pools start from what is publicly known of their models; the user's own word counts in any case. */
  readonly priors: boolean;
  /** Whether a tool loop that is stuck goes on with another model; `ask`: where the user agrees. */
  readonly escalate: EscalationMode;
  /** A share of the requests goes to one model by chance alone, so that the others can be held against it; undefined: none. */
  readonly measure: Measure | undefined;
  /** Most that answers may cost. What judging may cost beside these is the judge's. */
  readonly budgets: Budgets;
  /** What goes before every conversation of Conduit's own surfaces: the user's words, then the workspace's. */
  readonly instructions: readonly string[];
  readonly limits: DispatchLimits;
  /** What each signal says of an answer. */
  readonly signals: SignalTable;
  readonly cache: CacheConfiguration;
  readonly ledger: LedgerConfiguration;
  readonly judge: JudgeConfiguration;
  readonly team: TeamConfiguration;
  /** How the pools came about, for the status and the log. */
  readonly source: 'file' | 'keys' | 'simulated';
}

/** A share of a pool's requests that one of its models gets, whatever its score. */
export interface Measure {
  /** The model's id. */
  readonly against: string;
  /** 0.01..0.2. */
  readonly share: number;
}

/** How much of the ledger is kept. What was learnt from what is dropped stays. */
export interface LedgerConfiguration {
  /** Older decisions are dropped; undefined: none for their age. */
  readonly keepDays: number | undefined;
  /** The oldest decisions are dropped where the ledger takes more. */
  readonly mostBytes: number;
}

/** Another model that judges a part of the answers, in the background. */
export interface JudgeConfiguration {
  /** False until the user turns it on. */
  readonly enabled: boolean;
  /** Share of the answers that are judged in the long run, 0.02..1. */
  readonly sampleRate: number;
  /** Ids of the deployments that judge, the preferred one first; empty: nobody does. */
  readonly models: readonly string[];
  /** Most that judging may cost a day, from midnight, in USD, ≥ 0. */
  readonly dailyBudgetUsd: number;
  /** What the user adds to the rubric; '': nothing. */
  readonly rubric: string;
}

/** With whom is learnt. */
export interface TeamConfiguration {
  /** postgres://…, perhaps with a password: never shown or logged as it is. Undefined: with nobody. */
  readonly databaseUrl: string | undefined;
  /** Whether a sentence encoder's numbers are shared, too. */
  readonly shareVectors: boolean;
}

export interface CacheConfiguration {
  readonly enabled: boolean;
  /** redis:// or rediss://, perhaps with a password: never shown or logged as it is. Undefined: memory. */
  readonly redisUrl: string | undefined;
}
