import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TellingLines } from '../../../src/text/taken-code/telling-lines';
import { mostThere, shareThere01, tellingLines, tells } from '../../../src/text/taken-code/telling-lines';

const known = (lines: readonly string[]): TellingLines => tellingLines(lines);
const hashes = (lines: readonly string[]): ReadonlySet<number> => new Set(tellingLines(lines).keys());

describe('a line tells nothing', () => {
  test.each([
    '',
    '  }',
    '});',
    '} else {',
    'return false;',
    'continue;',
    'try {',
    'const x = 5;',
    'for (let i = 0; i < n; i++) {',
    "import { readFile } from 'node:fs/promises';",
    'from collections import defaultdict, OrderedDict',
    '#include <unordered_map>',
    'using System.Collections.Generic;',
    "const express = require('express-session');",
    "export { createStore } from './create-store';",
    'if __name__ == "__main__":',
    'def __init__(self):',
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
    '// ---------------------------------------------',
  ])('%s', (line) => {
    expect(known([line]).size).toBe(0);
  });
});

describe('a line tells something', () => {
  test.each([
    'const total = items.reduce((sum, item) => sum + item.price, 0);',
    'def parse_duration(text: str) -> timedelta:',
    'SELECT customer_id, SUM(amount) FROM orders GROUP BY customer_id',
    '<button class="primary" onclick="sendOrder()">Bestellen</button>',
    'температура = датчик.прочитать()',
  ])('%s', (line) => {
    expect(known([line]).size).toBe(1);
  });
});

test('two lines of code tell, one short one doesn’t, and a long one does', () => {
  const code = ['const clock = createClock();', 'await clock.settled(deadline);'];
  expect(tells(known(code), hashes(code))).toBe(true);
  expect(tells(known(code), hashes(code.slice(1)))).toBe(false);
  const long = ['const total = items.reduce((sum, item) => sum + item.price, 0);'];
  expect(tells(known(long), hashes(long))).toBe(true);
});

test('of two answers that have lines in common the one of which more is there is meant, of two alike the later', () => {
  const one = { lines: known(['const alpha = measureAlpha();', 'const beta = measureBeta();']) };
  const other = { lines: known(['const alpha = measureAlpha();', 'const gamma = measureGamma();']) };
  const there = hashes(['const alpha = measureAlpha();', 'const gamma = measureGamma();']);
  expect(mostThere([other, one], there)).toBe(other);
  const again = { lines: one.lines };
  expect(
    mostThere([one, again], hashes(['const alpha = measureAlpha();', 'const beta = measureBeta();'])),
  ).toBe(again);
  expect(mostThere([one, other], new Set())).toBeUndefined();
});

const word = fc.constantFrom(
  'alphaBetaGamma',
  'measureDelta',
  'epsilon',
  'zeta',
  '}',
  '{',
  'return',
  'else',
  '',
);
const line = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const lines = fc.array(line, { maxLength: 30 });

describe('for any lines', () => {
  test('the share is from 0 to 1, all of them where all are there, and more where more is there', () => {
    fc.assert(
      fc.property(lines, lines, lines, (own, some, more) => {
        const code = known(own);
        const [fewer, all] = [hashes(some), hashes([...some, ...more])];
        const share = shareThere01(code, fewer);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(shareThere01(code, all)).toBeGreaterThanOrEqual(share);
        expect(shareThere01(code, hashes(own))).toBe(code.size === 0 ? 0 : 1);
        expect(tells(code, fewer) && !tells(code, all)).toBe(false);
      }),
    );
  });

  test('indenting them, and putting them in another order, changes nothing', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('', '  ', '\t\t'), (own, indent) => {
        const moved = own.toReversed().map((each) => `${indent}${each}  `);
        expect(new Map([...known(moved)].toSorted())).toEqual(new Map([...known(own)].toSorted()));
      }),
    );
  });

  test('whatever pieces they come in, and in which order, the same is there', () => {
    fc.assert(
      fc.property(
        lines,
        lines,
        fc.array(fc.nat(29), { maxLength: 5 }),
        fc.boolean(),
        (own, code, cuts, back) => {
          const ends = [...new Set(cuts)].toSorted((a, b) => a - b);
          const pieces = [0, ...ends].map((start, index) => code.slice(start, ends[index]));
          const inOrder = back ? pieces.toReversed() : pieces;
          const came = new Set(inOrder.flatMap((piece) => [...hashes(piece)]));
          expect(shareThere01(known(own), came)).toBe(shareThere01(known(own), hashes(code)));
        },
      ),
    );
  });
});
