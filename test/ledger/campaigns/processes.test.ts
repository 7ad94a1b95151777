import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runs } from '../../runs';
import { windowLedger } from '../worker/open-ledger';
import { workerBundle, writerBundle } from '../worker/worker-bundle';
import { faultsIn, following } from './recorded';
import { startWriter } from './writers';

const processes = 8;
/** Of three entries each. */
const pairs = Math.ceil(runs(120) / 3);
/** In the campaign, which has 5,000 entries of each process, twenty seconds. */
const lockedForMs = Math.min(20_000, Math.round((20_000 * pairs) / 1_667));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-processes-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test(
  'eight windows that write at once, while another program holds the lock for a while, have every entry there',
  async () => {
    const bundle = await writerBundle();
    const observer = windowLedger(folder, await workerBundle(), { patienceMs: 20_000 });
    const watching = following(observer.ledger);
    await watching.refresh();
    const writers = Array.from({ length: processes }, (_, index) =>
      startWriter(bundle, folder, `p${String(index)}`, pairs),
    );
    await vi.waitFor(() => expect(Math.min(...writers.map((each) => each.receipts()))).toBeGreaterThan(0), {
      timeout: 60_000,
      interval: 5,
    });
    const locker = new DatabaseSync(path.join(folder, 'ledger', 'ledger-1.db'), { timeout: 20_000 });
    locker.exec('BEGIN IMMEDIATE');
    await new Promise((resolve) => void setTimeout(resolve, lockedForMs));
    locker.exec('ROLLBACK');
    locker.close();
    await Promise.all(writers.map(({ ended }) => ended));
    const entries = await observer.ledger.readAfter(0);
    const told = writers.map(({ name }) => ({ name, decisions: pairs, receipts: pairs }));
    expect(faultsIn(entries, told, false)).toEqual([]);
    expect(entries).toHaveLength(3 * pairs * processes);
    await watching.refresh();
    const clean = following(observer.ledger);
    await clean.refresh();
    expect(watching.folded()).toBe(clean.folded());
    const blocks = writers.map((each) => each.blockMs() ?? Number.NaN);
    console.log(
      `${String(processes)} processes, ${String(entries.length)} entries, locked for ${String(lockedForMs)} ms: ` +
        `longest block of an event loop ${String(Math.max(...blocks))} ms (${blocks.join(', ')}).`,
    );
    await observer.close();
  },
  120_000 + 60 * pairs * processes,
);
