import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { BreakerBoard } from '../../../src/core/terms/breaker-board';
import { inTransaction } from '../../../src/ledger/store/ledger-database';
import { memoryBreakers } from '../../../src/ledger/breakers/memory-breakers';
import { breakerTable } from '../../../src/ledger/breakers/schema';
import { sqliteBreakers } from '../../../src/ledger/breakers/sqlite-breakers';
import { breakersContract } from './breakers-contract';

const boardOf = (database: DatabaseSync, nowMs: () => number): BreakerBoard =>
  sqliteBreakers({ database, inTransaction: (work) => inTransaction(database, work), nowMs });

breakersContract('memory', (nowMs) => {
  const board = memoryBreakers(nowMs);
  return { one: board, other: board, close: () => undefined };
});

breakersContract('SQLite', (nowMs) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakers-'));
  const databases = [0, 1].map(() => new DatabaseSync(path.join(folder, 'ledger.db'), { timeout: 5_000 }));
  const [one, other] = databases;
  if (one === undefined || other === undefined) throw new Error('There are two.');
  one.exec(`PRAGMA journal_mode = WAL; ${breakerTable}`);
  return {
    one: boardOf(one, nowMs),
    other: boardOf(other, nowMs),
    close: () => {
      for (const database of databases) database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

test('a row that a version to come wrote is left out, and can be overwritten', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec(breakerTable);
  database.exec("INSERT INTO breaker VALUES ('a', 'ajar', 0, NULL, 'later', 7)");
  const board = boardOf(database, () => 0);
  expect(await board.read()).toEqual([]);
  await board.open('a', 'down', 1_000, 'one');
  expect(await board.read()).toMatchObject([{ state: 'open', version: 8 }]);
});
