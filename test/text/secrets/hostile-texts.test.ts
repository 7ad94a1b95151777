import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecrets } from '../../../src/text/secrets/find-secrets';
import { seededRandom } from '../../core/seeded-random';
import { runs } from '../../runs';
import { linesOf, textOf } from './labelled-lines';

/**
 * A finder that goes back over what it took would need minutes for one of these, and the test would time out.
 * CONDUIT_TEST_RUNS=5 takes texts of 1,000,000 characters.
 */
const length = runs(200_000);

/** What rules begin with, so that each of them is tried at every place and none gets what it needs. */
const pieces = [
  'a',
  '0',
  '=',
  '"',
  "'",
  ' ',
  '\n',
  '/',
  '-',
  '{',
  'eyJ',
  'eyJ-',
  'eyJaaaaaaaaaaaa.',
  'a://',
  'a://b:',
  'a://b:c',
  'https://a/hooks/',
  'sk-',
  'ghp_',
  'aa_',
  '1:',
  'M',
  'secret',
  'secret: ',
  'secret=',
  'secret=secret ',
  'password="',
  'password: string ',
  'password {',
  '<password>',
  'name: password\n value: ',
  '"password" { default',
  'server=a;password=',
  '?key=',
  'Basic a',
  'Bearer ',
  'curl -u a:',
  'docker -p ',
  'echo a ',
  'auth("a", ',
  '"a:b@',
  'client("a", ',
  'a:1:a:a:',
  'username a ',
  'chpasswd: list: ',
  'credentials a ',
  'sqlplus a/',
  'https://a@',
  'mnemonic: ',
  'mnemonic word ',
  'key=[',
  '1, ',
  'salt=[1, ',
  'password,a\n',
  '| password ',
  'jwt.encode(a, ',
  'password").fill(',
  '<key>token</key>',
  '-----BEGIN A ',
  '-----BEGIN PRIVATE KEY-----',
  '"kty"',
  'sig=',
  'aaa8Q~',
];

describe('a long text is read in time in proportion', () => {
  test.each(pieces)('%j', (piece) => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    for (const reading of ['plain', 'code'] as const)
      for (const { start, end } of findSecrets(text, reading)) expect(end).toBeGreaterThan(start);
  });
});

test('of any text made of such pieces, the places are in order, apart, and within it', () => {
  const piece = fc.oneof(
    fc.constantFrom(...pieces),
    fc.string(),
    fc.constantFrom('abc123XYZ', 'Qx7!', ' = '),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      for (const reading of ['plain', 'code'] as const) {
        let before = 0;
        for (const { start, end } of findSecrets(text, reading)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: runs(300) },
  );
});

/** In one of some thousand there is such a word by chance. */
test.each(['XXXX', 'fake', 'Your', 'dummy'])('a long key with "%s" in it is one', (word) => {
  const line = linesOf('table.tsv').find(({ template }) => template.startsWith('sk-¦ant-api03-{w93}'))!;
  const key = textOf(line, seededRandom(1));
  expect(findSecrets(`${key.slice(0, 40)}${word}${key.slice(40 + word.length)}`, 'plain')).toHaveLength(1);
});

/** Those of a vendor are known by their shape; a line of words before and behind changes nothing. */
test('a key of a vendor is found in any surroundings', () => {
  const keys = linesOf('table.tsv').filter(
    ({ kind, label }) => kind === 'vendor key' && label === 'notes.txt',
  );
  const words = fc.array(fc.constantFrom('the', 'const', '= 1;', '{', '//', 'return', '日本'), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.constantFrom(...keys), words, words, fc.nat(), (line, before, after, seed) => {
      const key = textOf(line, seededRandom(seed));
      const text = `${before.join(' ')}\n${key}\n${after.join(' ')}`;
      const at = text.indexOf(key);
      expect(
        findSecrets(text, 'plain').some(({ start, end }) => start < at + key.length && end > at),
        line.template,
      ).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});
