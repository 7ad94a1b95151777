import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRandomLedger } from '../ledger/facts/write-ledger';
import { runAxe } from './harness/axe';
import type { Editor, Theme } from './harness/editor';
import { startEditor } from './harness/editor';
import { trace } from './frames-in-trace';

/**
 * The stats page of a real VS Code with ledgers of any size: pictures to be looked at in test/e2e/out, what axe-core finds,
 * how long its first paint takes, frames while scrolling and filtering, and memory.
 */

const counts = (process.env['CONDUIT_STATS_COUNTS'] ?? '0,1,50,5000,100000').split(',').map(Number);
/** These are shown in every theme and width, the others in one. */
const everywhere = Number(process.env['CONDUIT_STATS_EVERYWHERE'] ?? 5_000);
const themes: readonly Theme[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];
const widths = [320, 800, 1_600];
/** Of the bar beside the page. */
const activityBar = 49;

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({});
});
afterAll(() => editor.close());

async function open(count: number): Promise<Frame> {
  const folder = editor.storageFolder();
  for (const part of ['ledger', 'learnt']) rmSync(path.join(folder, part), { recursive: true, force: true });
  if (count > 0)
    await writeRandomLedger(folder, count, {
      decisions: count,
      untilMs: Date.now() - 60_000,
      pauseMs: 15 * 60_000,
    });
  await editor.reload();
  await editor.command('Conduit: Show Routing Stats');
  const frame = await editor.statsFrame();
  await frame
    .locator(count === 0 ? '[data-testid=stats-empty]' : 'tr[data-decision]')
    .first()
    .waitFor({ timeout: 600_000 });
  await frame.getByTestId('filling').waitFor({ state: 'hidden', timeout: 800_000 });
  return frame;
}

async function shoot(frame: Frame, name: string, width: number): Promise<void> {
  await editor.page.setViewportSize({ width: width + activityBar, height: 900 });
  await editor.page.waitForTimeout(400);
  const height = await frame.evaluate(() => document.documentElement.scrollHeight);
  await editor.page.setViewportSize({ width: width + activityBar, height: Math.min(9_000, height + 70) });
  await editor.page.waitForTimeout(800);
  await editor.screenshot(`stats-${name}-${String(width)}`);
  const sideways = await frame.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  console.log(`${name} at ${String(width)} px: ${String(sideways)} px wider than the window`);
  await editor.page.setViewportSize({ width: 1_440, height: 900 });
}

test.each(counts)('%i decisions', async (count) => {
  const frame = await open(count);
  await editor.command('View: Close Primary Side Bar').catch(() => undefined);
  if (count !== everywhere) return shoot(frame, String(count), 800);
  for (const theme of themes) {
    await editor.setTheme(theme);
    for (const width of widths) await shoot(frame, `${String(count)}-${theme}`, width);
    const report = await runAxe(frame, 'editor-background');
    const serious = report.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    for (const { rule, impact, text } of report.violations)
      console.log(`axe, ${theme}: ${impact} ${rule}\n${text}`);
    expect(serious).toEqual([]);
  }
});

test('the largest one: first paint, frames and memory', async () => {
  const count = Math.max(...counts);
  const { page } = editor;
  await editor.command('View: Close All Editors');
  const begun = Date.now();
  await editor.command('Conduit: Show Routing Stats');
  const frame = await editor.statsFrame();
  await frame.locator('tr[data-decision]').first().waitFor();
  const paints = await frame.evaluate(() => ({
    origin: performance.timeOrigin,
    firstMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    figuresMs: performance.getEntriesByName('conduit-figures')[0]?.startTime ?? NaN,
  }));
  console.log(
    `${String(count)} decisions: first paint ${paints.firstMs.toFixed(0)} ms, figures ${paints.figuresMs.toFixed(0)} ms after the page began; ${String(Date.now() - begun)} ms from the command`,
  );
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  await frame.locator('h1').hover();
  const scrolled = await trace(browser, async () => {
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, 120);
      await page.waitForTimeout(16);
    }
  });
  print('Scrolling, work of a frame', scrolled.frameMs);
  await frame.evaluate(() => (document.documentElement.scrollTop = 0));
  const filtered = await trace(browser, async () => {
    for (const value of ['30-days', '7-days', 'all']) {
      await frame.getByTestId('filter-period').selectOption(value);
      await page.waitForTimeout(1_000);
    }
  });
  print('Filtering, work of a frame', filtered.frameMs);
});

function print(what: string, ms: readonly number[]): void {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? NaN).toFixed(1);
  const late = ms.filter((each) => each > 1_000 / 60).length;
  console.log(
    `${what}: median ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)} ms; ${String(late)} of ${String(ms.length)} over 16.7 ms`,
  );
}
