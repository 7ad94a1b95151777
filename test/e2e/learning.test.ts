import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import { eventually } from './harness/eventually';
import { evidenceOf, readLedger, statsOf } from './ledger-reader';
import type { TwoModels } from './two-models';
import { allThemes, editorWithTwoModels } from './two-models';

/** What was learnt from, in the stats page and in Doctor, in a real VS Code; and a signal turned off and on. */

let models: TwoModels;
let editor: Editor;

beforeAll(async () => {
  models = await editorWithTwoModels();
  ({ editor } = models);
  models.openai.script({
    kind: 'answer',
    chunks: ['```ts\nexport const size = 1;\n```'],
    usage: { input: 10, output: 5 },
  });
});

afterAll(() => models.close());

const configurationText = (): string =>
  readFileSync(path.join(editor.profile.globalStorage, 'conduit.yaml'), 'utf8');

async function answered(prompt: string): Promise<Locator> {
  const turn = await models.ask(prompt);
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

async function openStats(): Promise<Frame> {
  await editor.command('Conduit: Show Routing Stats');
  const frame = await editor.statsFrame();
  await frame.getByTestId('stats-learning').waitFor();
  return frame;
}

function row(frame: Frame, signal: string): Locator {
  return frame.locator(`tr[data-signal="${signal}"]`);
}

async function cellsOf(frame: Frame, signal: string): Promise<readonly string[]> {
  return row(frame, signal).locator('th, td').allTextContents();
}

/** Puts the section at the top, so that all of it is in the picture. */
async function picture(frame: Frame, name: string): Promise<void> {
  await frame.getByTestId('stats-learning').evaluate((element) => element.scrollIntoView());
  await editor.page.waitForTimeout(300);
  await editor.screenshot(name);
}

test('answers are counted by what they were told of', async () => {
  await models.newConversation();
  const rated = await answered('What is a mutex?');
  await rated.getByTestId('thumb-up').click();
  await rated.locator('[data-testid="thumb-up"][aria-pressed="true"]').waitFor();
  const copied = await answered('And a semaphore?');
  await copied.locator('button[data-action="copy"]').click();
  await answered('And a barrier?');
  const frame = await openStats();
  await eventually('the copy', async () => (await row(frame, 'copied').count()) > 0 || undefined);
  expect(await frame.getByTestId('told-of').textContent()).toMatch(/^[23] of 3 answers were told of\.$/);
  expect(await cellsOf(frame, 'rating-up')).toEqual(['rated good', 'good (1.00)', '1', '1', '1', 'Turn Off']);
  expect(await cellsOf(frame, 'copied')).toEqual([
    'copied, all or a part',
    'good (0.60)',
    '0.04',
    '1',
    '1',
    'Turn Off',
  ]);
  const rest = frame.getByTestId('stats-signals-rest');
  await rest.locator('summary').click();
  expect(await rest.locator('tr[data-signal="edit-accepted"] th').textContent()).toBe('edit accepted');
});

test.each(allThemes)('and can be read in %s', async (theme) => {
  await editor.setTheme(theme);
  await picture(await openStats(), `learning-${theme}`);
});

test('nothing is cut off, however wide the page is', async () => {
  await editor.setTheme('dark');
  await editor.command('View: Toggle Primary Side Bar Visibility');
  const frame = await openStats();
  for (const width of [1600, 900, 700, 520, 420, 368]) {
    await editor.page.setViewportSize({ width, height: 900 });
    await editor.page.waitForTimeout(500);
    const sizes = await frame.evaluate(() => ({
      page: document.documentElement.clientWidth,
      content: document.documentElement.scrollWidth,
    }));
    expect(sizes.content, `of ${String(sizes.page)} pixels`).toBeLessThanOrEqual(sizes.page);
    const off = row(frame, 'copied').getByRole('button');
    const box = await off.evaluate((element) => element.getBoundingClientRect().right);
    expect(box, `the switch at ${String(sizes.page)} pixels`).toBeLessThanOrEqual(sizes.page);
    await picture(frame, `learning-${String(width)}`);
  }
  await editor.page.setViewportSize({ width: 1440, height: 900 });
  await editor.command('View: Toggle Primary Side Bar Visibility');
});

test('a signal is turned off in conduit.yaml from the page, and on again; what was learnt follows', async () => {
  const before = configurationText();
  const frame = await openStats();
  const entries = await readLedger(editor.storageFolder());
  const copier = statsOf(entries).recent[1]?.answeredBy ?? '';
  expect(evidenceOf(entries, 'gpt', copier).weight).toBeGreaterThan(0.04);
  const turn = row(frame, 'copied').getByRole('button');
  await turn.focus();
  await editor.page.keyboard.press('Enter');
  await frame.locator('tr[data-signal="copied"][data-state="off"]').waitFor();
  expect(configurationText()).toBe(`${before}\nsignals:\n  copied: off\n`);
  expect(await cellsOf(frame, 'copied')).toEqual([
    'copied, all or a part',
    'good (0.60)',
    'off',
    '1',
    '0',
    'Turn On',
  ]);
  expect(await frame.evaluate(() => document.activeElement?.textContent)).toBe('Turn On');
  await eventually(
    'all is learnt anew',
    () => editor.logText().includes('The table of signals is another one') || undefined,
  );
  await picture(frame, 'learning-off');

  await turn.click();
  await frame.locator('tr[data-signal="copied"][data-state="on"]').waitFor();
  expect(configurationText()).toBe(`${before}\nsignals:\n`);
  expect((await cellsOf(frame, 'copied'))[4]).toBe('1');
});

test('Doctor says the same', async () => {
  await editor.command('Conduit: Doctor');
  const group = (await editor.doctorFrame()).locator('[data-group="Learning"]');
  await group.waitFor();
  const text = await group.innerText();
  expect(text).toMatch(/Answers told of\s+[23] of 3/);
  expect(text).toContain('answers: 1, counted: 1, weight: 0.04 (signals.copied)');
  expect(text).toContain('signals: { copied: off }');
  await group.evaluate((element) => element.scrollIntoView());
  await editor.screenshot('learning-doctor');
});
