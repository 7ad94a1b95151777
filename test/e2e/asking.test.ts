import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';
import type { TwoModels } from './two-models';
import { allThemes, editorWithTwoModels } from './two-models';

/** A rating that is asked for, and a duel that is suggested, in a real VS Code. */

let models: TwoModels;
let editor: Editor;

beforeAll(async () => {
  models = await editorWithTwoModels();
  ({ editor } = models);
  models.openai.script({ kind: 'answer', chunks: ['Fine.'], usage: { input: 10, output: 5 } });
});

afterAll(() => models.close());

async function answered(prompt: string): Promise<Locator> {
  const turn = await models.ask(prompt);
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

const twenty = 20;
/** After so many any answer is asked about. */
const mostQuestions = 60;

test('not before twenty answers came; then beside the thumbs, and gone once it is rated', async () => {
  await models.newConversation();
  let asked: Locator | undefined;
  let questions = 0;
  while (asked === undefined && questions < mostQuestions) {
    questions += 1;
    const turn = await answered(`What is number ${String(questions)}?`);
    // What is asked comes with the end of the answer, or a moment after.
    await editor.page.waitForTimeout(200);
    if ((await turn.getByTestId('asks-to-rate').count()) > 0) asked = turn;
    expect(await (await models.chat('asks-to-compare')).count()).toBe(0);
  }
  expect(questions).toBeGreaterThan(twenty);
  if (asked === undefined) throw new Error(`Nothing was asked in ${String(questions)} answers.`);
  expect(await asked.getByTestId('asks-to-rate').textContent()).toBe(
    'Was this good? Your rating would help most here.',
  );
  expect(await (await models.chat('asks-to-rate')).count()).toBe(1);
  for (const theme of allThemes) {
    await editor.setTheme(theme);
    await editor.page.waitForTimeout(300);
    await editor.screenshot(`asks-to-rate-${theme}`);
  }
  await asked.getByTestId('thumb-up').click();
  await asked.getByTestId('asks-to-rate').waitFor({ state: 'detached' });
  const entries = await readLedger(editor.storageFolder());
  const last = decisionsIn(entries).at(-1);
  expect(observationsIn(entries).filter(({ decisionId }) => decisionId === last?.id)).toMatchObject([
    { signal: { kind: 'completed' } },
    { signal: { kind: 'rating', thumb: 'up' } },
  ]);
  // Taken back, it leaves the models as near to each other as before; and nothing is asked a second time.
  await asked.getByTestId('thumb-up').click();
  await asked.locator('[data-testid="thumb-up"][aria-pressed="false"]').waitFor();
  expect(await asked.getByTestId('asks-to-rate').count()).toBe(0);
});

test('a duel is suggested about another answer, and starts when it is wanted, with the model that was named', async () => {
  await editor.setTheme('dark');
  let turn = await answered('What is a duel?');
  for (let more = 0; more < 40; more += 1) {
    await editor.page.waitForTimeout(200);
    if ((await turn.getByTestId('asks-to-compare').count()) > 0) break;
    turn = await answered(`What is duel ${String(more)}?`);
  }
  expect(await (await models.chat('asks-to-rate')).count()).toBe(0);
  const offer = turn.getByTestId('asks-to-compare');
  await offer.waitFor();
  const [, rival] = /^Compare with (\w+)\?$/.exec((await offer.textContent()) ?? '') ?? [];
  for (const theme of allThemes) {
    await editor.setTheme(theme);
    await editor.page.waitForTimeout(300);
    await editor.screenshot(`asks-to-compare-${theme}`);
  }
  const before = decisionsIn(await readLedger(editor.storageFolder())).length;
  await offer.click();
  await turn.getByTestId('prefer').first().waitFor();
  const decisions = decisionsIn(await readLedger(editor.storageFolder()));
  expect(decisions.slice(before)).toMatchObject([{ deploymentId: rival, chosenByUser: true }]);
  expect(await (await models.chat('asks-to-compare')).count()).toBe(0);
});
