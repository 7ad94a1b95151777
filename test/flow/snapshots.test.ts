import { afterEach, expect, test } from 'vitest';
import { syntheticHistory, syntheticPools } from '../../bench/ledger/synthetic-history';
import type { LearntState } from '../../src/core/answering/learnt-state';
import { createLearntState } from '../../src/core/answering/learnt-state';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Ledger } from '../../src/core/terms/ports';
import type { Snapshots } from '../../src/core/terms/snapshots';
import { decisionIdOf, parseEntry } from '../../src/ledger/entry-schema';
import { memorySnapshots } from '../../src/ledger/memory-snapshots';
import { noEmbedder } from '../../src/embedding/embedder';
import { quietLog } from '../core/samples';

/** A ledger that says which of its entries were read. */
interface Watched extends Ledger {
  readonly read: number[];
}

const history: readonly StoredEntry[] = [...syntheticHistory({ decisions: 2_200, seed: 3 })];
const opened: LearntState[] = [];

afterEach(async () => {
  for (const state of opened.splice(0)) await state.close();
});

function ledgerOf(all: readonly StoredEntry[], forgotten = { times: 0 }, from = 1): Watched {
  // The generated entries have no gaps.
  const entries = all.slice(from - 1);
  const read: number[] = [];
  const ofDecision = Map.groupBy(entries, decisionIdOf);
  return {
    read,
    append: () => Promise.reject(new Error('Nothing is written here.')),
    readAfter: (sequence, limit = Infinity) => {
      const start = Math.max(0, sequence + 1 - from);
      const page = entries.slice(start, start + limit);
      read.push(...page.map((entry) => entry.sequence));
      return Promise.resolve(page);
    },
    lastSequence: () => Promise.resolve(entries.at(-1)?.sequence ?? 0),
    readDecision: (id) => Promise.resolve(ofDecision.get(id) ?? []),
    forget: () => Promise.resolve(0),
    timesForgotten: () => Promise.resolve(forgotten.times),
    close: () => Promise.resolve(),
  };
}

interface Start {
  readonly monotonicMs?: () => number;
  readonly signals?: typeof shippedSignals;
}

function start(
  ledger: Ledger,
  store: Snapshots,
  { monotonicMs = () => 0, signals = shippedSignals }: Start = {},
) {
  const state = createLearntState({
    ledger,
    embedder: noEmbedder,
    clock: { nowMs: () => 1_790_000_000_000, monotonicMs },
    log: quietLog,
    signals: () => Promise.resolve(signals),
    snapshots: { store, parse: parseEntry },
  });
  opened.push(state);
  return state;
}

function weights(state: LearntState): readonly number[] {
  return syntheticPools.map((pool) => state.pool(pool).arm('large').quality.weightedQuality);
}

test('the next start goes on from where the last one ended, and comes to the same', async () => {
  const snapshots = memorySnapshots();
  const half = Math.floor(history.length * 0.8);
  const first = start(ledgerOf(history.slice(0, half)), snapshots);
  await first.refreshWhole();
  await first.close();

  const ledger = ledgerOf(history);
  const second = start(ledger, snapshots);
  await second.refreshWhole();
  expect(Math.min(...ledger.read)).toBe(half);
  const whole = start(ledgerOf(history), memorySnapshots());
  await whole.refreshWhole();
  weights(second).forEach((weight, index) => expect(weight).toBeCloseTo(weights(whole)[index] ?? NaN, 9));
  expect(second.stats()).toEqual(whole.stats());
});

test('a snapshot of another ledger is not gone on from', async () => {
  const snapshots = memorySnapshots();
  const other = start(
    ledgerOf([...syntheticHistory({ decisions: 2_200, seed: 4, untilMs: 1e12 })]),
    snapshots,
  );
  await other.refreshWhole();
  await other.close();
  const ledger = ledgerOf(history);
  await start(ledger, snapshots).refreshWhole();
  expect(ledger.read).toContain(1);
});

test('what was learnt before something was forgotten is not gone on from', async () => {
  const snapshots = memorySnapshots();
  const first = start(ledgerOf(history), snapshots);
  await first.refreshWhole();
  await first.close();
  const ledger = ledgerOf(history, { times: 1 });
  await start(ledger, snapshots).refreshWhole();
  expect(ledger.read).toContain(1);
});

test('a question waits a moment for a long ledger, is told how much is read, and the rest follows', async () => {
  let now = 0;
  const state = start(ledgerOf(history), memorySnapshots(), { monotonicMs: () => (now += 1) });
  await state.refresh();
  const share = state.learnt01();
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(1);
  await state.refreshWhole();
  expect(state.learnt01()).toBe(1);
  expect(state.pool('default').decisions).toBe(
    history.filter((entry) => entry.kind === 'decision' && entry.decision.pool === 'default').length,
  );
});

test('another table of signals is learnt by in the background, while the last one serves', async () => {
  const table = { signals: shippedSignals };
  let now = 0;
  const state = createLearntState({
    ledger: ledgerOf(history),
    embedder: noEmbedder,
    clock: { nowMs: () => 1_790_000_000_000, monotonicMs: () => (now += 0.5) },
    log: quietLog,
    signals: () => Promise.resolve(table.signals),
  });
  opened.push(state);
  await state.refreshWhole();
  const before = state.pool('default').arm('large').quality.weight;
  table.signals = { ...shippedSignals, 'rating-up': { ...shippedSignals['rating-up'], weight: 0.3 } };
  await state.refresh();
  expect(state.pool('default').arm('large').quality.weight).toBe(before);
  await expect
    .poll(() => state.pool('default').arm('large').quality.weight, { timeout: 20_000 })
    .toBeLessThan(before);
});

test('what was learnt from entries that were dropped stays, also where it would have to be learnt anew', async () => {
  const snapshots = memorySnapshots();
  const cut = Math.floor(history.length * 0.7);
  for (const until of [cut, cut + 500]) {
    const state = start(ledgerOf(history.slice(0, until)), snapshots);
    await state.refreshWhole();
    await state.close();
  }
  const first = start(ledgerOf(history.slice(0, cut + 500)), snapshots);
  await first.refreshWhole();
  expect(await first.coveredUpTo()).toBe(cut);
  const learnt = weights(first);

  const left: Ledger = { ...ledgerOf(history, { times: 0 }, cut), droppedTo: () => Promise.resolve(cut - 1) };
  const signals = { ...shippedSignals, 'rating-up': { ...shippedSignals['rating-up'], weight: 0.3 } };
  const other = start(left, snapshots, { signals });
  await other.refreshWhole();
  weights(other).forEach((weight, index) => expect(weight).toBeGreaterThan((learnt[index] ?? NaN) * 0.99));
  expect(other.pool('default').decisions).toBe(
    history.filter((entry) => entry.kind === 'decision' && entry.decision.pool === 'default').length,
  );
});
