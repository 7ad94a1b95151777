import { plainLetters } from './plain-letters';

/** What stands in the place of a key. */
const hidden = '[key]';
/** Letters and digits that a key must have to be looked for in other forms than its own. */
const shortestKey = 8;
/** A piece of a key that is as long, and no word, is taken out wherever it stands. */
const pieceLength = 8;
/** Of an encoded key so many characters at either end depend on what stands beside it. */
const encodedEdge = 4;

/** Takes known keys out of texts. */
export interface KeyHider {
  hide(text: string): string;
}

/**
 * Takes keys out of a text in every form in which a text may hold them: as they are; with spaces, line breaks or anything but
 * letters and digits within; in chunks; escaped as in JSON, JavaScript, URLs and HTML; as Base64 (at any offset, as text of
 * UTF-8 or UTF-16) or as hexadecimal bytes; in full-width letters, with characters that can't be seen within, or with letters
 * of other scripts that look alike; and pieces of 8 letters that are no words.
 */
export function createKeyHider(keys: Iterable<string>): KeyHider {
  const all = [...new Set(keys)].filter((key) => key.trim() !== '');
  const whole = all.filter((key) => key.length >= 6).toSorted((a, b) => b.length - a.length);
  const needles = all.map(needlesOf).filter((each) => each !== undefined);
  return {
    hide: (text) => {
      if (whole.length === 0) return text;
      const ranges = whole.flatMap((key) => literal(text, key));
      if (needles.length > 0) ranges.push(...inOtherForms(text, needles));
      return withoutRanges(text, ranges);
    },
  };
}

interface Needles {
  readonly plain: string;
  readonly encoded: readonly string[];
  readonly hex: readonly string[];
  readonly pieces: ReadonlySet<string>;
}

type Range = readonly [from: number, to: number];

function needlesOf(key: string): Needles | undefined {
  const plain = key.replace(/[^A-Za-z0-9]/g, '');
  if (plain.length < shortestKey) return undefined;
  const pieces = new Set<string>();
  for (let at = 0; at + pieceLength <= plain.length; at += 1) {
    const piece = plain.slice(at, at + pieceLength);
    if (/\d/.test(piece) || (/[a-z]/.test(piece) && /[A-Z]/.test(piece))) pieces.add(piece);
  }
  const bytes = [Buffer.from(key, 'utf8'), Buffer.from(key, 'utf16le')];
  return {
    plain,
    encoded: bytes.flatMap((each) => [0, 1, 2].map((offset) => base64Within(each, offset))),
    hex: bytes.map((each) => each.toString('hex')),
    pieces,
  };
}

/** What bytes are within any Base64, `offset` bytes behind a boundary of three: without what depends on their neighbours. */
function base64Within(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(start, end).replace(/[^A-Za-z0-9]/g, '');
}

function literal(text: string, key: string): readonly Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length))
    ranges.push([at, at + key.length]);
  return ranges;
}

function inOtherForms(text: string, needles: readonly Needles[]): readonly Range[] {
  const letters = plainLetters(text);
  const lower = letters.text.toLowerCase();
  const ranges: Range[] = [];
  const add = (from: number, to: number): void => {
    ranges.push([letters.from[from] ?? 0, letters.to[to - 1] ?? text.length]);
  };
  for (const { plain, encoded, hex, pieces } of needles) {
    for (const [from, to] of literal(letters.text, plain)) add(from, to);
    for (const needle of encoded)
      for (const [from, to] of literal(letters.text, needle))
        ranges.push(withEdges(text, letters.from[from] ?? 0, letters.to[to - 1] ?? text.length));
    for (const needle of hex) for (const [from, to] of literal(lower, needle)) add(from, to);
    if (pieces.size === 0) continue;
    for (let at = 0; at + pieceLength <= letters.text.length; at += 1)
      if (pieces.has(letters.text.slice(at, at + pieceLength))) add(at, at + pieceLength);
  }
  return ranges;
}

/** With what of the same Base64 stands right beside it. */
function withEdges(text: string, from: number, to: number): Range {
  const [before] = /[\w+/-]*$/.exec(text.slice(Math.max(0, from - encodedEdge), from)) ?? [''];
  const [after] = /^[\w+/=-]*/.exec(text.slice(to, to + encodedEdge)) ?? [''];
  return [from - before.length, to + after.length];
}

function withoutRanges(text: string, ranges: readonly Range[]): string {
  let clean = '';
  let at = 0;
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  for (const [from, to] of joined) {
    clean += text.slice(at, from) + hidden;
    at = to;
  }
  return clean + text.slice(at);
}
