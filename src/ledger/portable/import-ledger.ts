import type { Imported, ImportPreview } from '../../core/terms/portable';
import { unpackEntry } from '../rows/packed-entry';
import type { EntryRow } from '../rows/row-checksum';
import type { LedgerStore } from '../store/ledger-store';
import { retainedDecisions } from '../store/retained-decisions';
import { readForeign } from './foreign-ledger';

type Sqlite = typeof import('node:sqlite');

/** What would come of a file. Throws where it is no ledger, or isn't whole. */
export function previewImport(sqlite: Sqlite, store: LedgerStore, file: string): ImportPreview {
  return readForeign(sqlite, file, (rows) => {
    const pools = new Map<string, { decisions: number; fromMs: number; toMs: number }>();
    const retained = retainedDecisions(store.database);
    let [decisions, alreadyHere] = [0, 0];
    for (const row of rows()) {
      if (row.kind !== 'decision') continue;
      decisions += 1;
      if (store.table.isMade(row.decisionId) || retained.has(row.decisionId)) alreadyHere += 1;
      const entry = unpackEntry(row);
      const pool = entry?.kind === 'decision' ? entry.decision.pool : '';
      const known = pools.get(pool) ?? { decisions: 0, fromMs: row.atMs, toMs: row.atMs };
      known.decisions += 1;
      known.fromMs = Math.min(known.fromMs, row.atMs);
      known.toMs = Math.max(known.toMs, row.atMs);
      pools.set(pool, known);
    }
    return { pools: [...pools].map(([pool, known]) => ({ pool, ...known })), decisions, alreadyHere };
  });
}

/**
 * Appends what isn't here yet, in the order of the file, in one transaction. A decision is here where its id is; what
 * belongs to it, where the same was told of it at the same moment, as often as that. What has no decision stays out, and so
 * does all of one that retention has dropped: what was learnt of it is kept.
 */
export function importLedger(sqlite: Sqlite, store: LedgerStore, file: string): Imported {
  return readForeign(sqlite, file, (rows) =>
    store.write(() => {
      const { table } = store;
      const retained = retainedDecisions(store.database);
      const here = new Map<string, Map<string, number>>();
      let [decisions, entries] = [0, 0];
      for (const row of rows()) {
        const { sequence: _there, ...own } = row;
        if (row.kind === 'decision') {
          if (table.isMade(row.decisionId)) {
            if (!here.has(row.decisionId)) here.set(row.decisionId, textsOf(table.of(row.decisionId).rows));
            continue;
          }
          if (retained.has(row.decisionId)) continue;
          decisions += 1;
        } else {
          if (wasHere(here.get(row.decisionId), textOf(row)) || !table.isMade(row.decisionId)) continue;
        }
        table.insert(own);
        entries += 1;
      }
      return { decisions, entries };
    }),
  );
}

/** What is known of a decision, and how often. */
function textsOf(rows: readonly EntryRow[]): Map<string, number> {
  const texts = new Map<string, number>();
  for (const row of rows) texts.set(textOf(row), (texts.get(textOf(row)) ?? 0) + 1);
  return texts;
}

function wasHere(texts: Map<string, number> | undefined, text: string): boolean {
  const left = texts?.get(text) ?? 0;
  if (left > 0) texts?.set(text, left - 1);
  return left > 0;
}

function textOf({ kind, atMs, payload }: EntryRow): string {
  return JSON.stringify([kind, atMs, payload]);
}
