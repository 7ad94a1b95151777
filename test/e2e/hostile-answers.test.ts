import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileAnswers } from '../webview/hostile-answers';
import type { ChatPages } from './harness/chat-page';
import { serveChatPages } from './harness/chat-page';

/**
 * The packaged chat page in Chromium, without the policy that protects it in the editor: what doesn't run or load here
 * is kept from it by the rendering alone. Answers come in pieces, as from a model.
 */

/** Tags and attributes that could do something; the page's own controls are told apart by where they are. */
const active = [
  'script, img, picture, source, svg, math:not(.formula math), iframe, frame, object, embed, video, audio, form, input, meta, base, link',
  'style, textarea, select, [style], [src], [srcset], [srcdoc], [id], [name], [action], [formaction], [autofocus]',
].join(', ');

let pages: ChatPages;

beforeAll(async () => {
  pages = await serveChatPages();
});

afterAll(() => pages.close());

interface Watched {
  readonly page: Page;
  /** Requests, dialogues, other pages and errors since the page was ready. */
  readonly happened: string[];
}

async function openPage(): Promise<Watched> {
  const page = await pages.open();
  const { origin } = pages;
  const happened: string[] = [];
  page.on('request', (request) => {
    // The page's own fonts come when a letter of theirs is first shown, and what draws formulas with the first of these.
    if (
      !/(\.(ttf|woff2?)|\/mathematics\.js)(\?.*)?$/.test(request.url()) ||
      !request.url().startsWith(origin)
    )
      happened.push(`request ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    happened.push(`dialogue ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', () => happened.push('navigation'));
  page.on('pageerror', (error) => happened.push(`error ${error.message}`));
  page.context().on('page', () => happened.push('another page'));
  return { page, happened };
}

/** Sends the answer in pieces, as it would be streamed, then whole. Resolves to what became of it. */
function stream(page: Page, text: string): Promise<{ longestMs: number; totalMs: number }> {
  return page.evaluate(async (answer) => {
    const send = (message: unknown): void => window.postMessage(message, '*');
    const turn = { id: 't', prompt: 'Why?', answer: '', status: 'streaming', notices: [] as string[] };
    const pieces = 20;
    const size = Math.max(1, Math.ceil(answer.length / pieces));
    const startedMs = performance.now();
    let longestMs = 0;
    const frame = async (): Promise<void> => {
      const beforeMs = performance.now();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      longestMs = Math.max(longestMs, performance.now() - beforeMs);
    };
    send({ type: 'turn', turn });
    for (let at = 0; at < answer.length; at += size) {
      send({ type: 'delta', turnId: 't', text: answer.slice(at, at + size) });
      await frame();
    }
    send({ type: 'turn', turn: { ...turn, answer, status: 'done' } });
    for (let i = 0; i < 5; i++) await frame();
    return { longestMs, totalMs: performance.now() - startedMs };
  }, text);
}

/** What of the answer is on the page, once everything that could be clicked or touched was. */
function shownOf(page: Page, forbidden: string) {
  return page.evaluate(async (selector) => {
    const answer = document.querySelector('[data-testid="answer"]');
    if (answer === null) throw new Error('There is no answer.');
    for (const link of [...answer.querySelectorAll('a')].slice(0, 20)) link.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const elements = [...answer.querySelectorAll('*')];
    const handlers = elements.flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on')),
    );
    const opened = (window as unknown as { posted: { type: string; href?: string }[] }).posted
      .filter(({ type }) => type !== 'ready' && type !== 'draft')
      .map(({ type, href }) => `${type} ${href ?? ''}`);
    const marks = [...answer.querySelectorAll('.bidi-control')].map((mark) => mark.getAttribute('title'));
    return {
      active: [...answer.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 100)),
      handlers,
      opened,
      text: `${answer.textContent} ${marks.join(' ')}`,
      ran: '__ran' in window,
      elements: elements.length,
      wide: document.documentElement.scrollWidth > window.innerWidth,
    };
  }, forbidden);
}

test.each(hostileAnswers)(
  'nothing of it runs, loads or breaks the page: $name',
  async ({ name, text, shows }) => {
    const { page, happened } = await openPage();
    try {
      const { longestMs, totalMs } = await stream(page, text);
      const shown = await shownOf(page, active);
      console.log(
        `${name}: ${String(text.length)} characters became ${String(shown.elements)} elements; ` +
          `${shown.opened.length === 0 ? 'no link' : `${String(shown.opened.length)} links, such as ${shown.opened[0]!}`}; ` +
          `longest pause ${longestMs.toFixed(0)} ms of ${totalMs.toFixed(0)} ms`,
      );
      expect(shown).toMatchObject({ active: [], handlers: [], ran: false, wide: false });
      expect(happened).toEqual([]);
      for (const opened of shown.opened) expect(opened).toMatch(/^open-link (https?|mailto):/);
      if (shows !== undefined) expect(shown.text).toContain(shows);
      // The page still takes what is typed.
      await page.getByTestId('composer').fill('Still there?');
      expect(await page.getByTestId('composer').inputValue()).toBe('Still there?');
    } finally {
      await page.context().close();
    }
  },
);
