import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { AlwaysLedger } from '../../../src/ledger/always-ledger';
import { alwaysLedger } from '../../../src/ledger/always-ledger';
import { queueFile, queueFolderOf } from '../../../src/ledger/queue/queue-file';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { servedLedger } from '../../../src/ledger/worker/served-ledger';
import { quietLog } from '../../core/samples';
import { decisionEntry } from '../ledger-contract';

/** A disk without room, and a file that nobody may write to: SQLite refuses by itself, and says so in its own words. */
let storage: string;
let connections: Set<DatabaseSync>;
const open: AlwaysLedger[] = [];
const eventually = { timeout: 20_000, interval: 10 };

beforeEach(() => {
  storage = mkdtempSync(path.join(tmpdir(), 'conduit-full-disk-'));
  connections = new Set();
  const { exec } = DatabaseSync.prototype;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (sql.includes('wal_autocheckpoint')) connections.add(this);
    exec.call(this, sql);
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(open.splice(0).map((each) => each.close()));
  rmSync(storage, { recursive: true, force: true });
});

function window(writer: string): AlwaysLedger {
  const stored = servedLedger({
    open: () => sqliteLedger({ storage, nowMs: () => 1_000, log: quietLog, window: writer }),
    queueFolder: queueFolderOf(storage),
    log: quietLog,
    withinMs: 1_000,
  });
  const queue = queueFile(queueFolderOf(storage), writer);
  const made = alwaysLedger({
    ...{ stored, queue, writer, nowMs: () => 1_000, log: quietLog },
    ...{ patienceMs: 10_000, backoffMs: () => 10 },
  });
  open.push(made);
  return made;
}

/** Of all connections to the ledger's file. */
function pragma(text: string): void {
  for (const each of connections) if (each.isOpen) each.exec(`PRAGMA ${text}`);
}

const noMore = (): void => {
  for (const each of connections) {
    if (!each.isOpen) continue;
    const pages = each.prepare('PRAGMA page_count').get()?.['page_count'];
    each.exec(`PRAGMA max_page_count = ${String(pages)}`);
  }
};
const room = 'max_page_count = 1000000';

const batchOf = (from: number): readonly LedgerEntry[] =>
  Array.from({ length: 50 }, (_, index) => decisionEntry(`d${String(from + index)}`));

async function idsIn(ledger: AlwaysLedger): Promise<readonly string[]> {
  return (await ledger.readAfter(0)).flatMap((entry) =>
    entry.kind === 'decision' ? [entry.decision.id] : [],
  );
}

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `d${String(index)}`);

test.each([
  ['disk-full', noMore, () => pragma(room)],
  ['read-only', () => pragma('query_only = ON'), () => pragma('query_only = OFF')],
] as const)(
  '%s: all is answered, what is recorded waits, and is written once when it can be',
  async (why, begin, end) => {
    const ledger = window('one');
    await ledger.append(batchOf(0));
    expect(ledger.state().trouble).toBeUndefined();
    begin();
    for (let from = 50; from < 500; from += 50) expect(await ledger.append(batchOf(from))).toHaveLength(50);
    expect(ledger.state()).toMatchObject({ trouble: { why }, inMemory: 0 });
    expect(ledger.state().waiting).toBeGreaterThan(0);
    // What is there can be read, and what waits is known.
    const read = await idsIn(ledger);
    expect(read).toEqual(ids(500).slice(0, read.length));
    const waiting = ledger
      .waiting()
      .flatMap((entry) => (entry.kind === 'decision' ? [entry.decision.id] : []));
    expect([...read, ...waiting]).toEqual(ids(500));
    expect(await ledger.readDecision('d499')).toHaveLength(1);
    await expect(ledger.forget(['d0'])).rejects.toThrow();
    end();
    await vi.waitFor(
      () => expect(ledger.state()).toMatchObject({ trouble: undefined, waiting: 0 }),
      eventually,
    );
    expect(await idsIn(ledger)).toEqual(ids(500));
    expect(await ledger.forget(['d0'])).toBe(1);
  },
);

test('where the queue finds no room either, it is kept in memory, and said to be', async () => {
  const ledger = window('one');
  await ledger.append(batchOf(0));
  // A file in the place of its folder can't be written to, as a full disk can't.
  rmSync(queueFolderOf(storage), { recursive: true, force: true });
  writeFileSync(queueFolderOf(storage), '');
  noMore();
  for (let from = 50; from < 500; from += 50) await ledger.append(batchOf(from));
  expect(ledger.state()).toMatchObject({ trouble: { why: 'disk-full' } });
  expect(ledger.state().inMemory).toBe(ledger.state().waiting);
  rmSync(queueFolderOf(storage));
  pragma(room);
  await vi.waitFor(
    () => expect(ledger.state()).toMatchObject({ trouble: undefined, inMemory: 0 }),
    eventually,
  );
  expect(await idsIn(ledger)).toEqual(ids(500));
});

test('a file that can’t be taken in whole is taken in not at all, and again once there is room', async () => {
  const [one, other] = [await sqliteLedger({ storage, nowMs: () => 1_000, log: quietLog }), storage];
  await one.append(batchOf(0));
  const exported = path.join(other, 'exported.conduit');
  for (let from = 50; from < 500; from += 50) await one.append(batchOf(from));
  await one.exportTo(exported);
  await one.close();
  connections.clear();
  const second = mkdtempSync(path.join(storage, 'second-'));
  const into = await sqliteLedger({ storage: second, nowMs: () => 1_000, log: quietLog });
  noMore();
  await expect(into.importFrom(exported)).rejects.toThrow(/full/);
  expect(await into.readAfter(0)).toEqual([]);
  pragma(room);
  expect(await into.importFrom(exported)).toEqual({ decisions: 500, entries: 500 });
  await into.close();
});
