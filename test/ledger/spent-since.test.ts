import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spentSince } from '../../src/ledger/spent-since';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { attemptWith, decisionWith } from '../core/samples';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const hourMs = 3_600_000;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-spent-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test('sums what was recorded since a moment, while a window has the file open', async () => {
  let nowMs = 0;
  const ledger = await sqliteLedger({ storage: folder, nowMs: () => nowMs, log: quiet });
  for (const [hour, usd] of [
    [1, 0.5],
    [5, 0.25],
    [6, undefined],
    [7, 0.125],
  ] as const) {
    nowMs = hour * hourMs;
    const decision = decisionWith({ id: `of ${String(hour)}` });
    const cost = usd === undefined ? ({ kind: 'unknown' } as const) : ({ kind: 'exact', usd } as const);
    const { receipt } = attemptWith();
    await ledger.append([
      { kind: 'decision', decision },
      { kind: 'attempt', attempt: attemptWith({ decisionId: decision.id, receipt: { ...receipt, cost } }) },
    ]);
  }
  expect(await spentSince(folder, 5 * hourMs, nowMs)).toMatchObject({ usd: 0.375, unknownAttempts: 1 });
  expect(await spentSince(folder, 0, nowMs)).toMatchObject({ usd: 0.875, unknownAttempts: 1 });
  expect(await spentSince(folder, 8 * hourMs, nowMs)).toMatchObject({ usd: 0, unknownAttempts: 0 });
  await ledger.close();
});

test('finds what was spent before thousands of older rows, as an import brings them', async () => {
  const storage = path.join(folder, 'imported');
  mkdirSync(storage);
  let nowMs = 30 * hourMs;
  const ledger = await sqliteLedger({ storage, nowMs: () => nowMs, log: quiet });
  const cost = { kind: 'exact', usd: 0.5 } as const;
  const attempt = attemptWith({ decisionId: 'today', receipt: { ...attemptWith().receipt, cost } });
  await ledger.append([
    { kind: 'decision', decision: decisionWith({ id: 'today' }) },
    { kind: 'attempt', attempt },
  ]);
  nowMs = hourMs;
  const old = Array.from({ length: 6_000 }, (_, number) => decisionWith({ id: `old ${String(number)}` }));
  await ledger.append(old.map((decision) => ({ kind: 'decision', decision }) as const));
  expect(await spentSince(storage, 24 * hourMs, 31 * hourMs)).toMatchObject({ usd: 0.5 });
  await ledger.close();
});

test('makes no file where there is none', async () => {
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  await expect(spentSince(empty, 0, 0)).rejects.toThrow(/no ledger/);
  expect(readdirSync(empty)).toEqual([]);
});
