import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRetention } from '../../src/compose/retention';
import type { Retention } from '../../src/ledger/store/retention';
import { quietLog } from '../core/samples';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const kept = { keepDays: 30, mostBytes: 1_000 };

function retaining(drops: readonly number[], covered = 500) {
  const left = [...drops];
  const asked: Retention[] = [];
  const round = createRetention({
    configuration: () => Promise.resolve({ ledger: kept }),
    coveredUpTo: () => Promise.resolve(covered),
    retain: (retention) => {
      asked.push(retention);
      return Promise.resolve(left.shift() ?? 0);
    },
    log: quietLog,
    idleMs: 1_000,
  });
  return { round, asked };
}

test('drops what is too old until there is nothing left, and never the entry by which a snapshot knows its ledger', async () => {
  const { round, asked } = retaining([5_000, 5_000, 20]);
  round.soon();
  round.soon();
  await vi.advanceTimersByTimeAsync(900);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(Array.from({ length: 4 }, () => ({ ...kept, coveredUpTo: 499 })));
});

test('drops nothing while no two snapshots cover it', async () => {
  const { round, asked } = retaining([5_000], 0);
  round.soon();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
});

test('drops nothing more once its window closes', async () => {
  const { round, asked } = retaining([5_000, 5_000, 5_000]);
  round.soon();
  await vi.advanceTimersByTimeAsync(1_000);
  round.dispose();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
});
