import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withValue } from '../../src/config/file/set-value';
import { configurationTemplate } from '../../src/config/file/template';
import { presetNames } from '../../src/core/terms/preset';

const withPreset = (text: string, preset: string): string | undefined =>
  withValue(text, { section: 'router', key: 'preset', value: preset });
const withSignal = (text: string, value: string | undefined): string | undefined =>
  withValue(text, { section: 'signals', key: 'copied', value });

test.each([
  ['nothing', '', 'router:\n  preset: cost\n'],
  ['a text without a line end', 'cache: {}', 'cache: {}\n\nrouter:\n  preset: cost\n'],
  [
    'a preset with a comment',
    '# mine\nrouter:\n    preset: "balanced" # why\n    switch_after: 3\n',
    '# mine\nrouter:\n    preset: cost # why\n    switch_after: 3\n',
  ],
  [
    'a router without one',
    'router: # how\n  # first\n  switch_after: 3\n',
    'router: # how\n  # first\n  preset: cost\n  switch_after: 3\n',
  ],
  [
    'a router in one line',
    'router: { switch_after: 3 } # x\n',
    'router: { preset: cost, switch_after: 3 } # x\n',
  ],
  ['an empty one', 'router: {}\n', 'router: { preset: cost }\n'],
  ['a bare key', 'router: # later\ncache: {}\n', 'router:\n  preset: cost # later\ncache: {}\n'],
  [
    'line ends of Windows',
    'a: 1\r\nrouter:\r\n  b: 2\r\n',
    'a: 1\r\nrouter:\r\n  preset: cost\r\n  b: 2\r\n',
  ],
])('is written into %s', (_, before, after) => {
  expect(withPreset(before, 'cost')).toBe(after);
});

test('in the template it takes the place of the line that shows it: the others can still be used', () => {
  const changed = withPreset(configurationTemplate, 'speed') ?? '';
  expect(parse(changed)).toEqual({ router: { preset: 'speed' } });
  const before = configurationTemplate.split('\n');
  const lines = changed.split('\n');
  expect(lines).toHaveLength(before.length);
  const others = lines.filter((line, index) => line !== before[index]);
  expect(others.map((line) => line.replace(/ +# .*/, ''))).toEqual(['router:', '  preset: speed']);

  const used = lines.map((line) => line.replace(/^# (?=( *- | *\w+:))/, '')).join('\n');
  expect(parse(used)).toMatchObject({ router: { preset: 'speed', switch_after: 100 } });
});

test('a comment that only looks like it stays one', () => {
  const text = '# router:\n# preset: cost\n';
  expect(withPreset(text, 'speed')).toBe(`${text}\nrouter:\n  preset: speed\n`);
});

test.each(['router: [', 'just text', 'router: fast\n', 'a: &r { x: 1 }\nrouter: *r\n', '{ cache: {} }\n'])(
  'a text that it can’t be written into for sure is left alone: %s',
  (text) => {
    expect(withPreset(text, 'cost')).toBeUndefined();
  },
);

test('another preset, and the first one again, gives the same text', () => {
  const texts = fc.constantFrom(
    'router: { preset: balanced }\n',
    '# a\nrouter:\n  switch_after: 1 # b\n  preset: balanced\ncache:\n  enabled: true\n',
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...presetNames), (text, preset) => {
      expect(withPreset(withPreset(text, preset) ?? '', 'balanced')).toBe(text);
    }),
  );
});

test.each([
  ['no section', 'cache: {}\n', 'cache: {}\n\nsignals:\n  copied: off\n'],
  ['a weight', 'signals:\n  copied: 0.2 # mine\n', 'signals:\n  copied: off # mine\n'],
  [
    'a mapping',
    'signals: { copied: { weight: 0.2 }, regenerated: off }\n',
    'signals: { copied: off, regenerated: off }\n',
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
