import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkCache } from './lib/paths.mjs';
import { main, outputOf, SetupError } from './lib/run.mjs';

const tool = (file) => path.join('node_modules', file);
const cached = (name) => ['--cache', '--cache-location', path.join(checkCache, name)];
const compiled = (project, name) => [
  tool('typescript/bin/tsc'),
  ['-p', project],
  ['--incremental', '--tsBuildInfoFile', path.join(checkCache, `${name}.tsbuildinfo`)],
];

/** Those that take the longest first. Each with the arguments that let it use what it remembers. */
const checks = {
  lint: ['scripts/lint.mjs', [], ['--cache']],
  types: compiled('.', 'types'),
  format: [
    tool('prettier/bin/prettier.cjs'),
    ['--check', '--log-level', 'warn', '.'],
    cached('prettier-checked'),
  ],
  unused: [tool('knip/bin/knip.js'), [], cached('knip-checked')],
  // The core with no types of a platform.
  core: compiled('tsconfig.core.json', 'core'),
  layers: ['scripts/check-layers.mjs', [], []],
};

/** What mends a failure, where that is one command. */
const remedies = { format: 'npm run format' };

/**
 * Runs all checks, or those that are named, as many at a time as there are cores. What a check says is printed when it
 * ends.
 *   --fresh   nothing that was remembered is used; so it is in CI
 */
await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { fresh: { type: 'boolean', default: Boolean(process.env.CI) } },
  });
  const unknown = positionals.filter((name) => !(name in checks));
  if (unknown.length > 0) throw new SetupError(`There are ${Object.keys(checks).join(', ')}; no ${unknown}.`);
  const waiting = Object.entries(checks).filter(
    ([name]) => positionals.length === 0 || positionals.includes(name),
  );
  let failed = 0;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, [script, args, remembering]] = next;
      const startedMs = Date.now();
      const allArgs = [script, ...args, ...(values.fresh ? [] : remembering)];
      const { code, output } = await outputOf(process.execPath, allArgs);
      if (code !== 0) failed++;
      const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
      const remedy = name in remedies ? `: ${remedies[name]} mends it` : '';
      process.stdout.write(
        `${output}${name}: ${code === 0 ? `ok after ${seconds} s` : `FAILED after ${seconds} s${remedy}`}\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return failed > 0 ? 1 : 0;
});
