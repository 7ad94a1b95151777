import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { Facts, FactsPageQuery } from '../../../src/core/terms/facts';
import type { Ledger } from '../../../src/core/terms/ports';
import { sqliteFacts } from '../../../src/ledger/facts/sqlite-facts';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { quietLog } from '../../core/samples';
import { seededRandom } from '../../core/seeded-random';
import { randomLedger } from './random-ledger';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-facts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all: FactsPageQuery = {
  ...{ filter: {}, sort: 'time', descending: false, search: '', searchTasks: [], searchOrigins: [] },
  ...{ offset: 0, limit: 1_000 },
};
const edges = [0, 1e14];

/** A ledger in memory with its entries still to come, each at its own time. */
function waiting(seed = 5, decisions = 60) {
  const timed = [...randomLedger({ random: seededRandom(seed), decisions, untilMs: 1e12, pauseMs: 9e5 })];
  let atMs = 0;
  const ledger = memoryRecord(() => atMs).open();
  const append = async (count: number): Promise<void> => {
    for (const { entry, atMs: at } of timed.splice(0, count)) {
      atMs = at;
      await ledger.append([entry]);
    }
  };
  return { ledger, append, left: () => timed.length };
}

const factsOf = (ledger: Ledger, file = ':memory:', ledgerName = 'one'): Promise<Facts> =>
  sqliteFacts({ path: file, ledger, ledgerName, log: quietLog });

async function everything(facts: Facts) {
  return [await facts.overview({}, edges), await facts.page(all)];
}

test('bit by bit comes to the same as all at once, whatever a bit ends with', async () => {
  const { ledger, append, left } = waiting();
  const growing = await factsOf(ledger);
  while (left() > 0) {
    await append(7);
    expect(await growing.refresh(shippedSignals)).toEqual({ changed: true, complete: true });
  }
  expect(await growing.refresh(shippedSignals)).toEqual({ changed: false, complete: true });
  const whole = await factsOf(ledger);
  await whole.refresh(shippedSignals);
  expect(await everything(growing)).toEqual(await everything(whole));
});

test('two windows fill one file, in turn and at the same time', async () => {
  const { ledger, append, left } = waiting(6);
  const file = path.join(folder, 'two-windows.db');
  const windows = [await factsOf(ledger, file), await factsOf(ledger, file)];
  while (left() > 0) {
    await append(20);
    await Promise.all(windows.map((facts) => facts.refresh(shippedSignals)));
  }
  const whole = await factsOf(ledger);
  await whole.refresh(shippedSignals);
  for (const facts of windows) {
    expect(await everything(facts)).toEqual(await everything(whole));
    await facts.close();
  }
});

test('what is forgotten is gone with the next look, and nothing of it is in the file', async () => {
  const { ledger, append } = waiting(7);
  await append(Infinity);
  const file = path.join(folder, 'forgotten.db');
  const facts = await factsOf(ledger, file);
  await facts.refresh(shippedSignals);
  const { rows, total } = await facts.page(all);
  const gone = rows.slice(0, 10).map(({ decisionId }) => decisionId);
  await ledger.forget(gone);
  // No page is read: what was there goes all the same.
  expect(await facts.refresh(shippedSignals, 0)).toEqual({ changed: true, complete: false });
  expect((await facts.extent({})).decisions).toBe(0);
  await facts.refresh(shippedSignals);
  const left = await facts.page(all);
  expect(left.total).toBe(total - 10);
  expect(left.rows.filter(({ decisionId }) => gone.includes(decisionId))).toEqual([]);
  await facts.close();
});

test('another table of signals says something else of every answer', async () => {
  const { ledger, append } = waiting(8);
  await append(Infinity);
  const facts = await factsOf(ledger);
  await facts.refresh(shippedSignals);
  const [before] = await everything(facts);
  const off = { ...shippedSignals, 'rating-up': { ...shippedSignals['rating-up'], weight: 0 } };
  await facts.refresh(off);
  expect((await everything(facts))[0]).not.toEqual(before);
  await facts.refresh(shippedSignals);
  expect((await everything(facts))[0]).toEqual(before);
});

test('another ledger begins anew; a file that is damaged or of another version is made again, for its user alone', async () => {
  const { ledger, append } = waiting(9);
  await append(Infinity);
  const file = path.join(folder, 'damaged.db');
  const facts = await factsOf(ledger, file);
  await facts.refresh(shippedSignals);
  const before = await everything(facts);
  await facts.close();
  writeFileSync(file, 'This is no database, and is as long as the head of one would be. '.repeat(20));
  const again = await factsOf(ledger, file);
  await again.refresh(shippedSignals);
  expect(await everything(again)).toEqual(before);
  await again.close();
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = await factsOf(memoryRecord(() => 0).open(), file, 'another');
  await other.refresh(shippedSignals);
  expect((await other.extent({})).decisions).toBe(0);
  await other.close();
});

test('a long ledger is taken in by pages, and what is there is shown meanwhile', async () => {
  const { ledger, append } = waiting(10, 300);
  await append(Infinity);
  const facts = await factsOf(ledger);
  expect(await facts.refresh(shippedSignals, 1)).toEqual({ changed: true, complete: false });
  const { decisions } = await facts.extent({});
  expect(decisions).toBeGreaterThan(0);
  expect(decisions).toBeLessThan(300);
  await facts.refresh(shippedSignals);
  expect((await facts.extent({})).decisions).toBe(300);
});

test('decisions are found by what is searched, sorted either way, and turned by pages without a gap', async () => {
  const { ledger, append } = waiting(11, 120);
  await append(Infinity);
  const facts = await factsOf(ledger);
  await facts.refresh(shippedSignals);
  const { rows } = await facts.page(all);
  const found = await facts.page({ ...all, search: 'SONNET', searchTasks: ['fix-code'] });
  expect(found.rows.map(({ decisionId }) => decisionId)).toEqual(
    rows
      .filter(
        ({ answeredBy, chosen, task }) => [answeredBy, chosen].includes('sonnet') || task === 'fix-code',
      )
      .map(({ decisionId }) => decisionId),
  );
  const costs = (await facts.page({ ...all, sort: 'cost', descending: true })).rows.map(({ money }) => money);
  const known = costs.filter(({ priced }) => priced > 0);
  expect(costs.slice(0, known.length)).toEqual(known);
  expect(known.map(({ usd }) => usd)).toEqual(known.map(({ usd }) => usd).toSorted((a, b) => b - a));
  for (const sort of ['time', 'model', 'quality', 'total-time'] as const) {
    const whole = (await facts.page({ ...all, sort, descending: true })).rows;
    const pages = [];
    for (let offset = 0; offset < rows.length; offset += 25)
      pages.push(...(await facts.page({ ...all, sort, descending: true, offset, limit: 25 })).rows);
    expect(pages).toEqual(whole);
  }
});
