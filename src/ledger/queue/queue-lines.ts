import { createHash } from 'node:crypto';
import type { LedgerEntry } from '../../core/terms/ledger-entry';
import { parseEntry } from '../entry-schema';

/** One call of `append` that could not be written into the ledger yet. */
export interface WaitingAppend {
  /** From 1, by one for each append of a window: which of them the ledger has, one number tells. */
  readonly number: number;
  /** Unix ms of when it was made. */
  readonly atMs: number;
  readonly entries: readonly LedgerEntry[];
}

/** A line of a queue: sixteen hex digits over what follows them, and the append as JSON. */
export function lineOf(append: WaitingAppend): string {
  const json = JSON.stringify(append);
  return `${checksumOf(json)} ${json}\n`;
}

/**
 * The appends of a queue's text, in their order, each once. A line that was cut off, or isn't what was written, is left
 * out: it was never acknowledged, or the disk has lost it.
 */
export function appendsIn(text: string): {
  readonly appends: readonly WaitingAppend[];
  readonly damaged: number;
} {
  const found = new Map<number, WaitingAppend>();
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const append = read(line);
    if (append === undefined) damaged += 1;
    else found.set(append.number, append);
  }
  return { appends: [...found.values()].sort((one, other) => one.number - other.number), damaged };
}

function read(line: string): WaitingAppend | undefined {
  const json = line.slice(17);
  if (line[16] !== ' ' || line.slice(0, 16) !== checksumOf(json)) return undefined;
  try {
    const { number, atMs, entries } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    if (typeof number !== 'number' || typeof atMs !== 'number' || !Array.isArray(entries)) return undefined;
    const parsed = entries.flatMap((entry) => parseEntry(entry) ?? []);
    return { number, atMs, entries: parsed };
  } catch {
    return undefined;
  }
}

function checksumOf(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16);
}
