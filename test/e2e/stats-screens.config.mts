import { defineConfig } from 'vitest/config';

/** `npm run bench:stats-page`: not a test, but it needs the same editor. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/stats-screens.ts'],
    setupFiles: ['./harness/save-failures.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 300_000,
    disableConsoleIntercept: true,
  },
});
