import { expect, test } from 'vitest';
import { createMemoryCache } from '../../src/cache/memory-cache';
import { cacheContract } from './cache-contract';

cacheContract('memory', () => Promise.resolve({ open: createMemoryCache, remove: () => Promise.resolve() }));

test('memory keeps the 2,000 entries that were used last', async () => {
  const cache = createMemoryCache();
  for (let index = 0; index < 2_000; index += 1) await cache.set(String(index), 'value', 3_600_000);
  await cache.get('0');
  await cache.set('new', 'value', 3_600_000);
  expect(cache.entries()).toBe(2_000);
  expect(await cache.get('0')).toBe('value');
  expect(await cache.get('1')).toBeUndefined();
});

test('memory counts no entry whose time is over', async () => {
  const cache = createMemoryCache();
  await cache.set('key', 'value', 1);
  await expect.poll(() => cache.entries()).toBe(0);
});
