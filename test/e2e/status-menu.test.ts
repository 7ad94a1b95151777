import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { modelOf } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, readLedger } from './ledger-reader';

/** The status bar and its menu in a real VS Code. */

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  const models = ['mini', 'large'].map(
    (id) => ({ id, provider: 'openai', apiBase: openai.url, price: 1e-3 }) as const,
  );
  const other = configurationOf(models)
    .replaceAll('gpt', 'other')
    .replaceAll(/(mini|large)$/gm, '$1-2');
  editor = await startEditor({
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    globalStorageFiles: {
      'conduit.yaml': `# mine\n${configurationOf(models)}${other.replace('model_list:\n', '')}router:\n  daily_budget_usd: 2 # a day\n`,
    },
  });
  openai.script({ kind: 'answer', chunks: ['Fine.'], usage: { input: 10, output: 5 } });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

const configurationFile = (): string => path.join(editor.profile.globalStorage, 'conduit.yaml');

async function shows(text: RegExp): Promise<void> {
  await eventually(
    `${String(text)} in the status bar`,
    async () => text.test(await editor.statusBar()) || undefined,
  );
}

/** Opens the menu from the status bar. */
async function openMenu(): Promise<Locator> {
  await editor.page
    .locator('.part.statusbar')
    .getByText(/gpt|other/)
    .first()
    .click();
  const menu = editor.page.locator('.quick-input-widget:visible', { hasText: 'How models are chosen' });
  await menu.waitFor();
  return menu;
}

/** Chooses a row, and waits for the list that it opens. */
async function choose(label: string, title: string): Promise<void> {
  await openMenu();
  await editor.pick(label);
  await editor.page.locator('.quick-input-widget:visible', { hasText: title }).waitFor();
}

async function ask(prompt: string): Promise<void> {
  await editor.command('Conduit: Ask');
  await editor.answerInput(prompt);
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: prompt });
  await turn.getByTestId('answer-line').waitFor();
}

test('names the pool, then the last model and today’s spend', async () => {
  await shows(/\bgpt\b/);
  expect(await editor.statusBar()).not.toContain('$');
  await ask('What is a mutex?');
  await shows(/gpt · (mini|large) · \$0\.0[12]/);
  const menu = await openMenu();
  expect(await menu.innerText()).toMatch(/Routing Stats\s*today \$0\.0150 of \$2\.00/);
  await editor.screenshot('status-menu-dark');
  for (const theme of ['light', 'high-contrast'] as const) {
    await editor.page.keyboard.press('Escape');
    await editor.setTheme(theme);
    await openMenu();
    await editor.screenshot(`status-menu-${theme}`);
  }
  await editor.page.keyboard.press('Escape');
});

test('the preset is written into conduit.yaml, whose comments stay', async () => {
  const before = readFileSync(configurationFile(), 'utf8');
  await choose('Preset', 'What matters most');
  await editor.screenshot('select-preset');
  await editor.pick('cost');
  const wanted = before.replace('router:\n', 'router:\n  preset: cost\n');
  expect(wanted).not.toBe(before);
  await eventually('the file', () => readFileSync(configurationFile(), 'utf8') === wanted || undefined);
  await shows(/the preset is cost now/);
  expect(await (await openMenu()).innerText()).toMatch(/Preset\s*cost/);
  await editor.page.keyboard.press('Escape');
});

test('the conversation of the chat view is locked to a model, and given back', async () => {
  await choose('Lock Conversation to a Model…', 'Which model should answer this conversation?');
  await editor.pick('large');
  const pool = (await editor.chatFrame()).getByTestId('pool');
  await pool.filter({ hasText: 'large' }).waitFor();
  await ask('And a semaphore?');
  expect(modelOf(openai.requests.at(-1)!)).toBe('large');
  expect(await (await openMenu()).innerText()).toMatch(/locked to large/);
  await editor.page.keyboard.press('Escape');
  await choose('Lock Conversation to a Model…', 'Which model should answer this conversation?');
  await editor.pick('Let Conduit choose');
  await pool.filter({ hasText: 'gpt' }).waitFor();
});

test('while learning is paused, decisions and the status bar say so, until it goes on', async () => {
  await openMenu();
  await editor.pick('Pause Learning');
  const mark = editor.page.locator('.part.statusbar .codicon-debug-pause');
  await mark.waitFor();
  await ask('What is a monitor?');
  await editor.screenshot('learning-paused');
  await openMenu();
  await editor.pick('Resume Learning');
  await mark.waitFor({ state: 'detached' });
  await ask('What is a barrier?');
  const decisions = decisionsIn(await readLedger(editor.storageFolder()));
  expect(decisions.slice(-2).map(({ learning }) => learning ?? true)).toEqual([false, true]);
});

test('another pool', async () => {
  await choose('Pool', 'Which pool should requests go to?');
  await editor.pick('other');
  await shows(/\bother\b/);
});

test('after a restart today’s spend is there before anything is asked; an environment that overrides is told', async () => {
  await editor.restart({ env: { CONDUIT_PRESET: 'speed' } });
  await shows(/other · \$0\.0[67]/);
  await openMenu();
  await editor.pick('Preset');
  await editor.page.getByPlaceholder('CONDUIT_PRESET overrides it').waitFor();
  await editor.pick('quality');
  await editor.notification('The preset quality is in your conduit.yaml, but CONDUIT_PRESET overrides it');
  await editor.screenshot('preset-overridden');
  expect(readFileSync(configurationFile(), 'utf8')).toContain('  preset: quality\n');
});
