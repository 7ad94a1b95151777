import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { linesOf, smallCorpus } from './small-corpus';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '..', '..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conduit-bench-'));
  const lines = linesOf(smallCorpus(120));
  await writeFile(path.join(folder, 'small.jsonl.gz'), gzipSync(lines.join('\n')));
  await writeFile(path.join(folder, 'other.jsonl'), lines.slice(0, 60).join('\n'));
  await writeFile(
    path.join(folder, 'sets.json'),
    JSON.stringify([{ name: 'narrow', settings: { exploration: 0.4 } }]),
  );
  await writeFile(path.join(folder, 'bad.jsonl'), `${lines[0] ?? ''}\n{"id":\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function bench(...values: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', path.join('bench', 'routing', 'main.ts'), ...values];
  return run(process.execPath, command, { cwd: root });
}

const results = z.array(
  z.object({
    policy: z.string(),
    lambda: z.number(),
    meanReward: z.number(),
    standardError: z.number(),
    windows: z.record(z.string(), z.object({ mean: z.number().nullable() })),
    meanQuality: z.number(),
    meanCostUsd: z.number(),
    regretVsBestSingle: z.number(),
    chooseMicros: z.number(),
    learnMicros: z.number(),
    perSeed: z.array(z.number()).length(3),
    lastOverBestSingle: z.array(z.number()).length(3),
  }),
);
const written = z.object({
  cells: z.array(z.object({ corpus: z.object({ name: z.string() }), feedback: z.number(), results })),
});

it(
  'replays a corpus in two processes, prints the table, and writes results and charts',
  { timeout: 60_000 },
  async () => {
    const json = path.join(folder, 'out.json');
    const { stdout, stderr } = await bench(
      ...['--corpus', path.join(folder, 'small.jsonl.gz'), '--seeds', '3', '--lambda', '0.2', '--jobs', '2'],
      ...[
        '--policies',
        'conduit,random,best-single',
        '--features',
        'formats',
        '--json',
        json,
        '--svg',
        folder,
      ],
    );
    expect(stdout).toMatch(/^conduit\s+0\.\d{4}/m);
    expect(stderr).toContain('9/9');
    const { cells } = written.parse(JSON.parse(await readFile(json, 'utf8')));
    expect(cells.map(({ corpus, feedback }) => [corpus.name, feedback])).toEqual([['small', 1]]);
    const policies = cells.flatMap((cell) => cell.results.map(({ policy }) => policy));
    expect(policies.toSorted()).toEqual(['best-single', 'conduit', 'random']);
    for (const chart of ['learning', 'quality-cost']) {
      expect(await readFile(path.join(folder, `small-${chart}.svg`), 'utf8')).toContain('</svg>');
    }
  },
);

it(
  'replays several corpora at several feedback rates, beside another router, and says what they have in common',
  { timeout: 60_000 },
  async () => {
    const corpora = ['small.jsonl.gz', 'other.jsonl'].map((name) => path.join(folder, name)).join(',');
    const json = path.join(folder, 'then.json');
    const line =
      `--corpus ${corpora} --feedback 0.5,1 --lambda 0 --seeds 3 --steps 30 --half a --grow 5 --features formats ` +
      `--policies conduit,best-single --priors off,true --sets ${path.join(folder, 'sets.json')} --router . --stuck`;
    const { stdout } = await bench(...line.split(' '), '--json', json, '--jobs', '2');
    expect(stdout).toMatch(/^other: \d+ prompts of half a, the first 30 of each pass, 5 models/m);
    expect(stdout.match(/^λ = 0: passes more than 0\.03 below/gm)).toHaveLength(4);
    expect(stdout).toContain('50 % rated, λ = 0: mean reward over 2 corpora');
    expect(stdout).toMatch(/^conduit +0\.0000 \[0\.0000, 0\.0000\]/m);
    expect(stdout).toContain('100 % rated, mean over 2 cells: what priors gain');
    expect(stdout).toContain('1 setting was tried.');
    const { cells } = written.parse(JSON.parse(await readFile(json, 'utf8')));
    expect(cells.map(({ corpus, feedback }) => `${corpus.name} ${String(feedback)}`)).toEqual([
      ...['small 0.5', 'small 1', 'other 0.5', 'other 1'],
    ]);
    const again = await bench(...line.split(' '), '--baseline', json, '--jobs', '1');
    expect(again.stdout).toContain('small, 50 %, λ 0: difference from the baseline');
    expect(again.stdout).toMatch(/^now minus then[^]*^set:narrow +0\.0000 \[0\.0000, 0\.0000\]/m);
  },
);

it.each([
  [['--corpus', 'bad.jsonl'], /bad\.jsonl:2: /],
  [['--corpus', 'small.jsonl.gz', '--policies', 'best'], /There is no policy best/],
  [['--corpus', 'small.jsonl.gz', '--seeds', 'many'], /--seeds/],
])('says what is wrong: %j', { timeout: 60_000 }, async (values, message) => {
  const [flag = '', file = '', ...rest] = values;
  const failed = bench(flag, path.join(folder, file), ...rest);
  await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) as string });
});
