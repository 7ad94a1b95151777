import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '../../src/core/terms/ports';
import { runs } from '../runs';

/** A place where caches of one kind can be opened. */
export interface CachePlace {
  /** A new one, over the same store where the kind has one. */
  open(): Cache & { close?(): Promise<void> };
  remove(): Promise<void>;
}

const hourMs = 3_600_000;

/** What every cache keeps to. */
export function cacheContract(name: string, makePlace: () => Promise<CachePlace>): void {
  describe(`a cache: ${name}`, () => {
    let place: CachePlace;
    let cache: ReturnType<CachePlace['open']>;

    beforeAll(async () => {
      place = await makePlace();
    });

    beforeEach(() => {
      cache = place.open();
    });

    afterEach(() => cache.close?.());

    afterAll(() => place.remove());

    test('knows nothing of a key that nobody set', async () => {
      expect(await cache.get('unknown')).toBeUndefined();
    });

    test('gives back what was set, then what it was replaced with, then nothing', async () => {
      await cache.set('key', 'first', hourMs);
      expect(await cache.get('key')).toBe('first');
      await cache.set('key', 'second', hourMs);
      expect(await cache.get('key')).toBe('second');
      await cache.delete('key');
      expect(await cache.get('key')).toBeUndefined();
      await cache.delete('key');
    });

    test('holds any text under any text', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: 'binary', maxLength: 3_000 }),
          async (key, value) => {
            await cache.set(key, value, hourMs);
            expect(await cache.get(key)).toBe(value);
          },
        ),
        { numRuns: runs(100) },
      );
      const long = 'conversation '.repeat(100_000);
      await cache.set(long, long, hourMs);
      expect(await cache.get(long)).toBe(long);
    });

    test('tells keys apart that differ in anything', async () => {
      const keys = [
        '',
        ' ',
        'a',
        'A',
        'a ',
        'a\n',
        'a\0',
        'é',
        'e\u0301',
        '\ud83d',
        '\ude00',
        '\ufffd',
        '😀',
      ];
      for (const [index, key] of keys.entries()) await cache.set(key, String(index), hourMs);
      const values = await Promise.all(keys.map((key) => cache.get(key)));
      expect(values).toEqual(keys.map((_, index) => String(index)));
    });

    test('forgets a value when its time is over, and not before', async () => {
      await cache.set('short', 'value', 40);
      await cache.set('long', 'value', hourMs);
      await cache.set('fraction', 'value', 0.5);
      await cache.set('prolonged', 'value', 40);
      await cache.set('prolonged', 'value', hourMs);
      await expect.poll(() => cache.get('short')).toBeUndefined();
      await expect.poll(() => cache.get('fraction')).toBeUndefined();
      expect(await cache.get('long')).toBe('value');
      expect(await cache.get('prolonged')).toBe('value');
    });

    test('takes many calls at once', async () => {
      const keys = Array.from({ length: 500 }, (_, index) => `many-${String(index)}`);
      await Promise.all(keys.map((key) => cache.set(key, key, hourMs)));
      expect(await Promise.all(keys.map((key) => cache.get(key)))).toEqual(keys);
    });

    test('rejects nothing when it was closed, twice even', async () => {
      await cache.close?.();
      await cache.close?.();
      await cache.set('key', 'value', hourMs);
      await cache.get('key');
      await cache.delete('key');
    });
  });
}
