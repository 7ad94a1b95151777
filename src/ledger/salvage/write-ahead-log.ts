import { endianness } from 'node:os';
import { isPageSize } from './file-format';

/** A page as a transaction of the log left it. */
export interface LoggedPage {
  readonly page: number;
  /** Where its content begins in the log's file. */
  readonly at: number;
}

/** One committed transaction: its pages, and how many the database had after it. */
export interface LoggedTransaction {
  readonly pages: readonly LoggedPage[];
  readonly databasePages: number;
}

export interface WriteAheadLog {
  readonly pageSize: number;
  /** What SQLite itself would read: all that was committed before the first frame that doesn't prove itself. */
  readonly committed: readonly LoggedTransaction[];
  /** Committed behind such a frame. SQLite passes over them; each is whole by its own checksums. */
  readonly behindTear: readonly LoggedTransaction[];
}

const headerBytes = 32;
const frameHeaderBytes = 24;
const littleEndian = 0x377f0682;
const bigEndian = 0x377f0683;

/**
 * Reads a write-ahead log (https://www.sqlite.org/fileformat2.html#the_write_ahead_log) without changing it. Undefined
 * where its header doesn't prove itself: SQLite takes such a log for an empty one.
 */
export function readLog(bytes: Buffer): WriteAheadLog | undefined {
  if (bytes.length < headerBytes) return undefined;
  const kind = bytes.readUInt32BE(0);
  const pageSize = bytes.readUInt32BE(8);
  if ((kind !== littleEndian && kind !== bigEndian) || bytes.readUInt32BE(4) !== 3_007_000) return undefined;
  if (!isPageSize(pageSize)) return undefined;
  const words = wordsOf(bytes, kind === bigEndian);
  const sum = (seed: Checksum, from: number, to: number): Checksum => checksum(words, from, to, seed);
  if (!same(sum([0, 0], 0, 24), stored(bytes, 24))) return undefined;

  const committed: LoggedTransaction[] = [];
  const behindTear: LoggedTransaction[] = [];
  let torn = false;
  let whole = true;
  let pages: LoggedPage[] = [];
  let before = stored(bytes, 24);
  const frameBytes = frameHeaderBytes + pageSize;
  for (let at = headerBytes; at + frameBytes <= bytes.length; at += frameBytes) {
    const content = at + frameHeaderBytes;
    const own = stored(bytes, at + 16);
    const ofThisLog = bytes.compare(bytes, 16, 24, at + 8, at + 16) === 0;
    const proven = ofThisLog && same(sum(sum(before, at, at + 8), content, content + pageSize), own);
    before = own;
    if (!proven) {
      torn = true;
      whole = false;
    }
    pages.push({ page: bytes.readUInt32BE(at), at: content });
    const databasePages = bytes.readUInt32BE(at + 4);
    if (!ofThisLog || databasePages === 0) continue;
    if (whole) (torn ? behindTear : committed).push({ pages, databasePages });
    pages = [];
    whole = true;
  }
  return { pageSize, committed, behindTear };
}

type Checksum = readonly [number, number];

function stored(bytes: Buffer, at: number): Checksum {
  return [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
}

function same(one: Checksum, other: Checksum): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** s0 += x(n) + s1, s1 += x(n+1) + s0, over words of 32 bits in the log's own byte order. */
function checksum(words: Uint32Array, from: number, to: number, [one, other]: Checksum): Checksum {
  let [first, second] = [one, other];
  for (let at = from / 4; at < to / 4; at += 2) {
    first = (first + (words[at] ?? 0) + second) >>> 0;
    second = (second + (words[at + 1] ?? 0) + first) >>> 0;
  }
  return [first, second];
}

/** The whole words of a log, as numbers of this machine. */
function wordsOf(bytes: Buffer, big: boolean): Uint32Array {
  const words = new Uint32Array(bytes.length >> 2);
  const copy = Buffer.from(words.buffer);
  bytes.copy(copy);
  if (big !== (endianness() === 'BE')) copy.swap32();
  return words;
}
