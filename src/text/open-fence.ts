/** Where a line of Markdown has led. */
interface Place {
  /** Columns before the text of each list item that is still open. */
  readonly items: readonly number[];
  /** The marks that opened code which is not closed; undefined: there is none. */
  readonly marks: string | undefined;
  /** True: the next line may go on with this text whatever its margin. */
  readonly inText: boolean;
}

/**
 * What has to stand on a line of its own to close the code that a Markdown text ends in; undefined: it ends in none, or
 * in code of a quotation or a list, which ends by itself where the text goes on outside of them. By CommonMark's rules
 * for fences; blocks of HTML are not known here.
 */
export function openFence(text: string): string | undefined {
  let place: Place = { items: [], marks: undefined, inText: false };
  for (const line of text.split(/\r\n|\r|\n/))
    place = after(
      place,
      line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll('\t', '    ')),
    );
  return place.items.length === 0 ? place.marks : undefined;
}

function after(place: Place, line: string): Place {
  const { items, marks, inText } = place;
  if (line.trim() === '') return { ...place, inText: false };
  const indent = line.length - line.trimStart().length;
  const column = items.at(-1) ?? 0;
  if (marks !== undefined && indent >= column)
    return indent - column < 4 && closes(line, marks) ? { ...place, marks: undefined } : place;
  const within = items.filter((each) => indent >= each);
  const begun = begunBy(line, within, inText);
  const goesOn = inText && begun.inText && begun.items.length === within.length;
  return goesOn ? { ...begun, items } : begun;
}

/** What a line begins, within the list items that it belongs to by its margin. */
function begunBy(line: string, within: readonly number[], inText: boolean): Place {
  const items = [...within];
  for (;;) {
    const column = items.at(-1) ?? 0;
    const rest = line.slice(column);
    const item = /^ {0,3}(?:[-+*]|\d{1,9}[.)]) {1,4}(?=[^ ])/.exec(rest)?.[0];
    if (item === undefined) {
      const fence = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(rest);
      const marks = fence?.[1] ?? fence?.[2];
      // Code by its margin alone is no text, but text may go on with any margin.
      const isText = marks === undefined && !/^ {0,3}>/.test(rest) && (inText || !rest.startsWith('    '));
      return { items, marks, inText: isText };
    }
    items.push(column + item.length);
  }
}

function closes(line: string, marks: string): boolean {
  const found = line.trim();
  return found.length >= marks.length && found === marks.charAt(0).repeat(found.length);
}
