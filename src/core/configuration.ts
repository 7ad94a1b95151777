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
  /** How the pools came about, for the status and the log. */
  readonly source: 'file' | 'keys' | 'simulated';
}
