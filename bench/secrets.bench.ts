import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSecrets } from '../src/text/secrets/find-secrets';
import type { Reading } from '../src/text/secrets/value-place';
import { timeOf } from './median-time';

const length = 1_000_000;
/** Four times the text may take so many times the time: four, and what the machine does besides. */
const mostGrowth = 8;

const source = readFileSync(path.join(import.meta.dirname, '../src/core/conduit.ts'), 'utf8');
const texts: readonly (readonly [name: string, piece: string, reading: Reading])[] = [
  ['source code', source, 'code'],
  ['one letter', 'a', 'plain'],
  ['quotes', '"', 'plain'],
  ['=', '=', 'plain'],
  ['eyJ', 'eyJ', 'plain'],
  ['names of secrets', 'secret=', 'plain'],
  ['names in a connection', 'server=a;password=', 'plain'],
  ['commands', 'curl -u a:', 'plain'],
];

function textOf(piece: string, characters: number): string {
  return piece.repeat(Math.ceil(characters / piece.length)).slice(0, characters);
}

function medianOf(run: () => void): number {
  return timeOf(run, { batch: 1, samples: 3, warmUp: 1 }).medianUs;
}

/** Reads each character once, and does next to nothing with it. */
function plainPass(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum = (sum * 31 + text.charCodeAt(index)) | 0;
  return sum;
}

test('1,000,000 characters are looked through for secrets in time in proportion', () => {
  const rows = texts.map(([name, piece, reading]) => {
    const [quarter, whole] = [length / 4, length].map((characters) => {
      const text = textOf(piece, characters);
      return medianOf(() => void findSecrets(text, reading));
    });
    const text = textOf(piece, length);
    const plain = medianOf(() => void plainPass(text));
    return { name, times: (whole ?? 0) / plain, growth: (whole ?? 0) / (quarter ?? 1) };
  });
  console.log(
    [
      '',
      '1,000,000 characters looked through for secrets, against one plain pass over them in the same run:',
      ...rows.map(
        ({ name, times, growth }) =>
          `  ${name.padEnd(24)}${times.toFixed(0).padStart(5)} times as long; four times the text took ${growth.toFixed(1)} times as long`,
      ),
    ].join('\n'),
  );
  for (const { name, growth } of rows) expect(growth, name).toBeLessThan(mostGrowth);
});
