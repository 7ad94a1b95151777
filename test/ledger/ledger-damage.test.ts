import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import type { SqliteLedger } from '../../src/ledger/sqlite-ledger';
import { filesOf } from '../../src/ledger/store/generation-files';
import type { LedgerDamage } from '../../src/ledger/store/ledger-damage';
import { decisionEntry } from './ledger-contract';
import { storageForEach } from './storage-folder';

/** What somebody, or a disk, does to the rows is noticed by who reads them. */
const storage = storageForEach();

const rating: LedgerEntry = {
  kind: 'observation',
  observation: { decisionId: 'a', deploymentId: 'strong', signal: { kind: 'rating', thumb: 'up' } },
};

async function five(): Promise<SqliteLedger> {
  const ledger = await storage.open();
  await ledger.append([...['a', 'b', 'c', 'd'].map(decisionEntry), rating]);
  return ledger;
}

/** As a damaged page would, past the triggers. */
function change(statements: string): void {
  const raw = new DatabaseSync(filesOf(storage.path, 1).database);
  raw.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted');
  raw.exec(statements);
  raw.close();
}

const altered = (sequence: number): LedgerDamage => ({ kind: 'altered', sequence });

test.each<[string, string, readonly LedgerDamage[], number]>([
  [
    'a changed payload',
    "UPDATE entry SET payload = replace(payload, '1', '2') WHERE sequence = 2",
    [altered(2)],
    4,
  ],
  ['a changed time', 'UPDATE entry SET at_ms = at_ms + 1 WHERE sequence = 2', [altered(2)], 4],
  ['another decision', "UPDATE entry SET decision_id = 'b' WHERE sequence = 1", [altered(1)], 4],
  ['a lost way to its decision', 'UPDATE entry SET id_hash = 1 WHERE sequence = 3', [altered(3)], 4],
  ['changed figures', "UPDATE entry SET deflated = x'00' WHERE sequence = 3", [altered(3)], 4],
  ['a claimed origin', "UPDATE entry SET origin = 'x:1' WHERE sequence = 3", [altered(3)], 4],
  [
    'two rows in each other’s place',
    'UPDATE entry SET sequence = 99 WHERE sequence = 1; UPDATE entry SET sequence = 1 WHERE sequence = 2; UPDATE entry SET sequence = 2 WHERE sequence = 99',
    [altered(1), altered(2)],
    3,
  ],
  [
    'rows that are gone',
    'DELETE FROM entry WHERE sequence IN (2, 3)',
    [{ kind: 'missing', from: 2, to: 3 }],
    3,
  ],
  [
    'a row of another ledger',
    "UPDATE entry SET checksum = x'0011223344556677' WHERE sequence = 4",
    [altered(4)],
    4,
  ],
])('%s: told, left out, and nothing more is written', async (_what, statements, damage, left) => {
  const ledger = await five();
  change(statements);
  expect(await ledger.readAfter(0)).toHaveLength(left);
  expect(storage.damage).toEqual(damage);
  await ledger.readAfter(0);
  expect(storage.damage).toEqual(damage);
  await expect(ledger.append([decisionEntry('e')])).rejects.toThrow(
    /ledger-1\.db could not be used: it is damaged/,
  );
  await expect(ledger.forget('everything')).rejects.toThrow(/damaged/);
});

test('a lost end is noticed before its numbers are given away, and a window that comes later goes on with what is left', async () => {
  const ledger = await five();
  change('DELETE FROM entry WHERE sequence > 3');
  await expect(ledger.append([decisionEntry('e')])).rejects.toThrow(/damaged/);
  const lost: LedgerDamage = { kind: 'lost-tail', from: 4, to: 5 };
  expect(storage.damage).toEqual([lost]);
  const later = await storage.open();
  expect(await later.append([decisionEntry('e')])).toHaveLength(1);
  // What lies in the file without being a row of it any more may come back, too.
  const ids = (await later.readAfter(0)).flatMap((entry) =>
    entry.kind === 'decision' ? [entry.decision.id] : [],
  );
  expect([ids.slice(0, 3), ids.at(-1)]).toEqual([['a', 'b', 'c'], 'e']);
  expect(later.file).toBe(filesOf(storage.path, 2).database);
});

test('who has read further than there is notices it without the file beside', async () => {
  await five();
  rmSync(filesOf(storage.path, 1).last);
  change('DELETE FROM entry WHERE sequence > 3');
  const later = await storage.open();
  expect(await later.readAfter(5)).toEqual([]);
  expect(storage.damage).toEqual([{ kind: 'lost-tail', from: 4, to: 5 }]);
});

test.each(['', 'nonsense', '0000000000000009 0011223344556677'])(
  'a file beside that says %j says nothing',
  async (text) => {
    await five();
    writeFileSync(filesOf(storage.path, 1).last, text);
    const later = await storage.open();
    expect(await later.append([decisionEntry('e')])).toMatchObject([{ sequence: 6 }]);
    expect(storage.damage).toEqual([]);
  },
);

test('what was forgotten is no damage; a record of that which was changed is', async () => {
  const ledger = await five();
  await ledger.forget(['b', 'c']);
  expect(await ledger.readAfter(0)).toHaveLength(3);
  expect(storage.damage).toEqual([]);
  change('UPDATE dropped SET last = last + 1');
  await ledger.readAfter(0);
  expect(storage.damage).toEqual([
    { kind: 'altered-record', first: 2 },
    { kind: 'missing', from: 2, to: 3 },
  ]);
});
