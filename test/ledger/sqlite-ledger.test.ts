import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/core/ports';
import { migrations } from '../../src/ledger/migrations';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { decisionEntry, ledgerContract } from './ledger-contract';

const warnings: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => void warnings.push(message),
  error: () => undefined,
};

function openAt(file: string): Promise<Ledger> {
  return sqliteLedger({ path: file, nowMs: Date.now, log });
}

ledgerContract('SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-ledger-'));
  return Promise.resolve({
    open: () => openAt(path.join(folder, 'conduit.db')),
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
});

describe('the SQLite file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'conduit-ledger-'));
    file = path.join(folder, 'conduit.db');
    warnings.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is in WAL mode and says its schema version', async () => {
    await (await openAt(file)).close();
    const raw = new DatabaseSync(file);
    expect(raw.prepare('PRAGMA journal_mode').get()?.['journal_mode']).toBe('wal');
    expect(raw.prepare('PRAGMA user_version').get()?.['user_version']).toBe(migrations.length);
    raw.close();
  });

  test('is append-only for everybody', async () => {
    const ledger = await openAt(file);
    await ledger.append([decisionEntry('a')]);
    await ledger.close();
    const raw = new DatabaseSync(file);
    expect(() => raw.exec("UPDATE entry SET payload = '{}'")).toThrow(/append-only/);
    expect(() => raw.exec('DELETE FROM entry')).toThrow(/append-only/);
    raw.close();
  });

  test('windows that open it for the first time at once migrate it once', async () => {
    const ledgers = await Promise.all(Array.from({ length: 8 }, () => openAt(file)));
    await Promise.all(ledgers.map((ledger, index) => ledger.append([decisionEntry(String(index))])));
    expect(await ledgers[0]?.readAfter(0)).toHaveLength(8);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });

  test('of a newer version is refused with the way out, and not touched', async () => {
    const raw = new DatabaseSync(file);
    raw.exec(`PRAGMA user_version = ${String(migrations.length + 1)}`);
    raw.close();
    await expect(openAt(file)).rejects.toThrow(/conduit\.db.*newer Conduit.*Update Conduit/);
    const again = new DatabaseSync(file);
    expect(again.prepare('PRAGMA user_version').get()?.['user_version']).toBe(migrations.length + 1);
    expect(again.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']).toBe(0);
    again.close();
  });

  test('that is no database gives an error that names it', async () => {
    writeFileSync(file, 'this is not a database, but it is long enough to be looked at as one'.repeat(50));
    await expect(openAt(file)).rejects.toThrow(/conduit\.db could not be used: .*not a database/);
  });

  test('with rows that nobody understands is read all the same, and says how many were left out', async () => {
    const ledger = await openAt(file);
    await ledger.append([decisionEntry('a')]);
    const raw = new DatabaseSync(file);
    const insert = raw.prepare(
      "INSERT INTO entry (at_ms, kind, decision_id, payload) VALUES (0, 'attempt', 'a', ?)",
    );
    for (const payload of ['not json', '{}', '{"kind":"attempt","attempt":{"decisionId":7}}'])
      insert.run(payload);
    raw.close();
    await ledger.append([decisionEntry('b')]);
    expect((await ledger.readAfter(0)).map(({ kind }) => kind)).toEqual(['decision', 'decision']);
    expect(warnings).toEqual([expect.stringContaining('3 rows could not be read')]);
    await ledger.close();
  });

  test('keeps what it acknowledged when the process is killed in the middle of writing', async () => {
    await (await openAt(file)).close();
    const script = `
      const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(${JSON.stringify(file)}, { timeout: 5000 });
      database.exec('PRAGMA synchronous = FULL');
      const insert = database.prepare("INSERT INTO entry (at_ms, kind, decision_id, payload) VALUES (?, 'decision', ?, ?)");
      const payload = process.argv[1];
      for (let index = 0; ; index += 1) {
        database.exec('BEGIN IMMEDIATE');
        insert.run(index, String(index), payload);
        database.exec('COMMIT');
        process.stdout.write(index + '\\n');
      }`;
    const child = spawn(process.execPath, ['-e', script, JSON.stringify(decisionEntry('killed'))]);
    let acknowledged = -1;
    await new Promise<void>((resolve) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const lines = output.split('\n');
        output = lines.pop() ?? '';
        acknowledged = Math.max(acknowledged, ...lines.map(Number));
        if (acknowledged >= 50) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    const ledger = await openAt(file);
    const entries = await ledger.readAfter(0);
    expect(entries.length).toBeGreaterThanOrEqual(acknowledged + 1);
    await ledger.append([decisionEntry('after')]);
    expect(await ledger.readAfter(entries.length)).toHaveLength(1);
    await ledger.close();
  });
});
