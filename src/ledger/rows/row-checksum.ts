import { hash } from 'node:crypto';

/** A row of the ledger as it is in the database, with texts for all that is one. */
export interface EntryRow {
  readonly sequence: number;
  readonly atMs: number;
  readonly kind: string;
  readonly decisionId: string;
  /** JSON. */
  readonly payload: string;
  /** The rest of the payload, deflated; null: there is none. */
  readonly deflated: Uint8Array | null;
  /** `ledgerId:sequence` of the row that it was taken from; null: it was made here. */
  readonly origin: string | null;
}

const checksumBytes = 8;

/**
 * The first 8 bytes of SHA-256 over the ledger's id, the row's number and all its columns. A row that was changed, or that
 * stands in another place or another ledger, passes by chance once in 1.8·10¹⁹. A CRC would be as quick, but of 32 bits,
 * and damage isn't always random: a swapped page, say, has rows that are right but for their number, and CRCs of texts
 * that differ alike differ alike.
 */
export function checksumOf(ledgerId: string, row: EntryRow): Uint8Array {
  const { sequence, atMs, kind, decisionId, payload, deflated, origin } = row;
  const rest = deflated === null ? '-' : latin1(deflated);
  return shortHash([
    ledgerId,
    String(sequence),
    String(atMs),
    kind,
    decisionId,
    origin ?? '-',
    payload,
    rest,
  ]);
}

/** Of any parts, told apart by their lengths. */
export function shortHash(parts: readonly string[]): Uint8Array {
  const text = parts.map((part) => `${String(part.length)}:${part}`).join('');
  return hash('sha256', text, 'buffer').subarray(0, checksumBytes);
}

function latin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}

export function isSameChecksum(one: Uint8Array, other: unknown): boolean {
  return (
    other instanceof Uint8Array && other.length === one.length && one.every((byte, at) => byte === other[at])
  );
}
