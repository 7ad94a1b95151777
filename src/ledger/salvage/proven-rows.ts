import { decisionIdOf, parseEntry } from '../entry-schema';
import { fromIdColumn, idHashOf } from '../rows/decision-id-column';
import type { EntryRow } from '../rows/row-checksum';
import { isSameChecksum, shortHash } from '../rows/row-checksum';
import { entryColumns, fromColumns } from '../rows/row-columns';
import type { PageSource } from './page-source';
import type { RawRow } from './table-pages';

/** Numbers whose rows were taken out on purpose, both ends included. */
export interface DroppedRange {
  readonly first: number;
  readonly last: number;
  readonly why: string;
}

/** What columns or bytes are taken for: only what proves itself. */
export interface Proof {
  /** Columns of `entry`, as they are in a row on a page. */
  readonly columns: readonly string[];
  entry(sequence: unknown, values: readonly unknown[]): EntryRow | undefined;
  /** `values` of a row of `dropped`: first, last, why, checksum. */
  range(values: readonly unknown[]): DroppedRange | undefined;
}

/** Rows of a generation's file prove themselves by a checksum over the ledger's id, their number and all their columns. */
export function proofByChecksum(ledgerId: string): Proof {
  return {
    columns: entryColumns,
    entry: (sequence, values) => {
      const decisionId = fromIdColumn(values[entryColumns.indexOf('decision_id')]);
      if (decisionId === undefined) return undefined;
      // The hash says nothing that the id doesn't: it is made anew.
      const columns = values.slice(1, entryColumns.indexOf('id_hash'));
      return fromColumns(ledgerId, [sequence, ...columns, idHashOf(decisionId)]);
    },
    range: ([first, last, why, checksum]) => {
      if (typeof first !== 'number' || typeof last !== 'number' || typeof why !== 'string') return undefined;
      const expected = shortHash([ledgerId, String(first), String(last), why]);
      return isSameChecksum(expected, checksum) ? { first, last, why } : undefined;
    },
  };
}

/** The first versions' rows have no checksum: one is a row where its payload is an entry of the decision that it names. */
export const proofByMeaning: Proof = {
  columns: ['sequence', 'at_ms', 'kind', 'decision_id', 'payload'],
  entry: (sequence, values) => {
    const [, atMs, kind, decisionId, payload] = values;
    if (typeof sequence !== 'number' || typeof atMs !== 'number' || sequence < 1) return undefined;
    if (typeof kind !== 'string' || typeof decisionId !== 'string' || typeof payload !== 'string')
      return undefined;
    const entry = parseEntry(parsedJson(payload));
    if (entry === undefined || decisionIdOf(entry) !== decisionId) return undefined;
    return { sequence, atMs, kind, decisionId, payload, deflated: null, origin: null };
  },
  range: () => undefined,
};

/** A row that lies on a page: its number isn't among its values. */
export function entryOnPage(proof: Proof, { rowid, values }: RawRow): EntryRow | undefined {
  return values.length < proof.columns.length ? undefined : proof.entry(rowid, values);
}

export function rangeOnPage(proof: Proof, { rowid, values }: RawRow): DroppedRange | undefined {
  return values.length === rangeColumns ? proof.range([rowid, ...values.slice(1)]) : undefined;
}

export const rangeColumns = 4;

const idOnPage = /ledger_id(?<id>[0-9a-f]{16})/g;

/** Ids of ledgers that the pages name, most often named first: a page of another database may have got in among them. */
export function ledgerIdsOn(pages: Pick<PageSource, 'versions'>): readonly string[] {
  const times = new Map<string, number>();
  for (const content of pages.versions()) {
    if (!content.includes('ledger_id')) continue;
    for (const match of content.toString('latin1').matchAll(idOnPage)) {
      const id = match.groups?.['id'] ?? '';
      times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  return [...times].toSorted(([, one], [, other]) => other - one).map(([id]) => id);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
