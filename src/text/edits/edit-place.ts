/** How the lines of a document end. */
export type LineEnd = '\n' | '\r\n';

/** Where an edit goes: some whole lines of a document. */
export interface EditPlace {
  /** The document before the lines, with the end of its last line. */
  readonly before: string;
  /** The lines, without the end of the last one. */
  readonly original: string;
  /** The document after them, from the end of their last line on. */
  readonly after: string;
  /** The editor's id. */
  readonly languageId: string;
  /** "math.ts"; '' where the document has no name. */
  readonly fileName: string;
  readonly lineEnd: LineEnd;
}

/** The same as lines without their ends. */
export interface PlaceLines {
  readonly before: readonly string[];
  readonly original: readonly string[];
  readonly after: readonly string[];
}

export function placeLines({ before, original, after }: EditPlace): PlaceLines {
  return {
    before: before === '' ? [] : linesOf(before).slice(0, -1),
    original: linesOf(original),
    after: after === '' ? [] : linesOf(after).slice(1),
  };
}

/** A place whose text is to come: a new, empty document. */
export function emptyPlace(languageId: string, lineEnd: LineEnd = '\n'): EditPlace {
  return { before: '', original: '', after: '', languageId, fileName: '', lineEnd };
}

/** The lines of a text, whatever ends them. A mark of the byte order at its beginning is no part of them. */
export function linesOf(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split('\n');
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Without blank lines at its beginning and end. */
export function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

/** The blanks that a line begins with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
