import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const reportSchema = z.object({
  pools: z.array(z.object({ name: z.string() })),
  problems: z.array(z.object({ severity: z.string(), line: z.number(), path: z.string() })),
  values: z.array(z.object({ path: z.string(), tier: z.string() })),
});

function check(file: string): {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
} {
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const script = path.join(root, 'scripts/config-check.mjs');
  const run = spawnSync(process.execPath, [tsx, script, file], { cwd: root, encoding: 'utf8' });
  return { status: run.status, out: run.stdout, error: run.stderr };
}

test('config:check prints the pools, problems and values of a file, without its secrets', () => {
  const { status, out } = check('test/fixtures/config/litellm.yaml');
  expect(status).toBe(0);
  const report = reportSchema.parse(JSON.parse(out));
  expect(report.pools.map(({ name }) => name)).toContain('quality');
  expect(report.problems.length).toBeGreaterThan(20);
  expect(report.values.length).toBeGreaterThan(20);
  expect(out).not.toContain('planted');
}, 60_000);

test('it ends with code 1 for errors, and says where a file is missing', () => {
  const wrong = check('package.json');
  expect(wrong.status).toBe(1);
  expect(reportSchema.parse(JSON.parse(wrong.out))).toMatchObject({
    pools: [],
    problems: expect.arrayContaining([
      expect.objectContaining({ severity: 'error', path: 'model_list', line: 1 }),
    ]) as unknown,
  });
  expect(check('no-such-file.yaml')).toMatchObject({ status: 1, out: '' });
  expect(check('no-such-file.yaml').error).toContain('There is no file no-such-file.yaml.');
}, 60_000);
