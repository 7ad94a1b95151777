import { isBlank } from './edit-place';

/** How a language writes strings and comments, as far as it matters to which lines are within a string. */
interface Syntax {
  readonly comment: string;
  readonly blockComment: boolean;
  /** Quotes of strings that go over several lines, the longest first. */
  readonly multi: readonly string[];
  /** Quotes of strings that end with their line. */
  readonly single: readonly string[];
  readonly hereDocuments: boolean;
}

const cLike: Syntax = {
  comment: '//',
  blockComment: true,
  multi: ['"""'],
  single: ['"', "'"],
  hereDocuments: false,
};
const script: Syntax = { ...cLike, multi: ['`'] };
const shell: Syntax = {
  comment: '#',
  blockComment: false,
  multi: ['"', "'"],
  single: [],
  hereDocuments: true,
};

const syntaxes: Readonly<Record<string, Syntax>> = {
  python: {
    comment: '#',
    blockComment: false,
    multi: ['"""', "'''"],
    single: ['"', "'"],
    hereDocuments: false,
  },
  javascript: script,
  javascriptreact: script,
  typescript: script,
  typescriptreact: script,
  go: script,
  java: cLike,
  csharp: { ...cLike, multi: ['"""', '@"', '$@"'] },
  kotlin: cLike,
  scala: cLike,
  swift: cLike,
  dart: { ...cLike, multi: ['"""', "'''"] },
  rust: { ...cLike, multi: ['"'], single: [] },
  php: { ...cLike, multi: ['"', "'"], single: [], hereDocuments: true },
  shellscript: shell,
  ruby: { ...shell, multi: [], single: ['"', "'"] },
  perl: { ...shell, multi: [], single: ['"', "'"] },
  dockerfile: { ...shell, multi: [], single: ['"', "'"] },
};

const commentEnd = '*/';

/** What is known of a line that begins within a string. */
export interface StringLine {
  /** True where it moves with the code around: the text of a docstring, or one that stands further in. */
  readonly moves: boolean;
}

/**
 * Of each line of a code, whether it begins within a string of several lines: its blanks are the string's own then.
 * Nothing is known where the code ends within a string, for then something was read wrongly.
 */
export function stringLines(
  lines: readonly string[],
  languageId: string,
): readonly (StringLine | undefined)[] {
  const none = lines.map(() => undefined);
  const syntax = syntaxes[languageId];
  if (syntax === undefined) return none;
  const marks: (StringLine | undefined)[] = [...none];
  let open: { readonly end: string; readonly from: number; readonly isDocumentation: boolean } | undefined;
  const close = (last: number): void => {
    if (open === undefined) return;
    if (open.end === commentEnd) {
      open = undefined;
      return;
    }
    const within = lines.slice(open.from + 1, last);
    const text = within.some((line) => !isBlank(line)) ? within : lines.slice(last, last + 1);
    const moves = open.isDocumentation || text.every((line) => isBlank(line) || /^[ \t]/.test(line));
    for (let index = open.from + 1; index <= last; index += 1) marks[index] = { moves };
    open = undefined;
  };
  for (const [index, line] of lines.entries()) {
    let at = 0;
    if (open?.end.startsWith('\n') === true) {
      if (line.trim() !== open.end.trim()) continue;
      close(index);
      continue;
    }
    let hereDocument: string | undefined;
    while (at < line.length) {
      if (open !== undefined) {
        const found = endOf(line, at, open.end);
        if (found === -1) break;
        close(index);
        at = found;
        continue;
      }
      const rest = line.slice(at, at + 4);
      if (
        rest.startsWith(syntax.comment) &&
        (syntax.comment !== '#' || at === 0 || /\s/.test(line.charAt(at - 1)))
      )
        break;
      if (syntax.blockComment && rest.startsWith('/*')) {
        open = { end: commentEnd, from: index, isDocumentation: true };
        at += 2;
        continue;
      }
      const multi = syntax.multi.find((quote) => rest.startsWith(quote));
      if (multi !== undefined) {
        const isDocumentation = /^[ \t]*[a-zA-Z]{0,2}$/.test(line.slice(0, at).slice(0, 200));
        open = { end: multi.replace(/^[$@]+/, ''), from: index, isDocumentation };
        at += multi.length;
        continue;
      }
      const single = syntax.single.find((quote) => rest.startsWith(quote));
      if (single !== undefined) {
        const found = endOf(line, at + 1, single);
        at = found === -1 ? line.length : found;
        continue;
      }
      if (syntax.hereDocuments && rest.startsWith('<<')) {
        const found = /^<<<?[-~]?[ \t]{0,3}(["'\\]?)([A-Za-z_]\w{0,60})\1/.exec(line.slice(at, at + 100));
        if (found !== null && (!found[0].startsWith('<<<') || syntax.comment === '//'))
          hereDocument ??= found[2];
        at += found?.[0].length ?? 2;
        continue;
      }
      at += rest.startsWith('\\') ? 2 : 1;
    }
    if (hereDocument !== undefined) open = { end: `\n${hereDocument}`, from: index, isDocumentation: false };
  }
  return open === undefined ? marks : none;
}

/** Behind the next `quote` from `at` on that no backslash stands before; -1: there is none. */
function endOf(line: string, at: number, quote: string): number {
  for (let index = at; index < line.length; index += 1) {
    if (line.charAt(index) === '\\' && quote !== commentEnd) index += 1;
    else if (line.startsWith(quote, index)) return index + quote.length;
  }
  return -1;
}
