import { defineConfig } from 'vitest/config';

/** `npm run bench:chat`: not a test, but it needs the same editor. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/chat-speed.ts'],
    setupFiles: ['./harness/save-failures.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 180_000,
    disableConsoleIntercept: true,
  },
});
