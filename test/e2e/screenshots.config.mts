import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: not a test, but it needs the same editor. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/screenshots.ts'],
    setupFiles: ['./harness/save-failures.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
