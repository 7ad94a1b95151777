import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withOption } from '../../src/config/file/set-option';

const withSignal = (text: string, value: string | undefined): string | undefined =>
  withOption(text, { section: 'signals', key: 'copied', value });

test.each([
  ['no section', 'cache: {}\n', 'cache: {}\n\nsignals:\n  copied: off\n'],
  ['a weight', 'signals:\n  copied: 0.2 # mine\n', 'signals:\n  copied: off # mine\n'],
  [
    'a mapping',
    'signals: { copied: { weight: 0.2 }, regenerated: off }\n',
    'signals: { copied: off, regenerated: off }\n',
  ],
  [
    'a mapping of several lines',
    'signals:\n  copied:\n    quality: 0.9\n    # why\n    weight: 0.2\n  inserted: 0.1\n',
    'signals:\n  copied: off\n  inserted: 0.1\n',
  ],
  [
    'others',
    '# a\nsignals:\n  # b\n  regenerated: off # c\n',
    '# a\nsignals:\n  # b\n  copied: off\n  regenerated: off # c\n',
  ],
])('a signal is turned off where there is %s', (_, before, after) => {
  expect(withSignal(before, 'off')).toBe(after);
});

test.each([
  ['alone', 'a: 1\nsignals:\n  copied: off\nb: 2\n', 'a: 1\nsignals:\nb: 2\n'],
  [
    'among others',
    'signals:\n  inserted: off # i\n  copied: off # c\n  regenerated: off # r\n',
    'signals:\n  inserted: off # i\n  regenerated: off # r\n',
  ],
  ['with a comment above', 'signals:\n  # why\n  copied: off\n', 'signals:\n  # why\n'],
  ['at the end of the file', 'signals:\n  inserted: off\n  copied: off', 'signals:\n  inserted: off\n'],
  ['alone in one line', 'signals: { copied: off } # x\n', 'signals: {} # x\n'],
  ['first in one line', 'signals: { copied: off, inserted: 0.1 }\n', 'signals: { inserted: 0.1 }\n'],
  ['last in one line', 'signals: { inserted: 0.1, copied: off }\n', 'signals: { inserted: 0.1 }\n'],
  ['as a mapping', 'signals:\n  copied:\n    weight: 0\n  inserted: off\n', 'signals:\n  inserted: off\n'],
  ['nowhere', '# nothing\ncache: {}\n', '# nothing\ncache: {}\n'],
])('what is said of a signal goes: %s', (_, before, after) => {
  expect(withSignal(before, undefined)).toBe(after);
});

test('off and on again gives the text of before, where the section was there', () => {
  const texts = fc.constantFrom(
    'signals: { inserted: off }\n',
    '# a\nsignals:\n  inserted: 0.3 # b\n  regenerated: off\ncache:\n  enabled: true\n',
    'router:\r\n  preset: cost\r\nsignals:\r\n  # first\r\n  inserted: off\r\n',
  );
  fc.assert(
    fc.property(texts, (text) => {
      const off = withSignal(text, 'off') ?? '';
      expect(parse(off)).toMatchObject({ signals: { copied: 'off' } });
      expect(withSignal(off, undefined)).toBe(text);
    }),
  );
});
