import { describe, expect, test } from 'vitest';
import { parseArguments, UsageError } from '../../bench/routing/arguments';

describe('the arguments of the benchmark', () => {
  test('have defaults', () => {
    const { jobs, ...options } = parseArguments(['--corpus', 'a.jsonl']);
    expect(options).toEqual({
      corpora: ['a.jsonl'],
      half: 'all',
      dims: 512,
      features: 'hash',
      lambdas: [0, 0.2, 0.5],
      seeds: 20,
      firstSeed: 1,
      delay: 0,
      feedbacks: [1],
      priors: ['off'],
      set: {},
      stuck: false,
    });
    expect(jobs).toBeGreaterThanOrEqual(1);
    expect(jobs).toBeLessThanOrEqual(4);
  });

  test('can all be given', () => {
    const line =
      '--corpus a.jsonl.gz,b.jsonl --vectors a.f16,b.f16 --dims 384 --projection-from c.f16 --features formats ' +
      '--lambda .1,1e-2 --seeds 3 --first-seed 500 --policies linucb,random --delay 25 --feedback 0.05,1 --limit 100 ' +
      '--half b --steps 400 --grow 15 --table t.json --priors off,true,reversed --router old --sets s.json ' +
      '--set epsilon=0,sharedRidge=undefined,switchAfter=7,ridge.kinds=6 --stuck --baseline then.json --json out.json ' +
      '--svg out --jobs 9';
    expect(parseArguments(line.split(' '))).toEqual({
      corpora: ['a.jsonl.gz', 'b.jsonl'],
      vectors: ['a.f16', 'b.f16'],
      dims: 384,
      projectionFrom: 'c.f16',
      features: 'formats',
      lambdas: [0.1, 0.01],
      seeds: 3,
      firstSeed: 500,
      policies: ['linucb', 'random'],
      delay: 25,
      feedbacks: [0.05, 1],
      limit: 100,
      half: 'b',
      steps: 400,
      grow: 15,
      table: 't.json',
      priors: ['off', 'true', 'reversed'],
      router: 'old',
      sets: 's.json',
      set: {
        settings: { epsilon: 0, sharedRidge: undefined },
        switchAfter: 7,
        ridges: { kinds: 6 },
      },
      stuck: true,
      baseline: 'then.json',
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

  test('take a table with the priors, or as one of them', () => {
    const priorsOf = (line: string) => {
      const { priors, table } = parseArguments(`--corpus a ${line}`.trim().split(' '));
      return { priors, table };
    };
    expect(priorsOf('--table t.json')).toEqual({ priors: ['table'], table: 't.json' });
    expect(priorsOf('--priors t.json')).toEqual({ priors: ['table'], table: 't.json' });
    expect(priorsOf('--priors off,t.json,random')).toEqual({
      priors: ['off', 'table', 'random'],
      table: 't.json',
    });
    expect(priorsOf('--priors unknown,true')).toEqual({ priors: ['unknown', 'true'], table: undefined });
  });

  test('walk more passes, of fewer policies, where those that get stuck are looked for', () => {
    const { seeds, policies } = parseArguments(['--corpus', 'a', '--stuck']);
    expect(seeds).toBe(200);
    expect(policies).toEqual(['conduit', 'best-single']);
  });

  test.each([
    ['', '--corpus is missing.'],
    ['--corpus a,a', '--corpus: expected different values with commas between them, found "a,a".'],
    ['--corpus a,b --vectors a.f16', '--vectors: expected a file for each corpus, 2, found 1.'],
    ['--corpus a --half c', '--half: expected a, b, all, found "c".'],
    ['--corpus a --first-seed 0', '--first-seed: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --steps 0', '--steps: expected a whole number, 1 or more, found "0".'],
    ['--corpus a --grow 1', '--grow: expected a whole number, 2 or more, found "1".'],
    ['--corpus a --priors reversed', '--priors reversed needs --table FILE.json.'],
    ['--corpus a --priors table,t.json', '--priors: expected different values, found "table,t.json".'],
    ['--corpus a --priors t.json,u.json', '--priors: expected one table, or table, off, true'],
    ['--corpus a --priors t.json --table u.json', '--priors: expected one table, or table, off, true'],
    ['--corpus a --set epsilon', '--set: expected name=value, found "epsilon".'],
    [
      '--corpus a --set epsilon=much',
      '--set epsilon: expected a number, true, false or undefined, found "much".',
    ],
    ['--corpus a --set epsilom=0', '--set epsilom: there is no such setting. Settings: exploration, '],
    ['--corpus a --set epsilon=true', '--set epsilon: expected a number, found true.'],
    ['--corpus a --set adaptive=1', '--set adaptive: expected a boolean, found 1.'],
    ['--corpus a --set epsilon=0,epsilon=1', '--set epsilon: comes twice'],
    ['--corpus a --set ridge.words=1', '--set ridge.words: there is no such setting.'],
    ['--corpus a --set ridge.kinds=0', '--set ridge.kinds: expected a number above 0, found 0.'],
    ['--corpus a --set switchAfter=-1', '--set switchAfter: expected a number of 0 or more, found -1.'],
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
    ['--corpus a --feedback 0', '--feedback: expected different numbers above 0 and at most 1, found "0".'],
    [
      '--corpus a --feedback 1.1',
      '--feedback: expected different numbers above 0 and at most 1, found "1.1".',
    ],
    [
      '--corpus a --feedback 0x1',
      '--feedback: expected different numbers above 0 and at most 1, found "0x1".',
    ],
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
