import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import type { DatabaseHeader } from './file-format';
import { headerSize, readHeader } from './file-format';
import type { LoggedTransaction, WriteAheadLog } from './write-ahead-log';
import { readLog } from './write-ahead-log';

/** The pages of a database's files, read as they are: nothing is locked, merged or written. */
export interface PageSource {
  /** Undefined where page 1 doesn't say what SQLite would have it say. */
  readonly header: DatabaseHeader | undefined;
  readonly pageSize: number;
  readonly usableSize: number;
  readonly fileBytes: number;
  readonly log: WriteAheadLog | undefined;
  readonly logBytes: number;
  /** Pages as SQLite would see them. */
  readonly pages: number;
  /** A page (from 1) as SQLite would see it: from the log where it is there. Undefined: there is none. */
  page(number: number): Buffer | undefined;
  /** Every stored version of every page, those that SQLite would see first. */
  versions(): Iterable<Buffer>;
  close(): void;
}

/** Pages of a kilobyte and more fit into whatever is left of one: this is how SQLite makes databases. */
const usualPageSize = 4_096;

/**
 * Opens the files for reading. A POSIX system drops a process's locks on a file when the process closes it anywhere: not
 * to be used beside a connection of the same process that still writes. Where the file is gone, its log may have all of it.
 * Throws where neither is there.
 */
export function openPages(path: string, useLog = true): PageSource {
  const logged = useLog ? readIfThere(`${path}-wal`) : undefined;
  const file = openedFile(path, logged !== undefined);
  const fileBytes = file === undefined ? 0 : fstatSync(file).size;
  const log = logged && readLog(logged);
  const beginning = Buffer.alloc(headerSize + 1);
  const length = file === undefined ? 0 : readSync(file, beginning, 0, beginning.length, 0);
  const header = readHeader(beginning.subarray(0, length));
  const pageSize = header?.pageSize ?? log?.pageSize ?? usualPageSize;
  const usableSize = header?.usableSize ?? pageSize;
  const visible = new Map<number, number>();
  // A log with pages of another size is another database's.
  const transactions = log?.pageSize === pageSize ? log.committed : [];
  for (const { pages } of transactions) for (const { page, at } of pages) visible.set(page, at);
  const inFile = Math.ceil(fileBytes / pageSize);
  const pages = transactions.at(-1)?.databasePages ?? inFile;

  const inLog = (at: number): Buffer | undefined => logged?.subarray(at, at + pageSize);

  function fromFile(number: number): Buffer | undefined {
    if (file === undefined) return undefined;
    const page = Buffer.alloc(pageSize);
    // A page that the file ends in is looked at, too: its rows prove themselves.
    const read = readSync(file, page, 0, pageSize, (number - 1) * pageSize);
    return read === 0 ? undefined : page;
  }

  function page(number: number): Buffer | undefined {
    if (number < 1 || number > pages) return undefined;
    const at = visible.get(number);
    return at === undefined ? fromFile(number) : inLog(at);
  }

  function* contentsOf(of: readonly LoggedTransaction[]): Iterable<Buffer> {
    for (const transaction of of.toReversed()) {
      for (const { at } of transaction.pages) {
        const content = inLog(at);
        if (content !== undefined) yield content;
      }
    }
  }

  function* versions(): Iterable<Buffer> {
    for (let number = 1; number <= pages; number += 1) {
      const content = page(number);
      if (content !== undefined) yield content;
    }
    if (log?.pageSize !== pageSize) return;
    yield* contentsOf(log.behindTear);
    yield* contentsOf(log.committed);
    for (let number = 1; number <= inFile; number += 1) {
      const content = visible.has(number) || number > pages ? fromFile(number) : undefined;
      if (content !== undefined) yield content;
    }
  }

  return {
    header,
    pageSize,
    usableSize,
    fileBytes,
    log,
    logBytes: logged?.length ?? 0,
    pages,
    page,
    versions,
    close: () => {
      if (file !== undefined) closeSync(file);
    },
  };
}

/** Undefined where no file is there and there need not be one. */
function openedFile(path: string, hasLog: boolean): number | undefined {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile || !hasLog ? openSync(path, 'r') : undefined;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
