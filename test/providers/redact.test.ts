import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact, withoutKey } from '../../src/providers/failures/redact';

test.each([
  ['Incorrect API key provided: sk-proj-abcdefgh1234.', 'Incorrect API key provided: [key]'],
  ['Authorization: Bearer abc.def', 'Authorization: [key]'],
  ['Received API Key = sk-...Ab12, not known', 'Received API Key = [key], not known'],
  ['key AIzaSyA-1234567890abcdefghijklm refused', 'key [key] refused'],
  ['token 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', 'token [key]'],
  ['key abcd********wxyz', 'key [key]'],
])('removes what looks like a key: %s', (text, clean) => {
  expect(redact(text, '')).toBe(clean);
});

test.each([
  'The model `claude-sonnet-4-5-20250929` does not exist.',
  'model: gpt-4o-mini-audio-preview-2024-12-17',
  'maximum context length is 128000 tokens, see https://platform.openai.com/docs/guides/error-codes',
])('leaves the rest: %s', (text) => {
  expect(redact(text, '')).toBe(text);
});

test('gives one printable line of at most 300 characters', () => {
  expect(redact('a\u0000b\r\n\tc\u202ed\u200be', '')).toBe('a b cde');
  expect(redact('word '.repeat(200), '')).toHaveLength(300);
});

test('a text of megabytes, which a server may send as its error, holds nothing up', () => {
  const begun = performance.now();
  redact('a'.repeat(1_000_000), 'sk-test-0123456789abcdefghij');
  withoutKey('a'.repeat(1_000_000), 'sk-test-0123456789abcdefghij');
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test('dots without end, behind which a key could be masked, hold nothing up', () => {
  // Where a pattern goes back and forth these take longer than a test may.
  for (let time = 0; time < 20; time += 1)
    expect(redact('.'.repeat(2_000), 'sk-test-0123456789abcdefghij')).toHaveLength(300);
  expect(redact(`${'.'.repeat(200)}ghij`, 'sk-test-0123456789abcdefghij')).toBe('[key]');
});

test('never lets the key through, wherever it stands', () => {
  const keys = fc.stringMatching(/^[\w.+/=-]{8,60}$/);
  fc.assert(
    fc.property(fc.string(), keys, fc.string(), (before, key, after) => {
      expect(redact(`${before}${key}${after}`, key).replaceAll('[key]', '')).not.toContain(key);
    }),
  );
});

test('finds a key that a control character breaks', () => {
  expect(redact('Headers.append: "my\nsecretkey" is invalid', 'my\nsecretkey')).toBe(
    'Headers.append: "[key]" is invalid',
  );
});

test('never lets a piece of the key through', () => {
  const keys = fc.stringMatching(/^[a-z-]{12,30}$/);
  fc.assert(
    fc.property(fc.string(), keys, fc.nat(), fc.integer({ min: 6, max: 30 }), (around, key, from, length) => {
      const piece = key.slice(from % (key.length - 6)).slice(0, length);
      const told = redact(`${around} ${piece} ${around}`, key);
      expect(told.replaceAll('[key]', '')).not.toContain(piece);
    }),
  );
});

test.each([
  ['corr...aple', ''],
  ['correct-…aple refused', 'refused'],
  ['a word of the key, horse, is a word', 'a word of the key, horse, is a word'],
  ['Loading... please wait', 'Loading... please wait'],
])('takes out what dots stand for the rest of: %s', (text, left) => {
  expect(redact(text, 'correct-horse-battery-staple').replaceAll('[key]', '').trim()).toBe(left);
});
