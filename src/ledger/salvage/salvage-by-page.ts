import type { Breathe } from './breathe';
import { pageKinds } from './file-format';
import type { PageSource } from './page-source';
import type { Proof } from './proven-rows';
import { entryOnPage, rangeColumns, rangeOnPage } from './proven-rows';
import type { SalvagedRows } from './salvaged-rows';
import type { RawRow } from './table-pages';
import { rowsAnywhere, rowsOfLeaf } from './table-pages';

/**
 * Gathers rows from every version of every page of a database and its log, whatever the tree says of them: of leaves that
 * are whole, and from anywhere on those that aren't.
 */
export async function salvageByPage(
  pages: PageSource,
  proof: Proof,
  into: SalvagedRows,
  breathe: Breathe,
): Promise<void> {
  const take = (row: RawRow): boolean => {
    if (into.has(row.rowid) && row.values.length > rangeColumns) return true;
    const entry = entryOnPage(proof, row);
    if (entry !== undefined) return into.add(entry);
    const range = rangeOnPage(proof, row);
    if (range !== undefined) into.addRange(range);
    return range !== undefined;
  };
  for (const content of pages.versions()) {
    await breathe();
    const rows = rowsOfLeaf(pages, content);
    const proven = rows.filter(take).length;
    if (isWholeLeaf(content, rows.length, proven) || !marks.some((mark) => content.includes(mark))) continue;
    for (const row of rowsAnywhere(pages, content)) take(row);
  }
}

function isWholeLeaf(content: Buffer, rows: number, proven: number): boolean {
  return content[0] === pageKinds.tableLeaf && rows === content.readUInt16BE(3) && proven === rows;
}

/** Where a payload begins, and what is said of ranges: a page without any of them has no row of ours. */
const marks = ['{"', '{}', 'forgotten', 'retained', 'never'];
