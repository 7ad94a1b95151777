import { defineConfig } from 'vitest/config';

/** `npm run bench:first-byte`: not a test, but it needs the same editor. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/first-byte.ts'],
    setupFiles: ['./harness/save-failures.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
    disableConsoleIntercept: true,
  },
});
