import { beforeEach, expect, test, vi } from 'vitest';
import { pickFiles } from '../../../src/editor/attachments/pick-files';
import type { FakeQuickPick } from '../chat/fake-chat-editor';
import { files, forget, picks, told, Uri } from '../chat/fake-chat-editor';

vi.mock('vscode', () => import('../chat/fake-chat-editor'));

beforeEach(() => {
  forget();
  files.all = ['/README.md', '/src/a.ts', '/src/readme.ts', '/src/b.ts'].map((path) => new Uri(path));
});

/** Opens the list; resolves to the files that were chosen once the list is left. */
async function list(): Promise<{
  readonly pick: FakeQuickPick;
  readonly chosen: Promise<readonly string[]>;
}> {
  const chosen = pickFiles().then((uris) => uris.map(({ path }) => path));
  await vi.waitFor(() => expect(picks).toHaveLength(1));
  return { pick: picks[0]!, chosen };
}

const active = (pick: FakeQuickPick): readonly string[] => pick.activeItems.map(({ label }) => label);

test('Enter takes what is marked, whichever row is active', async () => {
  const { pick, chosen } = await list();
  expect(pick.canSelectMany).toBe(true);
  pick.selectedItems = pick.items.filter(({ label }) => /^[ab]/.test(label));
  pick.type('README');
  pick.accept();
  expect(await chosen).toEqual(['/src/a.ts', '/src/b.ts']);
});

test('with nothing marked it takes the active row: the one that what was typed fits best, or that was gone to', async () => {
  for (const [typed, path] of [
    ['README', '/README.md'],
    ['readme.t', '/src/readme.ts'],
    ['src', '/src/a.ts'],
    ['', '/README.md'],
  ] as const) {
    picks.length = 0;
    const { pick, chosen } = await list();
    pick.type(typed);
    expect(active(pick)).toEqual([path.split('/').at(-1)]);
    pick.accept();
    expect(await chosen).toEqual([path]);
  }
  picks.length = 0;
  const { pick, chosen } = await list();
  pick.type('src');
  pick.activeItems = pick.items.filter(({ label }) => label === 'b.ts');
  pick.accept();
  expect(await chosen).toEqual(['/src/b.ts']);
});

test('where nothing is found Enter takes nothing, and the list stays; Escape leaves it', async () => {
  const { pick, chosen } = await list();
  pick.type('nowhere');
  pick.activeItems = [];
  pick.accept();
  pick.type('b.ts');
  pick.hide();
  expect(await chosen).toEqual([]);
});

test('files of open editors come first; a workspace without files says so', async () => {
  files.open = [new Uri('/src/b.ts')];
  const { pick } = await list();
  expect(pick.items.map(({ label }) => label)).toEqual(['b.ts', 'README.md', 'a.ts', 'readme.ts']);
  files.all = [];
  expect(await pickFiles()).toEqual([]);
  expect(told).toEqual([expect.stringContaining('There are no files to attach')]);
});
