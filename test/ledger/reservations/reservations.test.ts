import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { FileCheck } from '../../../src/ledger/generations/soundness';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { attemptWith, decisionWith, quietLog, utcCalendar } from '../../core/samples';
import type { BudgetWindow } from './reservations-contract';
import { reservationsContract } from './reservations-contract';
import { servedLedger } from '../../../src/ledger/worker/served-ledger';
import { servedReservations } from '../../../src/ledger/worker/served-reservations';
import { queueFolderOf } from '../../../src/ledger/queue/queue-file';

reservationsContract('memory', (clock) => {
  const record = memoryRecord(() => clock.nowMs, { calendar: utcCalendar, uptimeMs: () => clock.uptimeMs });
  return { open: (window) => Promise.resolve(record.open(window)), end: () => Promise.resolve() };
});

reservationsContract('SQLite', (clock) => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  const opened: BudgetWindow[] = [];
  return {
    open: async (window) => {
      const ledger = await sqliteLedger({
        storage,
        window,
        nowMs: () => clock.nowMs,
        uptimeMs: () => clock.uptimeMs,
        calendar: utcCalendar,
        log: quietLog,
      });
      opened.push(ledger);
      return ledger;
    },
    end: async () => {
      for (const ledger of opened) await ledger.close();
      rmSync(storage, { recursive: true, force: true });
    },
  };
});

test('while the file is looked through, what is left can be seen, and nothing is reserved', async () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  const options = { storage, nowMs: () => 0, uptimeMs: () => 1_000, calendar: utcCalendar, log: quietLog };
  const asked = {
    id: 'r',
    leastUsd: 1,
    mostUsd: 1,
    scopes: ['s'],
    caps: [{ scope: 's', usd: 2 }],
    lastsMs: 60_000,
  };
  const other = await sqliteLedger({ ...options, window: 'other' });
  await other.reservations.reserve(asked);
  const ledger = await sqliteLedger({
    ...options,
    window: 'new',
    check: () => ({ isSoon: true, wrong: new Promise(() => undefined) }),
  });
  const seen = await ledger.reservations.look(['s']);
  expect(seen.scopes).toMatchObject([{ reservedUsd: 1 }]);
  expect(seen.windows).toBe(2);
  await expect(ledger.reservations.reserve({ ...asked, id: 'q' })).rejects.toThrow('looked through');
  await ledger.close();
  await other.close();
  rmSync(storage, { recursive: true, force: true });
});

test('six windows that start together, while all or some look the file through, reserve no more than there is', async () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  const never = (): FileCheck => ({ isSoon: false, wrong: new Promise(() => undefined) });
  const options = { storage, nowMs: () => 0, uptimeMs: () => 1_000, calendar: utcCalendar, log: quietLog };
  await (await sqliteLedger({ ...options, window: 'before' })).close();
  const windows = Array.from({ length: 6 }, (_, index) =>
    servedLedger({
      open: () =>
        sqliteLedger({ ...options, window: `w${String(index)}`, ...(index < 4 && { check: never }) }),
      queueFolder: queueFolderOf(storage),
      log: quietLog,
      withinMs: 5_000,
    }),
  );
  const reservations = windows.map(servedReservations);
  const reserve = (index: number, id: string) =>
    reservations[index]?.reserve({
      ...{ id, leastUsd: 1, mostUsd: 1, scopes: ['s'], caps: [{ scope: 's', usd: 8 }], lastsMs: 60_000 },
    });
  const replies = await Promise.all(
    reservations.flatMap((_, index) =>
      ['a', 'b', 'c'].map(async (name) => {
        const id = `${String(index)}${name}`;
        return { index, id, granted: (await reserve(index, id))?.granted === true };
      }),
    ),
  );
  const granted = replies.filter((reply) => reply.granted);
  expect(granted).toHaveLength(8);
  for (const each of reservations)
    expect((await each.look(['s'])).scopes).toMatchObject([{ spentUsd: 0, reservedUsd: 8 }]);
  // What is given back is there for all, whoever reserved it and wherever.
  for (const { index, id } of granted) await reservations[index]?.release(id);
  for (const each of reservations)
    expect((await each.look(['s'])).scopes).toMatchObject([{ reservedUsd: 0 }]);
  expect(await reserve(0, 'again')).toMatchObject({ granted: true });
  expect(await reserve(5, 'too')).toMatchObject({ granted: true });
  await Promise.all(windows.map((each) => each.close()));
  rmSync(storage, { recursive: true, force: true });
});

test('what is reserved beside the ledger is of before where the machine started anew, and a receipt that comes later finds it', async () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  let uptimeMs = 10 * 86_400_000;
  const options = { storage, nowMs: () => 0, uptimeMs: () => uptimeMs, calendar: utcCalendar, log: quietLog };
  const asked = {
    ...{ leastUsd: 1, mostUsd: 1, lastsMs: 60_000, decisionId: 'd1' },
    ...{ scopes: ['day:1970-01-01/all'], caps: [{ scope: 'day:1970-01-01/all', usd: 8 }] },
  };
  let sound: (damage: undefined) => void = () => undefined;
  await (await sqliteLedger({ ...options, window: 'before' })).close();
  const wrong = new Promise<undefined>((resolve) => (sound = resolve));
  const check = (): FileCheck => ({ isSoon: false, wrong });
  const ledger = await sqliteLedger({ ...options, window: 'w', check });
  const money = async () => (await ledger.reservations.look(asked.scopes)).scopes[0];
  await ledger.reservations.reserveMeanwhile({ ...asked, id: 'r' });
  expect(await money()).toMatchObject({ reservedUsd: 1, spentUsd: 0 });
  uptimeMs = 1_000;
  expect(await money()).toMatchObject({ reservedUsd: 0 });
  await ledger.reservations.reserveMeanwhile({ ...asked, id: 'q' });
  expect(await money()).toMatchObject({ reservedUsd: 1 });

  sound(undefined);
  await vi.waitFor(() => expect(ledger.soundness()).toBe('sound'));
  const receipt = { ...attemptWith().receipt, cost: { kind: 'unknown' } as const };
  const attempt = attemptWith({ decisionId: 'd1', outcome: 'stopped', receipt });
  await ledger.take('w', [
    { number: 1, atMs: 0, entries: [{ kind: 'decision', decision: decisionWith({ id: 'd1' }) }] },
    { number: 2, atMs: 0, entries: [{ kind: 'attempt', attempt }] },
  ]);
  // Nobody knows what it cost: all that was reserved counts, and nothing is reserved any more.
  expect(await money()).toMatchObject({ reservedUsd: 0, spentUsd: 1 });
  await ledger.close();
  rmSync(storage, { recursive: true, force: true });
});
