import { isBlank } from './edit-place';

const numbered = /^[ \t]*(\d{1,7})(?:[ \t]{0,3}[|│:→]|\t|[.)] | |$)/;

/** Code without the number before each of its lines, where all have the next one; undefined where they don't. */
export function withoutLineNumbers(lines: readonly string[]): readonly string[] | undefined {
  const read = lines.map((line) => numbered.exec(line));
  let last: number | undefined;
  for (const [index, found] of read.entries()) {
    if (found === null && isBlank(lines[index] ?? '')) continue;
    const number = Number(found?.[1] ?? NaN);
    if (last === undefined ? !(number >= 0) : number !== last + 1) return undefined;
    last = number;
  }
  const marks = lines.flatMap((line, index) => {
    const mark = read[index]?.[0];
    return mark === undefined || mark.length === line.length ? [] : [mark];
  });
  const [first] = marks;
  if (first === undefined) return undefined;
  const code = lines.map((line, index) => line.slice(read[index]?.[0].length ?? 0));
  // Some put a blank behind the bar.
  const isApart = /[|│:]$/.test(first) && code.every((line) => line === '' || line.startsWith(' '));
  return isApart ? code.map((line) => line.slice(1)) : code;
}

/** True where most lines have numbers that count up. */
export function mostAreNumbered(lines: readonly string[]): boolean {
  const telling = lines.filter((line) => !isBlank(line));
  const numbers = telling.flatMap((line) => {
    const found = /^[ \t]*(\d{1,7})[ \t]{0,3}[|│:→]/.exec(line)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
  const counts = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
  return numbers.length > 1 && numbers.length * 2 > telling.length && counts;
}
