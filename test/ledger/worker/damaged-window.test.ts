import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SalvageReport } from '../../../src/ledger/generations/salvage-report';
import { filesOf } from '../../../src/ledger/store/generation-files';
import { pageSize } from '../generations/damages';
import { entriesOf } from '../generations/damaged-ledgers';
import { decisionEntry } from '../ledger-contract';
import { windowLedger } from './open-ledger';
import { workerBundle } from './worker-bundle';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-damaged-window-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a window whose ledger is damaged answers, goes on with what was salvaged, and says how much that is', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `decision-${String(index)}`);
  const before = windowLedger(folder, await workerBundle());
  await before.ledger.append(ids.flatMap((id) => entriesOf(id)));
  await vi.waitFor(() => expect(before.ledger.state().waiting).toBe(0), 30_000);
  await before.close();

  const { database } = filesOf(folder, 1);
  const bytes = readFileSync(database);
  // The last page: one of the newest rows'.
  writeFileSync(database, bytes.fill(0, bytes.length - pageSize));

  const window = windowLedger(folder, await workerBundle());
  const reports: SalvageReport[] = [];
  window.worker.port('salvage').onSalvaged((report) => void reports.push(report));
  expect(await window.ledger.append([decisionEntry('asked')])).toHaveLength(1);
  await vi.waitFor(() => expect(window.ledger.state().waiting).toBe(0), 30_000);
  await vi.waitFor(() => expect(reports).toHaveLength(1), 30_000);
  await window.ledger.timesForgotten();
  const read = (await window.ledger.readAfter(0)).flatMap((entry) =>
    entry.kind === 'decision' ? [entry.decision.id] : [],
  );
  expect(read).toEqual([...ids.filter((id) => read.includes(id)), 'asked']);
  expect(reports[0]).toMatchObject({ generation: 1, of: 200 });
  expect(reports[0]?.saved).toBeGreaterThan(100);
  expect(await window.worker.port('look').status()).toMatchObject({
    path: filesOf(folder, 2).database,
    soundness: 'sound',
    salvaged: reports[0],
  });
  await window.close();
}, 60_000);
