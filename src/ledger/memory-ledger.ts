import * as l10n from '@vscode/l10n';
import type { LedgerEntry, StoredEntry } from '../core/terms/ledger-entry';
import type { Ledger } from '../core/terms/ports';
import { decisionIdOf, parseEntry } from './entry-schema';

/** A record in the memory of this process, which any number of ledgers can be opened on. */
export interface MemoryRecord {
  open(): Ledger;
}

/** A router without an editor or a disk records here; it is gone with its process. */
export function memoryRecord(nowMs: () => number): MemoryRecord {
  const stored: StoredEntry[] = [];
  const ofDecision = new Map<string, StoredEntry[]>();

  function append(entries: readonly LedgerEntry[]): readonly StoredEntry[] {
    const atMs = nowMs();
    // All of them before the first is kept: none is where one can't be.
    const added = entries.map((entry, index): StoredEntry => {
      return { ...copyOf(entry), sequence: stored.length + 1 + index, atMs };
    });
    for (const entry of added) {
      stored.push(entry);
      const id = decisionIdOf(entry);
      const known = ofDecision.get(id);
      if (known === undefined) ofDecision.set(id, [entry]);
      else known.push(entry);
    }
    return added;
  }

  return {
    open: () => {
      let closed = false;
      const settled = <Value>(read: () => Value): Promise<Value> =>
        closed
          ? Promise.reject(new Error(l10n.t('The ledger in memory is closed.')))
          : Promise.resolve().then(read);
      return {
        append: (entries) => settled(() => append(entries)),
        readAfter: (sequence) => settled(() => stored.slice(Math.max(0, sequence))),
        readDecision: (id) => settled(() => [...(ofDecision.get(id) ?? [])]),
        close: () => {
          closed = true;
          return Promise.resolve();
        },
      };
    },
  };
}

/** As a database would give it back. Throws where it can't be stored. */
function copyOf(entry: LedgerEntry): LedgerEntry {
  const copy = parseEntry(JSON.parse(JSON.stringify(entry)));
  if (copy === undefined) throw new TypeError(`An entry of kind '${entry.kind}' can't be stored.`);
  return copy;
}
