import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    restoreMocks: true,
    // Many write to real databases and disks, on machines that do other things besides.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
