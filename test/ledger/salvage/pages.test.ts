import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPages } from '../../../src/ledger/salvage/page-source';
import { rowsOfLeaf } from '../../../src/ledger/salvage/table-pages';
import { newestRows, rootOf, rowsFrom } from '../../../src/ledger/salvage/table-tree';
import { runs } from '../../runs';

const logOf = (file: string): string => `${file}-wal`;

describe('pages of a database, read without SQLite', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'conduit-pages-'));
    file = path.join(folder, 'any.db');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Rows by appends of the given sizes; those from `inLog` on are in the log alone. */
  function write(sizes: readonly number[], inLog: number, pageSize: number): DatabaseSync {
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA page_size = ${String(pageSize)}; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
      CREATE TABLE entry (sequence INTEGER PRIMARY KEY, at_ms INTEGER, payload TEXT, weight REAL, bytes BLOB);
      CREATE INDEX by_payload ON entry (payload)`);
    const insert = database.prepare('INSERT INTO entry (at_ms, payload, weight, bytes) VALUES (?, ?, ?, ?)');
    for (const [index, size] of sizes.entries()) {
      if (index === inLog) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const whole = (index % 2 === 0 ? 1 : -1) * 2 ** (index % 50);
      insert.run(whole, 'ü'.repeat(size), index / 3, index % 3 === 0 ? null : Buffer.alloc(size % 40, index));
    }
    return database;
  }

  const sql = (database: DatabaseSync): readonly unknown[] =>
    database
      .prepare('SELECT sequence, at_ms, payload, weight, bytes FROM entry ORDER BY sequence')
      .all()
      .map(({ sequence, at_ms: atMs, payload, weight, bytes }) => [
        sequence,
        [null, atMs, payload, weight, bytes === null ? null : [...(bytes as Uint8Array)]],
      ]);

  const raw = (
    rows: readonly { readonly rowid: number; readonly values: readonly unknown[] }[],
  ): readonly unknown[] =>
    rows.map(({ rowid, values }) => [
      rowid,
      values.map((value) => (Buffer.isBuffer(value) ? [...value] : value)),
    ]);

  test('have the rows that SQLite reads, in the file and in the log, however long they are', () => {
    const sizes = fc.array(fc.oneof(fc.nat(60), fc.nat(9_000)), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.nat(60), fc.constantFrom(512, 4_096, 16_384), (of, inLog, pageSize) => {
        const database = write(of, inLog, pageSize);
        const pages = openPages(file);
        try {
          const root = rootOf(pages, 'entry')!;
          // A whole number is stored for a real one that is whole.
          const expected = JSON.parse(JSON.stringify(sql(database))) as unknown;
          expect(JSON.parse(JSON.stringify(raw(rowsFrom(pages, root))))).toEqual(expected);
          expect(newestRows(pages, root, 3)?.at(-1)?.rowid).toBe(of.length === 0 ? undefined : of.length);
        } finally {
          pages.close();
          database.close();
        }
      }),
      { numRuns: runs(20) },
    );
  });

  test('have of a log that is cut anywhere just what SQLite takes from it', () => {
    const database = write(
      Array.from({ length: 40 }, (_, index) => index * 37),
      10,
      4_096,
    );
    const copy = path.join(folder, 'cut.db');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
        const whole = openPages(file);
        truncateSync(logOf(copy), Math.floor(share * whole.logBytes));
        whole.close();
        const pages = openPages(copy);
        const rows = raw(rowsFrom(pages, rootOf(pages, 'entry')!)).length;
        pages.close();
        const opened = new DatabaseSync(copy);
        expect(rows).toBe(opened.prepare('SELECT count(*) AS count FROM entry').get()?.['count']);
        opened.close();
        for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
      }),
      { numRuns: runs(20) },
    );
    database.close();
  });

  test('that hold anything at all are read without an error, and to an end', () => {
    const pages = { page: (number: number) => (number < 4 ? content : undefined), pages: 3, usableSize: 512 };
    let content = Buffer.alloc(512);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 512, maxLength: 512 }),
        fc.constantFrom(2, 5, 10, 13),
        (bytes, kind) => {
          content = Buffer.from(bytes);
          content[0] = kind;
          expect(rowsOfLeaf(pages, content)).toBeInstanceOf(Array);
          expect(rowsFrom(pages, 2)).toBeInstanceOf(Array);
        },
      ),
    );
  });
});
