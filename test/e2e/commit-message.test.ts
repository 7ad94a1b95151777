import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureGit } from '../../scripts/lib/ensure-git.mjs';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireRequest, WireServer } from '../wire/wire-server';
import { lastUserText } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** Commit messages in the source control view, in the packaged VSIX, over two real repositories. */

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

beforeAll(async () => {
  await ensureGit();
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  editor = await startEditor({
    settings: { 'workbench.colorTheme': 'Default Dark Modern', 'git.autofetch': false },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([
        { id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 },
        { id: 'claude', provider: 'anthropic', apiBase: anthropic.url, price: 1e-6 },
      ]),
    },
  });
});

afterAll(async () => {
  await editor.close();
  await Promise.all([openai.close(), anthropic.close()]);
});

beforeEach(() => {
  for (const server of [openai, anthropic]) server.forget();
});

const requests = (): readonly WireRequest[] => [...openai.requests, ...anthropic.requests];
const sent = (): string => lastUserText(requests().at(-1)!);

function answerWith(...chunks: readonly string[]): void {
  for (const server of [openai, anthropic])
    server.script({ kind: 'answer', chunks, usage: { input: 100, output: 10 } });
}

function git(name: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: path.join(editor.profile.workspace, name), encoding: 'utf8' });
}

function write(file: string, text: string): void {
  const full = path.join(editor.profile.workspace, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
}

/** A repository with two commits that have a style. */
function createRepository(name: string): void {
  write(`${name}/one.txt`, 'one\n');
  git(name, 'init', '-q', '-b', 'main');
  git(name, 'config', 'user.name', 'Ada');
  git(name, 'config', 'user.email', 'ada@example.com');
  git(name, 'add', '.');
  git(name, 'commit', '-qm', 'feat: begin');
  write(`${name}/one.txt`, 'one and a half\n');
  git(name, 'commit', '-qam', 'fix: half of it was missing\n\nIt was.');
}

function stage(name: string, file: string, text: string): void {
  write(`${name}/${file}`, text);
  git(name, 'add', file);
}

/** Waits until the editor knows that a file of a repository has changed. */
async function seen(repository: string, file: string): Promise<void> {
  const row = view().locator('.monaco-list-row', { hasText: file });
  await row.filter({ has: editor.page.locator('.label-description', { hasText: repository }) }).waitFor();
}

const view = (): Locator => editor.page.locator('.scm-view');
const providers = (): Locator => view().locator('.scm-provider');

/** Where the message of a repository is typed: the first box below its name, once the list is laid out again. */
function box(repository: string): Promise<Locator> {
  return eventually(`a box of ${repository}`, async () => {
    const header = await providers().filter({ hasText: repository }).boundingBox();
    const boxes = await view().locator('.scm-editor').all();
    const tops = await Promise.all(boxes.map(async (each) => (await each.boundingBox())?.y ?? -1));
    const below = tops
      .map((top, index) => ({ top, index }))
      .filter(({ top }) => top > (header?.y ?? Infinity));
    const [nearest] = below.toSorted((one, other) => one.top - other.top);
    return nearest && view().locator('.scm-editor').nth(nearest.index);
  });
}

/** Waits for a message; the box wraps its lines, so only what isn't white space counts. */
async function boxSays(repository: string, text: string): Promise<void> {
  await eventually(`the message '${text}'`, async () => {
    const lines = await (await box(repository)).locator('.view-line').allInnerTexts();
    return lines.join('').replaceAll(/\s/g, '') === text.replaceAll(/\s/g, '') || undefined;
  });
}

async function focus(repository: string): Promise<void> {
  await (await box(repository)).locator('.native-edit-context').focus();
}

async function type(repository: string, text: string): Promise<void> {
  await focus(repository);
  await editor.page.keyboard.press('Control+A');
  await editor.page.keyboard.press('Delete');
  if (text !== '') await editor.page.keyboard.insertText(text);
}

/** Runs the command from the palette for a repository. */
async function writeMessage(repository: string): Promise<void> {
  await editor.command('Conduit: Commit Message');
  await editor.page.locator('.quick-input-widget:visible', { hasText: 'Which repository' }).waitFor();
  await editor.pick(repository);
}

async function outcomes(): Promise<readonly string[]> {
  const entries = await readLedger(editor.storageFolder());
  const made = decisionsIn(entries).filter(({ origin }) => origin === 'commit-message');
  return observationsIn(entries)
    .filter(({ decisionId }) => made.some(({ id }) => id === decisionId))
    .flatMap(({ signal }) =>
      signal.kind === 'edit' ? [signal.outcome] : signal.kind === 'regenerated' ? ['regenerated'] : [],
    );
}

async function toldLast(outcome: string, count: number): Promise<void> {
  await eventually(`${String(count)} outcomes, the last one ${outcome}`, async () => {
    const all = await outcomes();
    return (all.length === count && all.at(-1) === outcome) || undefined;
  });
}

/** Waits for a toast, and clears all of them away. */
async function dismiss(text: string): Promise<void> {
  await editor.notification(text);
  await editor.command('Notifications: Clear All Notifications');
}

test('where git can’t be reached the command is hidden', async () => {
  await editor.page.keyboard.press('F1');
  const palette = editor.page.locator('.quick-input-widget:visible');
  await palette.locator('.quick-input-box input').fill('>Conduit: Co');
  await palette.locator('.monaco-list-row', { hasText: 'Conduit: New Conversation' }).waitFor();
  expect(await palette.locator('.monaco-list-row', { hasText: 'Commit Message' }).count()).toBe(0);
  await editor.page.keyboard.press('Escape');
});

test('a message is written from what is staged, in the style of the repository, by the button of its repository', async () => {
  createRepository('app');
  createRepository('lib');
  stage('app', 'two.txt', 'two\n');
  write('app/unstaged.txt', 'not staged\n');
  await editor.updateSettings({ 'git.enabled': true });
  await editor.command('Source Control: Focus on Changes View');
  await providers().nth(1).waitFor();
  answerWith('```\nfeat: add the second one\n\n', 'It was time.\n```');
  const app = providers().filter({ hasText: 'app' });
  await app.hover();
  await editor.screenshot('commit-message-button');
  await app.getByRole('button', { name: 'Commit Message' }).click();
  await boxSays('app', 'feat: add the second one\n\nIt was time.');
  expect(sent()).toContain('+two');
  expect(sent()).not.toContain('not staged');
  expect(sent()).toContain('- fix: half of it was missing\n- feat: begin\n');
  expect(decisionsIn(await readLedger(editor.storageFolder())).at(-1)?.origin).toBe('commit-message');
  await editor.notification('The commit message for app is written.');
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`commit-message-${theme}`);
  }
});

