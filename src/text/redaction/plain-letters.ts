/** The letters and digits of a text, whatever form they were written in, with where each stands. */
export interface PlainLetters {
  readonly text: string;
  /** Offset in the whole text at which the writing of each letter begins, and where it ends. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

interface Characters {
  readonly chars: string[];
  readonly from: number[];
  readonly to: number[];
}

/**
 * One character as a program writes it, or what stands in front of the next byte in a list of them. Text within text doubles
 * the strokes, and so a run of them is one.
 */
const escapes =
  /\\+u\{([0-9a-f]{1,6})\}|\\+u([0-9a-f]{4})|\\+x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|\\+[nrtbfv]|\b0x(?=[0-9a-f]{2}\b)/gi;

/** What was escaped may have been escaped again. */
const mostLayers = 3;

/** Letters of other scripts that look like Latin ones, as they are mostly used to get past a search. */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аА', 'aA'],
    ['еЕ', 'eE'],
    ['оО', 'oO'],
    ['рР', 'pP'],
    ['сС', 'cC'],
    ['уУ', 'yY'],
    ['хХ', 'xX'],
    ['іІ', 'iI'],
    ['јЈ', 'jJ'],
    ['ѕЅ', 'sS'],
    ['кК', 'kK'],
    ['ВМНТ', 'BMHT'],
    ['ԁԛԝһ', 'dqwh'],
    ['αοικρτυνγχ', 'aoikptuvyx'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
  ].flatMap(([theirs = '', latin = '']) =>
    Array.from(theirs, (letter, index): readonly [string, string] => [letter, latin[index] ?? '']),
  ),
);

/**
 * What is left of a text once its escapes are resolved (JSON, JavaScript, URLs, HTML; also one within the other), full-width
 * and other forms of a letter are that letter, look-alikes of other scripts too, and all but letters and digits of ASCII is
 * left out: spaces, line breaks, what can't be seen, and what joins pieces. Linear in the length of the text.
 */
export function plainLetters(text: string): PlainLetters {
  let now: Characters = { chars: [], from: [], to: [] };
  for (let at = 0; at < text.length; at += 1) push(now, text.charAt(at), at, at + 1);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const unescaped = withoutEscapes(now);
    if (unescaped === undefined) break;
    now = unescaped;
  }
  const plain: Characters = { chars: [], from: [], to: [] };
  for (let at = 0; at < now.chars.length; at += 1) {
    // Some letters stand outside of what a single unit can say.
    const high = /[\uD800-\uDBFF]/.test(now.chars[at] ?? '');
    const last = high && at + 1 < now.chars.length ? at + 1 : at;
    const letter = now.chars.slice(at, last + 1).join('');
    for (const each of letterOf(letter)) push(plain, each, now.from[at] ?? 0, now.to[last] ?? 0);
    at = last;
  }
  return { text: plain.chars.join(''), from: plain.from, to: plain.to };
}

function push({ chars, from, to }: Characters, char: string, start: number, end: number): void {
  chars.push(char);
  from.push(start);
  to.push(end);
}

/** Undefined where there are none. */
function withoutEscapes({ chars, from, to }: Characters): Characters | undefined {
  const text = chars.join('');
  const found = [...text.matchAll(escapes)];
  if (found.length === 0) return undefined;
  const result: Characters = { chars: [], from: [], to: [] };
  let at = 0;
  const copyTo = (end: number): void => {
    for (; at < end; at += 1) push(result, chars[at] ?? '', from[at] ?? 0, to[at] ?? 0);
  };
  for (const match of found) {
    copyTo(match.index);
    const end = match.index + match[0].length;
    const digits = /([0-9a-f]+)[};]?$/i.exec(match[0])?.[1] ?? '';
    const code = match.slice(1).some(Boolean)
      ? Number.parseInt(digits, /^&#\d/.test(match[0]) ? 10 : 16)
      : Number.NaN;
    const written = code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    for (const char of written.split('')) push(result, char, from[match.index] ?? 0, to[end - 1] ?? 0);
    at = end;
  }
  copyTo(chars.length);
  return result;
}

function letterOf(character: string): string {
  if (/^[A-Za-z0-9]$/.test(character)) return character;
  if (character <= '\u007f') return '';
  const known = lookAlikes[character];
  return known ?? character.normalize('NFKC').replace(/[^A-Za-z0-9]/g, '');
}
