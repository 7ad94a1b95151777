import { fromIdColumn, idHashOf, toIdColumn } from './decision-id-column';
import type { EntryRow } from './row-checksum';
import { checksumOf, isSameChecksum } from './row-checksum';

/** The columns of `entry`, in the order of the table. */
export const entryColumns = [
  'sequence',
  'at_ms',
  'kind',
  'decision_id',
  'payload',
  'origin',
  'checksum',
  'deflated',
  'id_hash',
] as const;

type Column = number | string | Uint8Array | null;

/** A letter each: the word would be said four times a decision. A kind that isn't here stands in full. */
const letters: Readonly<Record<string, string>> = {
  decision: 'd',
  attempt: 'a',
  observation: 'o',
  judgement: 'j',
};
const kinds = Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [letter, kind]));

export function toColumns(ledgerId: string, row: EntryRow): readonly Column[] {
  const { sequence, atMs, kind, decisionId, payload, origin, deflated } = row;
  return [
    sequence,
    atMs,
    letters[kind] ?? kind,
    toIdColumn(decisionId),
    payload,
    origin,
    checksumOf(ledgerId, row),
    deflated,
    idHashOf(decisionId),
  ];
}

/** The row, where the columns hold one that was written as the row of this number in this ledger; else undefined. */
export function fromColumns(ledgerId: string, columns: readonly unknown[]): EntryRow | undefined {
  const [sequence, atMs, letter, id, payload, origin, checksum, deflated, idHash] = columns;
  const decisionId = fromIdColumn(id);
  if (typeof sequence !== 'number' || typeof atMs !== 'number' || decisionId === undefined) return undefined;
  if (typeof letter !== 'string' || typeof payload !== 'string') return undefined;
  if (origin !== null && typeof origin !== 'string') return undefined;
  if (deflated !== null && !(deflated instanceof Uint8Array)) return undefined;
  const row = { sequence, atMs, kind: kinds[letter] ?? letter, decisionId, payload, deflated, origin };
  // With another hash nobody would find it by its decision.
  return idHash === idHashOf(decisionId) && isSameChecksum(checksumOf(ledgerId, row), checksum)
    ? row
    : undefined;
}
