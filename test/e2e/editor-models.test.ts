import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompanionEntry } from './companion';
import { packCompanion, readCompanionLog } from './companion';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { outputFolder, packagedVsix } from './harness/files';
import { observationsIn, readLedger } from './ledger-reader';

/** Another extension's language models as models of a pool, `vscode/<vendor>/<family>`. */

const logFile = path.join(outputFolder, `companion-${String(process.pid)}.jsonl`);

let editor: Editor;

beforeAll(async () => {
  const companion = await packCompanion();
  writeFileSync(logFile, '');
  editor = await startEditor({
    vsix: [packagedVsix(), companion],
    env: { COMPANION_LOG: logFile },
    workspaceFiles: { 'a.ts': 'const a = 1;\n' },
  });
});

afterAll(() => editor.close());

const requests = (): readonly CompanionEntry[] =>
  readCompanionLog(logFile).filter(({ family }) => family !== undefined);
const dialog = (): Locator => editor.page.locator('.monaco-dialog-box');
const dialogue = (): Locator => editor.page.locator('.quick-input-widget:visible');
const row = (label: string): Locator => dialogue().locator('.monaco-list-row', { hasText: label });

async function statusBarNames(pool: string): Promise<void> {
  await eventually(
    `the pool '${pool}' in the status bar`,
    async () => new RegExp(`\\b${pool}\\b`).test(await editor.statusBar()) || undefined,
  );
}

async function ask(prompt: string): Promise<Locator> {
  await editor.command('Conduit: Ask');
  await editor.answerInput(prompt);
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.waitFor();
  return turn;
}

/** Writes a file with one pool of these models. A pool of another name shows when it is in use. */
function writeConfiguration(pool: string, families: readonly string[], vendor = 'companion'): void {
  const models = families.flatMap((family) => [
    `  - model_name: ${pool}`,
    '    litellm_params:',
    `      model: vscode/${vendor}/${family}`,
    '    model_info:',
    `      id: ${family}`,
  ]);
  const text = ['model_list:', ...models, 'instructions: Be brief.', ''].join('\n');
  writeFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), text);
}

test('nothing is used before the user agrees, who is told what it means', async () => {
  await statusBarNames('simulated');
  await editor.command("Conduit: Use the Editor's Models");
  await dialog().waitFor();
  expect(await dialog().innerText()).toContain('They count against your subscription');
  await editor.screenshot('editor-models-consent');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await statusBarNames('simulated');
  expect(requests()).toEqual([]);
});

test('those that are chosen serve, Conduit’s own are not offered, and the answer says which model it was', async () => {
  await editor.command("Conduit: Use the Editor's Models");
  await dialog().getByRole('button', { name: 'Show Models' }).click();
  await row('Companion bright').waitFor();
  expect(await dialogue().innerText()).not.toContain('Conduit ·');
  await row('Companion bright').click();
  await editor.screenshot('editor-models-pick');
  await dialogue().getByRole('button', { name: 'OK' }).click();
  await editor.notification('Conduit may use vscode/companion/bright');
  await statusBarNames('default');
  const turn = await ask('Who are you?');
  await turn.getByTestId('answer-line').waitFor();
  expect(await turn.getByTestId('answer').innerText()).toBe('Companion bright answers.');
  const line = await turn.getByTestId('answer-line').innerText();
  expect(line).toContain('bright-2026-11');
  expect(line).not.toContain('$0 ');
  await editor.screenshot('editor-models-answer');
});

test('a file names them as vscode/<vendor>/<family>; one that fails is replaced, and instructions go first', async () => {
  writeConfiguration('both', ['bright', 'broken']);
  await statusBarNames('both');
  let asked = 0;
  const notice = await eventually('a fallback', async () => {
    const turn = await ask(`Is this question number ${(asked += 1)}?`);
    await turn.getByTestId('answer-line').waitFor();
    const notices = await turn.getByTestId('notice').allInnerTexts();
    return notices[0];
  });
  expect(notice).toBe('broken failed (quota used up); bright was asked instead.');
  expect(requests().at(-1)?.messages?.[0]).toEqual({ role: 1, text: 'Be brief.' });
  const observed = observationsIn(await readLedger(editor.storageFolder()));
  expect(observed.at(-2)?.signal).toMatchObject({ kind: 'failed', failure: { reason: 'quota' } });
});

test('Stop cancels the request at the other extension', async () => {
  writeConfiguration('slow', ['bright']);
  await statusBarNames('slow');
  const turn = await ask('Answer slowly');
  await turn.getByText('Companion').waitFor();
  await (await editor.chatFrame()).getByTestId('stop').click();
  await turn.getByText('Stopped.').waitFor();
  await eventually(
    'the cancellation',
    () => readCompanionLog(logFile).some(({ cancelled }) => cancelled) || undefined,
  );
});

test('Conduit never routes to itself', async () => {
  writeConfiguration('itself', ['gpt'], 'conduit');
  await editor.notification('Conduit never routes to itself');
  await statusBarNames('slow');
});

test('a model that isn’t there is named', async () => {
  writeConfiguration('empty', ['nobody']);
  await statusBarNames('empty');
  const turn = await ask('Is anybody there?');
  await turn.getByTestId('error').waitFor();
  expect(await turn.getByTestId('error').innerText()).toContain(
    'The editor has no model companion/nobody now',
  );
});

test('what was chosen can be withdrawn', async () => {
  writeFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), 'model_list: []\n');
  await statusBarNames('default');
  await editor.command("Conduit: Use the Editor's Models");
  await row('Companion bright').click();
  await dialogue().getByRole('button', { name: 'OK' }).click();
  await editor.notification('Conduit uses none of the editor’s models.');
  await statusBarNames('simulated');
});
