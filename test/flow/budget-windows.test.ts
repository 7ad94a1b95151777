import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { quietLog, utcCalendar } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { campaignSeed, runs } from '../runs';
import { spawnTypeScript } from '../spawn-typescript';
import type { BudgetRound } from './budget-window-process';

/** Six windows in processes of their own, at the cap of a day. */
const windowCount = 6;
const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 0, 1, 12);

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'conduit-windows-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface BudgetProcess {
  /** Resolves to how many answers it got. */
  tell(round: BudgetRound): Promise<number>;
  end(): Promise<unknown>;
}

function startWindow(name: string, seed: number): BudgetProcess {
  const script = fileURLToPath(new URL('./budget-window-process.ts', import.meta.url));
  const child = spawnTypeScript(script, [folder, name, String(seed)]);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    tell: async (round) => {
      child.stdin.write(`${JSON.stringify(round)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error(errors);
      return Number(line.value);
    },
    end: () =>
      new Promise((resolve) => {
        child.on('close', resolve);
        child.stdin.end();
      }),
  };
}

test(
  'six windows never go over a day’s budget, with the ledger and without',
  { timeout: 600_000 },
  async () => {
    const seed = campaignSeed('budget-windows');
    const random = seededRandom(seed);
    const windows = Array.from({ length: windowCount }, (_, index) =>
      startWindow(`w${String(index)}`, seed + index + 1),
    );
    const ledger = await sqliteLedger({
      storage: folder,
      nowMs: Date.now,
      log: quietLog,
      calendar: utcCalendar,
    });
    const all = (round: BudgetRound): Promise<readonly number[]> =>
      Promise.all(windows.map(({ tell }) => tell(round)));
    try {
      for (let number = 0; number < runs(2); number += 1) {
        const capUsd = 0.005 + 0.05 * random();
        const blind = number % 2 === 1;
        const round = { dayMs: firstDay + number * dayMs, capUsd, blind };
        // Twice: whoever looks first doesn't see the others yet.
        await all({ ...round, step: 'look' });
        await all({ ...round, step: 'look' });
        const answers = await all({ ...round, step: 'ask' });
        const day = new Date(round.dayMs).toISOString().slice(0, 10);
        const { scopes } = await ledger.reservations.look([`day:${day}/all`]);
        const spent = scopes[0]?.spentUsd ?? Number.NaN;
        expect(spent, `round ${String(number)} of seed ${String(seed)}`).toBeLessThanOrEqual(capUsd + 1e-9);
        expect(scopes[0]?.reservedUsd).toBe(0);
        // Each stopped where nothing was left that the small model could be asked for, or had all its turns.
        const stopped = answers.every((each) => each < 40);
        if (stopped && !blind) expect(capUsd - spent).toBeLessThan(0.001);
        expect(spent).toBeGreaterThan(0);
      }
    } finally {
      await Promise.all(windows.map(({ end }) => end()));
      await ledger.close();
    }
  },
);