test('committed as it is, it was accepted', async () => {
  await dismiss('The commit message for app');
  await focus('app');
  await editor.page.keyboard.press('Control+Enter');
  await toldLast('accepted', 1);
  expect(git('app', 'log', '-1', '--format=%B').trim()).toBe('feat: add the second one\n\nIt was time.');
});

test('what was typed is a hint, is replaced, and comes back with Undo', async () => {
  stage('lib', 'two.txt', 'two\n');
  await seen('lib', 'two.txt');
  await type('lib', 'closes #12');
  answerWith('feat: add two, closes #12');
  await writeMessage('lib');
  await boxSays('lib', 'feat: add two, closes #12');
  expect(sent()).toContain('must respect it:\ncloses #12');
  const toast = await editor.notification('The commit message for lib is written.');
  await toast.getByRole('button', { name: 'Undo' }).click();
  await boxSays('lib', 'closes #12');
  await toldLast('rejected', 2);
});

test('another model writes another one, and the changed one that is committed tells so', async () => {
  await type('lib', '');
  answerWith('feat: add the number two');
  await writeMessage('lib');
  await boxSays('lib', 'feat: add the number two');
  const first = decisionsIn(await readLedger(editor.storageFolder())).at(-1);
  answerWith('feat: add the number two to the list');
  await (
    await editor.notification('The commit message for lib')
  )
    .getByRole('button', { name: 'Another Model' })
    .click();
  await boxSays('lib', 'feat: add the number two to the list');
  const second = decisionsIn(await readLedger(editor.storageFolder())).at(-1);
  expect(second?.deploymentId).not.toBe(first?.deploymentId);
  await toldLast('regenerated', 3);
  await dismiss('The commit message for lib');
  await focus('lib');
  await editor.page.keyboard.press('Control+End');
  await editor.page.keyboard.insertText(' of numbers');
  await editor.page.keyboard.press('Control+Enter');
  await toldLast('changed', 4);
});

