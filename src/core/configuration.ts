import type { DispatchLimits } from './dispatch';
import type { Pool } from './pool/deployment';
import type { PresetName } from './preset';

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
  /** Most that a day may cost, from midnight, in USD; undefined: no limit. */
  readonly dailyBudgetUsd: number | undefined;
  /** Most that one request may cost, in USD; undefined: no limit. */
  readonly maxCostPerRequestUsd: number | undefined;
  /** What goes before every conversation of Conduit's own surfaces: the user's words, then the workspace's. */
  readonly instructions: readonly string[];
  readonly limits: DispatchLimits;
  readonly cache: CacheConfiguration;
  /** How the pools came about, for the status and the log. */
  readonly source: 'file' | 'keys' | 'simulated';
}

export interface CacheConfiguration {
  readonly enabled: boolean;
  /** redis:// or rediss://, perhaps with a password: never shown or logged as it is. Undefined: memory. */
  readonly redisUrl: string | undefined;
}

/** Something in a configuration file that is wrong or has no effect, at its place. Lines and columns from 1. */
export interface ConfigurationProblem {
  /** "conduit.yaml", or "environment" for a variable. */
  readonly fileName: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** "model_list[2].model_info.id"; empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** How it can be mended at a click; absent: only by hand. */
  readonly fix?: ConfigurationFix | undefined;
}

/** A change of a configuration file's text that mends a problem. */
export interface ConfigurationFix {
  /** "Put these in one pool". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Replaces the text between two places of a file. Lines and columns from 1; an empty range inserts. */
export interface TextEdit {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** Which tier a value comes from; a later one overrides. */
export type ConfigurationTier = 'default' | 'file' | 'workspace' | 'environment';

/** One value in force, ready to show: anything secret is masked already. */
export interface EffectiveValue {
  /** "router.preset", "model_list[0].litellm_params.model". */
  readonly path: string;
  readonly value: string;
  readonly tier: ConfigurationTier;
  /** "conduit.yaml:7", "CONDUIT_PRESET"; undefined for a default. */
  readonly place: string | undefined;
}

/** What a workspace's conduit.yaml asks for beyond a choice among the user's own pools and presets. */
export interface WorkspaceRequest {
  /** Of all that it asks for: another one means that something changed. */
  readonly fingerprint: string;
  /** What would go where, one sentence each: "Prompts for pool 'fast' would go to evil.example with the key in GITHUB_TOKEN." */
  readonly lines: readonly string[];
}

/** A model that a local server has. */
export interface LocalModel {
  readonly provider: 'ollama' | 'lm_studio';
  readonly apiBase: string;
  readonly model: string;
}

/** A language model of the editor that the user let Conduit use. */
export interface EditorModel {
  readonly vendor: string;
  readonly family: string;
  readonly maxInputTokens: number | undefined;
}

/** What can be written at a place of a configuration file. */
export interface ConfigurationCompletion {
  readonly label: string;
  /** What is inserted; it may hold `$0` for where the cursor goes. */
  readonly insertText: string;
  /** Markdown. */
  readonly documentation: string;
  readonly kind: 'key' | 'value';
}

/** What a key or value of a configuration file means. */
export interface ConfigurationHover extends Omit<TextEdit, 'text'> {
  /** Markdown. */
  readonly text: string;
}
