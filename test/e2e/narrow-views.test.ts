import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import type { TwoModels } from './two-models';
import { allThemes, editorWithTwoModels } from './two-models';

/** The views of the side bar at 200 pixels. */

let models: TwoModels;
let editor: Editor;

beforeAll(async () => {
  models = await editorWithTwoModels();
  ({ editor } = models);
});

afterAll(() => models.close());

test.each(allThemes)('nothing is cut off in %s', async (theme) => {
  await editor.setTheme(theme);
  await models.newConversation();
  models.answerRichly();
  const turn = await models.ask('How do I group a list?');
  await turn.getByTestId('answer-line').waitFor();
  await turn.getByTestId('thumb-down').click();
  await turn.getByTestId('reason-wrong').waitFor();
  await sideBarWidth(200);
  await turn.getByTestId('reason-none').scrollIntoViewIfNeeded();
  await editor.screenshot(`narrow-chat-reasons-${theme}`);
  expect(await tooWide(await editor.chatFrame())).toEqual([]);
  await turn.getByTestId('answer').evaluate((element) => element.scrollIntoView());
  await editor.screenshot(`narrow-chat-answer-${theme}`);
  await models.newConversation();
  await editor.screenshot(`narrow-chat-empty-${theme}`);
  expect(await tooWide(await editor.chatFrame())).toEqual([]);
  await editor.command('Conduit: Focus on Routing View');
  const summary = await editor.summaryFrame();
  await summary.getByTestId('stats-pool').first().waitFor();
  await editor.screenshot(`narrow-summary-${theme}`);
  expect(await tooWide(summary)).toEqual([]);
  await sideBarWidth(330);
});

/** Drags the edge of the side bar. */
async function sideBarWidth(width: number): Promise<void> {
  const { page } = editor;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not shown.');
  await page.mouse.move(box.x + box.width + 2, 450);
  await page.waitForTimeout(500);
  await page.mouse.down();
  await page.mouse.move(box.x + width, 450, { steps: 10 });
  await page.mouse.up();
}

/** What is wider than its place, and neither scrolls nor is meant to be cut with an ellipsis. */
async function tooWide(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element);
        return display !== 'inline' && textOverflow !== 'ellipsis' && !['auto', 'scroll'].includes(overflowX);
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
}
