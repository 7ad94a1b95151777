/** What a state was folded by: what another was folded by can't be gone on from. */
export interface FoldedBy {
  /** Of the code that folds. */
  readonly version: number;
  readonly space: string;
  /** Digest of the table of signals. */
  readonly signals: string;
}

export function isSameFold(one: FoldedBy, other: FoldedBy): boolean {
  return one.version === other.version && one.space === other.space && one.signals === other.signals;
}

/** Up to where a state was folded. */
export interface FoldedTo {
  /** The sequence number of the last entry in it, and its time in Unix ms: by both, a ledger is known again. */
  readonly sequence: number;
  readonly atMs: number;
  /** How often something had been forgotten by then. */
  readonly timesForgotten: number;
}

export type SnapshotHead = FoldedBy & FoldedTo;

/** What was folded from the ledger, to go on from at the next start. */
export interface Snapshot extends SnapshotHead {
  /** Parts that can be cloned. Whoever uses it checks its shape. */
  readonly state: object;
}

/** Where snapshots are kept. The ledger stays the truth: what is broken here is left out, and folded anew. */
export interface Snapshots {
  /** Of all that are there, the one that was folded furthest first. */
  heads(): Promise<readonly SnapshotHead[]>;
  /** Undefined where it is gone or broken. Its state is nobody else's. */
  load(head: SnapshotHead): Promise<Snapshot | undefined>;
  /** Whole or not at all, and durable when resolved. Of those that were folded by the same, the two furthest are kept. */
  save(snapshot: Snapshot): Promise<void>;
  /** Deletes all of them: for where something is forgotten. */
  clear(): Promise<void>;
}
