import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledgerStatus } from '../../src/ledger/ledger-status';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { filesOf, ledgerFolderOf } from '../../src/ledger/store/generation-files';
import { schemaVersion } from '../../src/ledger/store/schema';
import { decisionWith } from '../core/samples';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-status-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('counts what is in the file, while a window has it open', async () => {
  const ledger = await sqliteLedger({ storage: folder, nowMs: () => 0, log: quiet });
  await ledger.append([
    { kind: 'decision', decision: decisionWith({ id: 'a' }) },
    { kind: 'decision', decision: decisionWith({ id: 'b' }) },
  ]);
  const status = await ledgerStatus(folder);
  const file = filesOf(folder, 1).database;
  expect(status).toMatchObject({ path: file, entries: 2, schema: schemaVersion });
  expect(status.bytes).toBeGreaterThan(1_000);
  await ledger.close();
});

test('says the schema of a file that this version can’t use', async () => {
  const storage = path.join(folder, 'newer');
  mkdirSync(ledgerFolderOf(storage), { recursive: true });
  const database = new DatabaseSync(filesOf(storage, 1).database);
  database.exec('CREATE TABLE entry (sequence INTEGER); PRAGMA user_version = 99');
  database.close();
  expect((await ledgerStatus(storage)).schema).toBe(99);
});

test('makes no file where there is none', async () => {
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  await expect(ledgerStatus(empty)).rejects.toThrow(/no ledger/);
  expect(readdirSync(empty)).toEqual([]);
});
