import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BreakerBoard } from '../../../src/core/terms/breaker-board';

/** Boards of two windows over the same rows. */
export interface BoardPair {
  readonly one: BreakerBoard;
  readonly other: BreakerBoard;
  close(): void;
}

/** What every board keeps to. `open` is given a clock that the suite sets. */
export function breakersContract(name: string, open: (nowMs: () => number) => BoardPair): void {
  describe(`${name}: the breakers of all windows`, () => {
    let pair: BoardPair;
    let nowMs: number;

    beforeEach(() => {
      nowMs = Date.UTC(2026, 0);
      pair = open(() => nowMs);
    });
    afterEach(() => pair.close());

    test('nothing is said of a deployment that never failed, and anybody may try it', async () => {
      expect(await pair.one.read()).toEqual([]);
      expect(await pair.one.probe('a', 1_000, 'one')).toBe(true);
      await pair.one.close('a', 'one');
      await pair.one.release('a', 'one');
      expect(await pair.other.read()).toEqual([]);
    });

    test('what one window opens the other sees open, with why and for how long, and the last word holds', async () => {
      await pair.one.open('a', 'refuses', 30_000, 'one');
      const opened = {
        deploymentId: 'a',
        state: 'open',
        untilMs: nowMs + 30_000,
        reason: 'refuses',
        window: 'one',
      };
      const [row] = await pair.other.read();
      expect(row).toMatchObject(opened);
      await pair.other.close('a', 'other');
      const [closed] = await pair.one.read();
      expect(closed).toMatchObject({ state: 'closed', reason: undefined, window: 'other' });
      expect(closed?.version).toBeGreaterThan(row?.version ?? Infinity);
      expect(structuredClone(closed)).toEqual(closed);
    });

    test('versions rise over all deployments', async () => {
      await pair.one.open('a', 'down', 1_000, 'one');
      await pair.other.open('b', 'down', 1_000, 'other');
      await pair.one.open('a', 'down', 1_000, 'one');
      const rows = new Map(
        (await pair.other.read()).map(({ deploymentId, version }) => [deploymentId, version]),
      );
      expect(rows.get('a')).toBeGreaterThan(rows.get('b') ?? Infinity);
    });

    test('nobody tries an open one before its time, and then one window at a time', async () => {
      await pair.one.open('a', 'down', 30_000, 'one');
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(false);
      nowMs += 30_000;
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(true);
      expect(await pair.one.probe('a', 60_000, 'one')).toBe(false);
      expect(await pair.one.read()).toMatchObject([
        { state: 'probing', window: 'other', untilMs: nowMs + 60_000 },
      ]);
    });

    test('of many that ask at once, one gets to try', async () => {
      await pair.one.open('a', 'down', 0, 'one');
      const asked = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? pair.one : pair.other).probe('a', 60_000, `window ${String(index)}`),
      );
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    });

    test('a try that told nothing is given back by its own window, and one of a window that died lapses', async () => {
      await pair.one.open('a', 'down', 0, 'one');
      expect(await pair.one.probe('a', 60_000, 'one')).toBe(true);
      await pair.other.release('a', 'other');
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(false);
      await pair.one.release('a', 'one');
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(true);
      nowMs += 60_000;
      expect(await pair.one.probe('a', 60_000, 'one')).toBe(true);
    });

    test('a try that failed opens it anew for all; one that went well closes it for all', async () => {
      await pair.one.open('a', 'down', 0, 'one');
      await pair.one.probe('a', 60_000, 'one');
      await pair.one.open('a', 'down', 30_000, 'one');
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(false);
      await pair.one.close('a', 'one');
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(true);
    });

    test('a clock that was set back by days keeps nobody from trying', async () => {
      await pair.one.open('a', 'down', 30_000, 'one');
      nowMs -= 3 * 24 * 60 * 60 * 1_000;
      expect(await pair.other.probe('a', 60_000, 'other')).toBe(true);
    });
  });
}
