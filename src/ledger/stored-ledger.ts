import type { StoredEntry } from '../core/terms/ledger-entry';
import type { Ledger } from '../core/terms/ports';
import type { WaitingAppend } from './queue/queue-lines';

/** A ledger on the disk, which windows write to by numbered appends, so that none is written twice whatever breaks. */
export interface StoredLedger extends Ledger {
  /**
   * Writes the appends of a window, all or none. They come in the order of their numbers; those up to the last one that
   * the ledger has of `writer` are there already, and are left out. Resolves to the rows of the others, and of the last one
   * where that is all that is asked for.
   */
  take(writer: string, appends: readonly WaitingAppend[]): Promise<readonly StoredEntry[]>;
  /** The number of the last append that it has of a window; 0: none. */
  taken(writer: string): Promise<number>;
  /** Forgets the number: the window is gone, and what it had left is in the ledger. */
  leave(writer: string): Promise<void>;
}
