import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../bench/signals/arguments';
import { usualSignals } from '../../../bench/signals/implicit-signals';
import { UsageError } from '../../../bench/routing/usage-error';

describe('the arguments of the signals’ benchmark', () => {
  test('have defaults', () => {
    const { jobs, ...options } = parseArguments(['--corpus', 'a.jsonl']);
    expect(options).toEqual({
      corpora: ['a.jsonl'],
      half: 'all',
      dims: 512,
      features: 'hash',
      lambdas: [0, 0.2],
      seeds: 20,
      firstSeed: 1,
      thumbs: [0.05],
      signals: usualSignals,
      developer: {
        signals: usualSignals,
        nonResponse: 0.5,
        undo01: 0.05,
        latest: 50,
        judge: { agreement01: 0.75, lengthBias: 0.1, rate01: 0.1 },
      },
      against: false,
      each: false,
      weights: [],
      scales: [],
      apart: ['paretobandit_k4'],
      within: 0.01,
      outages: false,
      perHour: 12,
      startMs: Date.UTC(2026, 0, 5, 9),
    });
    expect(jobs).toBeGreaterThanOrEqual(1);
  });

  test('can all be given', () => {
    const line =
      '--corpus a.jsonl,b.jsonl --table t.json --thumbs 0.05,0.2 --non-response 0 --undo 0.1 --latest 5 ' +
      '--signals copied,turn-thanks --judge-agreement 0.85 --judge-length-bias 0.15 --judge-rate 0.2 --against --each ' +
      '--weights 0.1,0.5 --scales 0.5,2 --apart b --within 0.02 --outages --per-hour 6 ' +
      '--start 2026-11-30T00:00:00Z --passes p.jsonl --json out.json --seeds 3 --half b --steps 7 --jobs 2';
    expect(parseArguments(line.split(' '))).toMatchObject({
      corpora: ['a.jsonl', 'b.jsonl'],
      table: 't.json',
      thumbs: [0.05, 0.2],
      signals: ['copied', 'turn-thanks'],
      developer: {
        signals: ['copied', 'turn-thanks'],
        nonResponse: 0,
        undo01: 0.1,
        latest: 5,
        judge: { agreement01: 0.85, lengthBias: 0.15, rate01: 0.2 },
      },
      against: true,
      each: true,
      weights: [0.1, 0.5],
      scales: [0.5, 2],
      apart: ['b'],
      within: 0.02,
      outages: true,
      perHour: 6,
      startMs: Date.UTC(2026, 10, 30),
      passes: 'p.jsonl',
      json: 'out.json',
      seeds: 3,
      half: 'b',
      steps: 7,
      jobs: 2,
    });
  });

  test.each([
    ['', '--corpus is missing.'],
    ['--corpus a --thumbs 0', '--thumbs: expected different numbers above 0 and at most 1, found "0".'],
    ['--corpus a --thumbs 0.1,0.1', '--thumbs: expected different'],
    ['--corpus a --non-response 1', '--non-response: expected a number of 0 or more and below 1, found "1".'],
    ['--corpus a --undo=-1', '--undo: expected a number of 0 or more and below 1, found "-1".'],
    ['--corpus a --latest 0', '--latest: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --signals sighed', '--signals: expected some of copied, inserted, '],
    ['--corpus a --signals copied,copied', '--signals: expected different values'],
    ['--corpus a --judge-agreement 0.4', '--judge-agreement: expected a number from 0.5 to 1, found "0.4".'],
    [
      '--corpus a --judge-agreement 0.9 --judge-length-bias 0.2',
      '--judge-length-bias: expected a number from 0 to what agreement leaves of 1, found "0.2".',
    ],
    ['--corpus a --judge-rate 2', '--judge-rate: expected a number from 0 to 1, found "2".'],
    ['--corpus a --weights 1.5', '--weights: expected different numbers above 0 and at most 1, found "1.5".'],
    ['--corpus a --scales 0', '--scales: expected different numbers above 0, found "0".'],
    ['--corpus a --within x', '--within: expected a number from 0 to 1, found "x".'],
    ['--corpus a --per-hour 0', '--per-hour: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --start 2026-01-05', '--start: expected a moment such as 2026-01-05T09:00:00Z'],
    ['--corpus a --start 2026-13-05T09:00:00Z', '--start: expected a moment'],
    ['--corpus a --passes=', '--passes: expected a path, found "".'],
    ['--corpus a --features vectors', '--features vectors needs --vectors FILE.f16.'],
    ['--corpus a --feedback 1', "Unknown option '--feedback'"],
    ['--help', 'Measures what signals are worth'],
  ])('%s', (line, problem) => {
    const argv = line.split(' ').filter((argument) => argument !== '');
    expect(() => parseArguments(argv)).toThrow(UsageError);
    expect(() => parseArguments(argv)).toThrow(problem);
    expect(() => parseArguments(argv)).toThrow('Usage: npm run bench:signals');
  });
});
