import { pageKinds } from './file-format';
import type { PageSource } from './page-source';
import type { RawRow } from './table-pages';
import { childrenOf, rowsOfLeaf } from './table-pages';

type Pages = Pick<PageSource, 'page' | 'pages' | 'usableSize'>;

/** A table of 2^32 rows is not as deep: a tree that is deeper bites its own tail. */
const deepest = 20;

/** The first page of a table, as the schema on page 1 names it; undefined where it can't be found. */
export function rootOf(pages: Pages, table: string): number | undefined {
  const row = rowsFrom(pages, 1).find(({ values }) => values[0] === 'table' && values[1] === table);
  const root = row?.values[3];
  return typeof root === 'number' ? root : undefined;
}

/** The rows of a small table, as far as its pages can be read. */
export function rowsFrom(pages: Pages, root: number, depth = 0): readonly RawRow[] {
  const content = pages.page(root);
  if (content === undefined || depth > deepest) return [];
  const children = childrenOf(content);
  if (children === undefined) return rowsOfLeaf(pages, content);
  return children.flatMap((child) => rowsFrom(pages, child, depth + 1));
}

/**
 * The rows of a table with the highest numbers, ascending, at least `count` where there are as many. Reads a handful of
 * pages. Undefined where a page on the way isn't what it has to be.
 */
export function newestRows(pages: Pages, root: number, count: number): readonly RawRow[] | undefined {
  const rows = newestBelow(pages, root, count, 0);
  return rows?.every((row, index) => index === 0 || row.rowid > (rows[index - 1]?.rowid ?? 0))
    ? rows
    : undefined;
}

function newestBelow(
  pages: Pages,
  number: number,
  count: number,
  depth: number,
): readonly RawRow[] | undefined {
  const content = pages.page(number);
  if (content === undefined || depth > deepest) return undefined;
  const children = childrenOf(content);
  if (children === undefined) {
    const rows = rowsOfLeaf(pages, content);
    return rows.length === cellsOf(content) ? rows : undefined;
  }
  let newest: readonly RawRow[] = [];
  for (const child of children.toReversed()) {
    if (newest.length >= count) break;
    const rows = newestBelow(pages, child, count - newest.length, depth + 1);
    if (rows === undefined) return undefined;
    newest = [...rows, ...newest];
  }
  return newest;
}

/** How many rows a leaf says that it has; -1 where it is no leaf of a table. */
function cellsOf(content: Buffer): number {
  return content[0] === pageKinds.tableLeaf ? content.readUInt16BE(3) : -1;
}
