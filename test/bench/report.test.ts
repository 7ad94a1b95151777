import { describe, expect, test } from 'vitest';
import { pairedTable, progressLine, tableOf } from '../../bench/routing/report';
import { sampleResult } from './samples';

const options = { seeds: 3, firstSeed: 1, features: 'hash', delay: 0, feedback: 1 } as const;
const results = [
  sampleResult('random', 0.5, [0.1, 0.2, 0.3]),
  sampleResult('random', 0, [0.3, 0.4, 0.5]),
  sampleResult('hybrid', 0, [0.6, 0.6, 0.9]),
  sampleResult('a-much-longer-name', 0, [0.5, 0.5, 0.5]),
];

describe('the table', () => {
  const lines = tableOf(results, options).split('\n');

  test('begins with the settings', () => {
    expect(lines[0]).toBe('3 seeds, features: hash, rewards at once, every decision rated');
    const [first] = tableOf(results, { ...options, delay: 25, feedback: 0.3 }).split('\n');
    expect(first).toBe('3 seeds, features: hash, rewards 25 decisions late, 30 % of the decisions rated');
    const [later] = tableOf(results, { ...options, firstSeed: 501 }).split('\n');
    expect(later).toContain('3 seeds from 501 on, ');
  });

  test('has a block for each λ, the best first', () => {
    const starts = lines
      .map((line) => /^(?:λ = [\d.]+|[\w-]+)/.exec(line)?.[0])
      .filter((name) => name !== undefined);
    expect(starts.slice(1)).toEqual([
      'λ = 0',
      'policy',
      'hybrid',
      'a-much-longer-name',
      'random',
      'λ = 0.5',
      'policy',
      'random',
    ]);
  });

  test('is aligned', () => {
    const block = lines.slice(lines.indexOf('λ = 0') + 1, lines.indexOf('λ = 0.5') - 1);
    expect(block).toHaveLength(4);
    expect(new Set(block.map((line) => line.length)).size).toBe(1);
    expect(block[1]?.split(/\s+/)).toEqual(
      'hybrid 0.7000 0.1000 0.7000 – 0.7000 – 0.7000 – – 0.7000 0.7000 0.7000 0.7000 0.0100 -0.8 10.0 20.0'.split(
        ' ',
      ),
    );
  });

  test('has a dash for the spread of a single seed', () => {
    expect(tableOf([sampleResult('lone', 0, [0.5])], options)).toMatch(/lone +0\.5000 +– +0\.5000/);
  });
});

describe('the table of differences', () => {
  test('compares the others with the reference', () => {
    const table = pairedTable(results, 'random');
    expect(table).toContain('λ = 0: difference of reward [95 % bounds]');
    // 0.3, 0.2 and 0.4: mean 0.3, standard error 0.1 / √3, times 4.303.
    expect(table).toMatch(/^hybrid +\+0\.3000 \[\+0\.0516, \+0\.5484\]/m);
    expect(table).toMatch(/^a-much-longer-name +\+0\.1000 \[-0\.1484, \+0\.3484\]/m);
    expect(table).not.toMatch(/^random/m);
  });

  test('passes over a λ without the reference', () => {
    expect(pairedTable(results, 'hybrid')).not.toContain('λ = 0.5');
  });

  test('needs the reference', () => {
    expect(() => pairedTable(results, 'oracle')).toThrow('There is no result of oracle to compare with.');
  });
});

describe('progress', () => {
  function shown(isTTY: boolean, total: number): string[] {
    const written: string[] = [];
    const stream = { isTTY, write: (text: string) => written.push(text) };
    for (let done = 1; done <= total; done += 1) progressLine(done, total, 'passes', stream);
    return written;
  }

  test('rewrites one line of a terminal', () => {
    expect(shown(true, 2)).toEqual(['\r\u001B[K1/2 (50 %) passes', '\r\u001B[K2/2 (100 %) passes\n']);
  });

  test('is a line for each tenth elsewhere', () => {
    expect(shown(false, 250)).toHaveLength(10);
    expect(shown(false, 250).at(0)).toBe('25/250 (10 %) passes\n');
    expect(shown(false, 3)).toHaveLength(3);
  });
});
