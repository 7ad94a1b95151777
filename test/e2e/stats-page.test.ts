import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRandomLedger } from '../ledger/facts/write-ledger';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';

/** What a stranger asks of the page, in a real editor with a year of made-up requests. */

let editor: Editor;
let frame: Frame;

beforeAll(async () => {
  editor = await startEditor({});
  // Six a day, so that yesterday has some.
  await writeRandomLedger(editor.storageFolder(), 3, {
    ...{ decisions: 600, untilMs: Date.now() - 60_000, pauseMs: 4 * 3_600_000 },
  });
  await editor.command('Conduit: Show Routing Stats');
  frame = await editor.statsFrame();
  await frame.locator('tr[data-decision]').first().waitFor();
});

afterAll(() => editor.close());

const tile = (name: string): Locator => frame.getByTestId(`tile-${name}`).locator('.value');

test('“what did I spend yesterday on fixes?” takes two choices, and the table has the same requests', async () => {
  const all = await tile('requests').innerText();
  await frame.getByTestId('filter-period').selectOption('yesterday');
  await frame.getByTestId('filter-task').selectOption('fix-code');
  await expect
    .poll(async () => {
      const rows = await frame.locator('tr[data-decision]:visible').allInnerTexts();
      if (rows.length === 0) return frame.getByTestId('stats-none').isVisible();
      return (
        rows.every((row) => row.includes('fix code')) &&
        (await tile('requests').innerText()) === String(rows.length)
      );
    })
    .toBe(true);
  await frame.getByTestId('clear-filter').first().click();
  await expect.poll(() => tile('requests').innerText()).toBe(all);
});

test('“is sonnet worth it?” and “what is known of gpt-mini on tests?” are answered with no click', async () => {
  expect(await frame.getByTestId('chart-scatter').innerText()).toMatch(/sonnet/);
  expect(await frame.locator('.heat td', { hasText: 'gpt-mini, write tests' }).count()).toBe(1);
});

test('“why did it cost more this week?” takes one choice', async () => {
  await frame.getByTestId('filter-period').selectOption('7-days');
  await frame.getByTestId('stats-change').waitFor();
  expect(await frame.getByTestId('stats-change').innerText()).toMatch(/number of answers/);
  await frame.getByTestId('filter-period').selectOption('all');
});

test('“which model answered, and why?” by keyboard alone; what is unfolded stays through an update', async () => {
  const { page } = editor;
  const row = frame.locator('tr[data-decision]').first();
  const id = (await row.getAttribute('data-decision')) ?? '';
  await frame.getByTestId('jump').last().focus();
  await page.keyboard.press('Enter');
  const toggle = frame.locator(`[data-decision="${id}"] button`);
  for (let presses = 0; presses < 40; presses += 1) {
    if (await toggle.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const detail = frame.locator(`[data-detail="${id}"]`).getByTestId('decision-detail');
  await detail.getByTestId('candidates').waitFor();
  expect(await detail.innerText()).toContain('Why this model?');
  await frame.getByTestId('sort-cost').click();
  await frame.locator('th[aria-sort="descending"]', { hasText: 'Cost' }).waitFor();
  await frame.getByTestId('sort-time').click();
  await detail.waitFor();
  await editor.screenshot('stats-page');
});
