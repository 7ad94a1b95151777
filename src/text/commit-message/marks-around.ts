/** Quotation marks that stand around a message, by the one that opens. */
const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '„': '“',
  '‘': '’',
  '«': '»',
  '「': '」',
  '『': '』',
};

/** Marks of Markdown around a whole line. */
const strong: readonly string[] = ['***', '**', '__'];

/** A text without the marks around all of it; undefined: there are none, or those at its ends are no pair. */
export function withoutMarks(text: string): string | undefined {
  const boxed = /^\\boxed\{(?:\\text\{)?([^{}\n]{1,300})\}{1,2}$/.exec(text.slice(0, 400))?.[1];
  if (boxed !== undefined) return boxed.trim();
  const bold = strong.find((mark) => text.startsWith(mark) && text.endsWith(mark));
  if (bold !== undefined) {
    const inner = text.slice(bold.length, -bold.length);
    return inner.trim() === '' || inner.includes(bold.slice(0, 2)) ? undefined : inner.trim();
  }
  const open = text.charAt(0);
  const close = closing[open];
  if (close === undefined || text.length < 3 || !text.endsWith(close)) return undefined;
  if (open === '`' && text.startsWith('``')) return codeOfTwo(text);
  const inner = text.slice(1, -1);
  if (inner.trim() === '' || !isPair(text, open, close)) return undefined;
  return (open === '"' ? inner.replaceAll('\\"', '"') : inner).trim();
}

/** Code that may have a mark of its own within: two marks around it. */
function codeOfTwo(text: string): string | undefined {
  // A block of code.
  if (text.includes('\n')) return undefined;
  const inner = text.slice(2, -2);
  return text.endsWith('``') && !inner.includes('``') && inner.trim() !== '' ? inner.trim() : undefined;
}

/** True where the first mark is closed by the last one: by what stands beside each mark it opens or closes. */
function isPair(text: string, open: string, close: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign !== open && sign !== close) continue;
    if (text.charAt(at - 1) === '\\') continue;
    const step = open === close ? stepAt(text, at) : sign === close ? -1 : 1;
    depth += step;
    if (depth <= 0) return depth === 0 && at === text.length - 1;
  }
  return false;
}

/** What a mark that may open or close does: 0 for one within a word, such as an apostrophe. */
function stepAt(text: string, at: number): number {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  if (isLetter(before) && isLetter(after)) return 0;
  const opens = before === '' || /[\s([{/:=—–-]/.test(before);
  return opens && after !== '' && !/\s/.test(after) ? 1 : -1;
}

function isLetter(sign: string): boolean {
  return /^[\p{L}\p{N}]/u.test(sign);
}

/** Names of tags that models put around a message, or around a part of it. */
const tagNames =
  'commit|commit[-_ ]?message|commit[-_ ]?msg|message|answer|output|response|result|final|final[-_]answer|text';
const openTag = new RegExp(`^<(${tagNames})>`, 'i');

/** What stands in a tag at the beginning of a text, as far as it goes, or in tags for its parts; undefined: there is none. */
export function inTag(text: string): string | undefined {
  const name = openTag.exec(text)?.[1];
  if (name !== undefined) return contentOf(name, text)?.trim();
  if (!/^<(?:subject|title)>/i.test(text)) return undefined;
  const parts = ['subject', 'title', 'body', 'description', 'footer'].map(
    (each) => contentOf(each, text)?.trim() ?? '',
  );
  return parts.filter((part) => part !== '').join('\n\n');
}

function contentOf(name: string, text: string): string | undefined {
  const start = text.search(new RegExp(`<${name}>`, 'i'));
  if (start < 0) return undefined;
  const content = text.slice(start + name.length + 2);
  const end = content.search(new RegExp(`</${name}>`, 'i'));
  const inner = end < 0 ? content : content.slice(0, end);
  return inner.replace(/^\s*<!\[CDATA\[/, '').replace(/\]\]>\s*$/, '');
}

/** Lines without the marks of a quotation before each of them; undefined: they don't all have one. */
export function unquoted(lines: readonly string[]): readonly string[] | undefined {
  if (lines.length === 0 || !lines.every((line) => line.startsWith('>'))) return undefined;
  return lines.map((line) => line.replace(/^> ?/, ''));
}

/** Lines without the margin that all of them have. */
export function withoutMargin(lines: readonly string[]): readonly string[] {
  const margins = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const least = margins.reduce((least, margin) => Math.min(least, margin), Infinity);
  return least === 0 || least === Infinity ? lines : lines.map((line) => line.slice(least));
}
