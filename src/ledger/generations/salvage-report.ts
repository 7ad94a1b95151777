import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { metaOf, setMeta } from '../store/ledger-database';

/** What became of a damaged generation's rows in the one that follows it. */
export interface SalvageReport {
  /** Of the damaged one. */
  readonly generation: number;
  /** Unix ms. */
  readonly atMs: number;
  /** What was wrong, in English. */
  readonly why: string;
  /** Rows that are in the new generation. */
  readonly saved: number;
  /** Rows that there were; undefined: nothing is left that says so. */
  readonly of: number | undefined;
  /** How many of the saved ones are from a daily copy. */
  readonly fromCopies: number;
}

const key = 'salvaged';

const stored = z.object({
  generation: z.number(),
  atMs: z.number(),
  why: z.string(),
  saved: z.number(),
  of: z.number().optional(),
  fromCopies: z.number(),
});

export function writeReport(database: DatabaseSync, report: SalvageReport): void {
  setMeta(database, key, JSON.stringify(report));
}

/** The report that a generation was begun with; undefined: it follows none that was damaged. */
export function reportIn(database: DatabaseSync): SalvageReport | undefined {
  const text = metaOf(database, key);
  if (typeof text !== 'string') return undefined;
  const { of, ...report } = stored.parse(JSON.parse(text));
  return { ...report, of };
}
