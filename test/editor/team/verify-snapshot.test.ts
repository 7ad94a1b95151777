import { beforeEach, expect, test, vi } from 'vitest';
import type { TeamVerdict } from '../../../src/core/terms/team';
import { verifyTeamSnapshot } from '../../../src/editor/team/verify-snapshot';

const { told, shown, user } = vi.hoisted(() => ({
  told: [] as string[],
  shown: [] as string[],
  user: { cancels: false },
}));

vi.mock('vscode', () => {
  const tell = (text: string): Promise<undefined> => {
    told.push(text);
    return Promise.resolve(undefined);
  };
  return {
    ProgressLocation: { Notification: 15 },
    commands: { executeCommand: () => Promise.resolve() },
    window: {
      showInformationMessage: tell,
      showWarningMessage: tell,
      showErrorMessage: tell,
      withProgress: (
        _: unknown,
        work: (
          progress: { report(step: { message: string }): void },
          token: { onCancellationRequested(cancel: () => void): void },
        ) => Promise<unknown>,
      ) =>
        work(
          { report: ({ message }) => void shown.push(message) },
          { onCancellationRequested: (cancel) => (user.cancels ? cancel() : undefined) },
        ),
    },
  };
});

beforeEach(() => {
  told.length = 0;
  shown.length = 0;
  user.cancels = false;
});

async function toldOf(verdict: TeamVerdict): Promise<readonly string[]> {
  await verifyTeamSnapshot({ verifyTeam: () => Promise.resolve(verdict) });
  return told.splice(0);
}

test('the user is told what folding the record says of the snapshot', async () => {
  expect(await toldOf({ kind: 'none' })).toEqual([expect.stringContaining('no snapshot')]);
  expect(await toldOf({ kind: 'same', sequence: 7 })).toEqual([
    'The team’s snapshot up to entry 7 is what its record comes to.',
  ]);
  expect(await toldOf({ kind: 'different', sequence: 7, place: 'pools' })).toEqual([
    expect.stringContaining('entry 7 is NOT what its record comes to'),
  ]);
});

test('its progress is shown, and it ends where the user stops it, without a word', async () => {
  user.cancels = true;
  await verifyTeamSnapshot({
    verifyTeam: ({ onShare01, signal }) => {
      for (const share of [0.001, 0.25, 0.252, 1]) onShare01(share);
      return Promise.resolve({ kind: signal.aborted ? 'stopped' : 'none' });
    },
  });
  expect(shown).toEqual(['25 %', '100 %']);
  expect(told).toEqual([]);
});

test('where the database can’t be read, the reason is told', async () => {
  await verifyTeamSnapshot({ verifyTeam: () => Promise.reject(new Error('it can’t be reached')) });
  expect(told).toEqual([expect.stringContaining('it can’t be reached')]);
});
