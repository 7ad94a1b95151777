import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** One editor at a time: two of them and two browsers are more than a small machine has memory for. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '../..'),
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/e2e/harness/save-failures.ts'],
    pool: 'forks',
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
    sequence: { shuffle: false, concurrent: false },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
});
