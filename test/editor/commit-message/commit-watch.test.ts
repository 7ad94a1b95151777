import { beforeEach, expect, test } from 'vitest';
import type { WrittenMessage } from '../../../src/editor/commit-message/commit-watch';
import { createCommitWatch } from '../../../src/editor/commit-message/commit-watch';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';

const observed: string[] = [];
const problems: unknown[] = [];
const message: WrittenMessage = {
  text: 'Add a',
  before: '',
  by: { decisionId: 'd', deploymentId: 'mini' },
  authors: ['mini'],
};

beforeEach(() => {
  observed.length = 0;
  problems.length = 0;
});

function watchOf() {
  return createCommitWatch(
    ({ decisionId }, signal) =>
      observed.push(`${decisionId} ${signal.kind === 'edit' ? signal.outcome : ''}`),
    (error) => problems.push(error),
  );
}

/** A repository whose commits the test makes. */
function repositoryAt(path: string) {
  const listeners = new Set<() => void>();
  let last: string | undefined;
  let commits = 0;
  const repository = {
    rootUri: { toString: () => path },
    onDidCommit: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    log: () =>
      last === undefined
        ? Promise.reject(new Error('no commit yet'))
        : Promise.resolve([{ message: last, hash: String(commits) }]),
  } as unknown as GitRepository;
  /** As the git extension tells it: also of a commit that a hook refused. */
  const tell = async (): Promise<void> => {
    for (const listener of listeners) listener();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const commit = async (text: string): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    last = text;
    commits += 1;
    await tell();
  };
  return { repository, commit, tell, listeners };
}

test('the next commit tells what became of the message, once', async () => {
  const watch = watchOf();
  const { repository, commit, listeners } = repositoryAt('/a');
  watch.begin(repository, message);
  expect(watch.current(repository)).toEqual(message);
  await commit('Add a');
  await commit('Something else');
  expect(observed).toEqual(['d accepted']);
  expect(watch.current(repository)).toBeUndefined();
  expect(listeners.size).toBe(0);
});

test('a second message takes the place of the first; another repository has its own', async () => {
  const watch = watchOf();
  const [one, other] = [repositoryAt('/a'), repositoryAt('/b')];
  watch.begin(one.repository, message);
  watch.begin(one.repository, { ...message, text: 'Add b', by: { ...message.by, decisionId: 'e' } });
  watch.begin(other.repository, { ...message, by: { ...message.by, decisionId: 'f' } });
  await one.commit('Add b');
  expect(observed).toEqual(['e accepted']);
  await other.commit('Add a to the page');
  expect(observed).toEqual(['e accepted', 'f changed']);
});

test('one that was taken back is rejected, and a commit says no more of it', async () => {
  const watch = watchOf();
  const { repository, commit } = repositoryAt('/a');
  watch.begin(repository, message);
  watch.reject(repository);
  watch.reject(repository);
  await commit('Add a');
  expect(observed).toEqual(['d rejected']);
});

test('what cannot be read is a problem, not an observation', async () => {
  const watch = watchOf();
  const { repository, tell } = repositoryAt('/a');
  watch.begin(repository, message);
  await tell();
  expect(observed).toEqual([]);
  expect(problems).toHaveLength(1);
});

test('a commit that failed says nothing, and the one that follows tells, once', async () => {
  const watch = watchOf();
  const { repository, commit, tell } = repositoryAt('/a');
  await commit('Begin');
  watch.begin(repository, message);
  await tell();
  await tell();
  expect(observed).toEqual([]);
  expect(watch.current(repository)).toEqual(message);
  await commit('Add a');
  await tell();
  expect(observed).toEqual(['d accepted']);
  expect(problems).toEqual([]);
});

test('so does one that failed where there was no commit at all', async () => {
  const watch = watchOf();
  const { repository, commit, tell } = repositoryAt('/a');
  watch.begin(repository, message);
  await tell();
  await commit('Add a');
  expect(observed).toEqual(['d accepted']);
});

test('nothing is told after the window has gone', async () => {
  const watch = watchOf();
  const { repository, commit } = repositoryAt('/a');
  watch.begin(repository, message);
  watch.dispose();
  await commit('Add a');
  expect(observed).toEqual([]);
});
