import { isCredible } from './credible-value';
import type { Promised } from './credible-value';
import type { FoundSecret } from './secret-kind';
import { promisedBy } from './secret-name';
import type { Reading } from './value-place';

/** A column of a table whose heading promises something. */
interface Column {
  readonly at: number;
  readonly promised: Promised;
}

/** Longer lines are no rows of a table that people write or export. */
const longestRow = 2_000;
const separators: readonly string[] = ['|', ',', ';', '\t'];

/** Secrets that stand below a heading: tables of Markdown, and exports with separators. Looks at each line once. */
export function secretColumns(text: string, reading: Reading): readonly FoundSecret[] {
  // In code such lines are lists of names.
  if (reading === 'code') return [];
  const found: FoundSecret[] = [];
  let table:
    { readonly separator: string; readonly cells: number; readonly columns: readonly Column[] } | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    const cells = table === undefined ? [] : cellsOf(line, table.separator);
    if (table === undefined || cells.length !== table.cells) table = headingIn(line);
    else
      for (const { at, promised } of table.columns) {
        const { value = '', offset = 0 } = cells[at] ?? {};
        // Counts of what passed and failed are no passwords.
        if (/^[0-9]+$/.test(value) || !isCredible(value, promised)) continue;
        found.push({ kind: promised, start: start + offset, end: start + offset + value.length });
      }
    start += line.length + 1;
  }
  return found;
}

function headingIn(
  line: string,
): { separator: string; cells: number; columns: readonly Column[] } | undefined {
  // Names of other things than of secrets are most lines.
  if (line.length > longestRow || !/pass|pwd|\bpw|secret|token|key|kennwort|contrase|senha/i.test(line))
    return undefined;
  const separator = separators.find((each) => line.includes(each));
  if (separator === undefined) return undefined;
  const cells = cellsOf(line, separator);
  // Headings are names, without signs of code.
  if (cells.length < 2 || !cells.every(({ value }) => /^[\p{L}\p{N} _.#/-]{0,40}$/u.test(value)))
    return undefined;
  const columns = cells.flatMap(({ value }, at) => {
    const promised = promisedBy(value);
    return promised === undefined ? [] : [{ at, promised }];
  });
  return columns.length === 0 ? undefined : { separator, cells: cells.length, columns };
}

function cellsOf(
  line: string,
  separator: string,
): readonly { readonly value: string; readonly offset: number }[] {
  if (line.length > longestRow) return [];
  let offset = 0;
  return line.split(separator).map((cell) => {
    const value = /[^\s"'`]+(?:[ \t]+[^\s"'`]+)*/.exec(cell);
    const one = { value: value?.[0] ?? '', offset: offset + (value?.index ?? 0) };
    offset += cell.length + 1;
    return one;
  });
}
