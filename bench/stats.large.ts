import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { shippedSignals } from '../src/core/reward/signal-table';
import { moneySaved } from '../src/core/stats/savings/money-saved';
import type { FactsFilter } from '../src/core/terms/facts';
import { periodOf, slicesOf } from '../src/editor/stats/periods';
import { sqliteFacts } from '../src/ledger/facts/sqlite-facts';
import { sqliteLedger } from '../src/ledger/sqlite-ledger';
import { quietLog } from '../test/core/samples';
import { writeRandomLedger } from '../test/ledger/facts/write-ledger';

const decisions = 100_000;
/** What the whole page may take, of one processor: on a busy machine more passes by the clock. */
const mostMs = 200;
const times = 9;

const untilMs = Date.UTC(2026, 8, 1);
const week = periodOf('7-days', untilMs);
const filters: readonly (readonly [string, FactsFilter])[] = [
  ['everything', {}],
  ['one pool', { pool: 'default' }],
  ['one kind of task', { task: 'fix-code' }],
  ['one pool, origin and workspace', { pool: 'default', origin: 'chat', workspace: 'w-one' }],
  ['a week', { fromMs: week.fromMs }],
];

test(`the figures of the whole page, of ${String(decisions)} decisions`, { timeout: 1_200_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-stats-'));
  try {
    const storage = path.join(folder, 'storage');
    const file = path.join(storage, 'ledger', 'ledger-1.db');
    await writeRandomLedger(storage, 1, { decisions, untilMs, pauseMs: 300_000 });
    const ledger = await sqliteLedger({ storage, nowMs: () => untilMs, log: quietLog });
    const facts = await sqliteFacts({
      ...{ path: path.join(folder, 'facts.db'), ledger, ledgerName: file, log: quietLog },
    });
    const begun = process.cpuUsage();
    await facts.refresh(shippedSignals);
    console.log(
      `filled once in ${(cpuMs(begun) / 1_000).toFixed(1)} s; ${megabytes(file)} of ledger, ${megabytes(path.join(folder, 'facts.db'))} of facts`,
    );
    for (const [name, filter] of filters) {
      const measured: number[] = [];
      for (let time = 0; time < times; time += 1) {
        const before = process.cpuUsage();
        const { firstMs = 0, lastMs = 0, filtered } = await facts.extent(filter);
        await facts.overview(filter, slicesOf(firstMs, lastMs, filtered).edges);
        const page = await facts.page({
          ...{ filter, sort: 'time', descending: true, search: '', searchTasks: [], searchOrigins: [] },
          ...{ offset: 0, limit: 50 },
        });
        expect(page.rows).toHaveLength(50);
        measured.push(cpuMs(before));
      }
      const median = measured.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? NaN;
      console.log(`${name}: ${median.toFixed(0)} ms of a processor (median of ${String(times)})`);
      expect(median).toBeLessThan(mostMs);
    }
    const measured: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const before = process.cpuUsage();
      const groups = await facts.usage({}, [200_000]);
      const rates = {
        plain: 1e-6,
        cached: 1e-7,
        written: 1e-6,
        writtenForAnHour: 2e-6,
        spoken: 4e-6,
        reasoning: 4e-6,
      };
      const card = { thresholds: [200_000], rates: [rates, rates] };
      const models = ['local-llama', 'gpt-mini', 'claude-strong'];
      const cards = new Map(models.map((model) => [model, card]));
      const saved = moneySaved(new Map([['default', models]]), { groups, thresholds: [200_000], cards });
      measured.push(cpuMs(before));
      expect(saved[0]?.compared).toBeGreaterThan(decisions / 2);
    }
    const median = measured.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? NaN;
    console.log(`money saved: ${median.toFixed(0)} ms of a processor (median of ${String(times)})`);
    await facts.close();
    await ledger.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function megabytes(file: string): string {
  return `${(statSync(file).size / 1e6).toFixed(0)} MB`;
}
