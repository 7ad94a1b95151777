import { beforeEach, describe, expect, test, vi } from 'vitest';
import { agreeToSecrets } from '../../../src/editor/attachments/agree-to-secrets';
import {
  changesOf,
  hasChanges,
  isStaged,
  sentFiles,
} from '../../../src/editor/commit-message/commit-changes';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';
import { untracked } from '../../../src/editor/commit-message/git-access';
import { filesOf, shortened } from '../../../src/text/shorten-diff';
import { filesInEditor, workspace } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

const modified = 5;
const diffOf = (name: string, text: string): string => `diff --git a/${name} b/${name}\n+${text}\n`;
const change = (name: string, status: number) => ({ uri: { path: `/work/app/${name}` }, status });

beforeEach(() => {
  filesInEditor.clear();
  vi.restoreAllMocks();
});

function repositoryWith(
  state: Partial<Record<keyof GitRepository['state'], readonly unknown[]>>,
): GitRepository {
  return {
    rootUri: { path: '/work/app' },
    state: { indexChanges: [], mergeChanges: [], workingTreeChanges: [], untrackedChanges: [], ...state },
    diff: (cached: boolean) => Promise.resolve(cached ? diffOf('staged.ts', 'a') : diffOf('working.ts', 'b')),
  } as unknown as GitRepository;
}

const namesOf = async (repository: GitRepository): Promise<readonly string[]> =>
  (await changesOf(repository)).files.map(({ name }) => name);

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
    const [working, added] = (await changesOf(repository)).files;
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
  const { files } = await changesOf(repositoryWith({ untrackedChanges }));
  const texts = files.slice(1).map(({ text }) => text);
  expect(texts.map((text) => text.split('\n').at(-2))).toEqual([
    '(A binary file.)',
    '(A large file.)',
    '(It can’t be read.)',
  ]);
});

test('of many new files a few are read, one at a time, and the others are named', async () => {
  let [reading, most] = [0, 0];
  vi.spyOn(workspace.fs, 'readFile').mockImplementation(async () => {
    reading += 1;
    most = Math.max(most, reading);
    await new Promise((resolve) => setImmediate(resolve));
    reading -= 1;
    return Buffer.from('text');
  });
  const names = Array.from({ length: 53 }, (_, index) => `f${String(index)}`);
  for (const name of names) filesInEditor.set(`/work/app/${name}`, Buffer.from('text'));
  const untrackedChanges = names.map((name) => change(name, untracked));
  const { files, unread } = await changesOf(repositoryWith({ untrackedChanges }));
  expect([files.length, most]).toEqual([51, 1]);
  expect(unread).toEqual(['f50', 'f51', 'f52']);
});

describe('what goes out is known by the names that git knows', () => {
  const nameless = shortened(filesOf('what a tool of the user’s prints\n'));
  const labels = (state: Parameters<typeof repositoryWith>[0]): readonly string[] =>
    sentFiles(repositoryWith(state), nameless).map(({ label }) => label);

  test('of what is staged', () => {
    const state = { indexChanges: [change('.env', 0)], workingTreeChanges: [change('other.ts', modified)] };
    expect(labels(state)).toEqual(['?', '.env']);
  });

  test('of everything where nothing is', () => {
    const state = {
      mergeChanges: [change('keys/a.pem', 0)],
      workingTreeChanges: [change('b.ts', modified)],
      untrackedChanges: [change('.env', untracked)],
    };
    expect(labels(state)).toEqual(['?', 'keys/a.pem', 'b.ts', '.env']);
  });

  test('and each once', () => {
    const diff = shortened(filesOf(diffOf('staged.ts', 'a')));
    const repository = repositoryWith({ indexChanges: [change('staged.ts', 0)] });
    expect(sentFiles(repository, diff)).toEqual([
      { label: 'staged.ts', text: diffOf('staged.ts', 'a'), isDiff: true },
    ]);
  });

  test('so that the user is asked', async () => {
    const sent = sentFiles(repositoryWith({ indexChanges: [change('src/.env', 0)] }), nameless);
    const questions: string[] = [];
    const refuse = (question: string) => Promise.resolve(questions.push(question) < 0);
    expect(await agreeToSecrets(sent, refuse)).toBe(false);
    expect(questions[0]).toContain('src/.env may hold secrets');
  });
});
