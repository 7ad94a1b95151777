import { beforeEach, expect, test, vi } from 'vitest';
import { changesOf, hasChanges, isStaged } from '../../../src/editor/commit-message/commit-changes';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';
import { untracked } from '../../../src/editor/commit-message/git-access';
import { filesInEditor } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

const modified = 5;
const diffOf = (name: string, text: string): string => `diff --git a/${name} b/${name}\n+${text}\n`;
const change = (name: string, status: number) => ({ uri: { path: `/work/app/${name}` }, status });

beforeEach(() => filesInEditor.clear());

function repositoryWith(
  state: Partial<Record<keyof GitRepository['state'], readonly unknown[]>>,
): GitRepository {
  return {
    rootUri: { path: '/work/app' },
    state: { indexChanges: [], workingTreeChanges: [], untrackedChanges: [], ...state },
    diff: (cached: boolean) => Promise.resolve(cached ? diffOf('staged.ts', 'a') : diffOf('working.ts', 'b')),
  } as unknown as GitRepository;
}

const namesOf = async (repository: GitRepository): Promise<readonly string[]> =>
  (await changesOf(repository)).map(({ name }) => name);

test('what is staged is all that counts', async () => {
  const all = [change('working.ts', modified), change('new.ts', untracked)];
  const repository = repositoryWith({ indexChanges: [change('staged.ts', 0)], workingTreeChanges: all });
  expect(isStaged(repository)).toBe(true);
  expect(await namesOf(repository)).toEqual(['staged.ts']);
});

test('with nothing staged all changes count, new files as if they were added, wherever the settings put them', async () => {
  filesInEditor.set('/work/app/src/new.ts', Buffer.from('one\ntwo'));
  for (const state of [
    { workingTreeChanges: [change('working.ts', modified), change('src/new.ts', untracked)] },
    {
      workingTreeChanges: [change('working.ts', modified)],
      untrackedChanges: [change('src/new.ts', untracked)],
    },
  ]) {
    const repository = repositoryWith(state);
    expect([isStaged(repository), hasChanges(repository)]).toEqual([false, true]);
    const [working, added] = await changesOf(repository);
    expect(working).toEqual({ name: 'working.ts', text: diffOf('working.ts', 'b') });
    expect(added).toEqual({
      name: 'src/new.ts',
      text: 'diff --git a/src/new.ts b/src/new.ts\nnew file\n+one\n+two',
    });
  }
  expect(hasChanges(repositoryWith({}))).toBe(false);
});

test('of new files that are no text, too large, or gone, the name is all that is said', async () => {
  filesInEditor.set('/work/app/a.bin', Buffer.from([0, 1, 2]));
  filesInEditor.set('/work/app/large.txt', { length: 30_000_000 } as Buffer);
  const untrackedChanges = ['a.bin', 'large.txt', 'gone.txt'].map((name) => change(name, untracked));
  const texts = (await changesOf(repositoryWith({ untrackedChanges }))).slice(1).map(({ text }) => text);
  expect(texts.map((text) => text.split('\n').at(-2))).toEqual([
    '(A binary file.)',
    '(A large file.)',
    '(It can’t be read.)',
  ]);
});
