import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from '../../../src/core/terms/ports';
import { markerOf } from '../../../src/ledger/generations/traces';
import type { GenerationFiles } from '../../../src/ledger/store/generation-files';

/** What damage is made from: the files of the ledger itself, of an older copy of it, and of another ledger. */
export interface DamageParts {
  readonly files: GenerationFiles;
  /** As the ledger was when it had half of its entries, with its log. */
  readonly older: string;
  /** Of another ledger that is as large, with its log. */
  readonly foreign: string;
  readonly random: Random;
}

/** Damages one thing. False: there is nothing to be damaged, such as a log that isn't there. */
type Damage = (parts: DamageParts) => boolean;

/** Of a generation's database: see `makeDatabase`. */
export const pageSize = 8_192;
const frameSize = 24 + pageSize;

const log = (file: string): string => `${file}-wal`;
const below = (random: Random, count: number): number => Math.floor(random() * count);
const pagesOf = (file: string): number => Math.floor(statSync(file).size / pageSize);

function change(file: string, by: (bytes: Buffer) => void): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return false;
  const bytes = readFileSync(file);
  by(bytes);
  writeFileSync(file, bytes);
  return true;
}

function randomBytesIn(bytes: Buffer, from: number, to: number, random: Random): void {
  for (let count = 1 + below(random, 40); count > 0; count -= 1)
    bytes[from + below(random, to - from)] = below(random, 256);
}

/** The first page of a table or an index, as the file without its log has it. */
function rootOf(file: string, name: string): number {
  const copy = `${file}.look`;
  copyFileSync(file, copy);
  const database = new DatabaseSync(copy, { readOnly: true });
  try {
    return Number(
      database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage'],
    );
  } finally {
    database.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  }
}

const zeroed = (file: string, page: number): boolean =>
  change(file, (bytes) => bytes.fill(0, (page - 1) * pageSize, page * pageSize));

/** Pages whose first byte says that they are of a kind, and that have a text. */
function pagesOfKind(file: string, kind: number, text = ''): readonly number[] {
  const bytes = readFileSync(file);
  return Array.from({ length: pagesOf(file) }, (_, index) => index + 1).filter((page) => {
    const at = (page - 1) * pageSize;
    return page > 1 && bytes[at] === kind && bytes.subarray(at, at + pageSize).includes(text);
  });
}

function onePageOf(kind: number, text?: string): Damage {
  return ({ files: { database }, random }) => {
    const pages = pagesOfKind(database, kind, text);
    const page = pages[below(random, pages.length)];
    return page !== undefined && zeroed(database, page);
  };
}

function replacedLog(by: (parts: DamageParts) => string): Damage {
  return (parts) => {
    const other = log(by(parts));
    if (!existsSync(other)) return false;
    copyFileSync(other, log(parts.files.database));
    return true;
  };
}

/** Every kind of damage, by name. */
export const damages = {
  'bytes anywhere': ({ files: { database }, random }) =>
    change(database, (bytes) => randomBytesIn(bytes, 0, bytes.length, random)),
  'bytes in a page': ({ files: { database }, random }) => {
    const from = below(random, pagesOf(database)) * pageSize;
    return change(database, (bytes) => randomBytesIn(bytes, from, from + pageSize, random));
  },
  'bytes in the header': ({ files: { database }, random }) =>
    change(database, (bytes) => randomBytesIn(bytes, 0, 100, random)),
  'a page zeroed': ({ files: { database }, random }) =>
    zeroed(database, 1 + below(random, pagesOf(database))),
  'a leaf zeroed': onePageOf(13, '{"'),
  'an interior page zeroed': onePageOf(5),
  'the root zeroed': ({ files: { database } }) => zeroed(database, rootOf(database, 'entry')),
  'page 1 zeroed': ({ files: { database } }) => zeroed(database, 1),
  'the ledger’s id zeroed': ({ files: { database } }) =>
    zeroed(database, rootOf(database, 'sqlite_autoindex_meta_1') || rootOf(database, 'meta')),
  'an index page zeroed': onePageOf(10),
  'bytes in an index page': ({ files: { database }, random }) => {
    const pages = pagesOfKind(database, 10);
    const page = pages[below(random, pages.length)] ?? 1;
    return change(database, (bytes) => randomBytesIn(bytes, (page - 1) * pageSize, page * pageSize, random));
  },
  'pages swapped': ({ files: { database }, random }) => {
    const [one, other] = [below(random, pagesOf(database)), below(random, pagesOf(database))];
    return one === other
      ? false
      : change(database, (bytes) => {
          const first = Buffer.from(bytes.subarray(one * pageSize, (one + 1) * pageSize));
          bytes.copy(bytes, one * pageSize, other * pageSize, (other + 1) * pageSize);
          first.copy(bytes, other * pageSize);
        });
  },
  'a page of another file': ({ files: { database }, foreign, random }) => {
    const page = below(random, Math.min(pagesOf(database), pagesOf(foreign)));
    const other = readFileSync(foreign);
    return change(database, (bytes) =>
      other.copy(bytes, page * pageSize, page * pageSize, (page + 1) * pageSize),
    );
  },
  'a page of an older copy': ({ files: { database }, older, random }) => {
    const page = below(random, Math.min(pagesOf(database), pagesOf(older)));
    const other = readFileSync(older);
    return change(database, (bytes) =>
      other.copy(bytes, page * pageSize, page * pageSize, (page + 1) * pageSize),
    );
  },
  truncated: ({ files: { database }, random }) => {
    truncateSync(database, below(random, statSync(database).size));
    return true;
  },
  'an older copy': ({ files: { database }, older }) => {
    copyFileSync(older, database);
    return true;
  },
  'another ledger': ({ files: { database }, foreign }) => {
    copyFileSync(foreign, database);
    return true;
  },
  'no database': ({ files: { database } }) => {
    writeFileSync(database, 'this is a text, and long enough to be looked at as something else'.repeat(200));
    return true;
  },
  gone: ({ files: { database } }) => {
    rmSync(database);
    return true;
  },
  'a folder in its place': ({ files: { database } }) => {
    rmSync(database);
    mkdirSync(database);
    return true;
  },
  'log missing': ({ files: { database } }) => {
    if (!existsSync(log(database)) || statSync(log(database)).size === 0) return false;
    rmSync(log(database));
    return true;
  },
  'log torn': ({ files: { database }, random }) => {
    if (!existsSync(log(database)) || statSync(log(database)).size === 0) return false;
    truncateSync(log(database), below(random, statSync(log(database)).size));
    return true;
  },
  'bytes in the log': ({ files: { database }, random }) =>
    change(log(database), (bytes) => randomBytesIn(bytes, 0, bytes.length, random)),
  'a frame of the log zeroed': ({ files: { database }, random }) =>
    change(log(database), (bytes) => {
      const from = 32 + below(random, Math.floor(bytes.length / frameSize)) * frameSize;
      bytes.fill(0, from, from + frameSize);
    }),
  'log of another ledger': replacedLog(({ foreign }) => foreign),
  'log of an older copy': replacedLog(({ older }) => older),
  'last number spoilt': ({ files: { last }, random }) =>
    change(last, (bytes) => randomBytesIn(bytes, 0, bytes.length, random)),
  'last number missing': ({ files: { last } }) => {
    rmSync(last, { force: true });
    return true;
  },
  'a marker that says nothing': ({ files }) => {
    writeFileSync(files.damaged, 'spoilt');
    return markerOf(files) !== undefined;
  },
} as const satisfies Record<string, Damage>;

export type DamageKind = keyof typeof damages;
export const damageKinds = Object.keys(damages) as readonly DamageKind[];
