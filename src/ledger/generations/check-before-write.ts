import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pageKinds } from '../salvage/file-format';
import type { PageSource } from '../salvage/page-source';
import { openPages } from '../salvage/page-source';
import type { DroppedRange, Proof } from '../salvage/proven-rows';
import { entryOnPage, proofByChecksum, rangeOnPage } from '../salvage/proven-rows';
import { readFrom } from '../salvage/read-only';
import type { RawRow } from '../salvage/table-pages';
import { rowsOfLeaf } from '../salvage/table-pages';
import { newestRows, rootOf, rowsFrom } from '../salvage/table-tree';
import type { GenerationFiles } from '../store/generation-files';
import { lastAcknowledged, ledgerIdBeside } from '../store/last-acknowledged';
import type { LedgerDamage } from '../store/ledger-damage';
import { metaOf } from '../store/ledger-database';
import { schemaVersion } from '../store/schema';

type Sqlite = typeof import('node:sqlite');

/** Rows that are looked at: those of the last minutes, which a crash or a restored file would have spoilt. */
const newest = 64;

/** Another window may write while pages are read, and then they don't fit together: damage stays, this doesn't. */
const looks = 4;
const betweenLooksMs = 40;

/**
 * Looks at a generation's files before this start's first write, without changing them: page 1, whose log it is that lies
 * beside the database, the newest rows, and whether rows that were acknowledged are still there. Reads some pages and the
 * log, and takes some ms. To be called while this process has the database not open. Undefined: nothing is wrong; a file of
 * a newer version is none of our business.
 */
export async function checkBeforeWrite(
  sqlite: Sqlite,
  files: GenerationFiles,
): Promise<LedgerDamage | undefined> {
  for (let look = 1; ; look += 1) {
    const before = changesOf(files);
    const damage = lookAt(sqlite, files);
    if (damage === undefined) return undefined;
    if (look >= looks && before === changesOf(files)) return damage;
    if (look >= 10 * looks) return damage;
    await pause(betweenLooksMs);
  }
}

/** Another text after somebody wrote. */
function changesOf({ database }: GenerationFiles): string {
  return [database, `${database}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }))
    .map((found) => (found === undefined ? '-' : `${String(found.mtimeNs)} ${String(found.size)}`))
    .join(', ');
}

function lookAt(sqlite: Sqlite, files: GenerationFiles): LedgerDamage | undefined {
  const there = statSync(files.database, { throwIfNoEntry: false });
  if (there === undefined) return unreadable('the file is gone');
  if (!there.isFile()) return unreadable('something that is no file is in its place');
  const pages = openPages(files.database);
  const alone = openPages(files.database, false);
  try {
    const { header } = pages;
    if (header?.usesLog !== true) return unreadable('page 1 is not that of a ledger');
    if (header.userVersion > schemaVersion) return undefined;
    const ledgerId = readFrom(sqlite, files.database, false, (database) => metaOf(database, 'ledger_id'));
    if (typeof ledgerId !== 'string') return unreadable('it does not say which ledger it is');
    if ((ledgerIdBeside(files.last) ?? ledgerId) !== ledgerId) return unreadable('it is another ledger');
    if (isCut(pages)) return unreadable('the end of the file is missing');
    // Before the rows are read: what is acknowledged meanwhile is among them.
    const last = lastAcknowledged(files.last, ledgerId).read();
    const proof = proofByChecksum(ledgerId);
    if (!isLogOf(pages, proof, ledgerId)) return unreadable('the log beside it is not its own');
    const head = headOf(pages, proof);
    if (typeof head !== 'number') return head;
    const before = pages.logBytes > 0 ? headOf(alone, proof) : head;
    if (typeof before === 'number' && before > head) return unreadable('the log beside it is older than it');
    return head < last ? { kind: 'lost-tail', from: head + 1, to: last } : undefined;
  } finally {
    pages.close();
    alone.close();
  }
}

/** Whether what is in the log of a database was written to this ledger, as far as its pages can say so. */
export function logBelongs(database: string, ledgerId: string): boolean {
  let pages: PageSource | undefined;
  try {
    pages = openPages(database);
    return isLogOf(pages, proofByChecksum(ledgerId), ledgerId);
  } catch {
    return true;
  } finally {
    pages?.close();
  }
}

function unreadable(detail: string): LedgerDamage {
  return { kind: 'unreadable', detail };
}

/** Pages that neither the file nor its log has. */
function isCut({ fileBytes, pageSize, header, log, pages, page }: PageSource): boolean {
  const whole = Math.floor(fileBytes / pageSize);
  if (log === undefined || log.committed.length === 0)
    return fileBytes % pageSize !== 0 || whole < (header?.pages ?? 0);
  for (let number = whole + 1; number <= pages; number += 1) if (page(number) === undefined) return true;
  return false;
}

/** Every row in a log of ours proves itself, and where it names a ledger, it is this one. */
function isLogOf(pages: PageSource, proof: Proof, ledgerId: string): boolean {
  const { log, pageSize } = pages;
  if (log === undefined || log.committed.length === 0) return true;
  if (log.pageSize !== pageSize) return false;
  const logged = new Set(log.committed.flatMap((transaction) => transaction.pages.map(({ page }) => page)));
  for (const number of logged) {
    const content = pages.page(number);
    if (content === undefined) continue;
    if (number === 1 && content.subarray(0, 6).toString('latin1') !== 'SQLite') return false;
    if (content.includes('ledger_id') && number !== 1 && !content.includes(`ledger_id${ledgerId}`))
      return false;
    if (content[0] !== pageKinds.tableLeaf) continue;
    for (const row of rowsOfLeaf(pages, content)) {
      if (looksLikeEntry(row) && entryOnPage(proof, row) === undefined) return false;
    }
  }
  return true;
}

function looksLikeEntry({ values: [, , , , payload, , checksum] }: RawRow): boolean {
  return typeof payload === 'string' && payload.startsWith('{') && Buffer.isBuffer(checksum);
}

/** The highest number that was ever given, or what is wrong with the newest rows. */
function headOf(pages: PageSource, proof: Proof): number | LedgerDamage {
  const [entries, dropped] = [rootOf(pages, 'entry'), rootOf(pages, 'dropped')];
  if (entries === undefined || dropped === undefined) return unreadable('it has not the tables of a ledger');
  const rows = newestRows(pages, entries, newest);
  if (rows === undefined) return unreadable('the newest entries can’t be read');
  const ranges: DroppedRange[] = [];
  for (const row of rowsFrom(pages, dropped)) {
    const range = rangeOnPage(proof, row);
    if (range === undefined) return { kind: 'altered-record', first: row.rowid };
    ranges.push(range);
  }
  let next = rows[0]?.rowid;
  for (const row of rows) {
    if (entryOnPage(proof, row) === undefined) return { kind: 'altered', sequence: row.rowid };
    const missing = next === undefined ? undefined : firstMissing(next, row.rowid, ranges);
    if (missing !== undefined) return { kind: 'missing', from: missing, to: row.rowid - 1 };
    next = row.rowid + 1;
  }
  return Math.max(rows.at(-1)?.rowid ?? 0, ...ranges.map(({ last }) => last));
}

/** The first number from `from` on, below `to`, that isn't in a range. */
function firstMissing(from: number, to: number, ranges: readonly DroppedRange[]): number | undefined {
  for (let number = from; number < to; number += 1) {
    const range = ranges.find(({ first, last }) => first <= number && number <= last);
    if (range === undefined) return number;
    number = range.last;
  }
  return undefined;
}
