import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { longestFirst } from './test/longest-first.mts';

// Half of the usual counts of random tests: each run tries others, and all of them answer within minutes.
process.env['CONDUIT_TEST_RUNS'] ??= '0.5';

const filesOf = (...folders: readonly string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/** Nothing is mocked here and nothing is global, so that files can share the modules that a worker has loaded. */
const pure = filesOf(
  'bench',
  'cache',
  'config',
  'core',
  'flow',
  'ledger',
  'providers',
  'rules',
  'text',
  'vendors',
);

/** This measures how long a thread is blocked, which holds only where nothing else runs. */
const measured = ['test/embedding/encoder.test.ts'];

export default defineConfig({
  test: {
    // Some wait for servers, disks and clocks.
    maxWorkers: availableParallelism() + 1,
    pool: 'threads',
    restoreMocks: true,
    // Tests that wait for a server's pauses wait together.
    maxConcurrency: 20,
    sequence: {
      sequencer: longestFirst([
        'probabilities',
        'hostile',
        'life',
        'faults',
        'edit-streams',
        'command',
        'wire-formats',
      ]),
    },
    // Many write to real databases and disks, on machines that do other things besides.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...pure, ...measured],
        },
      },
      {
        extends: true,
        test: { name: 'measured', include: measured, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
