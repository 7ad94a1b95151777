import { defineConfig } from 'vitest/config';

/** Measurements over large ledgers: they take minutes, and `npm run bench` is done without them. */
export default defineConfig({
  test: {
    include: ['bench/**/*.large.ts'],
    fileParallelism: false,
    testTimeout: 1_200_000,
    disableConsoleIntercept: true,
  },
});
