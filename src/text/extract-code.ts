/** A block between fences, as a model wrote it. */
interface FencedBlock {
  /** The first word after the opening fence, in lower case. */
  readonly language: string;
  readonly lines: readonly string[];
}

/** Names that models write after a fence, for the editor's language ids. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  typescript: ['ts'],
  typescriptreact: ['tsx', 'typescript', 'ts'],
  javascript: ['js', 'mjs', 'cjs'],
  javascriptreact: ['jsx', 'javascript', 'js'],
  python: ['py', 'python3'],
  csharp: ['cs', 'c#'],
  cpp: ['c++', 'cc', 'cxx'],
  shellscript: ['sh', 'bash', 'shell', 'zsh'],
  ruby: ['rb'],
  rust: ['rs'],
  go: ['golang'],
  markdown: ['md'],
  yaml: ['yml'],
  jsonc: ['json'],
};

/**
 * The code of an answer, without fences and what is said around them; undefined where it carries none. Of several
 * blocks the longest one of the document's language counts, else the longest. A block whose end has not come yet is
 * taken as far as it goes, so that a growing answer shows growing code. Line ends are `\n`.
 */
export function extractCode(answer: string, languageId: string): string | undefined {
  const lines = answer.replaceAll(/\r\n?/g, '\n').split('\n');
  const blocks = fencedBlocks(lines);
  if (blocks.length === 0) return bareCode(lines);
  const names = [languageId, ...(otherNames[languageId] ?? [])];
  const own = blocks.filter(({ language }) => names.includes(language));
  const code = longest(own.length > 0 ? own : blocks)?.lines.join('\n');
  return code?.trim() === '' ? undefined : code;
}

function fencedBlocks(lines: readonly string[]): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { fence: string; indent: string; language: string; lines: string[]; inner: number } | undefined;
  for (const line of lines) {
    if (open === undefined) {
      const opened = openingOf(line);
      if (opened !== undefined) open = { ...opened, lines: [], inner: 0 };
    } else if (open.inner === 0 && closes(line, open.fence)) {
      blocks.push(open);
      open = undefined;
    } else {
      if (closes(line, open.fence)) open.inner -= 1;
      else if (opensWithin(line, open.fence)) open.inner += 1;
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  if (open !== undefined) blocks.push({ ...open, lines: withoutHalfFence(open.lines, open.fence) });
  return blocks;
}

/**
 * What a line that opens a block says; undefined where it opens none. Model output is not matched with patterns that
 * can go back over what they took: on a long line they would take as long as its square.
 */
function openingOf(line: string): { fence: string; indent: string; language: string } | undefined {
  const text = line.trimStart();
  const sign = text.charAt(0);
  if (sign !== '`' && sign !== '~') return undefined;
  let length = 1;
  while (text.charAt(length) === sign) length += 1;
  const info = text.slice(length).trim();
  if (length < 3 || info.includes('`')) return undefined;
  const indent = line.slice(0, line.length - text.length);
  return { fence: text.slice(0, length), indent, language: /^\S*/.exec(info)?.[0].toLowerCase() ?? '' };
}

/** Models fence a document that has blocks of its own with no more signs than those: what they end is not the document. */
function opensWithin(line: string, fence: string): boolean {
  const opened = openingOf(line);
  return opened !== undefined && opened.language !== '' && opened.fence.startsWith(fence);
}

function closes(line: string, fence: string): boolean {
  const text = line.trim();
  return text.length >= fence.length && text === fence.charAt(0).repeat(text.length);
}

/** While it streams, the closing fence may have come in part. */
function withoutHalfFence(lines: readonly string[], fence: string): readonly string[] {
  const last = lines.at(-1)?.trim() ?? '';
  return last !== '' && fence.startsWith(last) ? lines.slice(0, -1) : lines;
}

function longest(blocks: readonly FencedBlock[]): FencedBlock | undefined {
  let best: FencedBlock | undefined;
  let most = -1;
  for (const block of blocks) {
    const size = block.lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (size > most) [best, most] = [block, size];
  }
  return best;
}

/** An answer without fences is code where fewer than half of its lines read as sentences. */
function bareCode(lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => line !== '');
  const told = lines.filter((line) => line.trim() !== '');
  const sentences = told.filter(readsAsSentence).length;
  if (told.length === 0 || sentences * 2 >= told.length) return undefined;
  return lines.slice(first).join('\n').trimEnd();
}

/** Longer lines are judged by so many characters of their beginning. */
const judgedBy = 200;

/** Three words in a row with nothing but spaces between them, and no sign that ends or opens a statement. */
function readsAsSentence(line: string): boolean {
  const text = line.trim();
  if (/^(\/\/|#|\/\*|\*|--|;|<!--|["'`])/.test(text)) return false;
  const beginning = text.slice(0, judgedBy);
  return /\p{L},? \p{L}[\p{L}'’]*,? \p{L}/u.test(beginning) && !/[;{}()=<>[\]]$/.test(text.slice(-1));
}
