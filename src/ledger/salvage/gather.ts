import { ledgerIdBeside } from '../store/last-acknowledged';
import { metaOf } from '../store/ledger-database';
import { breather } from './breathe';
import type { PageSource } from './page-source';
import { openPages } from './page-source';
import type { Proof } from './proven-rows';
import { ledgerIdsOn } from './proven-rows';
import { openReadOnly, readFrom } from './read-only';
import { salvageByPage } from './salvage-by-page';
import { salvageBySql } from './salvage-by-sql';
import type { SalvagedRows } from './salvaged-rows';

type Sqlite = typeof import('node:sqlite');

export interface DamagedFile {
  readonly database: string;
  /** False: its log is another database's, and is read only as far as its rows prove themselves. */
  readonly trustLog: boolean;
}

/** The highest number to look for where nothing says how many there are. */
const unknownLast = 2 ** 32;

/**
 * Gathers the rows of a damaged file: by SQL, in halves around what can't be read, then from the pages of the file and its
 * log one by one. Changes neither. What can't be read isn't there: it never rejects for the file's sake.
 */
export async function gatherFrom(
  sqlite: Sqlite,
  { database, trustLog }: DamagedFile,
  proof: Proof,
  last: number | undefined,
  into: SalvagedRows,
): Promise<void> {
  const breathe = breather();
  for (const withLog of trustLog ? [true, false] : [false]) {
    const opened = openReadOnly(sqlite, database, withLog);
    try {
      if (opened !== undefined) await salvageBySql(opened, proof, last ?? unknownLast, into, breathe);
    } finally {
      opened?.close();
    }
    await withPages(database, withLog, (pages) => salvageByPage(pages, proof, into, breathe));
  }
  // Of a log that isn't trusted, rows that prove themselves all the same.
  if (!trustLog) await withPages(database, true, (pages) => salvageByPage(pages, proof, into, breathe));
}

/**
 * Ids that the ledger of a file may have, likeliest first: what the file beside it was written for, and where that says
 * nothing, what its table, its pages and its copies say. Rows of another ledger are not to be taken for its own.
 */
export async function possibleLedgerIds(
  sqlite: Sqlite,
  file: { readonly database: string; readonly last: string },
  copies: readonly string[],
): Promise<readonly string[]> {
  const beside = ledgerIdBeside(file.last);
  if (beside !== undefined) return [beside];
  const [own, ...ofCopies] = [file.database, ...copies].map((each) =>
    readFrom(sqlite, each, false, (database) => metaOf(database, 'ledger_id')),
  );
  const onPages = (await withPages(file.database, true, (pages) => ledgerIdsOn(pages))) ?? [];
  return [...new Set([own, ...onPages, ...ofCopies].filter((id): id is string => typeof id === 'string'))];
}

async function withPages<Result>(
  database: string,
  useLog: boolean,
  work: (pages: PageSource) => Promise<Result> | Result,
): Promise<Result | undefined> {
  let pages: PageSource | undefined;
  try {
    pages = openPages(database, useLog);
    return await work(pages);
  } catch {
    return undefined;
  } finally {
    pages?.close();
  }
}
