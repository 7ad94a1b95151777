import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const project = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(project, 'docs/security.md'), 'utf8');
const rows = text.split('\n').filter((line) => /^\|(?! -| threat)/.test(line));
const threats = rows.map((row) => {
  const [, threat = '', , named = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  const [, file = '', name = ''] = /^`(test\/\S+\.test\.ts)`: “(.+)”$/.exec(named) ?? [];
  return { threat, file, name };
});

test('every kind of threat has its section', () => {
  const titles = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(titles).toEqual([
    'A workspace',
    'The webviews',
    'An answer',
    'A provider',
    'Other users of the machine',
    "The team's database",
    'What Conduit is made of',
    'Updates',
  ]);
  expect(threats.length).toBeGreaterThan(25);
});

test.each(threats)('there is the test that is named against: $threat', ({ file, name }) => {
  expect(file).not.toBe('');
  expect(existsSync(path.join(project, file))).toBe(true);
  expect(readFileSync(path.join(project, file), 'utf8')).toContain(name);
});
