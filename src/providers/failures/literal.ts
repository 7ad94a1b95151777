/** A value that was found within a text. */
export interface FoundLiteral {
  readonly value: unknown;
  /** What stands before it. */
  readonly before: string;
}

const deepest = 12;
/** A text may hold braces that begin nothing: no more of them are tried. */
const mostTries = 4;

/**
 * The first object or array within a text that is written as JSON or as Python writes it (`{'code': None}`), which
 * proxies put into the message of an error of their own. Undefined where there is none.
 */
export function literalIn(text: string): FoundLiteral | undefined {
  let at = -1;
  for (let tries = 0; tries < mostTries; tries += 1) {
    at = indexOfOpening(text, at + 1);
    if (at < 0) return undefined;
    const found = readValue(text, at, 0);
    if (found !== undefined) return { value: found.value, before: text.slice(0, at) };
  }
  return undefined;
}

function indexOfOpening(text: string, from: number): number {
  const found = /[{[]/.exec(text.slice(from));
  return found === null ? -1 : from + found.index;
}

interface Read {
  readonly value: unknown;
  /** Where reading goes on. */
  readonly end: number;
}

function readValue(text: string, start: number, depth: number): Read | undefined {
  const at = afterBlanks(text, start);
  if (depth > deepest) return undefined;
  switch (text.charAt(at)) {
    case '{':
      return readObject(text, at + 1, depth);
    case '[':
      return readItems(text, at + 1, ']', depth);
    case '(':
      return readItems(text, at + 1, ')', depth);
    case '"':
    case "'":
      return readString(text, at);
    default:
      return readWord(text, at);
  }
}

function readObject(text: string, start: number, depth: number): Read | undefined {
  const entries: [string, unknown][] = [];
  let at = afterBlanks(text, start);
  while (text.charAt(at) !== '}') {
    const key = readValue(text, at, depth + 1);
    if (key === undefined || (typeof key.value !== 'string' && typeof key.value !== 'number'))
      return undefined;
    at = afterBlanks(text, key.end);
    if (text.charAt(at) !== ':') return undefined;
    const value = readValue(text, at + 1, depth + 1);
    if (value === undefined) return undefined;
    entries.push([String(key.value), value.value]);
    at = afterBlanks(text, value.end);
    if (text.charAt(at) === ',') at = afterBlanks(text, at + 1);
    else if (text.charAt(at) !== '}') return undefined;
  }
  return { value: Object.fromEntries(entries), end: at + 1 };
}

function readItems(text: string, start: number, close: string, depth: number): Read | undefined {
  const items: unknown[] = [];
  let at = afterBlanks(text, start);
  while (text.charAt(at) !== close) {
    const item = readValue(text, at, depth + 1);
    if (item === undefined) return undefined;
    items.push(item.value);
    at = afterBlanks(text, item.end);
    if (text.charAt(at) === ',') at = afterBlanks(text, at + 1);
    else if (text.charAt(at) !== close) return undefined;
  }
  return { value: items, end: at + 1 };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function readString(text: string, start: number): Read | undefined {
  const quote = text.charAt(start);
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === quote) return { value, end: at + 1 };
    if (letter !== '\\') {
      value += letter;
      continue;
    }
    at += 1;
    const escaped = text.charAt(at);
    const code = /^(?:u([\da-f]{4})|x([\da-f]{2}))/i.exec(text.slice(at, at + 5));
    const digits = code?.[1] ?? code?.[2];
    if (digits === undefined) value += escapes[escaped] ?? escaped;
    else {
      value += String.fromCharCode(parseInt(digits, 16));
      at += digits.length;
    }
  }
  return undefined;
}

const words = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
]);

function readWord(text: string, start: number): Read | undefined {
  const word = /^(?:[bru]?(?=["'])|[\w.+-]+)/.exec(text.slice(start, start + 64))?.[0];
  if (word === undefined) return undefined;
  const end = start + word.length;
  // Python's b'…' and u'…'.
  if (/^["']/.test(text.charAt(end)) && /^[bru]$/.test(word)) return readString(text, end);
  if (words.has(word)) return { value: words.get(word), end };
  const number = word === '' ? NaN : Number(word);
  return Number.isNaN(number) ? undefined : { value: number, end };
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
}
