import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeDailyCopy } from '../../../src/ledger/generations/copies';
import type { SalvageReport } from '../../../src/ledger/generations/salvage-report';
import { copiesFolderOf, copiesIn, mark } from '../../../src/ledger/generations/traces';
import { queueFolderOf } from '../../../src/ledger/queue/queue-file';
import type { SqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { filesOf } from '../../../src/ledger/store/generation-files';
import type { ServedLedger } from '../../../src/ledger/worker/served-ledger';
import { servedLedger } from '../../../src/ledger/worker/served-ledger';
import { attemptWith } from '../../core/samples';
import { localCalendar } from '../../../src/ledger/reservations/local-calendar';
import { decisionEntry } from '../ledger-contract';
import { withTable } from '../raw-rows';
import { damages } from './damages';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const dayMs = 86_400_000;

describe('generations of a ledger', () => {
  let storage: string;
  const reports: SalvageReport[] = [];
  const open: { close(): Promise<void> }[] = [];

  beforeEach(() => {
    storage = mkdtempSync(path.join(tmpdir(), 'conduit-generations-'));
    reports.length = 0;
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    rmSync(storage, { recursive: true, force: true });
  });

  type Options = Partial<Parameters<typeof sqliteLedger>[0]>;

  function own<Ledger extends { close(): Promise<void> }>(ledger: Ledger): Ledger {
    open.push(ledger);
    return ledger;
  }

  const opened = (options: Options = {}): Promise<SqliteLedger> =>
    sqliteLedger({
      storage,
      nowMs: () => 5_000,
      log: quiet,
      onSalvaged: (report) => void reports.push(report),
      ...options,
    });

  const served = (): ServedLedger =>
    own(
      servedLedger({
        open: () => opened(),
        queueFolder: queueFolderOf(storage),
        log: quiet,
        withinMs: 1_000,
      }),
    );

  const idsIn = async (ledger: Pick<SqliteLedger, 'readAfter'>): Promise<readonly string[]> =>
    (await ledger.readAfter(0)).flatMap((entry) => (entry.kind === 'decision' ? [entry.decision.id] : []));

  async function filled(ids: readonly string[]): Promise<void> {
    const ledger = await opened();
    for (const id of ids) await ledger.append([decisionEntry(id)]);
    await ledger.close();
  }

  const ids = Array.from({ length: 60 }, (_, index) => `decision-${String(index)}`);

  test('are left by all windows when one of them finds damage, and what they go on with is the same', async () => {
    const [one, other] = [served(), served()];
    for (const id of ids) await one.append([decisionEntry(id)]);
    await other.timesForgotten();
    const heard = new Promise<void>((resolve) => other.onChange?.(() => resolve()));
    expect(await other.readAfter(0)).toHaveLength(60);
    mark(filesOf(storage, 1), { atMs: 5_000, why: 'of this test' });
    const left = readFileSync(filesOf(storage, 1).database);
    await one.append([decisionEntry('after')]);
    await heard;
    expect(await other.timesForgotten()).toBeGreaterThan(0);
    expect(await idsIn(other)).toEqual([...ids, 'after']);
    expect(reports).toEqual([
      { generation: 1, atMs: 5_000, why: 'of this test', saved: 60, of: 60, fromCopies: 0 },
    ]);
    expect(readFileSync(filesOf(storage, 1).database)).toEqual(left);
  });

  test('give no row to one who asks with a number of the generation before', async () => {
    const ledger = served();
    await ledger.append(ids.map(decisionEntry));
    await ledger.timesForgotten();
    await ledger.readAfter(0);
    mark(filesOf(storage, 1), { atMs: 0, why: 'of this test' });
    await ledger.append([decisionEntry('after')]);
    expect(await ledger.readAfter(30)).toEqual([]);
    await ledger.timesForgotten();
    expect(await ledger.readAfter(30)).toHaveLength(31);
  });

  test('number their rows anew without a gap, and each row keeps where it first was', async () => {
    await filled(ids);
    const firstId = withTable(filesOf(storage, 1).database, (_, database) =>
      String(database.prepare("SELECT value FROM meta WHERE key = 'ledger_id'").get()?.['value']),
    );
    for (const generation of [1, 2]) {
      mark(filesOf(storage, generation), { atMs: 0, why: 'of this test' });
      await (await opened()).close();
    }
    const rows = withTable(filesOf(storage, 3).database, (table) => table.after(0));
    expect(rows.damage).toEqual([]);
    expect(rows.rows.map(({ sequence, origin }) => [sequence, origin])).toEqual(
      ids.map((_, index) => [index + 1, `${firstId}:${String(index + 1)}`]),
    );
  });

  test('don’t bring back what was forgotten: not from the file, its log, a copy, or a generation before', async () => {
    await filled(ids);
    mark(filesOf(storage, 1), { atMs: 0, why: 'of this test' });
    const ledger = await opened();
    await makeDailyCopy(storage, filesOf(storage, 2), 10 * dayMs);
    const gone = ids.filter((_, index) => index % 3 === 0);
    await ledger.forget(gone);
    const everything = readdirSync(storage, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => readFileSync(path.join(each.parentPath, each.name), 'latin1'))
      .join('');
    expect(gone.filter((id) => everything.includes(`${id}"`) || everything.includes(`${id}{`))).toEqual([]);
    await makeDailyCopy(storage, filesOf(storage, 2), 11 * dayMs);
    await ledger.close();
    writeFileSync(filesOf(storage, 2).database, 'spoilt'.repeat(2_000));
    const next = own(await opened());
    expect(await idsIn(next)).toEqual(ids.filter((id) => !gone.includes(id)));
    expect(reports.at(-1)).toMatchObject({ saved: 40, of: 40, fromCopies: 40 });
  });

  test('take from a copy what the file has lost, and the rest from the file', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `decision-${String(index)}`);
    await filled(many);
    await makeDailyCopy(storage, filesOf(storage, 1), dayMs);
    const ledger = await opened();
    await ledger.append(['late-1', 'late-2'].map(decisionEntry));
    await ledger.close();
    const files = filesOf(storage, 1);
    // One in the middle: what came after the copy is in the last.
    damages['a leaf zeroed']({ files, older: '', foreign: '', random: () => 0.5 });
    expect(await idsIn(served())).toEqual([...many, 'late-1', 'late-2']);
    expect(reports.at(-1)?.fromCopies).toBeGreaterThan(0);
  });

  /** As a process leaves its files that is killed, and somebody then takes the database away. */
  async function logAlone(): Promise<Buffer> {
    const { database } = filesOf(storage, 1);
    const ledger = await opened();
    const attempts = ids.map((decisionId) => ({
      kind: 'attempt' as const,
      attempt: attemptWith({ decisionId }),
    }));
    await ledger.append([...ids.map(decisionEntry), ...attempts]);
    const log = readFileSync(`${database}-wal`);
    await ledger.close();
    rmSync(database);
    writeFileSync(`${database}-wal`, log);
    return log;
  }

  test('take what the log has where the file is gone', async () => {
    await logAlone();
    expect(await idsIn(served())).toEqual(ids);
    expect(reports).toMatchObject([{ saved: 2 * ids.length, of: 2 * ids.length }]);
  });

  test('don’t put a new file beside the log of one that is gone, of which nothing says any more what it was', async () => {
    const log = await logAlone();
    rmSync(filesOf(storage, 1).last);
    const ledger = served();
    expect(await idsIn(ledger)).toEqual([]);
    await ledger.append([decisionEntry('new')]);
    expect(await idsIn(ledger)).toEqual(['new']);
    expect(reports).toMatchObject([{ generation: 1, saved: 0 }]);
    expect(readFileSync(`${filesOf(storage, 1).database}-wal`).equals(log)).toBe(true);
  });

  test('write a window’s numbered appends once, also one that is asked for again of the next', async () => {
    const ledger = served();
    const append = { number: 1, atMs: 5_000, entries: [decisionEntry('once')] };
    await ledger.take('a-window', [append]);
    mark(filesOf(storage, 1), { atMs: 0, why: 'of this test' });
    expect(await ledger.take('a-window', [append])).toMatchObject([
      { sequence: 1, decision: { id: 'once' } },
    ]);
    expect(await idsIn(ledger)).toEqual(['once']);
  });

  test('go on with what was spent, allowed and reserved, and with the breakers', async () => {
    const ledger = await opened();
    const day = `day:${localCalendar.dayOf(5_000)}/all`;
    await ledger.append([decisionEntry('a'), { kind: 'attempt', attempt: attemptWith({ decisionId: 'a' }) }]);
    await ledger.reservations.allow('day:another/all');
    const reserving = { decisionId: 'b', leastUsd: 1, mostUsd: 2, caps: [], lastsMs: 60_000 };
    await ledger.reservations.reserve({ ...reserving, id: 'r', scopes: [day] });
    await ledger.breakers.open('strong', 'refuses', 60_000, 'a-window');
    const money = await ledger.reservations.look([day, 'day:another/all']);
    expect(money.scopes[0]?.spentUsd).toBeGreaterThan(0);
    expect(money.scopes[0]?.reservedUsd).toBe(2);
    const breakers = await ledger.breakers.read();
    await ledger.close();
    mark(filesOf(storage, 1), { atMs: 0, why: 'of this test' });
    const next = own(await opened());
    expect((await next.reservations.look([day, 'day:another/all'])).scopes).toEqual(money.scopes);
    expect(await next.breakers.read()).toEqual(breakers);
  });

  test('count what was spent anew where that is lost', async () => {
    const ledger = await opened({ nowMs: () => 5_000 });
    const day = `day:${localCalendar.dayOf(5_000)}/all`;
    await ledger.append([decisionEntry('a'), { kind: 'attempt', attempt: attemptWith({ decisionId: 'a' }) }]);
    const money = await ledger.reservations.look([day]);
    await ledger.close();
    const raw = new DatabaseSync(filesOf(storage, 1).database);
    raw.exec('DROP TABLE spent');
    raw.close();
    mark(filesOf(storage, 1), { atMs: 0, why: 'of this test' });
    const next = own(await opened());
    expect((await next.reservations.look([day])).scopes).toEqual(money.scopes);
  });

  test('are read and not written while they are looked through', async () => {
    await filled(ids);
    const check = Promise.withResolvers<string | undefined>();
    const ledger = own(await opened({ check: () => ({ isSoon: true, wrong: check.promise }) }));
    expect(await ledger.readAfter(0)).toHaveLength(60);
    await expect(ledger.append([decisionEntry('a')])).rejects.toThrow(/looked through/);
    expect(await ledger.reservations.look(['day:2026-12-01/all'])).toMatchObject({ windows: 1 });
    check.resolve(undefined);
    await check.promise;
    await new Promise((resolve) => void setImmediate(resolve));
    expect(await ledger.append([decisionEntry('a')])).toHaveLength(1);
  });

  test('are written to by who comes while they are looked through, if that takes no time', async () => {
    await filled(ids);
    const check = Promise.withResolvers<undefined>();
    const ledger = own(
      servedLedger({
        open: () => opened({ check: () => ({ isSoon: true, wrong: check.promise }) }),
        queueFolder: queueFolderOf(storage),
        log: quiet,
        withinMs: 1_000,
      }),
    );
    const appended = ledger.append([decisionEntry('a')]);
    await ledger.timesForgotten();
    check.resolve(undefined);
    expect(await appended).toHaveLength(1);
  });

  test('are not waited for where looking them through takes long', async () => {
    await filled(ids);
    const check = Promise.withResolvers<undefined>();
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const ledger = own(
      servedLedger({
        open: () => opened({ check: () => ({ isSoon: false, wrong: check.promise }) }),
        queueFolder: queueFolderOf(storage),
        log: quiet,
        withinMs: 1_000,
      }),
    );
    // No timer is over here: who waited for a moment would wait for good.
    await expect(ledger.append([decisionEntry('a')])).rejects.toThrow(/looked through/);
    vi.useRealTimers();
    check.resolve(undefined);
    await check.promise;
    await new Promise((resolve) => void setImmediate(resolve));
    expect(await ledger.append([decisionEntry('a')])).toHaveLength(1);
  });

  test('are left where what looks them through finds something', async () => {
    await filled(ids);
    const before = readFileSync(filesOf(storage, 1).database);
    const ledger = own(
      await opened({
        check: () => ({ isSoon: true, wrong: Promise.resolve('wrong number of rows in index') }),
      }),
    );
    await new Promise((resolve) => void setImmediate(resolve));
    await expect(ledger.append([decisionEntry('a')])).rejects.toThrow(/damaged/);
    const next = own(await opened());
    await next.append([decisionEntry('a')]);
    expect(await idsIn(next)).toEqual([...ids, 'a']);
    expect(readFileSync(filesOf(storage, 1).database)).toEqual(before);
    expect(reports[0]?.why).toBe('wrong number of rows in index');
  });

  test('begin with what can be read of a damaged conduit.db, which stays as it is', async () => {
    const first = path.join(storage, 'conduit.db');
    const database = new DatabaseSync(first);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA user_version = 1;
      CREATE TABLE entry (sequence INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, kind TEXT NOT NULL,
        decision_id TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
      CREATE INDEX entry_of_decision ON entry (decision_id)`);
    const insert = database.prepare(
      'INSERT INTO entry (at_ms, kind, decision_id, payload) VALUES (7, ?, ?, ?)',
    );
    for (const id of ids) insert.run('decision', id, JSON.stringify(decisionEntry(id)));
    database.close();
    damages['a leaf zeroed']({
      files: { ...filesOf(storage, 1), database: first },
      older: '',
      foreign: '',
      random: () => 0.5,
    });
    const before = readFileSync(first);
    const ledger = own(await opened());
    const read = await idsIn(ledger);
    expect(read.length).toBeGreaterThan(40);
    expect(read).toEqual(ids.filter((id) => read.includes(id)));
    expect(reports).toMatchObject([{ saved: read.length, of: undefined }]);
    expect(readFileSync(first)).toEqual(before);
    await ledger.append([decisionEntry('after')]);
  });

  test('are copied once a day, into files for the user alone, of which two are kept', async () => {
    await filled(ids);
    for (const atMs of [dayMs, dayMs + 1_000, 2 * dayMs, 3 * dayMs]) {
      expect(await makeDailyCopy(storage, filesOf(storage, 1), atMs)).toBeUndefined();
    }
    const copies = copiesIn(storage, 1);
    expect(copies.map(({ atMs }) => atMs)).toEqual([3 * dayMs, 2 * dayMs]);
    expect(readdirSync(copiesFolderOf(storage))).toHaveLength(2);
    for (const { file } of copies) expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(copiesFolderOf(storage)).mode & 0o077).toBe(0);
  });

  test('that hold an altered row are found by the copy, which then doesn’t take the place of a good one', async () => {
    await filled(ids);
    await makeDailyCopy(storage, filesOf(storage, 1), dayMs);
    const { database } = filesOf(storage, 1);
    const bytes = readFileSync(database);
    bytes[bytes.lastIndexOf('everyday-question')] = 'k'.charCodeAt(0);
    writeFileSync(database, bytes);
    expect(await makeDailyCopy(storage, filesOf(storage, 1), 2 * dayMs)).toMatch(/entry \d+ was altered/);
    expect(copiesIn(storage, 1).map(({ atMs }) => atMs)).toEqual([dayMs]);
  });

  test('are refused where the folder can’t be written, and nothing is made of them', async () => {
    await filled(ids);
    writeFileSync(filesOf(storage, 1).database, 'spoilt'.repeat(2_000));
    const next = filesOf(storage, 2).database;
    await expect(
      opened({ makeNext: () => Promise.reject(new Error('no room on the disk')) }),
    ).rejects.toThrow(/no room on the disk/);
    expect(existsSync(next)).toBe(false);
  });
});
