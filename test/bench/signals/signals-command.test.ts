import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linesOf, smallCorpus } from '../small-corpus';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '..', '..', '..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conduit-bench-'));
  const lines = linesOf(smallCorpus(560));
  await writeFile(path.join(folder, 'small.jsonl.gz'), gzipSync(lines.join('\n')));
  await writeFile(path.join(folder, 'apart.jsonl'), lines.slice(0, 80).join('\n'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function bench(line: string, ...files: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', path.join('bench', 'signals', 'main.ts'), ...line.split(' '), ...files];
  return run(process.execPath, command, { cwd: root });
}

it(
  'replays developers in two processes, and goes on from the passes that are there',
  { timeout: 120_000 },
  async () => {
    const corpora = ['small.jsonl.gz', 'apart.jsonl'].map((name) => path.join(folder, name)).join(',');
    const passes = path.join(folder, 'passes.jsonl');
    const line =
      '--apart apart --features formats --seeds 1 --steps 60 --lambda 0,0.2 --signals copied,turn-thanks --against ' +
      `--weights 0.3 --passes ${passes} --corpus`;
    const first = await bench(line, corpora, '--jobs', '2');
    expect(first.stdout).toMatch(/^small, λ = 0\.2: 560 prompts, 3 models, 1 seeds$/m);
    expect(first.stdout).toContain('small pooled, λ = 0 and 0.2');
    expect(first.stdout).toMatch(/^copied +[+-]?\d\.\d{4} \[/m);
    // As shipped; with copied, turn-thanks or judged at .3; and with the first two.
    expect(first.stdout).toContain('5 tables of signals were tried.');
    const made = await readFile(passes, 'utf8');
    // 17 scenarios, 2 corpora, 2 λ and 1 seed.
    expect(made.trim().split('\n')).toHaveLength(17 * 2 * 2);

    const json = path.join(folder, 'out.json');
    const again = await bench(line, corpora, '--jobs', '1', '--json', json);
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toBe('');
    expect(await readFile(passes, 'utf8')).toBe(made);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
      settings: { seeds: 1 },
      results: [{ corpus: { name: 'small' } }, { corpus: { name: 'apart' } }],
    });
  },
);

it('replays outages', { timeout: 120_000 }, async () => {
  const corpus = path.join(folder, 'small.jsonl.gz');
  const { stdout } = await bench(
    `--outages --per-hour 1 --features formats --seeds 2 --lambda 0 --jobs 2 --corpus ${corpus}`,
  );
  const kinds = ['offline', 'expired-key', 'vendor-down'];
  for (const kind of kinds) {
    const rowOf = (rule: string) =>
      new RegExp(`^small, λ 0, ${kind}, ${rule} +(\\S+) +(\\S+) +(\\S+)`, 'm').exec(stdout);
    expect(rowOf('shipped')?.[3]).toBe('0.0000');
    expect(Number(rowOf('quality-0')?.[3])).toBeGreaterThan(0);
  }
});

it.each([
  ['--outages --corpus apart.jsonl', /A pass of 80 prompts is over before offline is/],
  ['--corpus apart.jsonl --signals sighed', /--signals: expected some of copied/],
])('says what is wrong: %s', { timeout: 60_000 }, async (line, message) => {
  const failed = bench(line.replace('apart.jsonl', path.join(folder, 'apart.jsonl')));
  await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(message) as string });
});
