import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import { runAxe } from './harness/axe';
import type { Editor, Theme } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** All pages of the packaged VSIX under axe-core, in the editor's four kinds of theme. */

const themes: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

const richAnswer = [
  '## Two ways',
  'Use **`Map.groupBy`**, see [the docs](https://example.com):',
  '```ts\n// groups by key\nexport const size = 1 + "two".length; /* done */\nclass Tree extends Map<string, number> {}\n```',
  '> A quote with `code` in it.',
  '| way | cost |\n|---|---:|\n| one | 1 |\n| two | 2 |',
  '```diff\n- old\n+ new\n```\n```json\n{ "a": [1, true, "x"] }\n```',
].join('\n\n');

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  const models = ['mini', 'large'].map(
    (id) => ({ id, provider: 'openai', apiBase: openai.url, price: 1e-6 }) as const,
  );
  editor = await startEditor({
    workspaceFiles: { 'area.ts': 'export const area = 1;\n' },
    globalStorageFiles: { 'conduit.yaml': configurationOf(models) },
  });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

async function chat(id: string): Promise<Locator> {
  return (await editor.chatFrame()).getByTestId(id);
}

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

async function newConversation(): Promise<void> {
  await editor.command('Conduit: New Conversation');
  await (await chat('empty')).waitFor();
  await editor.page.waitForTimeout(500);
}

async function ask(prompt: string): Promise<Locator> {
  await (await chat('composer')).fill(prompt);
  await (await chat('send')).click();
  return (await chat('turn')).filter({ hasText: prompt }).last();
}

function scriptAnswer(): void {
  openai.script({ kind: 'answer', chunks: [richAnswer], usage: { input: 10, output: 5 } });
}

describe.each(themes)('in %s', (theme) => {
  beforeAll(() => editor.setTheme(theme));

  test('the chat view: empty, with its lists, attachments, an answer, reasons, a duel, a failure', async () => {
    await newConversation();
    await checkChat(`chat empty, ${theme}`);

    await editor.openFile('area.ts');
    await (await chat('attach-menu')).click();
    await (await chat('completion')).getByText('#open-file').waitFor();
    await checkChat(`chat list of attachments, ${theme}`);
    await (await chat('completion')).getByText('#open-file').click();
    await (await chat('attachment')).waitFor();
    await (await chat('composer')).fill('/');
    await (await chat('completion')).getByText('/fix').waitFor();
    await checkChat(`chat completions and chips, ${theme}`);
    await (await chat('composer')).press('Escape');

    openai.script({ kind: 'answer', chunks: ['Half of it'], then: 'hang' });
    const stopped = await ask('Is it slow?');
    await stopped.getByTestId('answer').filter({ hasText: 'Half' }).waitFor();
    await checkChat(`chat answering, ${theme}`);
    await (await chat('stop')).click();
    await stopped.getByText('Stopped.').waitFor();

    scriptAnswer();
    const turn = await ask('How do I group a list?');
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

    openai.script({ kind: 'error', status: 401, body: { error: { message: 'no', type: 'auth' } } });
    const failed = await ask('And now?');
    await failed.getByTestId('error').waitFor();
    await checkChat(`chat failed, ${theme}`);
    await editor.screenshot(`accessible-chat-failed-${theme}`);
    scriptAnswer();
  });

  test('the stats page and the summary', async () => {
    await editor.command('Conduit: Show Routing Stats');
    const stats = await editor.statsFrame();
    await stats.getByTestId('stats-recent').waitFor();
    await check(`stats page, ${theme}`, stats, 'editor-background');
    await editor.command('Conduit: Focus on Routing View');
    const summary = await editor.summaryFrame();
    await summary.getByTestId('stats-pool').first().waitFor();
    await check(`summary, ${theme}`, summary, 'sideBar-background');
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
