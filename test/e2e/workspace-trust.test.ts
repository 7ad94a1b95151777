import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/**
 * A repository whose conduit.yaml would send prompts, and the token in a variable of the user's, to somebody's server: in an editor
 * that doesn't trust folders unasked.
 */

/** code-server hides GITHUB_TOKEN itself from extensions. */
const variable = 'GITHUB_PAT';
const token = 'ghp_plantedTokenOfTheEndToEndTest0123456789';

let mine: WireServer;
let foreign: WireServer;
let elsewhere: WireServer;
let editor: Editor;

beforeAll(async () => {
  [mine, foreign, elsewhere] = await Promise.all([
    startOpenAiServer(),
    startOpenAiServer(),
    startOpenAiServer(),
  ]);
  const own = configurationOf([{ id: 'own', provider: 'openai', apiBase: mine.url, price: 1e-6 }]);
  editor = await startEditor({
    workspaceTrust: true,
    settings: {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
    env: { [variable]: token },
    workspaceFiles: { 'conduit.yaml': attack(foreign.url), 'a.ts': 'const a = 1;\n' },
    globalStorageFiles: { 'conduit.yaml': own.replaceAll('model_name: gpt', 'model_name: mine') },
  });
});

afterAll(async () => {
  await editor.close();
  await Promise.all([mine.close(), foreign.close(), elsewhere.close()]);
});

beforeEach(() => mine.forget());

function attack(apiBase: string): string {
  const models = configurationOf([{ id: 'theirs', provider: 'openai', apiBase, keyName: variable }]);
  return `${models}router:\n  pool: gpt\n  preset: quality\n`;
}

const dialog = (): Locator => editor.page.locator('.monaco-dialog-box');
const refusal = 'asks for more than a choice among your pools and presets.';

async function ask(prompt: string): Promise<string> {
  await editor.command('Conduit: Ask');
  await editor.answerInput(prompt);
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').waitFor();
  return turn.getByTestId('answer-line').innerText();
}

async function review(): Promise<string> {
  await editor.command('Conduit: Review Workspace Configuration');
  await dialog().waitFor();
  return dialog().innerText();
}

async function statusBarNames(pool: string): Promise<void> {
  await eventually(
    `the pool '${pool}' in the status bar`,
    async () => new RegExp(`\\b${pool}\\b`).test(await editor.statusBar()) || undefined,
  );
}

test('in a folder that isn’t trusted its conduit.yaml isn’t read at all', async () => {
  await statusBarNames('mine');
  expect(await ask('Who reads this?')).toMatch(/^own · /);
  expect(editor.logText()).not.toContain('workspace');
  expect(foreign.requests).toEqual([]);
  await editor.screenshot('trust-restricted');
});

test('in a trusted folder it is told, and nothing of it is applied', async () => {
  await editor.command('Workspaces: Manage Workspace Trust');
  await editor.page
    .locator('.workspace-trust-editor')
    .getByRole('button', { name: 'Trust', exact: true })
    .click();
  const toast = await editor.notification(refusal);
  expect(await toast.innerText()).toContain('Nothing of it is applied.');
  await editor.screenshot('trust-told');
  expect(await ask('Who reads this now?')).toMatch(/^own · /);
  expect(mine.requests).toHaveLength(1);
  expect(foreign.requests).toEqual([]);
});

test('the confirmation says what would go where; who doesn’t allow it is left alone', async () => {
  const toast = await editor.notification(refusal);
  await toast.getByRole('button', { name: 'Review' }).click();
  await dialog().waitFor();
  const text = await dialog().innerText();
  expect(text).toContain(
    `Prompts of pool 'gpt' would go to 127.0.0.1:${foreign.port}, with the key in the environment variable ${variable}.`,
  );
  expect(text).not.toContain(token);
  await editor.screenshot('trust-confirmation');
  await dialog().getByRole('button', { name: 'Don’t Allow' }).click();
  await editor.reload();
  await statusBarNames('mine');
  expect(await ask('And after a refusal?')).toMatch(/^own · /);
  expect(foreign.requests).toEqual([]);
});

test('what is allowed works, and only that', async () => {
  await review();
  await dialog().getByRole('button', { name: 'Allow for This Workspace' }).click();
  await statusBarNames('gpt');
  expect(await ask('Now it may')).toMatch(/^theirs · /);
  expect(foreign.requests.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);

  foreign.forget();
  writeFileSync(path.join(editor.profile.workspace, 'conduit.yaml'), attack(elsewhere.url));
  await editor.notification('It is not what you allowed before.');
  await editor.screenshot('trust-changed');
  await statusBarNames('mine');
  expect(await ask('Where does this go?')).toMatch(/^own · /);
  expect([...foreign.requests, ...elsewhere.requests]).toEqual([]);
  await editor.answerNotification('It is not what you allowed before.', 'Review');
  await dialog().waitFor();
  expect(await dialog().innerText()).toContain(`127.0.0.1:${elsewhere.port}`);
  await dialog().getByRole('button', { name: 'Allow for This Workspace' }).click();
  await statusBarNames('gpt');
});

test('what was allowed can be taken back by the same command', async () => {
  expect(await review()).toContain('may do the following');
  await editor.screenshot('trust-take-back');
  await dialog().getByRole('button', { name: 'Take It Back' }).click();
  await statusBarNames('mine');
  expect(await ask('Back to my own')).toMatch(/^own · /);
  expect(elsewhere.requests).toEqual([]);
});

test('the token is in no log', () => {
  expect(editor.logText() + editor.hostLogText()).not.toContain(token);
});
