import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** The walkthrough at the very first start of the packaged VSIX, with simulated models. */

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    settings: {
      'workbench.colorTheme': 'Default Light Modern',
      'workbench.welcomePage.walkthroughs.openOnInstall': true,
    },
    workspaceFiles: { 'area.ts': 'export const area = 1;\n' },
  });
});

afterAll(() => editor.close());

const page = (): Locator => editor.page.locator('.gettingStartedContainer');
const step = (id: string): Locator => page().locator(`[data-step-id$="#${id}"]`);

/** Waits until the step's mark says so. */
async function isDone(id: string, done: boolean): Promise<void> {
  const mark = page().locator(`[data-done-step-id$="#${id}"]`).first();
  await eventually(`${id} to be ${done ? 'done' : 'open'}`, async () =>
    (await mark.getAttribute('aria-checked')) === String(done) ? true : undefined,
  );
}

async function ask(prompt: string): Promise<Locator> {
  await editor.page.locator('.quick-input-widget:visible .quick-input-box input').waitFor();
  await editor.answerInput(prompt);
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: prompt });
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

test('it opens by itself once, with four steps that nothing has done yet', async () => {
  await page().getByText('Get started with Conduit').first().waitFor({ timeout: 60_000 });
  expect(await page().locator('.getting-started-step').count()).toBe(4);
  for (const id of ['addModel', 'ask', 'rate', 'look']) await isDone(id, false);
  await editor.screenshot('walkthrough-start-light');
});

test('it does not open a second time by itself, but by its command', async () => {
  await editor.command('View: Close All Editors');
  await page().waitFor({ state: 'detached' });
  // The workbench writes down what is open seconds later.
  await editor.page.waitForTimeout(12_000);
  await editor.reload();
  await editor.page.waitForTimeout(5_000);
  expect(await page().count()).toBe(0);
  await editor.command('Conduit: Get Started');
  await page().getByText('Get started with Conduit').first().waitFor();
});

test('its buttons lead to each step, and each step is ticked off when it is done', async () => {
  await step('addModel').click();
  await page().getByRole('button', { name: 'Set API Key' }).click();
  await editor.page.locator('.quick-input-widget:visible').waitFor();
  await editor.page.keyboard.press('Escape');
  await step('ask').click();
  await editor.screenshot('walkthrough-ask-light');
  await page().getByRole('button', { name: 'Ask Conduit' }).click();
  const turn = await ask('What is a mutex?');
  await isDone('ask', true);
  await step('rate').click();
  await page().getByRole('button', { name: 'Open the Chat' }).waitFor();
  await editor.screenshot('walkthrough-rate-light');
  await turn.getByTestId('thumb-up').click();
  await isDone('rate', true);
  await step('look').click();
  for (const theme of ['dark', 'high-contrast', 'light'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`walkthrough-look-${theme}`);
  }
  await page().getByRole('button', { name: 'Show Routing Stats' }).click();
  await (await editor.statsFrame()).getByTestId('stats-recent').waitFor();
  await editor.command('Conduit: Get Started');
  await isDone('look', true);
  await isDone('addModel', false);
  await step('addModel').click();
  for (const theme of ['dark', 'high-contrast'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`walkthrough-model-${theme}`);
  }
});

test('a model that is there when the editor starts is noticed', async () => {
  await editor.restart({ env: { OPENAI_API_KEY: 'sk-made-up-key-of-the-walkthrough-test' } });
  await editor.command('Conduit: Get Started');
  // The others are remembered by the editor, in the browser's profile, which is a new one here.
  await isDone('addModel', true);
});
