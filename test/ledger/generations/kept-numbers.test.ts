import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LearntState } from '../../../src/core/answering/learnt-state';
import { createLearntState } from '../../../src/core/answering/learnt-state';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Snapshots } from '../../../src/core/terms/snapshots';
import { parseEntry } from '../../../src/ledger/entry-schema';
import { sqliteFacts } from '../../../src/ledger/facts/sqlite-facts';
import { mark } from '../../../src/ledger/generations/traces';
import { memorySnapshots } from '../../../src/ledger/memory-snapshots';
import type { SqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { filesOf } from '../../../src/ledger/store/generation-files';
import { attemptWith, decisionWith, quietLog } from '../../core/samples';

/** What retention has dropped is in snapshots alone. */
const dayMs = 86_400_000;
let storage: string;
let nowMs: number;

beforeEach(() => {
  storage = mkdtempSync(path.join(tmpdir(), 'conduit-kept-numbers-'));
  nowMs = Date.UTC(2026, 0, 1);
});

afterEach(() => rmSync(storage, { recursive: true, force: true }));

const open = (): Promise<SqliteLedger> => sqliteLedger({ storage, nowMs: () => (nowMs += 1), log: quietLog });

function learning(ledger: SqliteLedger, store: Snapshots): LearntState {
  return createLearntState({
    ledger,
    snapshots: { store, parse: parseEntry },
    embedder: { space: () => undefined, dimensions: 0, embed: () => Promise.resolve(undefined) },
    clock: { nowMs: () => nowMs, monotonicMs: () => performance.now() },
    log: quietLog,
    signals: () => Promise.resolve(shippedSignals),
  });
}

async function answer(ledger: SqliteLedger, from: number, to: number): Promise<void> {
  const entries = Array.from({ length: to - from }, (_, index): LedgerEntry[] => {
    const id = `decision-${String(from + index)}`;
    return [
      { kind: 'decision', decision: decisionWith({ id }) },
      { kind: 'attempt', attempt: attemptWith({ decisionId: id }) },
    ];
  });
  await ledger.append(entries.flat());
}

/** A ledger of 4,000 decisions of which the first ones were dropped, and what was learnt from all of them. */
async function retained(
  store: Snapshots,
  beforeDropping: (ledger: SqliteLedger) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly ledger: SqliteLedger; readonly stats: unknown }> {
  const ledger = await open();
  for (const [from, to] of [
    [0, 3_000],
    [3_000, 4_000],
  ] as const) {
    await answer(ledger, from, to);
    nowMs += dayMs;
    const window = learning(ledger, store);
    await window.refreshWhole();
    await window.close();
  }
  const learnt = learning(ledger, store);
  await learnt.refreshWhole();
  await beforeDropping(ledger);
  const coveredUpTo = (await learnt.coveredUpTo()) - 1;
  while ((await ledger.retain({ keepDays: undefined, mostBytes: 300_000, coveredUpTo })) > 0);
  expect(await ledger.droppedTo()).toBeGreaterThan(1_000);
  return { ledger, stats: learnt.stats() };
}

test('a damaged ledger’s next file keeps its numbers where the oldest are only in snapshots, and those go on', async () => {
  const store = memorySnapshots();
  const { ledger, stats } = await retained(store);
  const [dropped, last] = [await ledger.droppedTo(), await ledger.lastSequence()];
  let current = ledger;
  const before = learning({ ...ledger, ...forwarding(() => current) }, store);
  await before.refreshWhole();
  await ledger.close();
  mark(filesOf(storage, 1), { atMs: nowMs, why: 'of this test' });
  current = await open();
  expect([await current.droppedTo(), await current.lastSequence()]).toEqual([dropped, last]);
  // A window that starts, and one that was there before.
  for (const window of [learning(current, store), before]) {
    await window.refreshWhole();
    expect(window.stats()).toEqual(stats);
  }
  const added = await current.append([{ kind: 'decision', decision: decisionWith({ id: 'new' }) }]);
  expect(added).toMatchObject([{ sequence: last + 1 }]);
  await current.close();
}, 60_000);

test('facts of dropped decisions outlive the file that dropped them, and a table of signals, but nothing that is forgotten', async () => {
  const { ledger } = await retained(memorySnapshots(), async (whole) => {
    await factsOf(whole);
  });
  const last = await ledger.lastSequence();
  await ledger.close();
  mark(filesOf(storage, 1), { atMs: nowMs, why: 'of this test' });
  const current = await open();
  expect(await factsOf(current)).toBe(4_000);
  expect(
    await factsOf(current, {
      ...shippedSignals,
      copied: shippedSignals.inserted,
      inserted: shippedSignals.scored,
    }),
  ).toBe(4_000);
  const exported = path.join(storage, 'exported.conduit');
  await current.exportTo(exported);
  expect(await current.importFrom(exported)).toEqual({ decisions: 0, entries: 0 });
  expect(await current.lastSequence()).toBe(last);
  expect(await current.forget(['decision-3999'])).toBe(1);
  const left = await factsOf(current);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(3_000);
  await current.close();
}, 60_000);

/** How many decisions a window's stats page has facts of. */
async function factsOf(ledger: SqliteLedger, table = shippedSignals): Promise<number> {
  const file = path.join(storage, 'facts.db');
  const facts = await sqliteFacts({ path: file, ledger, ledgerName: 'ledger', log: quietLog });
  await facts.refresh(table);
  const { decisions } = await facts.extent({});
  await facts.close();
  return decisions;
}

/** The ledger that is current, as a window's port is. */
function forwarding(
  current: () => SqliteLedger,
): Pick<
  SqliteLedger,
  'readAfter' | 'readDecision' | 'lastSequence' | 'timesForgotten' | 'droppedTo' | 'keptNumbersBefore'
> {
  return {
    readAfter: (...asked) => current().readAfter(...asked),
    readDecision: (id) => current().readDecision(id),
    lastSequence: () => current().lastSequence(),
    timesForgotten: () => current().timesForgotten(),
    droppedTo: () => current().droppedTo(),
    keptNumbersBefore: () => current().keptNumbersBefore(),
  };
}