test('with nothing staged all changes are offered, new files included; with no changes it says so', async () => {
  answerWith('feat: add what was left');
  await writeMessage('app');
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'Nothing is staged in app' });
  await dialog.waitFor();
  await editor.screenshot('commit-message-nothing-staged');
  await dialog.getByRole('button', { name: 'Use All Changes' }).click();
  await boxSays('app', 'feat: add what was left');
  expect(sent()).toContain('+not staged');
  await dismiss('The commit message for app');
  rmSync(path.join(editor.profile.workspace, 'app', 'unstaged.txt'));
  await type('app', '');
  await view().locator('.monaco-list-row', { hasText: 'unstaged.txt' }).waitFor({ state: 'detached' });
  await writeMessage('app');
  await dismiss('Nothing has changed in app');
});

test('changes that look like they hold secrets ask first, and long ones are cut', async () => {
  stage('app', '.env', 'API_KEY=abc\n');
  await seen('app', '.env');
  await writeMessage('app');
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: '.env may hold secrets' });
  await dialog.waitFor();
  await editor.screenshot('commit-message-secret');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(requests()).toEqual([]);
  git('app', 'rm', '-qf', '--cached', '.env');
  rmSync(path.join(editor.profile.workspace, 'app', '.env'));
  stage('app', 'long.txt', 'a line of it\n'.repeat(5_000));
  await seen('app', 'long.txt');
  answerWith('feat: add a long one');
  await writeMessage('app');
  await boxSays('app', 'feat: add a long one');
  expect(sent().length).toBeLessThan(14_000);
  expect(sent()).toMatch(/\(The first \d+ of \d+ characters of this file’s changes\.\)/);
  await dismiss('The changes are long');
});

test('it can be stopped, and what is typed meanwhile stands', async () => {
  for (const server of [openai, anthropic])
    server.script({ kind: 'answer', chunks: ['feat: '], then: 'hang' });
  await type('app', 'mine');
  await writeMessage('app');
  await eventually('the request', () => requests().length > 0 || undefined);
  const app = providers().filter({ hasText: 'app' });
  await app.hover();
  await editor.screenshot('commit-message-progress');
  await app.getByRole('button', { name: 'Stop Commit Message' }).click();
  await eventually('the closed connection', () => requests().at(-1)?.closedByClient || undefined);
  await boxSays('app', 'mine');

  for (const server of [openai, anthropic]) {
    server.forget();
    server.script({ kind: 'answer', chunks: ['feat: ', 'it'], delayMs: 1_500 });
  }
  await writeMessage('app');
  await eventually('the request', () => requests().length > 0 || undefined);
  await type('app', 'typed meanwhile');
  const toast = await editor.notification('You typed a message for app meanwhile');
  await boxSays('app', 'typed meanwhile');
  await toast.getByRole('button', { name: 'Replace It' }).click();
  await boxSays('app', 'feat: it');
  const written = await editor.notification('The commit message for app is written.');
  await written.getByRole('button', { name: 'Undo' }).click();
  await boxSays('app', 'typed meanwhile');
});

test('a merge in progress: the model is told of its conflict, the user too, and the box holds the message', async () => {
  await editor.command('Notifications: Clear All Notifications');
  git('lib', 'checkout', '-qb', 'side');
  write('lib/one.txt', 'from the side\n');
  git('lib', 'commit', '-qam', 'feat: change one on the side');
  git('lib', 'checkout', '-q', 'main');
  write('lib/one.txt', 'from main\n');
  git('lib', 'commit', '-qam', 'feat: change one');
  expect(() => git('lib', 'merge', 'side')).toThrow();
  await seen('lib', 'one.txt');
  answerWith(
    '<think>\nTwo sides.\n</think>\n\nHere is the commit message:\n\n',
    '```\nfeat: merge the side\n```\nDone.',
  );
  await writeMessage('lib');
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'Nothing is staged in lib' });
  await dialog.getByRole('button', { name: 'Use All Changes' }).click();
  await boxSays('lib', 'feat: merge the side');
  expect(sent()).toContain('diff --cc one.txt');
  expect(sent()).toContain('(In conflict, and not resolved yet: one.txt)');
  await editor.notification('Still in conflict, and to be resolved before the commit: one.txt');
});
