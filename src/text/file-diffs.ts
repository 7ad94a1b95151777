/** The part of a diff that is about one file. */
export interface FileDiff {
  readonly name: string;
  readonly text: string;
}

/** Lines at which git begins to speak of another file: those of what files hold have a sign before them. */
const begins =
  /^(?:diff --(?:git|cc|combined) |\* Unmerged path |Submodule .{1,400}? (?:[0-9a-f]{7,40}\.\.|contains ))/;
const unmerged = '* Unmerged path ';
/** What git writes for colours, where the user's settings want them always. */

const colours = /\u001b\[[\d;]{0,20}m/g;

/** Takes what git prints apart: changes, those of a merge, names of files in conflict, submodules. Names are readable. */
export function filesOf(diff: string): readonly FileDiff[] {
  const plain = /^\u001b\[/.test(diff) ? diff.replaceAll(colours, '') : diff;
  const parts: string[][] = [];
  for (const line of plain.split('\n')) {
    const part = parts.at(-1);
    if (part === undefined || begins.test(line.slice(0, 500))) parts.push([line]);
    else part.push(line);
  }
  return parts
    .map((lines, at) => {
      const head = lines.findIndex((line) => line.startsWith('@@'));
      const header = (head < 0 ? lines : lines.slice(0, head)).map(readable);
      const text = [...header, ...(head < 0 ? [] : lines.slice(head))].join('\n');
      return { name: nameIn(lines), text: at < parts.length - 1 ? `${text}\n` : text };
    })
    .filter(({ text }) => text.trim() !== '');
}

function nameIn(lines: readonly string[]): string {
  const [first = ''] = lines;
  if (first.startsWith(unmerged)) return unquoted(first.slice(unmerged.length));
  if (first.startsWith('Submodule '))
    return /^Submodule (.{1,400}?) (?:[0-9a-f]{7}|contains )/.exec(first)?.[1] ?? '?';
  const merged = /^diff --(?:cc|combined) /.exec(first)?.[0];
  if (merged !== undefined) return unquoted(first.slice(merged.length));
  const end = lines.findIndex((line) => line.startsWith('@@'));
  const moved = lines.slice(0, end < 0 ? 12 : end).find((line) => /^(?:rename|copy) to /.test(line));
  if (moved !== undefined) return unquoted(moved.slice(moved.indexOf(' to ') + 4));
  return first.startsWith('diff --git ') ? nameOfPair(first.slice('diff --git '.length)) : '?';
}

/** The user's settings of git may put other letters or words than a and b before the names, or none. */
function nameOfPair(names: string): string {
  if (names.endsWith('"')) {
    const start = names.lastIndexOf(' "');
    return start < 0 ? '?' : withoutLetter(unquoted(names.slice(start + 1)));
  }
  const half = Math.floor(names.length / 2);
  const [left, right] = [names.slice(0, half), names.slice(half + 1)];
  if (names.charAt(half) === ' ' && left === right) return left;
  if (names.charAt(half) === ' ' && left.slice(2) === right.slice(2)) return withoutLetter(right);
  const withOther = /^[^ /]{1,40}\/(.{1,400}) [^ /]{1,40}\/\1$/.exec(names)?.[1];
  if (withOther !== undefined) return withOther;
  for (let at = names.lastIndexOf(' '); at > 0; at = names.lastIndexOf(' ', at - 1))
    if (/^ [a-z]\/./.test(names.slice(at, at + 4))) return names.slice(at + 3);
  return '?';
}

function withoutLetter(name: string): string {
  return /^[a-z]\/./.test(name) ? name.slice(2) : '?';
}

/** A line of a header with its names as they are called: git writes other letters than English ones as numbers of bytes. */
function readable(line: string): string {
  // No name is that long.
  if (!line.includes('"') || line.length > 10_000) return line;
  return line.replaceAll(/"(?:[^"\\]|\\.)*"/g, unquoted);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A name that git put in quotation marks, as it is; another one as it is. */
function unquoted(name: string): string {
  if (name.length < 2 || !name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: number[] = [];
  const inner = name.slice(1, -1);
  for (let at = 0; at < inner.length;) {
    const stop = inner.indexOf('\\', at);
    bytes.push(...Buffer.from(inner.slice(at, stop < 0 ? undefined : stop)));
    if (stop < 0) break;
    const octal = /^[0-7]{3}/.exec(inner.slice(stop + 1, stop + 4))?.[0];
    const escaped = inner.charAt(stop + 1);
    if (octal === undefined) bytes.push(...Buffer.from(escapes[escaped] ?? escaped));
    else bytes.push(Number.parseInt(octal, 8) % 256);
    at = stop + (octal === undefined ? 2 : 4);
  }
  return textOfName(Uint8Array.from(bytes));
}

/** Names are bytes to git: those of before Unicode are read as Latin-1, so that each byte is some letter. */
function textOfName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
