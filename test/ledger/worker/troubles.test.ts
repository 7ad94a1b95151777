import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { queueFolderOf } from '../../../src/ledger/queue/queue-file';
import { lineOf } from '../../../src/ledger/queue/queue-lines';
import { lockProcess } from '../../../src/ledger/process-lock';
import { attemptWith } from '../../core/samples';
import { decisionEntry } from '../ledger-contract';
import type { WindowLedger } from './open-ledger';
import { windowLedger } from './open-ledger';
import { workerBundle } from './worker-bundle';

const attempt = (decisionId: string): LedgerEntry => ({
  kind: 'attempt',
  attempt: attemptWith({ decisionId }),
});
const eventually = { timeout: 20_000, interval: 20 };

describe('a window’s ledger', () => {
  let bundle: string;
  let folder: string;
  const windows: WindowLedger[] = [];

  beforeAll(async () => {
    bundle = await workerBundle();
  }, 120_000);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'conduit-troubles-'));
  });

  afterEach(async () => {
    await Promise.all(windows.splice(0).map((each) => each.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  function open(patienceMs = 20_000): WindowLedger {
    const opened = windowLedger(folder, bundle, { patienceMs });
    windows.push(opened);
    return opened;
  }

  /** The ids of all decisions, and the kinds of what there is of each, as another window reads them. */
  async function recorded(): Promise<readonly string[]> {
    const entries = await open().ledger.readAfter(0);
    return entries.map((entry) => `${entry.kind} ${'decision' in entry ? entry.decision.id : ''}`.trim());
  }

  const ledgerFile = (): string => path.join(folder, 'ledger', 'ledger-1.db');

  test('has each entry once, however often its worker dies meanwhile', async () => {
    const { ledger, run } = open();
    const ids = Array.from({ length: 30 }, (_, index) => String(index));
    const appended = ids.map((id) => ledger.append([decisionEntry(id), attempt(id)]));
    for (const id of ids) {
      await ledger.readDecision(id);
      if (Number(id) % 6 === 5) await run()?.terminate();
    }
    const stored = (await Promise.all(appended)).flat();
    expect(stored).toHaveLength(60);
    await vi.waitFor(() => expect(ledger.state().waiting).toBe(0), eventually);
    expect(await recorded()).toEqual(ids.flatMap((id) => [`decision ${id}`, 'attempt']));
  });

  test('takes entries while another process holds the lock, counts them, and has them in the file afterwards', async () => {
    const { ledger } = open(400);
    await vi.waitFor(async () => expect(await ledger.timesForgotten()).toBe(0), eventually);
    const other = new DatabaseSync(ledgerFile());
    other.exec('BEGIN IMMEDIATE');
    await ledger.append([decisionEntry('a')]);
    await ledger.append([attempt('a')]);
    expect(ledger.waiting().map(({ kind }) => kind)).toEqual(['decision', 'attempt']);
    expect((await ledger.readDecision('a')).map(({ kind }) => kind)).toEqual(['decision', 'attempt']);
    expect(readdirSync(queueFolderOf(folder)).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1);
    other.exec('ROLLBACK');
    other.close();
    await vi.waitFor(
      () => expect(ledger.state()).toMatchObject({ waiting: 0, trouble: undefined }),
      eventually,
    );
    expect(await recorded()).toEqual(['decision a', 'attempt']);
    const last = (await ledger.readAfter(0)).at(-1)?.sequence ?? 0;
    await ledger.readAfter(last);
    expect(ledger.waiting()).toEqual([]);
    expect(readdirSync(queueFolderOf(folder)).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  });

  test('writes what a window that is gone has left, once, without its torn line, and leaves a living one’s alone', async () => {
    const queues = queueFolderOf(folder);
    mkdirSync(queues, { recursive: true });
    const lines = ['a', 'b'].map((id, index) =>
      lineOf({ number: index + 1, atMs: 7, entries: [decisionEntry(id)] }),
    );
    writeFileSync(path.join(queues, 'gone.jsonl'), `${lines.join('')}${lines[0]?.slice(0, 40) ?? ''}`);
    writeFileSync(
      path.join(queues, 'alive.jsonl'),
      lineOf({ number: 1, atMs: 8, entries: [decisionEntry('c')] }),
    );
    const alive = await lockProcess(path.join(queues, 'alive.lock'));
    const { ledger } = open();
    await ledger.append([decisionEntry('own')]);
    await vi.waitFor(async () => expect(await ledger.readAfter(0)).toHaveLength(3), eventually);
    const entries = await ledger.readAfter(0);
    expect(entries.find((entry) => entry.kind === 'decision' && entry.decision.id === 'b')?.atMs).toBe(7);
    await ledger.timesForgotten();
    expect(ledger.waiting().map(({ atMs }) => atMs)).toEqual([8]);
    expect(readdirSync(queues).toSorted()).toEqual(['alive.jsonl', 'alive.lock']);
    alive?.release();
    expect((await recorded()).toSorted()).toEqual(['decision a', 'decision b', 'decision own']);
  });

  test('works from memory where a file stands in its folder’s place, and writes all once that is gone', async () => {
    writeFileSync(path.join(folder, 'ledger'), 'in the way');
    const { ledger } = open();
    expect(await ledger.timesForgotten()).toBe(-1);
    await ledger.append([decisionEntry('a')]);
    await ledger.append([attempt('a')]);
    expect((await ledger.readAfter(0)).map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'decision'],
      [2, 'attempt'],
    ]);
    expect((await ledger.readAfter(1)).map(({ kind }) => kind)).toEqual(['attempt']);
    expect(ledger.state()).toMatchObject({ trouble: { why: 'missing' }, inMemory: 2 });
    rmSync(path.join(folder, 'ledger'));
    await vi.waitFor(() => expect(ledger.state().waiting).toBe(0), eventually);
    expect(await ledger.timesForgotten()).toBe(0);
    expect((await ledger.readAfter(0)).map(({ kind }) => kind)).toEqual(['decision', 'attempt']);
    expect(await recorded()).toEqual(['decision a', 'attempt']);
  });

  test('goes on in a file of another name where a directory stands in its file’s place', async () => {
    mkdirSync(ledgerFile(), { recursive: true });
    const { ledger } = open();
    await ledger.append([decisionEntry('a')]);
    await vi.waitFor(() => expect(ledger.state().waiting).toBe(0), eventually);
    expect(await ledger.readDecision('a')).toHaveLength(1);
    expect(readdirSync(ledgerFile())).toEqual([]);
    expect(await recorded()).toEqual(['decision a']);
  });

  test('goes on in a new file where its file is taken away while it is open', async () => {
    const { ledger } = open();
    await ledger.append([decisionEntry('before')]);
    for (const end of ['', '-wal', '-shm']) renameSync(`${ledgerFile()}${end}`, `${ledgerFile()}${end}.away`);
    await ledger.append([decisionEntry('after')]);
    await vi.waitFor(() => expect(ledger.state().waiting).toBe(0), eventually);
    expect(await recorded()).toContain('decision after');
  });

  test('takes entries for a ledger of a newer version, and keeps them until it may write', async () => {
    const first = open();
    await first.ledger.append([decisionEntry('a')]);
    await first.close();
    const raw = new DatabaseSync(ledgerFile());
    const version = Number(raw.prepare('PRAGMA user_version').get()?.['user_version']);
    raw.exec(`PRAGMA user_version = ${String(version + 1)}`);
    raw.close();
    const { ledger, states } = open();
    await ledger.append([decisionEntry('b')]);
    expect(states.at(-1)).toMatchObject({ trouble: { why: 'newer' }, waiting: 1, inMemory: 0 });
  });

  test('tells of what another window wrote', async () => {
    const [one, other] = [open(), open()];
    const told = vi.fn();
    await one.ledger.readAfter(0);
    one.ledger.onChange(told);
    await one.ledger.readAfter(0);
    await other.ledger.append([decisionEntry('a')]);
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), eventually);
    expect(await one.ledger.readAfter(0)).toHaveLength(1);
  });

  test('empties the log of its writes when it closes', async () => {
    const { ledger, close } = open();
    await ledger.append([decisionEntry('a')]);
    await close();
    expect(readdirSync(path.join(folder, 'ledger')).filter((name) => name.endsWith('-wal'))).toEqual([]);
  });
});
