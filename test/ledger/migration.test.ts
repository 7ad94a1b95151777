import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LedgerEntry, StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Ledger } from '../../src/core/terms/ports';
import { localCalendar } from '../../src/ledger/reservations/local-calendar';
import { firstFileOf } from '../../src/ledger/store/generation-files';
import { attemptWith, decisionWith } from '../core/samples';
import type { FirstFileWriter } from './first-file-writer';
import { firstFileWriter } from './first-file-writer';
import { decisionEntry } from './ledger-contract';
import { withTable } from './raw-rows';
import { spawnTypeScript } from '../spawn-typescript';
import { spawnAppending } from './spawn-appending';
import { storageForEach } from './storage-folder';

/** A window of the old version is open beside ones of this version. */
const storage = storageForEach();
const dayMs = 86_400_000;

function rating(decisionId: string): LedgerEntry {
  const signal = { kind: 'rating', thumb: 'up' } as const;
  return { kind: 'observation', observation: { decisionId, deploymentId: 'strong', signal } };
}

function oldWindow(): FirstFileWriter {
  return firstFileWriter(firstFileOf(storage.path));
}

/** What entries say, without their numbers. */
function said(entries: readonly StoredEntry[]): readonly unknown[] {
  return entries.map(({ sequence: _sequence, ...entry }) => JSON.parse(JSON.stringify(entry)) as unknown);
}

async function idsIn(ledger: Ledger): Promise<readonly string[]> {
  return (await ledger.readAfter(0)).flatMap((entry) =>
    entry.kind === 'decision' ? [entry.decision.id] : [],
  );
}

test('everything is there under its own number and to the last digit, and the old file stays as it was', async () => {
  const old = oldWindow();
  const judgement = { id: 'j', decisionId: 'a', judge: 'strong', outcome: 'reserved', mostUsd: 0.1 } as const;
  const features = [0, 1 / 3, 0, 0, 0, 2e-7];
  const entries: readonly LedgerEntry[] = [
    { kind: 'decision', decision: decisionWith({ id: 'a', features, probability: 2 / 3 }) },
    { kind: 'attempt', attempt: attemptWith({ decisionId: 'a' }) },
    { kind: 'judgement', judgement },
    rating('a'),
  ];
  old.append(entries, 5);
  old.append([decisionEntry('gone')]);
  old.forget(['gone']);
  old.append([decisionEntry('b')], 6);
  const before = readFileSync(firstFileOf(storage.path));
  const ledger = await storage.open();
  const read = await ledger.readAfter(0);
  expect(read.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 6]);
  expect(said(read)).toEqual(
    [...entries.map((entry) => ({ ...entry, atMs: 5 })), { ...decisionEntry('b'), atMs: 6 }].map(
      (entry) => JSON.parse(JSON.stringify(entry)) as unknown,
    ),
  );
  expect(readFileSync(firstFileOf(storage.path))).toEqual(before);
  old.close();
});

test('what was spent today counts, and what an old window spends afterwards', async () => {
  const old = oldWindow();
  const answered = (id: string): readonly LedgerEntry[] => [
    { kind: 'decision', decision: decisionWith({ id }) },
    { kind: 'attempt', attempt: attemptWith({ decisionId: id }) },
  ];
  old.append(answered('a'), storage.nowMs);
  const ledger = await storage.open();
  const today = `day:${localCalendar.dayOf(storage.nowMs)}/all`;
  const spentUsd = async (): Promise<number | undefined> =>
    (await ledger.reservations.look([today])).scopes[0]?.spentUsd;
  const once = await spentUsd();
  expect(once).toBeGreaterThan(0);
  old.append(answered('b'), storage.nowMs);
  old.close();
  await ledger.readAfter(0);
  expect(await spentUsd()).toBeCloseTo(2 * (once ?? 0), 9);
});

