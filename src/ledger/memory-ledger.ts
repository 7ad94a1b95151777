import * as l10n from '@vscode/l10n';
import type { LedgerEntry, StoredEntry } from '../core/terms/ledger-entry';
import { packEntry, unpackEntry } from './rows/packed-entry';
import type { Calendar, Forgotten, Ledger } from '../core/terms/ports';
import type { Reservations } from '../core/terms/reservations';
import { localCalendar } from './reservations/local-calendar';
import { memoryBudgets } from './reservations/memory-reservations';
import { decisionIdOf } from './entry-schema';

/** A record in the memory of this process, which any number of ledgers can be opened on. */
export interface MemoryRecord {
  /** `window`: a name of it that no other has; absent: a new one. */
  open(window?: string): MemoryLedger;
}

export interface MemoryLedger extends Ledger {
  /** What all windows spend, and are about to. */
  readonly reservations: Reservations;
}

export interface MemoryRecordOptions {
  readonly calendar?: Calendar;
  /** See `MemoryBudgetsParts`. */
  readonly uptimeMs?: () => number;
}

/** A router without an editor or a disk records here; it is gone with its process. */
export function memoryRecord(
  nowMs: () => number,
  { calendar = localCalendar, uptimeMs = () => performance.now() }: MemoryRecordOptions = {},
): MemoryRecord {
  let stored: StoredEntry[] = [];
  const ofDecision = new Map<string, StoredEntry[]>();
  let last = 0;
  let timesForgotten = 0;
  let windows = 0;
  const budgets = memoryBudgets({
    calendar,
    uptimeMs,
    decisionOf: (id) => ofDecision.get(id)?.find((entry) => entry.kind === 'decision')?.decision,
  });

  /** What belongs to a decision that isn't there is left out. */
  function known(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
    const made = new Set(entries.flatMap((entry) => (entry.kind === 'decision' ? entry.decision.id : [])));
    return entries.filter((entry) => made.has(decisionIdOf(entry)) || ofDecision.has(decisionIdOf(entry)));
  }

  function append(entries: readonly LedgerEntry[], window: string): readonly StoredEntry[] {
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
      budgets.apply(entry, window);
    }
    return added;
  }

  function forget(which: Forgotten): number {
    budgets.forget(which);
    const gone = which === 'everything' ? [...ofDecision.keys()] : which.filter((id) => ofDecision.has(id));
    for (const id of gone) ofDecision.delete(id);
    stored = stored.filter((entry) => ofDecision.has(decisionIdOf(entry)));
    timesForgotten += 1;
    return new Set(gone).size;
  }

  function readAfter(sequence: number, limit = stored.length): readonly StoredEntry[] {
    let [from, to] = [0, stored.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((stored[middle]?.sequence ?? 0) > sequence) to = middle;
      else from = middle + 1;
    }
    return stored.slice(from, from + limit);
  }

  return {
    open: (window = `window ${String((windows += 1))}`) => {
      let closed = false;
      const settled = <Value>(read: () => Value): Promise<Value> =>
        closed
          ? Promise.reject(new Error(l10n.t('The ledger in memory is closed.')))
          : Promise.resolve().then(read);
      return {
        reservations: budgets.open(window),
        append: (entries) => settled(() => append(entries, window)),
        readAfter: (sequence, limit) => settled(() => readAfter(sequence, limit)),
        lastSequence: () => settled(() => last),
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

/** As a database would give it back, with as many digits. Throws where it can't be stored. */
function copyOf(entry: LedgerEntry): LedgerEntry {
  const copy = unpackEntry(packEntry(entry, true));
  if (copy === undefined) throw new TypeError(`An entry of kind '${entry.kind}' can't be stored.`);
  return copy;
}
