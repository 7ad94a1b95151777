import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import type { SqliteLedger } from '../../src/ledger/sqlite-ledger';
import { decisionWith } from '../core/samples';
import { firstFileWriter } from './first-file-writer';
import { decisionEntry } from './ledger-contract';
import { storageForEach } from './storage-folder';

/** From one machine to another, in one file. */
const storage = storageForEach();

function rating(decisionId: string, thumb: 'up' | 'down'): LedgerEntry {
  const signal = { kind: 'rating', thumb } as const;
  return { kind: 'observation', observation: { decisionId, deploymentId: 'strong', signal } };
}

async function machine(name: string): Promise<SqliteLedger> {
  const folder = path.join(storage.path, name);
  mkdirSync(folder);
  return storage.open(folder);
}

const exported = (): string => path.join(storage.path, 'exported.conduit');

async function saidBy(ledger: SqliteLedger): Promise<readonly string[]> {
  return (await ledger.readAfter(0)).map((entry) =>
    entry.kind === 'decision' ? entry.decision.id : `about ${entry.kind}`,
  );
}

test('what one machine learnt another one takes in beside its own, and a second time nothing', async () => {
  const [one, other] = [await machine('one'), await machine('other')];
  storage.nowMs = 1_000;
  await one.append([
    decisionEntry('a'),
    { kind: 'decision', decision: decisionWith({ id: 'b', pool: 'fast' }) },
  ]);
  storage.nowMs = 5_000;
  await one.append([rating('a', 'up'), rating('b', 'down'), decisionEntry('c')]);
  await other.append([decisionEntry('mine')]);
  expect(await one.exportTo(exported())).toBe(3);
  expect(await other.previewImport(exported())).toEqual({
    pools: [
      { pool: 'default', decisions: 2, fromMs: 1_000, toMs: 5_000 },
      { pool: 'fast', decisions: 1, fromMs: 1_000, toMs: 1_000 },
    ],
    decisions: 3,
    alreadyHere: 0,
  });
  expect(await saidBy(other)).toEqual(['mine']);
  expect(await other.importFrom(exported())).toEqual({ decisions: 3, entries: 5 });
  expect(await saidBy(other)).toEqual(['mine', 'a', 'b', 'about observation', 'about observation', 'c']);
  expect(await other.previewImport(exported())).toMatchObject({ decisions: 3, alreadyHere: 3 });
  expect(await other.importFrom(exported())).toEqual({ decisions: 0, entries: 0 });
  // And back: only what the first machine doesn't have.
  await other.append([rating('a', 'down')]);
  await other.exportTo(exported());
  expect(await one.importFrom(exported())).toEqual({ decisions: 1, entries: 2 });
});

test('a copied storage that both machines went on with loses nothing on either side', async () => {
  const one = await machine('one');
  await one.append([decisionEntry('a')]);
  await one.exportTo(exported());
  const other = await machine('other');
  await other.importFrom(exported());
  storage.nowMs += 1;
  await one.append([rating('a', 'up')]);
  storage.nowMs += 1;
  await other.append([rating('a', 'down')]);
  await other.exportTo(exported());
  expect(await one.importFrom(exported())).toEqual({ decisions: 0, entries: 1 });
  expect(await one.readDecision('a')).toHaveLength(3);
});

test('a file of the version before can be taken in too', async () => {
  const writer = firstFileWriter(exported());
  writer.append([decisionEntry('old'), rating('old', 'up')]);
  writer.close();
  const ledger = await machine('new');
  expect(await ledger.importFrom(exported())).toEqual({ decisions: 1, entries: 2 });
});

test('a damaged, shortened or foreign file is refused by name, and nothing of it is taken', async () => {
  const [one, other] = [await machine('one'), await machine('other')];
  await one.append(Array.from({ length: 200 }, (_, index) => decisionEntry(`d${String(index)}`)));
  await one.exportTo(exported());
  const whole = readFileSync(exported());
  const refused = async (): Promise<void> => {
    await expect(other.previewImport(exported())).rejects.toThrow(/exported\.conduit could not be used/);
    await expect(other.importFrom(exported())).rejects.toThrow(/exported\.conduit could not be used/);
  };
  for (const at of [0.3, 0.5, 0.7, 0.9]) {
    truncateSync(exported(), Math.round(whole.length * at));
    await refused();
    const changed = Buffer.from(whole);
    const marked = changed.indexOf('"n":1', Math.round(whole.length * at));
    changed.write('"n":2', marked, 'latin1');
    writeFileSync(exported(), changed);
    await refused();
  }
  writeFileSync(exported(), 'a letter');
  await refused();
  expect(await other.readAfter(0)).toEqual([]);
  // Nothing is left lying about either.
  expect(readdirSync(storage.path).toSorted()).toEqual(['exported.conduit', 'one', 'other']);
});

test('what was learnt once isn’t taken in again after retention has dropped it, and is after the user had it forgotten', async () => {
  const [one, other] = [await machine('one'), await machine('other')];
  await other.append([decisionEntry('theirs'), rating('theirs', 'up')]);
  await other.exportTo(exported());
  await one.importFrom(exported());
  await one.append([decisionEntry('a'), rating('a', 'up'), decisionEntry('b')]);
  await one.exportTo(exported());
  storage.nowMs += 10 * 86_400_000;
  await one.append([decisionEntry('young')]);
  const retention = { keepDays: 4, mostBytes: Number.MAX_SAFE_INTEGER, coveredUpTo: 5 };
  expect(await one.retain(retention)).toBe(5);
  // On another machine the same file is new, but for what came from there.
  expect(await other.importFrom(exported())).toEqual({ decisions: 2, entries: 3 });
  expect(await one.previewImport(exported())).toMatchObject({ decisions: 3, alreadyHere: 3 });
  expect(await one.importFrom(exported())).toEqual({ decisions: 0, entries: 0 });
  await one.close();
  const again = await storage.open(path.join(storage.path, 'one'));
  expect(await again.importFrom(exported())).toEqual({ decisions: 0, entries: 0 });
  // What was learnt of dropped decisions goes with whatever is forgotten.
  expect(await again.forget(['young'])).toBe(1);
  expect(await again.importFrom(exported())).toEqual({ decisions: 3, entries: 5 });
});
