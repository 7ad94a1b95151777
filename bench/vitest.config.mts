import { defineConfig } from 'vitest/config';

/** `npm run bench`: each file measures, prints, and fails where a promise of the README is broken. */
export default defineConfig({
  test: {
    include: ['bench/**/*.bench.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    disableConsoleIntercept: true,
  },
});
