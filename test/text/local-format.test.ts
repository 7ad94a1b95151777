import { afterEach, expect, test } from 'vitest';
import { clockText, dateText, momentText, numberText, writeIn } from '../../src/text/local-format';

const ms = new Date(2026, 11, 1, 20, 30, 5).getTime();
const all = (): readonly string[] => [numberText(12_345), momentText(ms), dateText(ms), clockText(ms)];

afterEach(() => writeIn(new Intl.DateTimeFormat().resolvedOptions().locale));

test('numbers and moments are written in the language of the words around them', () => {
  writeIn('de');
  expect(all()).toEqual(['12.345', '01.12.26, 20:30', '01.12.2026', '20:30:05']);
  writeIn('fr');
  expect(dateText(ms)).toBe('1 déc. 2026');
});

test('where the machine speaks that language, its own habits are kept', () => {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  writeIn(locale.split('-')[0] ?? '');
  expect(all()[1]).toBe(new Date(ms).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' }));
});
