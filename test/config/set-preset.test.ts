import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withPreset } from '../../src/config/file/set-preset';
import { configurationTemplate } from '../../src/config/file/template';
import { presetNames } from '../../src/core/terms/preset';

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