test('a row that only another version understands is kept for it', async () => {
  const old = oldWindow();
  old.append([decisionEntry('a')]);
  const payload = '{"kind":"of-tomorrow","a":1}';
  old.appendRaw('observation', 'a', payload);
  old.close();
  const ledger = await storage.open();
  expect(await ledger.readAfter(0)).toHaveLength(1);
  const file = path.join(storage.path, 'ledger', 'ledger-1.db');
  expect(withTable(file, (table) => table.of('a').rows.at(-1)?.payload)).toBe(payload);
});

test('what the old window writes on is taken over once, by whichever window, and has its place where it came', async () => {
  const old = oldWindow();
  old.append([decisionEntry('a')]);
  const [one, other] = [await storage.open(), await storage.open()];
  await one.append([decisionEntry('b')]);
  old.append([rating('a'), decisionEntry('c')]);
  const [read, again] = await Promise.all([one.readAfter(0), other.readAfter(0)]);
  expect(again).toEqual(read);
  expect(await idsIn(await storage.open())).toEqual(['a', 'b', 'c']);
  expect(read.map(({ sequence, kind }) => [sequence, kind])).toEqual([
    [1, 'decision'],
    [2, 'decision'],
    [3, 'observation'],
    [4, 'decision'],
  ]);
  old.append([rating('c')]);
  expect(await other.readAfter(4)).toHaveLength(1);
  expect(await one.readAfter(4)).toHaveLength(1);
  old.close();
});

test('what is forgotten in one of them is forgotten in the other, and nothing of it comes back', async () => {
  const old = oldWindow();
  old.append(['a', 'b', 'c'].map(decisionEntry));
  const ledger = await storage.open();
  await ledger.append([decisionEntry('mine')]);
  await ledger.readAfter(0);
  const times = await ledger.timesForgotten();
  old.forget(['a']);
  expect(await idsIn(ledger)).toEqual(['b', 'c', 'mine']);
  expect(await ledger.timesForgotten()).toBeGreaterThan(times);
  await ledger.forget(['b']);
  old.append([rating('b'), rating('c')]);
  expect((await ledger.readAfter(0)).map(({ kind }) => kind)).toEqual([
    'decision',
    'decision',
    'observation',
  ]);
  old.close();
  expect(readFileSync(firstFileOf(storage.path), 'latin1')).not.toContain('"id":"b"');
  await ledger.forget('everything');
  expect(readFileSync(firstFileOf(storage.path), 'latin1')).not.toContain('"id":"c"');
});

test('windows that migrate at once come to one ledger, and leave no half of another', async () => {
  const old = oldWindow();
  old.append(['a', 'b', 'c'].map(decisionEntry));
  old.close();
  const script = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
  const ended = ['x', 'y', 'z'].map((name) => spawnAppending(storage.path, name, 1).ended);
  // One that is killed on the way leaves nothing that anybody takes for a ledger.
  const killed = spawnTypeScript(script, [storage.path, 'k', '0']);
  setTimeout(() => killed.kill('SIGKILL'), 250);
  await Promise.all(ended);
  const ledger = await storage.open();
  expect((await idsIn(ledger)).toSorted()).toEqual(['a', 'b', 'c', 'x-0', 'y-0', 'z-0']);
  expect(storage.damage).toEqual([]);
  const files = readdirSync(path.join(storage.path, 'ledger')).filter((name) => name.endsWith('.db'));
  expect(files).toEqual(['ledger-1.db']);
});

test('for 30 days, and no longer', async () => {
  const old = oldWindow();
  old.append([decisionEntry('a')]);
  const ledger = await storage.open();
  storage.nowMs += 29 * dayMs;
  old.append([decisionEntry('b')]);
  expect(await idsIn(ledger)).toEqual(['a', 'b']);
  storage.nowMs += 2 * dayMs;
  old.append([decisionEntry('late')]);
  expect(await idsIn(ledger)).toEqual(['a', 'b']);
  old.close();
});

test('an old window that begins only later is taken over, too', async () => {
  const ledger = await storage.open();
  await ledger.append([decisionEntry('a')]);
  const old = oldWindow();
  old.append([decisionEntry('b')]);
  expect(await idsIn(ledger)).toEqual(['a', 'b']);
  old.close();
});
