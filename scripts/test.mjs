import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { ensureFastBrowser } from './lib/ensure-browser.mjs';
import { ensureEditor } from './lib/ensure-editor.mjs';
import { ensureGit } from './lib/ensure-git.mjs';
import { ensurePackages } from './lib/ensure-packages.mjs';
import { ensurePostgres } from './lib/ensure-postgres.mjs';
import { ensureRedis } from './lib/ensure-redis.mjs';
import { root } from './lib/paths.mjs';
import { exitCodeOf, main, outputOf } from './lib/run.mjs';

/** Keys as a developer has them while building: none may get into the VSIX. */
const plantedKeys = {
  OPENAI_API_KEY: 'sk-planted-while-building-0123456789',
  ANTHROPIC_API_KEY: 'sk-ant-planted-while-building-0123456789',
  CONDUIT_REDIS_URL: 'redis://:planted-while-building@127.0.0.1:6379',
};
const withPlantedKeys = {
  ...process.env,
  ...plantedKeys,
  CONDUIT_PLANTED_KEYS: Object.values(plantedKeys).join(' '),
};

/**
 * Installs what is missing, runs everything, tells where the time went, and ends with one line: how many passed, failed,
 * were skipped.
 */
await main(async () => {
  await ensurePackages();
  await ensureEditor();
  await ensureFastBrowser();
  await ensureRedis();
  await ensurePostgres();
  await ensureGit();

  const total = { passed: 0, failed: 0, skipped: [], brokenSteps: [], durations: [], stages: [] };
  const tallies = mkdtempSync(path.join(tmpdir(), 'conduit-tallies-'));

  const step = async (name, program, args, env = process.env) => {
    console.log(`\n── ${name}`);
    const startedMs = Date.now();
    const passed = (await exitCodeOf(program, args, { env })) === 0;
    const ms = Date.now() - startedMs;
    total.stages.push({ name, ms });
    console.log(`── ${name}: ${passed ? 'ok' : 'FAILED'} after ${secondsOf(ms)}`);
    return passed;
  };
  const toolStep = async (name, program, args, env) => {
    const passed = await step(name, program, args, env);
    if (!passed) total.brokenSteps.push(name);
    return passed;
  };
  /** What measures no time uses what editors that wait for something leave of the processors. */
  const besides = async (name, program, args) => {
    const startedMs = Date.now();
    const { code, output } = await outputOf(program, args, { priority: constants.priority.PRIORITY_LOW });
    const ms = Date.now() - startedMs;
    total.stages.push({ name: `${name} (beside the end-to-end tests)`, ms });
    console.log(`\n── ${name}\n${output}── ${name}: ${code === 0 ? 'ok' : 'FAILED'} after ${secondsOf(ms)}`);
    if (code !== 0) total.brokenSteps.push(name);
  };
  const testStep = async (name, script) => {
    const file = path.join(tallies, `${script.replace(':', '-')}.json`);
    const reporters = [
      '--reporter=default',
      `--reporter=${path.join(root, 'scripts/lib/tally-reporter.mjs')}`,
    ];
    const args = ['run', '-s', script, '--', ...reporters];
    const passed = await step(name, 'npm', args, { ...process.env, CONDUIT_TALLY: file });
    const tally = readTally(file);
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped.push(...tally.skipped);
    total.durations.push(...tally.durations);
    if (tally.passed + tally.failed === 0 || (!passed && tally.failed === 0)) total.brokenSteps.push(name);
  };

  try {
    await testStep('unit and contract tests', 'test');
    await testStep('benchmarks', 'bench');
    const packaged =
      (await toolStep('package', 'npm', ['run', '-s', 'package'], withPlantedKeys)) &&
      (await toolStep('contents of the VSIX', process.execPath, ['scripts/check-vsix.mjs'], withPlantedKeys));
    const checked = besides('types, lint, layers, unused code, format', 'npm', [
      'run',
      '-s',
      'check',
      '--',
      '--fresh',
    ]);
    if (packaged) await testStep('end-to-end tests', 'test:e2e');
    else total.brokenSteps.push('end-to-end tests (no VSIX to test)');
    await checked;
  } finally {
    rmSync(tallies, { recursive: true, force: true });
  }

  printTimes('The ten slowest tests and hooks of files:', slowest(total.durations, 10));
  printTimes('Stages:', total.stages);
  console.log();
  for (const { test, reason } of total.skipped) console.log(`skipped: ${test} (${reason})`);
  for (const name of total.brokenSteps) console.log(`failed step: ${name}`);
  const failed = total.failed + total.brokenSteps.length;
  console.log(`${total.passed} passed, ${failed} failed, ${total.skipped.length} skipped`);
  return failed > 0 || total.passed === 0 ? 1 : 0;
});

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: [], durations: [] };
  }
}

function slowest(durations, count) {
  return [...durations].sort((a, b) => b.ms - a.ms).slice(0, count);
}

function printTimes(title, entries) {
  console.log(`\n${title}`);
  for (const { name, ms } of entries) console.log(`${secondsOf(ms).padStart(9)}  ${name}`);
}

function secondsOf(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
