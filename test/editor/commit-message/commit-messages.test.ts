import { beforeEach, expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { CommitMessageParts } from '../../../src/editor/commit-message/commit-messages';
import { createCommitMessages } from '../../../src/editor/commit-message/commit-messages';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';
import type { Choice } from '../../../src/editor/notify';
import { attemptWith, decisionWith } from '../../core/samples';

const { notices, questions, repositories } = vi.hoisted(() => ({
  notices: [] as { readonly text: string; readonly choices: readonly Choice[] }[],
  questions: [] as string[],
  repositories: [] as GitRepository[],
}));

vi.mock('vscode', () => ({
  ProgressLocation: { SourceControl: 1 },
  window: { withProgress: (_options: unknown, run: () => unknown) => run() },
  commands: { executeCommand: () => Promise.resolve() },
}));
vi.mock('../../../src/editor/commit-message/git-access', () => ({
  untracked: 7,
}));
vi.mock('../../../src/editor/notify', () => ({
  notify: (_severity: string, text: string, choices: readonly Choice[] = []) =>
    notices.push({ text, choices }),
  choose: (question: string) => Promise.resolve(void questions.push(question)),
  confirm: (question: string) => Promise.resolve(questions.push(question) < 0),
}));

const change = (name: string) => ({ uri: { path: `/app/${name}` }, status: 0 });
/** What the repository holds, and what a test changes of it. */
let box: { value: string };
let staged: unknown[];
/** What git does when it is asked to look anew. */
let status: () => Promise<void>;
let diff: string;
let asked: RouteRequest[];
let truncated: boolean;
/** Called while the model answers. */
let meanwhile: () => void;

beforeEach(() => {
  for (const list of [notices, questions, repositories]) list.length = 0;
  box = { value: '' };
  staged = [change('a.ts')];
  status = () => Promise.resolve();
  diff = 'diff --git a/a.ts b/a.ts\n+a\n';
  asked = [];
  truncated = false;
  meanwhile = () => undefined;
  repositories.push({
    rootUri: { path: '/app', toString: () => '/app' },
    inputBox: box,
    state: { indexChanges: staged, mergeChanges: [], workingTreeChanges: [], untrackedChanges: [] },
    onDidCommit: () => ({ dispose: () => undefined }),
    status: () => status(),
    diff: () => Promise.resolve(diff),
    log: () => Promise.resolve([{ hash: '1', message: 'Begin' }]),
  } as unknown as GitRepository);
});

async function* answer(): AsyncGenerator<AnswerEvent> {
  yield await Promise.resolve({ type: 'decided', decision: decisionWith() });
  meanwhile();
  yield { type: 'text', text: 'Add a' };
  yield { type: 'finished', attempt: attemptWith(), truncated };
}

function messages() {
  return createCommitMessages({
    conduit: () =>
      Promise.resolve({
        answer: (request: RouteRequest) => {
          asked.push(request);
          return answer();
        },
        observe: () => Promise.resolve(),
      }),
    configuration: { pool: () => Promise.resolve({ name: 'default' }) },
    newId: () => 'id',
    log: { error: () => undefined },
    onAnswered: () => undefined,
    git: { repositories: () => repositories },
  } as unknown as CommitMessageParts);
}

/** Nothing is staged any more, and nothing else has changed. */
function commitAll(): void {
  staged.length = 0;
  box.value = '';
}

async function choose(label: string): Promise<void> {
  const choice = notices.at(-1)?.choices.find((each) => each.label === label);
  if (choice === undefined) throw new Error(`There is no choice ${label}.`);
  await choice.run();
}

test('a message is written into the box, and what is said of it has no warning', async () => {
  await messages().write();
  expect(box.value).toBe('Add a');
  expect(notices).toHaveLength(1);
  expect(notices[0]?.text).toBe('The commit message for app is written. strong · $0.0003 · 1.4 s');
});

test('the router is told that a commit message is asked for', async () => {
  await messages().write();
  expect(asked).toMatchObject([{ origin: 'commit-message', known: { kind: 'commit-message' } }]);
});

test('what was staged a moment ago is looked for before it is said that nothing is', async () => {
  const late = staged.splice(0);
  status = () => Promise.resolve(void staged.push(...late));
  await messages().write();
  expect(box.value).toBe('Add a');
});

test('a look that fails leaves what the editor knows', async () => {
  staged.length = 0;
  status = () => Promise.reject(new Error('index.lock'));
  await messages().write();
  expect(notices.map(({ text }) => text)).toEqual([
    'Nothing has changed in app, so there is no message to write.',
  ]);
});

test('one that the model could not finish is said to be cut off', async () => {
  truncated = true;
  await messages().write();
  expect(notices[0]?.text).toContain(
    'is written. The answer was cut off at the model’s output limit. strong',
  );
});

test('what replaces a message typed meanwhile brings it back with Undo', async () => {
  box.value = 'hint';
  meanwhile = () => (box.value = 'mine');
  await messages().write();
  box.value = 'mine, longer';
  await choose('Replace It');
  expect(box.value).toBe('Add a');
  await choose('Undo');
  expect(box.value).toBe('mine, longer');
});

test('an old offer to replace fills no box once the changes are committed', async () => {
  meanwhile = () => (box.value = 'mine');
  await messages().write();
  const [offer] = notices;
  commitAll();
  await offer?.choices[0]?.run();
  expect(box.value).toBe('');
  expect(notices.at(-1)?.text).toBe('What the commit message for app is about is no longer to be committed.');
});

test('neither does an answer that comes too late', async () => {
  meanwhile = commitAll;
  await messages().write();
  expect(box.value).toBe('');
  expect(notices.at(-1)?.text).toContain('no longer to be committed');
});

test('an old offer of another model asks none once the changes are committed', async () => {
  await messages().write();
  commitAll();
  await choose('Another Model');
  expect(asked).toHaveLength(1);
  expect(notices.at(-1)?.text).toContain('Nothing has changed in app');
});

test('a secret file is asked about where git prints no names', async () => {
  diff = 'as another program prints it';
  staged.push(change('.env'));
  await messages().write();
  expect(questions).toEqual(['.env may hold secrets. Send it to a model?']);
  expect(asked).toEqual([]);
});

test('a secret in the changes or in a commit message that goes along is asked about', async () => {
  diff = 'diff --git a/a.ts b/a.ts\n@@ -1 +1 @@\n+const password = "Kx72hunter!";\n';
  await messages().write();
  expect(questions).toEqual(['a.ts may hold secrets. Send it to a model?']);
  diff = 'diff --git a/a.ts b/a.ts\n+a\n';
  const [repository] = repositories;
  if (repository !== undefined)
    repository.log = () => Promise.resolve([{ hash: '1', message: 'Use password "Kx72hunter!"' }]);
  await messages().write();
  expect(questions.at(-1)).toBe('the last commit messages may hold secrets. Send it to a model?');
  expect(asked).toEqual([]);
});
