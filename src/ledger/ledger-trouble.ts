/** Why the ledger can't be read or written now. */
export const ledgerTroubles = [
  /** Another process holds a lock. */
  'locked',
  'disk-full',
  /** The file or its folder can't be written. */
  'read-only',
  /** The file or its folder is gone, or something else is in its place. */
  'missing',
  'damaged',
  /** A newer version wrote it. */
  'newer',
  /** The disk failed. */
  'disk',
  /** The worker died, or says nothing. */
  'worker',
  'other',
] as const;

export type LedgerTrouble = (typeof ledgerTroubles)[number];

/** An error that says why the ledger can't be used, in one word too: it goes from the worker to the window. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: LedgerTrouble;

  constructor(message: string, code: LedgerTrouble, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What an error of the ledger, of SQLite or of the file system says. It may come from another thread. */
export function troubleOf(error: unknown): LedgerTrouble {
  for (let each = error; each instanceof Error; each = each.cause) {
    const found =
      ofSqlite('errcode' in each ? Number(each.errcode) : undefined) ??
      ofCode('code' in each ? each.code : undefined);
    if (found !== undefined) return found;
  }
  return 'other';
}

/** Primary result codes of https://sqlite.org/rescode.html. */
function ofSqlite(errcode: number | undefined): LedgerTrouble | undefined {
  if (errcode === undefined) return undefined;
  switch (errcode & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
    case 15: // SQLITE_PROTOCOL: a race for the log's locks was lost again and again
      return 'locked';
    case 13: // SQLITE_FULL
      return 'disk-full';
    case 8: // SQLITE_READONLY
    case 3: // SQLITE_PERM
      return errcode === readOnlyMoved ? 'missing' : 'read-only';
    case 14: // SQLITE_CANTOPEN
      return 'missing';
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'damaged';
    case 10: // SQLITE_IOERR
      return 'disk';
    default:
      return undefined;
  }
}

/** SQLITE_READONLY_DBMOVED: the file was renamed or deleted while it was open. */
const readOnlyMoved = 8 | (4 << 8);

function ofCode(code: unknown): LedgerTrouble | undefined {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'read-only';
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
      return 'missing';
    case 'EIO':
      return 'disk';
    default:
      return ledgerTroubles.find((trouble) => trouble === code);
  }
}
