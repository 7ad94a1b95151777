import type { StoredValue } from './file-format';
import { headerSize, pageKinds, readRecord, readVarint } from './file-format';
import type { PageSource } from './page-source';

/** A row as it lies on a page, before anything proves that it is one. */
export interface RawRow {
  readonly rowid: number;
  readonly values: readonly StoredValue[];
}

type Pages = Pick<PageSource, 'page' | 'pages' | 'usableSize'>;

/**
 * The rows of a leaf of a table: all where the page is whole, and what still reads as a row where it isn't. A page of
 * another kind has none.
 */
export function rowsOfLeaf(pages: Pages, content: Buffer): readonly RawRow[] {
  const from = startOf(content);
  if (content[from] !== pageKinds.tableLeaf) return [];
  const count = content.readUInt16BE(from + 3);
  const rows: RawRow[] = [];
  for (let index = 0; index < count; index += 1) {
    const pointer = from + 8 + 2 * index;
    if (pointer + 2 > content.length) break;
    const row = rowAt(pages, content, content.readUInt16BE(pointer));
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** Rows that begin anywhere on a page whose own account of them is lost. Most are none: each has to prove itself. */
export function* rowsAnywhere(pages: Pages, content: Buffer): Iterable<RawRow> {
  for (let at = 0; at + shortestRow < content.length; at += 1) {
    const row = rowAt(pages, content, at);
    if (row !== undefined) yield row;
  }
}

const shortestRow = 16;

/** The pages below an interior page of a table, in the order of their rows; undefined where it is of another kind. */
export function childrenOf(content: Buffer): readonly number[] | undefined {
  const from = startOf(content);
  if (content[from] !== pageKinds.tableInterior) return undefined;
  const children: number[] = [];
  const count = content.readUInt16BE(from + 3);
  for (let index = 0; index < count; index += 1) {
    const pointer = from + 12 + 2 * index;
    if (pointer + 2 > content.length) return undefined;
    const cell = content.readUInt16BE(pointer);
    if (cell + 4 > content.length) return undefined;
    children.push(content.readUInt32BE(cell));
  }
  return [...children, content.readUInt32BE(from + 8)];
}

/** Page 1 begins with the header of the database. */
function startOf(content: Buffer): number {
  return content.subarray(0, 6).toString('latin1') === 'SQLite' ? headerSize : 0;
}

function rowAt(pages: Pages, content: Buffer, at: number): RawRow | undefined {
  const size = readVarint(content, at);
  if (size === undefined || size.value < 2 || size.value > pages.pages * pages.usableSize) return undefined;
  const rowid = readVarint(content, at + size.bytes);
  if (rowid === undefined) return undefined;
  const payload = payloadAt(pages, content, at + size.bytes + rowid.bytes, size.value);
  const values = payload && readRecord(payload);
  return values && { rowid: rowid.value, values };
}

/** What doesn't fit on a leaf goes on in a chain of pages; how much stays is a formula of the file format. */
function payloadAt(pages: Pages, content: Buffer, at: number, size: number): Buffer | undefined {
  const { usableSize } = pages;
  const most = usableSize - 35;
  if (size <= most) return at + size <= content.length ? content.subarray(at, at + size) : undefined;
  const least = Math.floor(((usableSize - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usableSize - 4));
  const local = fitting <= most ? fitting : least;
  if (at + local + 4 > content.length) return undefined;
  // A header that isn't one needs no walk along a chain.
  if ((content[at] ?? 0) < 2) return undefined;
  const parts = [content.subarray(at, at + local)];
  let left = size - local;
  let next = content.readUInt32BE(at + local);
  while (left > 0) {
    const page = pages.page(next);
    if (page === undefined) return undefined;
    parts.push(page.subarray(4, 4 + Math.min(left, usableSize - 4)));
    left -= usableSize - 4;
    next = page.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}
