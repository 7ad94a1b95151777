import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseArguments } from '../../bench/routing/arguments';
import { baselineTable, readBaseline } from '../../bench/routing/baseline';
import type { Cell } from '../../bench/routing/cell';
import { reportOf } from '../../bench/routing/run-report';
import { temporaryFolder } from './files';
import { sampleResult } from './samples';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const optionsOf = (line = '') => parseArguments(`--corpus a.jsonl ${line}`.trim().split(' '));
const cellOf = (rewards: readonly number[], change: Partial<Cell> = {}): Cell => ({
  corpus: { name: 'a', models: ['x', 'y'], dearestMeanUsd: 1 },
  rows: 4,
  feedback: 1,
  results: [sampleResult('conduit', 0, rewards), sampleResult('random', 0, [0.1, 0.2, 0.3])],
  ...change,
});

/** Written as `--json` writes it, and read back. */
function then(cells: readonly Cell[], line = '', now = line) {
  const text = JSON.stringify(reportOf(optionsOf(line), cells));
  return readBaseline(folder.write('then.json', text), optionsOf(now));
}

describe('a baseline', () => {
  test('is compared with by seed, in each window', async () => {
    const table = baselineTable([cellOf([0.5, 0.6, 0.8])], await then([cellOf([0.4, 0.4, 0.5])]));
    expect(table).toContain('a, 100 %, λ 0: difference from the baseline');
    // 0.1, 0.2 and 0.3: mean 0.2, standard error 0.1 / √3, times 4.303. The pass has four steps.
    const difference = '\\+0\\.2000 \\[-0\\.0484, \\+0\\.4484\\]';
    expect(table).toMatch(
      new RegExp(`^conduit +${difference} +${difference} +– +${difference} +– +– +– +${difference}$`, 'm'),
    );
    expect(table).toMatch(/^random +0\.0000 \[0\.0000, 0\.0000\]/m);
  });

  test('is of the same options', async () => {
    await expect(then([cellOf([1])], '', '--half b')).rejects.toThrow('--half was all there and is b here');
    await expect(then([cellOf([1])], '--limit 5', '')).rejects.toThrow(
      '--limit was 5 there and is not given here',
    );
    await expect(then([cellOf([1])], '--delay 5', '--delay 5')).resolves.toBeDefined();
  });

  test.each([
    ['rows', { rows: 5 }, 'a: the rows or models of the baseline are others'],
    ['models', { corpus: { name: 'a', models: ['x'], dearestMeanUsd: 1 } }, 'a: the rows or models'],
    ['steps', { results: [sampleResult('conduit', 0, [1, 1, 1], 5)] }, 'passes have 4 steps here and 5'],
    ['seeds', { results: [sampleResult('conduit', 0, [1, 1])] }, 'not run with the same seeds'],
    [
      'another corpus',
      { corpus: { name: 'b', models: ['x', 'y'], dearestMeanUsd: 1 } },
      'no policy in common',
    ],
    ['another feedback', { feedback: 0.05 }, 'no policy in common'],
    ['another λ', { results: [sampleResult('conduit', 0.5, [1, 1, 1])] }, 'no policy in common'],
  ])('of other %s is refused', async (_, change, problem) => {
    const baseline = await then([cellOf([1, 1, 1], change)]);
    expect(() => baselineTable([cellOf([1, 1, 1])], baseline)).toThrow(problem);
  });

  test('that is something else is named', async () => {
    const failed = readBaseline(folder.write('a.json', '{"results": []}'), optionsOf());
    await expect(failed).rejects.toThrow(/a\.json: expected what --json wrote/);
    await expect(readBaseline('none.json', optionsOf())).rejects.toThrow('none.json: there is no such file');
  });
});
