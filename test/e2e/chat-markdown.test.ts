import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from './harness/eventually';
import type { Editor, Theme } from './harness/editor';
import type { TwoModels } from './two-models';
import { editorWithTwoModels } from './two-models';

/** What models write beside plain Markdown, in the chat view of the packaged VSIX: formulas, and links to files. */

let models: TwoModels;
let editor: Editor;

beforeAll(async () => {
  models = await editorWithTwoModels();
  ({ editor } = models);
});

afterAll(() => models.close());

beforeEach(() => models.newConversation());

function answer(text: string): void {
  models.openai.script({ kind: 'answer', chunks: [text], usage: { input: 10, output: 5 } });
}

test.each<Theme>(['light', 'dark'])('formulas are drawn in the colour of the text, %s', async (theme) => {
  await editor.setTheme(theme);
  answer(
    'The cost is \\(a_i * b_i\\), not $5.\n\n\\[\nE = mc^2 \\\\\n\\frac{a}{b}\n\\]\n\n' +
      `$$${'\\alpha + '.repeat(80)}\\beta$$\n\nBut \\(\\frac{a\\) is none.`,
  );
  const turn = await models.ask(`What does it cost, in ${theme}?`);
  await turn.getByTestId('answer-line').waitFor();
  await turn.locator('math').nth(2).waitFor();
  const shown = await turn.getByTestId('answer').evaluate((element) => {
    const formulas = [...element.querySelectorAll('.formula')];
    const long = formulas[2];
    return {
      drawn: formulas.map((formula) => formula.querySelector('math') !== null),
      colours: new Set(
        [element, ...element.querySelectorAll('mi')].map((each) => getComputedStyle(each).color),
      ).size,
      scrollsWithin: long !== undefined && long.scrollWidth > long.clientWidth,
      isPageWide: document.documentElement.scrollWidth > window.innerWidth,
      text: element.textContent,
    };
  });
  expect(shown).toMatchObject({
    drawn: [true, true, true, false],
    colours: 1,
    scrollsWithin: true,
    isPageWide: false,
  });
  expect(shown.text).toContain('\\(\\frac{a\\)');
  await editor.screenshot(`chat-formulas-${theme}`);
});

test('a link to a file opens it at its line, by keyboard too; one that leads out of the folder does not', async () => {
  answer('See [the area](area.ts#L2) and [a secret](../secret.ts).');
  const turn = await models.ask('Where is the area?');
  await turn.getByTestId('answer-line').waitFor();
  await turn.getByRole('link', { name: 'the area' }).focus();
  await editor.page.keyboard.press('Enter');
  await editor.page.locator('.editor-instance .view-line', { hasText: 'export const area' }).waitFor();
  await eventually('the line', async () => /Ln 2\b/.test(await editor.statusBar()) || undefined);
  await editor.screenshot('chat-file-link');
  await turn.getByRole('link', { name: 'a secret' }).click();
  await editor.notification('is outside of the open folders');
  expect(await editor.page.locator('.tab', { hasText: 'secret' }).count()).toBe(0);
});
