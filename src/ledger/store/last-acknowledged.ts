import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { shortHash } from '../rows/row-checksum';

/**
 * The highest number that was acknowledged and is on the disk, in a small file beside the database: by it a tail that is
 * lost is noticed. It is no more than a lower bound: it is written after the commit and not synced, and where it can't be
 * read nothing is known.
 */
export interface LastAcknowledged {
  /** 0: nothing is known. */
  read(): number;
  write(sequence: number): void;
  close(): void;
}

/** The ledger that the file was written for, where it proves so; undefined: it says nothing. */
export function ledgerIdBeside(file: string): string | undefined {
  try {
    const id = /^\d+ [0-9a-f]{16} (?<id>[0-9a-f]{16})$/.exec(readFileSync(file, 'latin1').trim())?.groups?.[
      'id'
    ];
    return id !== undefined && lastAcknowledged(file, id).read() > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}

export function lastAcknowledged(file: string, ledgerId: string): LastAcknowledged {
  let handle: number | undefined;
  let written = 0;

  function read(): number {
    if (!existsSync(file)) return 0;
    const [sequence = '', checksum] = readFileSync(file, 'latin1').trim().split(' ');
    return checksum === checksumOf(sequence) ? Number(sequence) : 0;
  }

  function checksumOf(sequence: string): string {
    return Buffer.from(shortHash([ledgerId, sequence])).toString('hex');
  }

  return {
    read,
    write: (sequence) => {
      if (sequence <= written) return;
      // Another window may be further.
      written = Math.max(sequence, read());
      if (written > sequence) return;
      handle ??= openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
      const digits = String(sequence).padStart(16, '0');
      // The ledger's id goes along: without it no row of a damaged database could prove itself.
      writeSync(handle, `${digits} ${checksumOf(digits)} ${ledgerId}\n`, 0);
    },
    close: () => {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}
