import { defineConfig, mergeConfig } from 'vitest/config';
import shared from './vitest.config';

/** `npm run screenshots`: not a test, but it needs the same editor. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  defineConfig({ test: { include: ['screenshots.ts'] } }),
);
