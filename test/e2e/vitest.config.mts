import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { longestFirst } from '../longest-first.mts';

/** Two editors keep two cores busy: a third one gains nothing. CONDUIT_E2E_WORKERS says another number, at 3 GiB each. */
const workers = Number(process.env['CONDUIT_E2E_WORKERS'] ?? 2);

/** These measure how long a thread of the extension host is blocked, which holds only where nothing else runs. */
const measured = ['test/e2e/measured.test.ts'];

export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '../..'),
    setupFiles: ['test/e2e/harness/save-failures.ts'],
    pool: 'forks',
    maxWorkers: workers,
    retry: 0,
    sequence: {
      shuffle: false,
      concurrent: false,
      sequencer: longestFirst([
        // Some wait for minutes that have to pass: others use the machine meanwhile.
        'observations',
        'inline-care',
        'inline-edits',
        'edit-streams',
        'hostile-answers',
        'chat-view',
        'long-conversation',
        'commit-message',
        'accessibility',
        'conduit',
        'encoder',
        'first-steps',
      ]),
    },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'editor',
          include: ['test/e2e/**/*.test.ts'],
          exclude: measured,
          globalSetup: ['test/e2e/harness/shared-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'measured',
          include: measured,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
