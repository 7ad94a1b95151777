import * as l10n from '@vscode/l10n';
import type { LedgerEntry, StoredEntry } from '../core/terms/ledger-entry';
import type { Forgotten, Ledger } from '../core/terms/ports';
import { decisionIdOf, parseEntry } from './entry-schema';

/** A record in the memory of this process, which any number of ledgers can be opened on. */
export interface MemoryRecord {
  open(): Ledger;
}

/** A router without an editor or a disk records here; it is gone with its process. */
export function memoryRecord(nowMs: () => number): MemoryRecord {
  let stored: StoredEntry[] = [];
  const ofDecision = new Map<string, StoredEntry[]>();
  let last = 0;
  let timesForgotten = 0;

  /** What belongs to a decision that isn't there is left out. */
  function known(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
    const made = new Set(entries.flatMap((entry) => (entry.kind === 'decision' ? entry.decision.id : [])));
    return entries.filter((entry) => made.has(decisionIdOf(entry)) || ofDecision.has(decisionIdOf(entry)));
  }

  function append(entries: readonly LedgerEntry[]): readonly StoredEntry[] {
    const atMs = nowMs();
    // All of them before the first is kept: none is where one can't be.
    const added = known(entries.map(copyOf)).map((entry, index): StoredEntry => {
      return { ...entry, sequence: last + 1 + index, atMs };
    });
    last += added.length;
    for (const entry of added) {
      stored.push(entry);
      const id = decisionIdOf(entry);
      const others = ofDecision.get(id);
      if (others === undefined) ofDecision.set(id, [entry]);
      else others.push(entry);
    }
    return added;
  }

  function forget(which: Forgotten): number {
    const gone = which === 'everything' ? [...ofDecision.keys()] : which.filter((id) => ofDecision.has(id));
    for (const id of gone) ofDecision.delete(id);
    stored = stored.filter((entry) => ofDecision.has(decisionIdOf(entry)));
    timesForgotten += 1;
    return new Set(gone).size;
  }

  function readAfter(sequence: number, limit = Infinity): readonly StoredEntry[] {
    let [from, to] = [0, stored.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((stored[middle]?.sequence ?? 0) > sequence) to = middle;
      else from = middle + 1;
    }
    return stored.slice(from, from + limit);
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
        readAfter: (sequence, limit) => settled(() => readAfter(sequence, limit)),
        readDecision: (id) => settled(() => [...(ofDecision.get(id) ?? [])]),
        forget: (which) => settled(() => forget(which)),
        timesForgotten: () => settled(() => timesForgotten),
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
