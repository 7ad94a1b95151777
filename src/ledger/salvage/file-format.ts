/** What is read here of SQLite's file format (https://www.sqlite.org/fileformat2.html): of page 1 and of tables. */

export interface DatabaseHeader {
  /** Bytes. */
  readonly pageSize: number;
  /** Bytes of each page that hold content: some versions reserve a few at its end. */
  readonly usableSize: number;
  /** Undefined where the writer kept no account of them. */
  readonly pages: number | undefined;
  /** Writes go to a log beside the file first. */
  readonly usesLog: boolean;
  readonly userVersion: number;
}

export const headerSize = 100;
const magic = Buffer.from('SQLite format 3\0', 'latin1');

/** The header of page 1, or undefined where the bytes aren't one that SQLite writes for us. */
export function readHeader(bytes: Buffer): DatabaseHeader | undefined {
  if (bytes.length < headerSize || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const size = bytes.readUInt16BE(16);
  const pageSize = size === 1 ? 65_536 : size;
  const usableSize = pageSize - bytes.readUInt8(20);
  const fixed = bytes.readUInt8(21) === 64 && bytes.readUInt8(22) === 32 && bytes.readUInt8(23) === 32;
  const versions = [bytes.readUInt8(18), bytes.readUInt8(19)].every((each) => each === 1 || each === 2);
  const schemaFormat = bytes.readUInt32BE(44);
  const utf8 = bytes.readUInt32BE(56) === 1;
  const zeros = bytes.subarray(72, 92).every((each) => each === 0);
  const pageKind = bytes[headerSize];
  const sane =
    isPageSize(pageSize) &&
    usableSize >= 480 &&
    fixed &&
    versions &&
    schemaFormat >= 1 &&
    schemaFormat <= 4 &&
    utf8 &&
    zeros &&
    (pageKind === undefined || pageKind === pageKinds.tableLeaf || pageKind === pageKinds.tableInterior);
  if (!sane) return undefined;
  return {
    pageSize,
    usableSize,
    pages: bytes.readUInt32BE(24) === bytes.readUInt32BE(92) ? bytes.readUInt32BE(28) : undefined,
    usesLog: bytes.readUInt8(18) === 2 && bytes.readUInt8(19) === 2,
    userVersion: bytes.readUInt32BE(60),
  };
}

export function isPageSize(bytes: number): boolean {
  return bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
}

export const pageKinds = { tableInterior: 5, tableLeaf: 13 } as const;

export interface Varint {
  readonly value: number;
  readonly bytes: number;
}

/** A whole number of up to 9 bytes; undefined where it is cut, or above what a number can hold exactly. */
export function readVarint(bytes: Buffer, at: number): Varint | undefined {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, bytes: index + 1 } : undefined;
  }
  return undefined;
}

export type StoredValue = null | number | string | Buffer;

/** The values of a record, or undefined where the bytes aren't one. Whole numbers above 2^53 count as none. */
export function readRecord(payload: Buffer): readonly StoredValue[] | undefined {
  const header = readVarint(payload, 0);
  if (header === undefined || header.value > payload.length) return undefined;
  const values: StoredValue[] = [];
  let at = header.bytes;
  let body = header.value;
  while (at < header.value) {
    const type = readVarint(payload, at);
    if (type === undefined) return undefined;
    const value = readValue(payload, type.value, body);
    if (value === undefined) return undefined;
    values.push(value);
    at += type.bytes;
    body += sizeOf(type.value);
  }
  return at === header.value && body === payload.length ? values : undefined;
}

const wholeNumberSizes = [0, 1, 2, 3, 4, 6, 8];

function sizeOf(type: number): number {
  if (type >= 12) return (type - (type % 2 === 0 ? 12 : 13)) / 2;
  return wholeNumberSizes[type] ?? (type === 7 ? 8 : 0);
}

function readValue(payload: Buffer, type: number, at: number): StoredValue | undefined {
  const end = at + sizeOf(type);
  if (end > payload.length) return undefined;
  if (type >= 12) {
    const content = payload.subarray(at, end);
    return type % 2 === 0 ? content : content.toString('utf8');
  }
  switch (type) {
    case 0:
      return null;
    case 6: {
      const whole = payload.readBigInt64BE(at);
      return BigInt.asIntN(54, whole) === whole ? Number(whole) : undefined;
    }
    case 7:
      return payload.readDoubleBE(at);
    case 8:
    case 9:
      return type - 8;
    case 10:
    case 11:
      return undefined;
    default:
      return payload.readIntBE(at, end - at);
  }
}
