import { describe, expect, test } from 'vitest';
import { isSameFault, outcomeOf } from '../../../../src/core/reward/loops/verdicts';
import { seededRandom } from '../../seeded-random';
import { checkers, testRunners } from './outputs';

const verdictOf = (output: string, piped = false): string | undefined => outcomeOf(output, { piped }).verdict;

describe('what tests print', () => {
  test.each(testRunners.map((runner) => [runner.command, runner] as const))('%s', (_command, runner) => {
    const random = seededRandom(3);
    expect(verdictOf(runner.print({ failing: [], of: 24 }, random).output)).toBe('green');
    const one = outcomeOf(runner.print({ failing: ['adds up'], of: 24 }, random).output, { piped: false });
    const again = outcomeOf(runner.print({ failing: ['adds up'], of: 24 }, random).output, { piped: false });
    const other = outcomeOf(runner.print({ failing: ['adds up', 'is kept'], of: 24 }, random).output, {
      piped: false,
    });
    expect([one.verdict, again.verdict, other.verdict]).toEqual(['red', 'red', 'red']);
    expect(isSameFault(one, again)).toBe(true);
    expect(isSameFault(one, other)).toBe(false);
  });
});

describe('what compilers and linters print', () => {
  test.each(checkers.map((checker) => [checker.command, checker] as const))('%s', (_command, checker) => {
    const random = seededRandom(3);
    const print = (...texts: readonly string[]): string =>
      checker.print(
        texts.map((text, index) => ({ text, line: 3 + index })),
        random,
      ).output;
    const green = checker.print([], random);
    expect(verdictOf(`${green.output}\nExit code: ${String(green.code)}`)).toBe('green');
    const one = outcomeOf(print('cannot find value total in this scope'), { piped: false });
    expect(one.verdict).toBe('red');
    const moved = checker.print([{ text: 'cannot find value total in this scope', line: 77 }], random);
    expect(isSameFault(one, outcomeOf(moved.output, { piped: false }))).toBe(true);
    const other = outcomeOf(print('mismatched types: expected item, found list'), { piped: false });
    expect(isSameFault(one, other)).toBe(false);
  });
});

test.each([
  ['', false, 'green'],
  ['', true, undefined],
  ['nothing of note', false, undefined],
  ['nothing of note\nExit code: 0', false, 'green'],
  ['nothing of note\nExit code: 0', true, undefined],
  ['nothing of note\n\nCommand exited with code 1', false, 'red'],
  ['24 passed in 0.12s\nexit status 1', false, 'red'],
  ['error: logged by a test\n24 passed in 0.12s', false, 'green'],
  ['✖ 3 problems (0 errors, 3 warnings)', false, 'green'],
  ['✖ 3 problems (2 errors, 1 warning)', false, 'red'],
  ['Found 0 errors.', false, 'green'],
  ['Success: no issues found in 3 source files', false, 'green'],
  ['# pass 3\n# fail 0', false, 'green'],
  ['# pass 3\n# fail 1', false, 'red'],
  ['<summary passed=3 failed=1 />', false, 'red'],
  ['<summary passed=3 failed=0 />', false, 'green'],
  ['3 examples, 1 failure', false, 'red'],
  ['OK (3 tests, 3 assertions)', false, undefined],
  ['\u001b[31m 1 failed\u001b[39m | 3 passed (4)', false, 'red'],
  ['✓ reports 3 errors\n✓ counts what failed', false, undefined],
])('%j (piped: %j) is %j', (output, piped, verdict) => {
  expect(verdictOf(output, piped)).toBe(verdict);
});

test('the end of long output counts, where the summary stands', () => {
  const noise = Array.from({ length: 50_000 }, (_, index) => `line ${String(index)}`).join('\n');
  expect(verdictOf(`${noise}\nTests:       1 failed, 3 passed, 4 total`)).toBe('red');
});
