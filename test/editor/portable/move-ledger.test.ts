import { beforeEach, expect, test, vi } from 'vitest';
import type { PortableLedger } from '../../../src/core/terms/portable';
import { exportLedger, importLedger } from '../../../src/editor/portable/move-ledger';

/** What the user does, and what they are shown. */
const user = vi.hoisted(() => ({
  file: undefined as string | undefined,
  presses: undefined as string | undefined,
  asked: [] as { message: string; detail: string }[],
  told: [] as string[],
}));

vi.mock('vscode', () => ({
  window: {
    showSaveDialog: () => Promise.resolve(user.file && { fsPath: user.file }),
    showOpenDialog: () => Promise.resolve(user.file && [{ fsPath: user.file }]),
    showWarningMessage: (message: string, { detail }: { detail: string }) => {
      user.asked.push({ message, detail });
      return Promise.resolve(user.presses);
    },
    showInformationMessage: (message: string) => Promise.resolve(void user.told.push(message)),
  },
}));

let imported: string[];
let refreshed: number;

beforeEach(() => {
  Object.assign(user, { file: '/a/b.conduit-ledger', presses: undefined, asked: [], told: [] });
  imported = [];
  refreshed = 0;
});

const ledger: PortableLedger = {
  exportTo: () => Promise.resolve(12),
  previewImport: () =>
    Promise.resolve({
      pools: [{ pool: 'fast', decisions: 7, fromMs: 0, toMs: 86_400_000 * 40 }],
      decisions: 7,
      alreadyHere: 3,
    }),
  importFrom: (file) => {
    imported.push(file);
    return Promise.resolve({ decisions: 4, entries: 11 });
  },
};
const parts = {
  ledger: () => Promise.resolve(ledger),
  conduit: () =>
    Promise.resolve({
      refresh: () => {
        refreshed += 1;
        return Promise.resolve(true);
      },
    }),
};

test('an export says how much is in the file, and what isn’t', async () => {
  await exportLedger(parts);
  expect(user.told).toEqual([
    expect.stringMatching(/^Exported: 12 decisions.*No keys, conversations or settings/),
  ]);
});

test('an import shows what it would add before it does, and learns from it at once', async () => {
  user.presses = 'Import';
  await importLedger(parts);
  expect(user.asked[0]?.message).toBe('Import 4 decisions?');
  expect(user.asked[0]?.detail).toMatch(
    /fast: 7 decisions, from .*1970.* to .*1970.*\n.*7 decisions; 3 of them are here/,
  );
  expect(imported).toEqual(['/a/b.conduit-ledger']);
  expect(refreshed).toBe(1);
  expect(user.told).toEqual(['Imported: 4 decisions, 11 entries in all.']);
});

test('who says no, or names no file, changes nothing', async () => {
  await importLedger(parts);
  user.file = undefined;
  await importLedger(parts);
  await exportLedger(parts);
  expect(user.asked).toHaveLength(1);
  expect([imported, user.told, refreshed]).toEqual([[], [], 0]);
});
