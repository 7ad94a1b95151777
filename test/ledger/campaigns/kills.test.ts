import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queueFolderOf } from '../../../src/ledger/queue/queue-file';
import { campaignSeed, runs } from '../../runs';
import { windowLedger } from '../worker/open-ledger';
import { workerBundle, writerBundle } from '../worker/worker-bundle';
import { faultsIn, following } from './recorded';
import type { Writer } from './writers';
import { startWriter } from './writers';

const kills = runs(6);
const stops = Math.max(1, Math.round(kills / 10));
const atOnce = 4;
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-kills-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test(
  'four windows that write, and are killed and stopped at any moment, lose nothing and have nothing twice',
  async () => {
    const [bundle, worker] = [await writerBundle(), await workerBundle()];
    const draw = fc.sample(fc.nat(999), {
      seed: campaignSeed('ledger-kills'),
      numRuns: 4 * (kills + stops) + 8,
    });
    const next = (below: number): number => (draw.pop() ?? 0) % below;
    const all: Writer[] = [];
    const start = (): Writer => {
      const writer = startWriter(bundle, folder, `w${String(all.length)}`, 1_000_000, 200_000);
      all.push(writer);
      return writer;
    };
    const observer = windowLedger(folder, worker, { patienceMs: 20_000 });
    const watching = following(observer.ledger);
    const running = Array.from({ length: atOnce }, start);
    let [killed, stopped] = [0, 0];
    while (killed < kills || stopped < stops) {
      await vi.waitFor(() => expect(writing(running).length).toBeGreaterThan(0), {
        timeout: 60_000,
        interval: 5,
      });
      const able = writing(running);
      const victim = able[next(able.length)];
      if (victim === undefined) throw new Error('One of them writes.');
      await pause(next(60));
      if (stopped < stops && killed * stops >= stopped * kills) {
        stopped += 1;
        victim.signal('SIGSTOP');
        await pause(50 + next(400));
        victim.signal('SIGCONT');
        continue;
      }
      killed += 1;
      victim.signal('SIGKILL');
      await victim.ended;
      running[running.indexOf(victim)] = start();
      if (killed % 10 === 0) await watching.refresh();
    }
    for (const writer of running) writer.signal('SIGKILL');
    await Promise.all(all.map(({ ended }) => ended));
    const last = windowLedger(folder, worker, { patienceMs: 20_000 });
    // What a window that was killed has left in its queue is taken by the next one that writes.
    await last.ledger.append([]);
    await vi.waitFor(() => expect(queuesIn(folder)).toEqual([]), { timeout: 20_000 });
    const entries = await last.ledger.readAfter(0);
    const told = all.map((each) => ({
      name: each.name,
      decisions: each.decisions(),
      receipts: each.receipts(),
    }));
    expect(faultsIn(entries, told, false)).toEqual([]);
    const clean = following(last.ledger);
    await clean.refresh();
    const acknowledged = told.reduce((sum, { receipts }) => sum + receipts, 0);
    console.log(
      `${String(kills)} kills, ${String(stops)} stops: ${String(entries.length)} entries, ` +
        `${String(acknowledged)} acknowledged receipts, all there once.`,
    );
    await watching.refresh();
    expect(watching.folded()).toBe(clean.folded());
    await Promise.all([last.close(), observer.close()]);
  },
  30_000 + 4_000 * kills,
);

function writing(writers: readonly Writer[]): readonly Writer[] {
  return writers.filter((each) => each.decisions() > 0);
}

function queuesIn(storage: string): readonly string[] {
  const queues = queueFolderOf(storage);
  return existsSync(queues) ? readdirSync(queues).filter((name) => name.endsWith('.jsonl')) : [];
}
