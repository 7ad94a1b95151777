import { describe, expect, test } from 'vitest';
import { parseArguments, UsageError } from '../../bench/routing/arguments';

describe('the arguments of the benchmark', () => {
  test('have defaults', () => {
    const { jobs, ...options } = parseArguments(['--corpus', 'a.jsonl']);
    expect(options).toEqual({
      corpus: 'a.jsonl',
      dims: 512,
      features: 'hash',
      lambdas: [0, 0.2, 0.5],
      seeds: 20,
      delay: 0,
      feedback: 1,
    });
    expect(jobs).toBeGreaterThanOrEqual(1);
    expect(jobs).toBeLessThanOrEqual(4);
  });

  test('can all be given', () => {
    const line =
      '--corpus a.jsonl.gz --vectors a.f16 --dims 384 --projection-from b.f16 --features formats --lambda .1,1e-2 ' +
      '--seeds 3 --policies linucb,random --delay 25 --feedback 0.3 --limit 100 --json out.json --svg out --jobs 9';
    expect(parseArguments(line.split(' '))).toEqual({
      corpus: 'a.jsonl.gz',
      vectors: 'a.f16',
      dims: 384,
      projectionFrom: 'b.f16',
      features: 'formats',
      lambdas: [0.1, 0.01],
      seeds: 3,
      policies: ['linucb', 'random'],
      delay: 25,
      feedback: 0.3,
      limit: 100,
      json: 'out.json',
      svg: 'out',
      jobs: 9,
    });
  });

  test('use the vectors where they are given', () => {
    expect(parseArguments(['--corpus', 'a.jsonl', '--vectors', 'a.f16']).features).toBe('vectors');
    expect(parseArguments(['--corpus', 'a.jsonl', '--vectors', 'a.f16', '--features=hash']).features).toBe(
      'hash',
    );
  });

  test.each([
    ['', '--corpus is missing.'],
    ['--corpus=', '--corpus: expected a path, found "".'],
    ['--corpus a --surprise', "Unknown option '--surprise'"],
    ['--corpus a b', "Unexpected argument 'b'"],
    ['--corpus a --seeds', "Option '--seeds <value>' argument missing"],
    ['--corpus a --seeds 0', '--seeds: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --seeds 2.5', '--seeds: expected a whole number, 1 or more, found "2.5".'],
    ['--corpus a --dims x', '--dims: expected a whole number, 1 or more, found "x".'],
    ['--corpus a --delay=-3', '--delay: expected a whole number, 0 or more, found "-3".'],
    ['--corpus a --limit 0', '--limit: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --jobs 0', '--jobs: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --feedback 0', '--feedback: expected a number above 0 and at most 1, found "0".'],
    ['--corpus a --feedback 1.1', '--feedback: expected a number above 0 and at most 1, found "1.1".'],
    ['--corpus a --feedback 0x1', '--feedback: expected a number above 0 and at most 1, found "0x1".'],
    ['--corpus a --lambda=-1', '--lambda: expected different numbers of 0 or more, found "-1".'],
    ['--corpus a --lambda 0,x', '--lambda: expected different numbers of 0 or more, found "0,x".'],
    ['--corpus a --lambda 0,0.0', '--lambda: expected different numbers of 0 or more, found "0,0.0".'],
    ['--corpus a --lambda 0,', '--lambda: expected different values with commas between them, found "0,".'],
    ['--corpus a --policies a,a', '--policies: expected different values with commas between them'],
    ['--corpus a --features words', '--features: expected hash, vectors, formats, found "words".'],
    ['--corpus a --features vectors', '--features vectors needs --vectors FILE.f16.'],
    ['--corpus a --projection-from b.f16', '--projection-from needs --vectors FILE.f16.'],
    ['--help', 'Replays real prompts'],
  ])('%s', (line, problem) => {
    const argv = line.split(' ').filter((argument) => argument !== '');
    expect(() => parseArguments(argv)).toThrow(UsageError);
    expect(() => parseArguments(argv)).toThrow(problem);
    expect(() => parseArguments(argv)).toThrow('Usage: npm run bench:routing');
  });
});
