import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import type { TwoModels } from './two-models';
import { editorWithTwoModels } from './two-models';

/** The chat view of the packaged VSIX without a mouse, and without looking. */

let models: TwoModels;
let editor: Editor;

beforeAll(async () => {
  models = await editorWithTwoModels();
  ({ editor } = models);
});

afterAll(() => models.close());

test('a screen reader is told when an answer begins and ends, not each token', async () => {
  await models.newConversation();
  const chunks = Array.from({ length: 40 }, (_, index) => `word${String(index)} `);
  models.openai.script({ kind: 'answer', chunks, delayMs: 10, usage: { input: 10, output: 40 } });
  const frame = await editor.chatFrame();
  const said = frame.evaluate(async () => {
    const announcer = document.querySelector('[data-testid="announcer"]');
    const texts: string[] = [];
    const observer = new MutationObserver(() => texts.push(announcer?.textContent ?? ''));
    observer.observe(announcer!, { childList: true, characterData: true, subtree: true });
    while (!texts.some((text) => text.includes('finished')))
      await new Promise((next) => setTimeout(next, 50));
    return { texts, live: announcer?.getAttribute('aria-live') };
  });
  const turn = await models.ask('Count.');
  await turn.getByTestId('answer-line').waitFor();
  expect(await said).toEqual({
    live: 'polite',
    texts: ['Answering.', expect.stringMatching(/^Answer finished by (mini|large), .*\$/)],
  });
  expect(await frame.locator('[role="log"]').getAttribute('aria-live')).toBe('off');
});

test('by keyboard alone: ask, rate, say why, go on; and the focus can be seen everywhere', async () => {
  await models.newConversation();
  models.answerRichly();
  const { keyboard } = editor.page;
  await (await models.chat('composer')).focus();
  await keyboard.type('Which way?');
  await keyboard.press('Enter');
  const turn = (await models.chat('turn')).filter({ hasText: 'Which way?' });
  await turn.getByTestId('answer-line').waitFor();
  const order: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await keyboard.press('Shift+Tab');
    const { name, visible } = await focused();
    expect(visible, `the focus on ${name}`).toBe(true);
    order.unshift(name);
    if (name === 'Conversation') break;
  }
  console.log(`the way of the focus: ${order.join(' → ')}`);
  expect(order[0]).toBe('Conversation');
  const expected = ['Edit and ask again', 'Copy code', 'Good answer', 'Bad answer', 'Why this model?'];
  const places = expected.map((name) => order.findIndex((each) => each.includes(name)));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  await turn.getByTestId('thumb-down').focus();
  await keyboard.press('Space');
  await turn.getByTestId('reason-wrong').waitFor();
  await tabTo('reason-too-long');
  await keyboard.press('Enter');
  await turn.getByTestId('reason-given').waitFor();
  expect((await focused()).id).toBe('thumb-down');
  await tabTo('why-toggle');
  await keyboard.press('Enter');
  await turn.getByTestId('candidates').waitFor();
  await tabTo('composer');
});

/** What has the focus in the chat view, and whether a frame or another change of its looks shows that. */
async function focused(): Promise<{ readonly id: string; readonly name: string; readonly visible: boolean }> {
  return (await editor.chatFrame()).evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { id: '', name: '', visible: false };
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const outlined = outlineStyle !== 'none' && outlineWidth !== '0px' && !/, 0\)$/.test(outlineColor);
    return {
      id: element.dataset['testid'] ?? '',
      name: element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40),
      visible: outlined || element.dataset['testid'] === 'composer',
    };
  });
}

async function tabTo(id: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if ((await focused()).id === id) return;
    await editor.page.keyboard.press('Tab');
  }
  throw new Error(`Tab doesn't reach ${id}.`);
}
