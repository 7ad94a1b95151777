import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyHider } from '../../../src/text/redaction/hide-keys';
import { createKnownKeys } from '../../../src/text/redaction/known-keys';

const key = 'sk-proj-Q7xT2mZ9-bV4nL8pR_w3Kd';
const { hide } = createKeyHider([key]);
const bytes = Buffer.from(key);
const each = (write: (char: string) => string): string => Array.from(key, write).join('');
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');

/** Each kind in which a known key may come into a text. */
const forms: Readonly<Record<string, string>> = {
  'as it is': key,
  'spaced out': each((char) => `${char} `).trim(),
  'spaced by things that can’t be seen': each((char) => `${char}\u200b\u00ad\u2060`),
  'spaced by line breaks': each((char) => `${char}\r\n`).trim(),
  'in chunks of four': key.match(/.{1,4}/g)?.join(' ') ?? '',
  'in chunks that code joins': `"${key.slice(0, 11)}" + "${key.slice(11)}"`,
  'in chunks on lines of JSON': JSON.stringify(`${key.slice(0, 10)}\n${key.slice(10)}`),
  'in pieces of code in Markdown': `\`${key.slice(0, 9)}\`**${key.slice(9)}**`,
  'escaped as JSON may be': each((char) => `\\u00${hex(char)}`),
  'escaped as JavaScript may be': each((char) => `\\x${hex(char)}`),
  'escaped by code points': each((char) => `\\u{${hex(char)}}`),
  'escaped for a URL': each((char) => `%${hex(char).toUpperCase()}`),
  'escaped for a URL where it must be': encodeURIComponent(`${key}==`),
  'escaped for a URL twice': each((char) => `%25${hex(char)}`),
  'escaped for HTML': each((char) => `&#${String(char.charCodeAt(0))};`),
  'escaped for HTML in hexadecimal': each((char) => `&#x${hex(char)};`),
  'escaped for JSON within JSON': JSON.stringify(
    JSON.stringify({ key: each((char) => `\\u00${hex(char)}`) }),
  ),
  'as Base64': bytes.toString('base64'),
  'as Base64 for URLs': bytes.toString('base64url'),
  'as Base64 behind a name': Buffer.from(`user:${key}`).toString('base64'),
  'as Base64 within more': Buffer.from(`Authorization: Bearer ${key}; more`).toString('base64'),
  'as Base64 on several lines': bytes.toString('base64').replace(/.{10}/g, '$&\n'),
  'as Base64 of UTF-16': Buffer.from(`x${key}`, 'utf16le').toString('base64'),
  'as hexadecimal': bytes.toString('hex'),
  'as hexadecimal in capitals': bytes.toString('hex').toUpperCase(),
  'as hexadecimal with spaces': each((char) => `${hex(char)} `).trim(),
  'as a list of bytes': `[${Array.from(key, (char) => `0x${hex(char)}`).join(', ')}]`,
  'in full-width letters': each((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'in mathematical letters': each((char) =>
    /[a-z]/.test(char) ? String.fromCodePoint(0x1d41a + char.charCodeAt(0) - 97) : char,
  ),
  'with letters that look alike': key.replace('p', 'р').replace('o', 'о').replace('x', 'х').replace('K', 'К'),
  'in part, its first half': key.slice(0, 18),
  'in part, its second half, spaced': Array.from(key.slice(14)).join(' '),
};

/** No five letters of the key in a row, in any of the forms that a reader, or a line of code, makes plain again. */
function leaks(clean: string): readonly string[] {
  const readings = [
    clean,
    clean.normalize('NFKC'),
    clean.replace(/[^A-Za-z0-9]/g, ''),
    ...[...clean.matchAll(/[\w+/-]{12,}/g)].map(([run]) => Buffer.from(run, 'base64').toString('latin1')),
    ...[...clean.matchAll(/(?:[0-9a-f]{2}\s*){6,}/gi)].map(([run]) =>
      Buffer.from(run.replace(/\s/g, ''), 'hex').toString('latin1'),
    ),
  ];
  const plain = key.replace(/[^A-Za-z0-9]/g, '');
  const pieces = Array.from({ length: plain.length - 5 }, (_, at) => plain.slice(at, at + 6));
  return readings.filter((reading) => pieces.some((piece) => reading.includes(piece)));
}

describe('a known key is taken out of a text', () => {
  test.each(Object.entries(forms))('%s', (_kind, form) => {
    const clean = hide(`before ${form} after`);
    expect(clean).toMatch(/^before .*after$/s);
    expect(clean).toContain('[key]');
    expect(leaks(clean)).toEqual([]);
  });

  test('also where several stand side by side', () => {
    expect(hide(`${key}${key}, ${key}`)).not.toContain('Q7xT');
  });
});

test.each([
  'gpt-4o-mini answered after 1.2 s for $0.0003',
  'The key in OPENAI_API_KEY was refused by api.openai.com (401)',
  'skip projects that have no package.json',
  'Grüße, 日本語, 𝐛𝐨𝐥𝐝, and \\u0041 %41 &#65; stay as they are',
  '',
])('what is no key stays as it is, letter by letter: %s', (text) => {
  expect(hide(text)).toBe(text);
});

test('a key that is a short word is taken out as it is, and no text is spoilt by its letters', () => {
  const short = createKeyHider(['ollama', 'x']);
  expect(short.hide('key: ollama, at o.l.l.a.m.a')).toBe('key: [key], at o.l.l.a.m.a');
});

test('whatever stands around it, no key gets through, and no text makes it throw', () => {
  const keys = fc.stringMatching(/^[A-Za-z0-9][\w.+/=-]{10,50}[A-Za-z0-9]$/);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), keys, fc.string({ unit: 'binary' }), (before, any, after) => {
      const hider = createKeyHider([any]);
      const others = `${before}${after}`;
      fc.pre(!others.includes(any));
      expect(hider.hide(`${before}${any}${after}`)).not.toContain(any);
      hider.hide(others);
    }),
  );
});

test('a long text is read in a time that grows with its length', () => {
  // Where it grew with the square, this took longer than a test may.
  expect(hide('%41\\u0042'.repeat(20_000))).toHaveLength(180_000);
});

test('keys come to be known one after the other', () => {
  const known = createKnownKeys();
  expect(known.hide(key)).toBe(key);
  known.add(key);
  known.add('another-key-0987654321');
  expect(known.hide(`${key} another-key-0987654321`)).toBe('[key] [key]');
});
