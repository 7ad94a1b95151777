import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledgerStatus } from '../../src/ledger/ledger-status';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
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
  const file = path.join(folder, 'conduit.db');
  const ledger = await sqliteLedger({ path: file, nowMs: () => 0, log: quiet });
  await ledger.append([
    { kind: 'decision', decision: decisionWith({ id: 'a' }) },
    { kind: 'decision', decision: decisionWith({ id: 'b' }) },
  ]);
  const status = await ledgerStatus(file);
  expect(status).toMatchObject({ path: file, entries: 2, schema: 1 });
  expect(status.bytes).toBeGreaterThan(1_000);
  await ledger.close();
});

test('says the schema of a file that this version can’t use', async () => {
  const file = path.join(folder, 'newer.db');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE entry (sequence INTEGER); PRAGMA user_version = 99');
  database.close();
  expect((await ledgerStatus(file)).schema).toBe(99);
});

test('makes no file where there is none', async () => {
  const file = path.join(folder, 'none.db');
  await expect(ledgerStatus(file)).rejects.toThrow();
  expect(existsSync(file)).toBe(false);
});
