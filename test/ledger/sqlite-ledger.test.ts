import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/core/terms/ports';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { filesOf, ledgerFolderOf } from '../../src/ledger/store/generation-files';
import type { LedgerDamage } from '../../src/ledger/store/ledger-damage';
import { schemaVersion } from '../../src/ledger/store/schema';
import { decisionWith } from '../core/samples';
import { decisionEntry, ledgerContract } from './ledger-contract';
import { appendRaw, withTable } from './raw-rows';
import { spawnAppending } from './spawn-appending';

const warnings: string[] = [];
const damage: LedgerDamage[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => void warnings.push(message),
  error: () => undefined,
};

function openIn(storage: string): Promise<Ledger> {
  return sqliteLedger({ storage, nowMs: Date.now, log, onDamage: (found) => void damage.push(found) });
}

ledgerContract('SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-ledger-'));
  return Promise.resolve({
    open: () => openIn(folder),
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
});

describe('the SQLite file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'conduit-ledger-'));
    file = filesOf(folder, 1).database;
    warnings.length = 0;
    damage.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is in WAL mode and says its schema version', async () => {
    await (await openIn(folder)).close();
    const raw = new DatabaseSync(file);
    expect(raw.prepare('PRAGMA journal_mode').get()?.['journal_mode']).toBe('wal');
    expect(raw.prepare('PRAGMA user_version').get()?.['user_version']).toBe(schemaVersion);
    raw.close();
  });

  test('is append-only for everybody', async () => {
    const ledger = await openIn(folder);
    await ledger.append([decisionEntry('a')]);
    await ledger.close();
    const raw = new DatabaseSync(file);
    expect(() => raw.exec("UPDATE entry SET payload = '{}'")).toThrow(/append-only/);
    expect(() => raw.exec('DELETE FROM entry')).toThrow(/append-only/);
    raw.close();
  });

  test('deletes for nobody who doesn’t say that it forgets, not even after something was forgotten', async () => {
    const ledger = await openIn(folder);
    await ledger.append([decisionEntry('a'), decisionEntry('b')]);
    await ledger.forget(['a']);
    await ledger.close();
    const raw = new DatabaseSync(file);
    expect(() => raw.exec('DELETE FROM entry')).toThrow(/append-only/);
    raw.close();
  });

  /** Everything that the database keeps on the disk. */
  const onDisk = (): string =>
    readdirSync(ledgerFolderOf(folder))
      .map((name) => readFileSync(path.join(ledgerFolderOf(folder), name), 'latin1'))
      .join('');

  test.each([false, true])(
    'holds no byte of what was forgotten, while another window has it open (everything: %s)',
    async (everything) => {
      const [ledger, other] = [await openIn(folder), await openIn(folder)];
      const ids = Array.from({ length: 400 }, (_, index) => `decision-${String(index).padStart(4, '0')}`);
      // In an order in which pages of the index are split again and again.
      const mixed = ids.toSorted((one, another) => one.slice(-2).localeCompare(another.slice(-2)));
      for (const id of mixed)
        await ledger.append([
          { kind: 'decision', decision: decisionWith({ id, conversationId: `of-${id}` }) },
        ]);
      await other.readAfter(0);
      expect(onDisk()).toContain('of-decision-0123');
      const gone = ids.slice(0, 300);
      await ledger.forget(everything ? 'everything' : gone);
      const left = onDisk();
      expect(gone.filter((id) => left.includes(id))).toEqual([]);
      expect((await other.readAfter(0)).length).toBe(everything ? 0 : 100);
      expect(ids.slice(300).filter((id) => left.includes(id))).toHaveLength(everything ? 0 : 100);
      expect(warnings).toEqual([]);
      await ledger.close();
      await other.close();
    },
  );

  test('also forgets rows that nobody understands, where everything is to go', async () => {
    const ledger = await openIn(folder);
    appendRaw(file, 'attempt', 'x', ['of-tomorrow']);
    expect(await ledger.forget('everything')).toBe(0);
    expect(onDisk()).not.toContain('of-tomorrow');
    await ledger.close();
  });

  test('windows that open it for the first time at once migrate it once', async () => {
    const ledgers = await Promise.all(Array.from({ length: 8 }, () => openIn(folder)));
    await Promise.all(ledgers.map((ledger, index) => ledger.append([decisionEntry(String(index))])));
    expect(await ledgers[0]?.readAfter(0)).toHaveLength(8);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });

  test('of a newer version is read, takes nothing with the way out, and is not touched', async () => {
    const writer = await openIn(folder);
    await writer.append([decisionEntry('a')]);
    await writer.close();
    withTable(file, (_table, raw) => raw.exec(`PRAGMA user_version = ${String(schemaVersion + 1)}`));
    const before = readFileSync(file);
    const ledger = await openIn(folder);
    expect(await ledger.readAfter(0)).toHaveLength(1);
    await expect(ledger.append([decisionEntry('b')])).rejects.toThrow(
      /ledger-1\.db.*newer Conduit.*Update Conduit/,
    );
    await expect(ledger.forget('everything')).rejects.toThrow(/newer Conduit/);
    await ledger.close();
    expect(readFileSync(file)).toEqual(before);
  });

  test('that a newer window brings up to date takes nothing more from a window that has it open', async () => {
    const ledger = await openIn(folder);
    await ledger.append([decisionEntry('a')]);
    withTable(file, (_table, raw) => raw.exec(`PRAGMA user_version = ${String(schemaVersion + 1)}`));
    await expect(ledger.append([decisionEntry('b')])).rejects.toThrow(/newer Conduit.*Update Conduit/);
    expect(await ledger.readAfter(0)).toHaveLength(1);
    await ledger.close();
  });

  test('that is no database gives an error that names it', async () => {
    mkdirSync(ledgerFolderOf(folder));
    writeFileSync(file, 'this is not a database, but it is long enough to be looked at as one'.repeat(50));
    await expect(openIn(folder)).rejects.toThrow(/ledger-1\.db could not be used: .*not a database/);
  });

  test('with rows that nobody understands is read all the same, and says how many were left out', async () => {
    const ledger = await openIn(folder);
    await ledger.append([decisionEntry('a')]);
    appendRaw(file, 'attempt', 'a', ['not json', '{}', '{"kind":"attempt","attempt":{"decisionId":7}}']);
    await ledger.append([decisionEntry('b')]);
    expect((await ledger.readAfter(0)).map(({ kind }) => kind)).toEqual(['decision', 'decision']);
    expect(warnings).toEqual([expect.stringContaining('3 rows could not be read')]);
    await ledger.close();
  });

  test('keeps a thumb whose reason only a newer version knows, and leaves out signals that it doesn’t know', async () => {
    const ledger = await openIn(folder);
    const signals = [
      { kind: 'rating', thumb: 'down', reason: 'of-tomorrow' },
      { kind: 'of-tomorrow' },
      { kind: 'rating', thumb: 'down', reason: 'wrong' },
      { kind: 'retried-elsewhere' },
    ];
    const payloads = signals.map((s) => JSON.stringify({ d: 'strong', s }));
    appendRaw(file, 'observation', 'a', payloads);
    const read = await ledger.readAfter(0);
    expect(read.map((entry) => entry.kind === 'observation' && entry.observation.signal)).toEqual([
      { kind: 'rating', thumb: 'down' },
      { kind: 'rating', thumb: 'down', reason: 'wrong' },
      { kind: 'retried-elsewhere' },
    ]);
    expect(warnings).toEqual([expect.stringContaining('1 rows could not be read')]);
    await ledger.close();
  });

  test('keeps what it acknowledged, and no half of a call, when the process is killed while writing', async () => {
    const writer = spawnAppending(folder, 'killed', 1_000_000, (index, process) => {
      if (index >= 50) process.kill();
    });
    expect(await writer.ended).toBeNull();
    const ledger = await openIn(folder);
    const entries = await ledger.readAfter(0);
    const decisions = entries.filter(({ kind }) => kind === 'decision');
    expect(decisions.length).toBeGreaterThanOrEqual(writer.acknowledged() + 1);
    expect(entries).toHaveLength(2 * decisions.length);
    await ledger.append([decisionEntry('after')]);
    expect(await ledger.readAfter(entries.length)).toHaveLength(1);
    await ledger.close();
  }, 20_000);

  test('takes the entries of processes that open it for the first time and write at once', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const pairs = 40;
    await Promise.all(names.map((name) => spawnAppending(folder, name, pairs).ended));
    const ledger = await openIn(folder);
    const entries = await ledger.readAfter(0);
    expect(entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 2 * pairs * names.length }, (_, index) => index + 1),
    );
    for (const name of names) {
      const own = entries.flatMap((entry) =>
        entry.kind === 'decision' && entry.decision.id.startsWith(`${name}-`) ? [entry] : [],
      );
      expect(own.map(({ decision }) => decision.id)).toEqual(
        Array.from({ length: pairs }, (_, index) => `${name}-${String(index)}`),
      );
      for (const { decision, sequence } of own)
        expect(entries[sequence]).toMatchObject({ kind: 'attempt', attempt: { decisionId: decision.id } });
    }
    await ledger.close();
  }, 20_000);

  test('that is damaged inside gives an error that names it', async () => {
    const ledger = await openIn(folder);
    for (let index = 0; index < 50; index += 1) await ledger.append([decisionEntry(String(index))]);
    await ledger.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 4_096));
    await expect(openIn(folder).then((opened) => opened.readAfter(0))).rejects.toThrow(
      /ledger-1\.db could not be used/,
    );
  });

  test('of another program, with a schema version by chance, gives an error that names it', async () => {
    mkdirSync(ledgerFolderOf(folder));
    const raw = new DatabaseSync(file);
    raw.exec(`CREATE TABLE theirs (id INTEGER); PRAGMA user_version = ${String(schemaVersion)}`);
    raw.close();
    await expect(openIn(folder)).rejects.toThrow(/ledger-1\.db could not be used: no such table/);
  });

  test('takes no entry that it could not read back', async () => {
    const ledger = await openIn(folder);
    const entry = { kind: 'decision', decision: decisionWith({ features: [1, Number.NaN] }) } as const;
    await expect(ledger.append([decisionEntry('a'), entry])).rejects.toThrow(/could not be read back/);
    expect(await ledger.readAfter(0)).toEqual([]);
    await ledger.close();
  });
});
