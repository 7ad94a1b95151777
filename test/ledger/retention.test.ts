import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import type { SqliteLedger } from '../../src/ledger/sqlite-ledger';
import { decisionEntry } from './ledger-contract';
import { storageForEach } from './storage-folder';

const storage = storageForEach();
const dayMs = 86_400_000;
const unlimited = Number.MAX_SAFE_INTEGER;

function rating(decisionId: string): LedgerEntry {
  const signal = { kind: 'rating', thumb: 'up' } as const;
  return { kind: 'observation', observation: { decisionId, deploymentId: 'strong', signal } };
}

/** Decisions of ten days, one a day, the first of which is rated on the last. */
async function tenDays(): Promise<SqliteLedger> {
  const ledger = await storage.open();
  const firstMs = storage.nowMs;
  for (let day = 0; day < 10; day += 1) {
    storage.nowMs = firstMs + day * dayMs;
    await ledger.append([decisionEntry(`day ${String(day)}`), rating(`day ${String(day)}`)]);
  }
  await ledger.append([rating('day 0')]);
  return ledger;
}

async function daysIn(ledger: SqliteLedger): Promise<readonly string[]> {
  return (await ledger.readAfter(0)).flatMap((entry) =>
    entry.kind === 'decision' ? [entry.decision.id] : [],
  );
}

test('drops whole decisions that are too old, and says from where on all is there', async () => {
  const ledger = await tenDays();
  expect(await ledger.droppedTo()).toBe(0);
  const retention = { keepDays: 4, mostBytes: unlimited, coveredUpTo: 20 };
  expect(await ledger.retain(retention)).toBe(8);
  // The first was rated after what a snapshot covers.
  expect(await daysIn(ledger)).toEqual(['day 0', ...[5, 6, 7, 8, 9].map((day) => `day ${String(day)}`)]);
  expect(await ledger.readDecision('day 0')).toHaveLength(3);
  expect(await ledger.droppedTo()).toBe(10);
  expect(await ledger.retain(retention)).toBe(0);
  expect(storage.damage).toEqual([]);
  expect(await ledger.append([decisionEntry('new')])).toMatchObject([{ sequence: 22 }]);
  expect(await ledger.timesForgotten()).toBe(0);
});

test('drops nothing that no snapshot covers', async () => {
  const ledger = await tenDays();
  expect(await ledger.retain({ keepDays: 4, mostBytes: unlimited, coveredUpTo: 0 })).toBe(0);
  expect(await ledger.retain({ keepDays: 4, mostBytes: unlimited, coveredUpTo: 4 })).toBe(2);
  expect(await daysIn(ledger)).toHaveLength(9);
});

test('drops the oldest where the file is too large, and not all', async () => {
  const ledger = await storage.open();
  const ids = Array.from({ length: 2_000 }, (_, index) => `d${String(index)}`);
  await ledger.append(ids.map(decisionEntry));
  const retention = { keepDays: undefined, mostBytes: 350_000, coveredUpTo: 2_000 };
  while ((await ledger.retain(retention)) > 0);
  const left = await daysIn(ledger);
  expect(left.length).toBeGreaterThan(500);
  expect(left.length).toBeLessThan(1_500);
  expect(left).toEqual(ids.slice(-left.length));
  expect(await ledger.droppedTo()).toBe(2_000 - left.length);
});

test('keeps everything where neither age nor size says otherwise', async () => {
  const ledger = await tenDays();
  expect(await ledger.retain({ keepDays: undefined, mostBytes: 500_000_000, coveredUpTo: 21 })).toBe(0);
});
