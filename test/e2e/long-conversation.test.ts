import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChatPages } from './harness/chat-page';
import { serveChatPages } from './harness/chat-page';
import { eventually } from './harness/eventually';

/** How a conversation of 500 turns scrolls, in the packaged chat page in Chromium: layout is what counts here. */

let pages: ChatPages;
let page: Page;

beforeAll(async () => {
  pages = await serveChatPages();
  page = await pages.open();
  await page.evaluate(() => {
    const all = Array.from({ length: 500 }, (_, index) => ({
      id: `t${String(index)}`,
      prompt: `Question ${String(index)}`,
      answer: 'A line of the answer.\n\n'.repeat(1 + (index % 7) * 4),
      status: 'done',
      notices: [],
    }));
    const part = (end: number) => {
      const earlier = Math.max(0, end - 30);
      return { turns: all.slice(earlier, end), earlier };
    };
    const api = window as unknown as {
      posted: { push: (message: { type: string; before?: string }) => void };
    };
    api.posted.push = ({ type, before }) => {
      if (type !== 'earlier') return;
      const end = all.findIndex(({ id }) => id === before);
      setTimeout(() => window.postMessage({ type: 'earlier', ...part(end) }, '*'), 20);
    };
    window.postMessage({ type: 'conversation', pool: 'gpt', simulated: false, ...part(500) }, '*');
  });
  await page.getByText('Question 499').waitFor();
});

afterAll(() => pages.close());

/** Scrolls by so many pixels, and resolves to how far what was in sight moved beside that. */
function scrollBy(pixels: number): Promise<{ slip: number; elements: number; first: string }> {
  return page.evaluate(async (by) => {
    const list = document.querySelector('.turns');
    if (list === null) throw new Error('There is no list.');
    const top = list.getBoundingClientRect().top;
    const turns = (): Element[] => [...document.querySelectorAll('.turn')];
    const seen = turns().find((turn) => turn.getBoundingClientRect().bottom > top + 1);
    const before = seen?.getBoundingClientRect().top ?? 0;
    const scrolled = list.scrollTop;
    list.scrollTop += by;
    const moved = list.scrollTop - scrolled;
    // Longer than it takes until earlier turns have come.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const slip = seen?.isConnected ? seen.getBoundingClientRect().top - (before - moved) : NaN;
    return { slip, elements: turns().length, first: turns()[0]?.querySelector('.prompt')?.textContent ?? '' };
  }, pixels);
}

test('it opens at its end', async () => {
  await eventually('the end', () =>
    page.evaluate(() => {
      const list = document.querySelector('.turns');
      return list && list.scrollHeight - list.scrollTop - list.clientHeight < 2 ? true : undefined;
    }),
  );
});

test('on the way up and down again nothing in sight moves, and few turns have elements', async () => {
  for (const [by, end] of [
    [-2_000, 'Question 0'],
    [2_000, 'Question 499'],
  ] as const) {
    const seen = new Set<number>();
    await eventually(
      `the way to ${end}`,
      async () => {
        const { slip, elements } = await scrollBy(by);
        expect(Math.abs(slip)).toBeLessThan(2);
        seen.add(elements);
        return (await page.getByText(end, { exact: true }).count()) > 0 || undefined;
      },
      90_000,
    );
    expect(Math.max(...seen)).toBeLessThanOrEqual(60);
  }
});
