import { expect, test } from 'vitest';
import { momentOf } from '../../../src/editor/forgetting/moment-text';

test('a day begins at its midnight here, and ends where the next one begins', () => {
  expect(momentOf('2026-03-01', 'begin')).toBe(new Date(2026, 2, 1).getTime());
  expect(momentOf(' 2026-3-1 ', 'end')).toBe(new Date(2026, 2, 2).getTime());
  expect(momentOf('2026-12-31', 'end')).toBe(new Date(2027, 0, 1).getTime());
});

test('with the time it is that minute', () => {
  for (const text of ['2026-03-01 14:30', '2026-03-01T14:30'])
    for (const ofDay of ['begin', 'end'] as const)
      expect(momentOf(text, ofDay)).toBe(new Date(2026, 2, 1, 14, 30).getTime());
});

test.each([
  '',
  'yesterday',
  '2026-02-30',
  '2026-13-01',
  '2026-00-10',
  '2026-03-01 24:00',
  '2026-03-01 10:60',
])('“%s” is none', (text) => {
  expect(momentOf(text, 'begin')).toBeUndefined();
});
