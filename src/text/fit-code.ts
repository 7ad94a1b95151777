/** How the lines of a document end. */
export type LineEnd = '\n' | '\r\n';

/**
 * A model's code in the shape of the whole lines that it replaces: their line ends, their indentation (a block that was
 * written from the margin is moved under it), tabs where they use tabs, and no final line end, as `original` has none.
 */
export function fitCode(code: string, original: string, lineEnd: LineEnd): string {
  const lines = withoutLastEnds(code.replaceAll(/\r\n?/g, '\n')).split('\n');
  const before = original.split(/\r?\n/);
  const unit = usesTabs(before) && !usesTabs(lines) ? smallestIndent(lines) : 0;
  const tabbed = unit === 0 ? lines : lines.map((line) => withTabs(line, unit));
  const missing = commonIndent(tabbed) === '' ? commonIndent(before) : '';
  return tabbed.map((line) => (line.trim() === '' ? line : missing + line)).join(lineEnd);
}

function withoutLastEnds(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '\n') end -= 1;
  return text.slice(0, end);
}

function usesTabs(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith('\t'));
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Of the lines that say something: the longest indentation that all begin with. */
function commonIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map(indentOf);
  const [first = '', ...others] = indents;
  let length = first.length;
  for (const indent of others) {
    let same = 0;
    while (same < length && indent.charAt(same) === first.charAt(same)) same += 1;
    length = same;
  }
  return first.slice(0, length);
}

/** Spaces of one level: the smallest indentation of a line that has one; 0: none has. */
function smallestIndent(lines: readonly string[]): number {
  const widths = lines.map((line) => indentOf(line).length).filter((width) => width > 1);
  return widths.reduce((smallest, width) => (smallest === 0 ? width : Math.min(smallest, width)), 0);
}

function withTabs(line: string, unit: number): string {
  const { length } = indentOf(line);
  return '\t'.repeat(Math.floor(length / unit)) + ' '.repeat(length % unit) + line.slice(length);
}
