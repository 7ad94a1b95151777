/** A fence that opens: its marks, and what is said behind them. */
interface Opening {
  readonly marks: string;
  readonly info: string;
}

/** What stands in the fence at the beginning of some lines. */
export interface Fenced {
  readonly info: string;
  readonly content: readonly string[];
  /** What follows it. */
  readonly rest: readonly string[];
}

/** The fence that a line opens; undefined: none. It looks at each sign once, however many there are. */
export function openingOf(line: string): Opening | undefined {
  const text = line.trimStart();
  const sign = text.charAt(0);
  if (sign !== '`' && sign !== '~') return undefined;
  let length = 1;
  while (text.charAt(length) === sign) length += 1;
  const info = text.slice(length).trim();
  // Longer runs are no fence that anybody writes.
  if (length < 3 || length > 20 || info.includes('`')) return undefined;
  return { marks: text.slice(0, length), info };
}

/**
 * What the fence on the first line holds, as far as it has come; undefined: there is none. Models put messages that have
 * blocks of their own between marks that are no longer than those of the blocks.
 */
export function fenced(lines: readonly string[]): Fenced | undefined {
  const opened = openingOf(lines[0] ?? '');
  if (opened === undefined) return undefined;
  const { marks, info } = opened;
  const content = lines.slice(1);
  // How many bare fences stand at or behind a line.
  const left: number[] = [];
  let bare = 0;
  for (let at = content.length - 1; at >= 0; at -= 1) {
    if (closes(content[at], marks)) bare += 1;
    left[at] = bare;
  }
  const lastText = content.findLastIndex((line) => line.trim() !== '');
  let inner = false;
  for (const [at, line] of content.entries()) {
    const isBare = closes(line, marks);
    if (inner) {
      if (isBare) inner = false;
    } else if (isBare) {
      if (!opensBlock(content, at, left[at] ?? 0, closes(content[lastText], marks)))
        return { info, content: content.slice(0, at), rest: content.slice(at + 1) };
      inner = true;
    } else if (openingOf(line)?.marks.startsWith(marks) === true) inner = true;
  }
  return { info, content, rest: [] };
}

/** A bare fence behind an empty line, with as many behind it as close it and the whole: it is one within the message. */
function opensBlock(content: readonly string[], at: number, left: number, closesAtEnd: boolean): boolean {
  const behindBlank = at > 0 && (content[at - 1] ?? '').trim() === '';
  return closesAtEnd && behindBlank && left >= 3 && left % 2 === 1;
}

function closes(line: string | undefined, marks: string): boolean {
  const text = line?.trim() ?? '';
  return text.length >= marks.length && text === marks.charAt(0).repeat(text.length);
}

/** For each line, whether it stands in a block of code, or is one of its fences. */
export function inCode(lines: readonly string[]): readonly boolean[] {
  let open: string | undefined;
  return lines.map((line) => {
    if (open === undefined) {
      open = openingOf(line)?.marks;
      return open !== undefined;
    }
    if (closes(line, open)) open = undefined;
    return true;
  });
}
