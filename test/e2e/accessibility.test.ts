import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAxe } from './harness/axe';
import type { Editor } from './harness/editor';
import { eventually } from './harness/eventually';
import type { TwoModels } from './two-models';
import { allThemes, editorWithTwoModels } from './two-models';

/** All pages of the packaged VSIX under axe-core, in the editor's four kinds of theme. */

let models: TwoModels;
let editor: Editor;

beforeAll(async () => {
  models = await editorWithTwoModels();
  ({ editor } = models);
});

afterAll(() => models.close());

/** Nothing serious, nor anything lesser; what axe-core can't decide is printed. */
async function check(name: string, frame: Frame, backdrop: string): Promise<void> {
  const { passed, violations, incomplete } = await runAxe(frame, backdrop);
  const open = incomplete.map(({ rule }) => rule).join(', ');
  console.log(`${name}: ${String(passed)} rules passed${open && `; undecided: ${open}`}`);
  if (violations.length > 0) await editor.screenshot(`axe-${name}`);
  expect.soft(violations, name).toEqual([]);
  expect(passed, `${name}: rules that passed`).toBeGreaterThan(10);
}

async function checkChat(name: string): Promise<void> {
  await check(name, await editor.chatFrame(), 'sideBar-background');
}

/** What the page sees of the network; the real one stays, or the editor itself would be cut off. */
async function networkIs(online: boolean): Promise<void> {
  await (
    await editor.chatFrame()
  ).evaluate((now) => {
    Object.defineProperty(navigator, 'onLine', { value: now, configurable: true });
    window.dispatchEvent(new Event(now ? 'online' : 'offline'));
  }, online);
  const banner = await models.chat('offline');
  await banner.waitFor({ state: online ? 'detached' : 'visible' });
}

test('pages that have nothing to show yet', async () => {
  await editor.command('Conduit: Show Routing Stats');
  const stats = await editor.statsFrame();
  await stats.getByTestId('stats-empty').waitFor();
  await check('stats page, empty', stats, 'editor-background');
  await editor.command('Conduit: Focus on Routing View');
  const summary = await editor.summaryFrame();
  await summary.getByTestId('stats-empty').waitFor();
  await check('summary, empty', summary, 'sideBar-background');
  await editor.screenshot('pages-empty');
});

describe.each(allThemes)('in %s', (theme) => {
  beforeAll(() => editor.setTheme(theme));

  test('the chat view: empty, with its lists, attachments, an answer, reasons, a duel, a failure', async () => {
    await models.newConversation();
    await checkChat(`chat empty, ${theme}`);

    await editor.openFile('area.ts');
    await (await models.chat('attach-menu')).click();
    await (await models.chat('completion')).getByText('#open-file').waitFor();
    await checkChat(`chat list of attachments, ${theme}`);
    await (await models.chat('completion')).getByText('#open-file').click();
    await (await models.chat('attachment')).waitFor();
    await (await models.chat('composer')).fill('/');
    await (await models.chat('completion')).getByText('/fix').waitFor();
    await checkChat(`chat completions and chips, ${theme}`);
    await (await models.chat('composer')).press('Escape');

    models.openai.script({ kind: 'answer', chunks: ['Half of it'], then: 'hang' });
    const stopped = await models.ask('Is it slow?');
    await stopped.getByTestId('answer').filter({ hasText: 'Half' }).waitFor();
    await checkChat(`chat answering, ${theme}`);
    await (await models.chat('stop')).click();
    await stopped.getByText('Stopped.').waitFor();

    models.answerRichly();
    const turn = await models.ask('How do I group a list?');
    await turn.getByTestId('answer-line').waitFor();
    await turn.getByTestId('why-toggle').click();
    await turn.getByTestId('thumb-down').click();
    await turn.getByTestId('reason-wrong').waitFor();
    await checkChat(`chat with an answer, its reasons and those of a thumb, ${theme}`);
    await editor.screenshot(`accessible-chat-${theme}`);

    await turn.getByTestId('duel').click();
    await turn.getByTestId('prefer').nth(1).waitFor();
    await checkChat(`chat duel, ${theme}`);
    await turn.getByTestId('prefer').first().click();
    await turn.getByTestId('earlier').waitFor();
    await turn.getByTestId('edit').click();
    await checkChat(`chat earlier answer and editor of a question, ${theme}`);

    models.openai.script({ kind: 'error', status: 401, body: { error: { message: 'no', type: 'auth' } } });
    const failed = await models.ask('And now?');
    await failed.getByTestId('error').waitFor();
    await checkChat(`chat failed, ${theme}`);
    await editor.screenshot(`accessible-chat-failed-${theme}`);
    await networkIs(false);
    await checkChat(`chat offline, ${theme}`);
    await editor.screenshot(`accessible-chat-offline-${theme}`);
    await networkIs(true);
    models.answerRichly();
  });

  test('the stats page and the summary', async () => {
    await editor.command('Conduit: Show Routing Stats');
    const stats = await editor.statsFrame();
    // The last of what is drawn, a frame for each part.
    await stats.getByTestId('table-sessions').locator('tbody tr').first().waitFor();
    await check(`stats page, ${theme}`, stats, 'editor-background');
    await editor.command('Conduit: Focus on Routing View');
    const summary = await editor.summaryFrame();
    await summary.getByTestId('stats-pool').first().waitFor();
    await check(`summary, ${theme}`, summary, 'sideBar-background');
  });

  test('the demo, at its beginning and at its end, and a history replayed', async () => {
    await editor.command('Conduit: Play Demo');
    const demo = await editor.demoFrame();
    await demo.getByTestId('skip').waitFor();
    await check(`demo before it plays, ${theme}`, demo, 'editor-background');
    await demo.getByTestId('skip').click();
    await demo.getByTestId('demo-end').waitFor();
    await check(`demo at its end, ${theme}`, demo, 'editor-background');
    await editor.screenshot(`accessible-demo-${theme}`);
    await editor.command('Conduit: Replay My History');
    const replay = await editor.replayFrame();
    await replay.getByTestId('replay-run').click();
    await replay.locator('[data-testid=replay-result]:visible, [data-testid=replay-empty]:visible').waitFor();
    await check(`history replayed, ${theme}`, replay, 'editor-background');
    await editor.screenshot(`accessible-replay-${theme}`);
    await editor.command('View: Close All Editors');
  });

  test('the doctor with checks', async () => {
    await editor.command('Conduit: Doctor');
    const doctor = await editor.doctorFrame();
    await doctor.getByTestId('check-all').click();
    await eventually('the checks', async () =>
      /answered|failed/.test(await doctor.getByTestId('check-status').innerText()) ? true : undefined,
    );
    for (const summary of await doctor.locator('summary').all()) await summary.click();
    await check(`doctor, ${theme}`, doctor, 'editor-background');
    await editor.command('View: Close All Editors');
  });
});
