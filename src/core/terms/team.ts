import type { StoredEntry } from './ledger-entry';

/** What came of a team's record since it was last looked at. */
export interface TeamNews {
  /** Another number than before: what was folded is void, and all is told anew, in one piece or several. */
  readonly epoch: number;
  /** In the team's order, each once. */
  readonly placed: readonly PlacedEntry[];
  /** This machine's own that the team's order has not yet, in the order of its ledger; the numbers are that ledger's. */
  readonly unplaced: readonly StoredEntry[];
  /** There is more that was read: it comes with the next call. */
  readonly more: boolean;
  /** False while not all that the team had when this window reached it is told: until then nobody goes by it. */
  readonly complete: boolean;
}

/** An entry with its place in the team's order. */
export interface PlacedEntry {
  /** Its `sequence` is the team's. */
  readonly entry: StoredEntry;
  /** Its number in this machine's ledger; undefined: it came from elsewhere. */
  readonly own: number | undefined;
}

/**
 * What the members of a team learn together. Its entries name arms and pools by keys that mean the same to all members,
 * and hold classes and numbers alone.
 */
export interface TeamLearning {
  /** The key of a deployment of this machine: two that are one arm have the same. */
  armOf(deploymentId: string): string;
  poolOf(name: string): string;
  /**
   * What is to be folded since the last call, from memory: it waits for no network. So few at a time that folding them
   * holds nothing up. `anew`: as if never asked before.
   */
  news(anew: boolean): Promise<TeamNews>;
}
