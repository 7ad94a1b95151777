import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureStrace } from '../../../scripts/lib/ensure-strace.mjs';
import { queuesOfOthers } from '../../../src/ledger/queue/left-queues';
import { queueFolderOf } from '../../../src/ledger/queue/queue-file';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { campaignSeed, runs } from '../../runs';
import { quiet } from '../worker/open-ledger';
import { writerBundle } from '../worker/worker-bundle';
import { faultsIn, following } from './recorded';
import type { DiskEvent, Draw } from './recorded-disk';
import { afterPowerCut, eventsOf, straceArguments } from './recorded-disk';
import { testNode, writerOf } from './writers';

const cuts = runs(20);

let folder: string;
let bundle: string;

beforeAll(async () => {
  await ensureStrace();
  bundle = await writerBundle();
}, 120_000);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-power-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  { how: 'into its ledger', patienceMs: 20_000 },
  // Nearly nothing is there so soon: it goes to the queue, and into the ledger from there.
  { how: 'by its queue', patienceMs: 2 },
])(
  'a window that writes $how loses nothing that was acknowledged, whenever the power is cut',
  async ({ patienceMs }) => {
    const events = await recordedEvents(patienceMs);
    const said = events.filter(({ kind }) => kind === 'said').length;
    const seed = campaignSeed('ledger-power');
    const drawn = fc.sample(fc.nat(1_000_000), { seed, numRuns: 20_000 * Math.ceil(cuts / 20) });
    const draw: Draw = (below) => (drawn.pop() ?? 0) % below;
    let [acknowledged, entriesFound] = [0, 0];
    for (let index = 0; index < Math.ceil(cuts / 2); index += 1) {
      const cut = draw(events.length + 1);
      const storage = path.join(folder, `cut-${String(index)}`);
      mkdirSync(storage);
      for (const [name, content] of afterPowerCut(events, cut, draw)) {
        const file = path.join(storage, path.relative(recording(), name));
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      const damage: unknown[] = [];
      const ledger = await sqliteLedger({
        storage,
        nowMs: Date.now,
        log: quiet,
        onDamage: (each) => damage.push(each),
      });
      await queuesOfOthers(queueFolderOf(storage), ledger, quiet).takeLeft();
      const entries = await ledger.readAfter(0);
      const receipts = toldUntil(events, cut, 'r');
      const told = [{ name: 'w', decisions: toldUntil(events, cut, 'd'), receipts }];
      expect({ cut, damage, faults: faultsIn(entries, told, true) }).toEqual({ cut, damage: [], faults: [] });
      const fold = following(ledger);
      await fold.refresh();
      await ledger.close();
      rmSync(storage, { recursive: true });
      acknowledged += receipts;
      entriesFound += entries.length;
    }
    console.log(
      `${String(Math.ceil(cuts / 2))} power cuts within ${String(events.length)} events and ${String(said)} acknowledgements: ` +
        `${String(acknowledged)} receipts, all there once, of ${String(entriesFound)} entries.`,
    );
  },
  60_000 + 1_000 * cuts,
);

const recording = (): string => path.join(folder, 'recorded');

async function recordedEvents(patienceMs: number): Promise<readonly DiskEvent[]> {
  mkdirSync(recording());
  const log = path.join(folder, 'strace.log');
  const process = [testNode, '--no-warnings', bundle, recording(), 'w', '30', '60000', String(patienceMs)];
  await writerOf('w', spawn('strace', [...straceArguments, '-o', log, ...process])).ended;
  const events = eventsOf(readFileSync(log, 'latin1'), recording());
  expect(events.filter(({ kind }) => kind === 'sync').length).toBeGreaterThan(20);
  return events;
}

function toldUntil(events: readonly DiskEvent[], cut: number, what: string): number {
  return events.slice(0, cut).filter((event) => event.kind === 'said' && event.line.startsWith(`${what} `))
    .length;
}
