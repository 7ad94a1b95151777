/** A text whose flow collections are indented as YAML 1.2 wants it, and by how much each of its lines was moved. */
export interface IndentedFlow {
  readonly text: string;
  /** Columns by which a line was moved to the right, by its number from 1. */
  readonly moved: ReadonlyMap<number, number>;
}

/** Where a reader of flow collections is. */
interface State {
  depth: number;
  quote: '"' | "'" | undefined;
}

/**
 * Moves the lines within `{ … }` and `[ … ]` to the right of the key that they belong to. PyYAML, which LiteLLM reads
 * with, takes them wherever they stand; the yaml package refuses a brace that stands left of its key. It looks at every
 * character once.
 */
export function indentFlow(text: string): IndentedFlow {
  const moved = new Map<number, number>();
  const state: State = { depth: 0, quote: undefined };
  let least = 0;
  /** The indentation of the line whose block of text (`|` or `>`) is being skipped. */
  let block: number | undefined;
  const lines = text.split('\n').map((line, index) => {
    const indent = indentOf(line);
    if (block !== undefined && state.depth === 0) {
      if (indent > block || indent === line.trimEnd().length) return line;
      block = undefined;
    }
    const inside = state.depth > 0 && state.quote === undefined;
    if (state.depth === 0) least = contentStart(line) + 1;
    scan(line, state);
    if (state.depth === 0 && !inside && opensBlock(line)) block = indent;
    if (!inside || indent >= least || indent === line.length) return line;
    moved.set(index + 1, least - indent);
    return `${' '.repeat(least - indent)}${line}`;
  });
  return { text: lines.join('\n'), moved };
}

function indentOf(line: string): number {
  let at = 0;
  while (line[at] === ' ') at += 1;
  return at;
}

/** The column of what stands behind the dashes of a list, from 0. */
function contentStart(line: string): number {
  let at = indentOf(line);
  while (line[at] === '-' && line[at + 1] === ' ') {
    at += 1;
    while (line[at] === ' ') at += 1;
  }
  return at;
}

function opensBlock(line: string): boolean {
  const end = line.trimEnd();
  const mark = Math.max(end.lastIndexOf('|'), end.lastIndexOf('>'));
  return mark >= 0 && end.length - mark <= 3 && /[:-] $/.test(line.slice(Math.max(0, mark - 2), mark));
}

/** Reads a line on from `state`. Braces and quotes count where a value can begin: elsewhere they are part of a text. */
function scan(line: string, state: State): void {
  let begins = true;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (state.quote !== undefined) {
      if (character === '\\' && state.quote === '"') at += 1;
      else if (character === state.quote) state.quote = undefined;
      begins = false;
    } else if (character === '#' && (at === 0 || /\s/.test(line.charAt(at - 1)))) return;
    else if (character === '{' || character === '[') {
      if (begins) state.depth += 1;
    } else if (state.depth > 0 && (character === '}' || character === ']')) {
      state.depth -= 1;
      begins = false;
    } else if ((character === '"' || character === "'") && begins) state.quote = character;
    else if (character === ',' && state.depth > 0) begins = true;
    else if ((character === ':' || character === '-') && /^\s?$/.test(line.charAt(at + 1)))
      begins = character === ':' || begins;
    else if (!/\s/.test(character)) begins = false;
  }
}
