import type { ParseEntry, StoredEntry } from './ledger-entry';
import type { FoldedBy, FoldedTo, Snapshot } from './snapshots';

/** What came of a team's record since it was last looked at. */
export interface TeamNews {
  /** Another number than before: what was folded is void, and all is told anew, in one piece or several. */
  readonly epoch: number;
  /** What an epoch goes on from, before anything else of it is told; absent: from nothing, or it was told already. */
  readonly begun?: TeamBeginning | undefined;
  /** In the team's order, each once. */
  readonly placed: readonly PlacedEntry[];
  /**
   * This machine's own that the team's order has not yet, in the order of its ledger, each once; the numbers are that
   * ledger's.
   */
  readonly unplaced: readonly ToldEntry[];
  /** There are own entries that have no place yet, those that were told before included. */
  readonly lacking: boolean;
  /** There is more that was read: it comes with the next call. */
  readonly more: boolean;
  /** False while not all that the team had when this window reached it is told: until then nobody goes by it. */
  readonly complete: boolean;
}

export interface ToldEntry {
  readonly entry: StoredEntry;
  /** Those of the same decision before it, where that may be sealed; absent: it is too new for that. */
  readonly earlier?: readonly StoredEntry[] | undefined;
}

/** An entry with its place in the team's order. */
export interface PlacedEntry extends ToldEntry {
  /** Its number in this machine's ledger; undefined: it came from elsewhere. */
  readonly own: number | undefined;
}

/** A state that somebody, or an earlier start, folded from the team's record. */
export interface TeamBeginning {
  readonly to: Pick<FoldedTo, 'sequence' | 'atMs'>;
  /** Whoever uses it checks its shape. */
  readonly state: unknown;
  /** Up to here this machine's entries are in it. */
  readonly ownUpTo: number;
}

/** What is folded of a team's record, but for how often something was forgotten: the epoch has that. */
export type TeamSnapshot = Omit<Snapshot, 'timesForgotten'>;

export interface TeamAsked {
  /** What the asker folds by: a snapshot that was folded by the same is where it can begin. */
  readonly by: FoldedBy;
  /** As if never asked before. */
  readonly anew: boolean;
}

/** A fold of nothing yet, to be given the record from its beginning. */
export interface TeamVerification {
  readonly by: FoldedBy;
  readonly fold: {
    apply(entry: StoredEntry, earlier?: readonly StoredEntry[]): void;
    save(): Promise<object>;
  };
  /** So much of the record is folded, 0..1. */
  readonly onShare01: (share: number) => void;
  readonly signal: AbortSignal;
}

/** What folding the record says of the newest snapshot that the server has for this way of folding. */
export type TeamVerdict =
  | { readonly kind: 'none' | 'stopped' }
  | { readonly kind: 'same'; readonly sequence: number }
  /** `place` names what of the state is another. */
  | { readonly kind: 'different'; readonly sequence: number; readonly place: string };

/**
 * What the members of a team learn together. Its entries name arms and pools by keys that mean the same to all members,
 * and hold classes and numbers alone.
 */
export interface TeamLearning {
  /** Reads what a snapshot has of entries. */
  readonly parse: ParseEntry;
  /** The key of a deployment of this machine: two that are one arm have the same. */
  armOf(deploymentId: string): string;
  poolOf(name: string): string;
  /**
   * What is to be folded since the last call, from memory: it waits for no network. So few at a time that folding them
   * holds nothing up.
   */
  news(asked: TeamAsked): Promise<TeamNews>;
  /** What the last epoch began with can't be gone on from: all is told anew, from something else. */
  refuse(): void;
  /**
   * Folds the record up to the server's newest snapshot. Where that is something else, what was learnt from the server's
   * snapshots is void, and none of them is gone on from while this window is open. Rejects where the server can't be asked.
   */
  verify(verification: TeamVerification): Promise<TeamVerdict>;
  /** Keeps what was folded of an epoch, for later starts; for those of others, too, where this member may. Never rejects. */
  keep(snapshot: TeamSnapshot, epoch: number): Promise<void>;
}
