import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureGit } from '../../scripts/lib/ensure-git.mjs';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** Code of an answer that the user takes over by hand, and deleting what was learnt, in the packaged VSIX. */

const area = 'export const area = 1;\n';
let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  await ensureGit();
  openai = await startOpenAiServer();
  editor = await startEditor({
    settings: {
      'conduit.learnFromEdits': true,
      'files.autoSave': 'off',
      'git.autofetch': false,
      'git.useEditorAsCommitInput': false,
      'git.enableSmartCommit': true,
      'search.exclude': { '**/generated': true },
    },
    workspaceFiles: { 'area.ts': area, 'first.ts': area, 'generated/out.ts': area },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([
        { id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 },
        { id: 'large', provider: 'openai', apiBase: openai.url, price: 1e-6 },
      ]),
    },
  });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.com');
  git('add', '.');
  git('commit', '-qm', 'Begin');
  await editor.updateSettings({ 'git.enabled': true });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: editor.profile.workspace, encoding: 'utf8' });
}

/** Four lines that tell, with names of their own. */
function codeOf(name: string): string {
  return [
    `export function ${name}Volume(radius: number): number {`,
    `  const ${name}Constant = (4 / 3) * Math.PI;`,
    `  const ${name}Cube = radius ** 3;`,
    `  return ${name}Constant * ${name}Cube;`,
    '}',
  ].join('\n');
}

async function ask(prompt: string, code: string): Promise<Locator> {
  const text = `Like this:\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
  openai.script({ kind: 'answer', chunks: [text], usage: { input: 10, output: 5 } });
  const frame = await editor.chatFrame();
  await frame.getByTestId('composer').fill(prompt);
  await frame.getByTestId('send').click();
  const turn = frame.getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').first().waitFor();
  return turn;
}

/** Copies the code with its button, and pastes it by keys at the end of a file. */
async function copyInto(turn: Locator, code: string, name: string): Promise<void> {
  await turn.locator('[data-action="copy"]').click();
  await eventually('the clipboard', async () => {
    const text = await editor.page.evaluate(() => navigator.clipboard.readText());
    return text.trim() === code || undefined;
  });
  await editor.openFile(name);
  await editor.page.keyboard.press('Control+End');
  await editor.page.keyboard.press('Control+V');
  await editor.page.locator('.view-line', { hasText: 'Math.PI' }).first().waitFor();
}

/** What the ledger says of the last decision, but that its answer came. */
async function told(): Promise<readonly string[]> {
  const entries = await readLedger(editor.storageFolder());
  const last = decisionsIn(entries).at(-1);
  return observationsIn(entries)
    .filter(({ decisionId }) => decisionId === last?.id)
    .map(({ signal }) =>
      signal.kind === 'taken' ? `${signal.moment} ${signal.share01.toFixed(2)}` : signal.kind,
    )
    .filter((each) => each !== 'completed');
}

async function eventuallyTold(expected: readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  await eventually(
    'the observations',
    async () => {
      last = await told();
      return JSON.stringify(last) === JSON.stringify(expected) || undefined;
    },
    20_000,
  ).catch(() => undefined);
  expect(last).toEqual(expected);
}

test('nothing is read before the notice', async () => {
  await editor.command('Conduit: New Conversation');
  const turn = await ask('The volume of a ball?', codeOf('ball'));
  const notice = 'Conduit learns from what follows its answers';
  await editor.notification(notice);
  await editor.screenshot('noticing');
  await copyInto(turn, codeOf('ball'), 'first.ts');
  await eventuallyTold(['copied']);
  await editor.answerNotification(notice, 'OK');
  await editor.openFile('first.ts');
  await editor.page.keyboard.press('Control+S');
  await editor.page.waitForTimeout(2_000);
  expect(await told()).toEqual(['copied']);
});

test('code that is pasted by hand is seen, and told at the save and in the commit by what is left', async () => {
  const turn = await ask('The volume of a sphere?', codeOf('sphere'));
  expect(await editor.page.locator('.notifications-toasts', { hasText: 'Conduit learns' }).count()).toBe(0);
  await copyInto(turn, codeOf('sphere'), 'area.ts');
  await eventuallyTold(['copied', 'seen 1.00']);
  const line = readFileSync(path.join(editor.profile.workspace, 'area.ts'), 'utf8').split('\n').length;
  // The two lines in the middle go.
  await editor.select(line + 1, line + 2);
  await editor.page.keyboard.press('Delete');
  await editor.page.keyboard.press('Control+S');
  await eventuallyTold(['copied', 'seen 1.00', 'save 0.50']);
  await editor.command('Git: Commit All');
  await editor.answerInput('feat: a sphere', 'Commit');
  await eventuallyTold(['copied', 'seen 1.00', 'save 0.50', 'commit 0.50']);
  expect(git('log', '-1', '--format=%s').trim()).toBe('feat: a sphere');
});

test('in an excluded file nothing is seen', async () => {
  const turn = await ask('The volume of a globe?', codeOf('globe'));
  await copyInto(turn, codeOf('globe'), 'generated/out.ts');
  await editor.page.keyboard.press('Control+S');
  await eventually(
    'the saved file',
    () =>
      readFileSync(path.join(editor.profile.workspace, 'generated/out.ts'), 'utf8').includes('globe') ||
      undefined,
  );
  await editor.page.waitForTimeout(2_000);
  expect(await told()).toEqual(['copied']);
});

test('code that the insert button puts there is told by that alone', async () => {
  await editor.openFile('area.ts');
  await editor.page.keyboard.press('Control+End');
  const turn = await ask('The volume of an orb?', codeOf('orb'));
  await turn.locator('[data-action="insert"]').click();
  await eventuallyTold(['inserted']);
  await editor.page.waitForTimeout(2_000);
  expect(await told()).toEqual(['inserted']);
});

test('what was learnt is deleted: rows and files, and the page that shows it is empty; the conversation stays', async () => {
  const { globalStorage } = editor.profile;
  const before = decisionsIn(await readLedger(editor.storageFolder()));
  expect(before.length).toBeGreaterThanOrEqual(4);
  expect(new Set(before.map(({ workspace }) => workspace)).size).toBe(1);
  await editor.command('Conduit: Show Routing Stats');
  const stats = await editor.statsFrame();
  await stats.getByTestId('stats-models').waitFor();
  await editor.command('Conduit: Delete What Was Learnt…');
  await editor.page.locator('.quick-input-widget:visible', { hasText: 'The last month' }).waitFor();
  await editor.screenshot('delete-learnt');
  await editor.pick('Everything');
  const dialog = editor.page.locator('.monaco-dialog-box', {
    hasText: `Delete ${String(before.length)} decisions?`,
  });
  await dialog.waitFor();
  await editor.screenshot('delete-learnt-dialogue');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await editor.notification(
    `Decisions that were deleted, with all that was learnt from them: ${String(before.length)}.`,
  );
  await stats.getByTestId('stats-empty').waitFor();
  expect(await readLedger(editor.storageFolder())).toEqual([]);
  const bytes = Buffer.concat(
    readdirSync(path.join(globalStorage, 'ledger'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name))),
  );
  // As a text, and in the sixteen bytes that the ledger keeps of it.
  const isLeft = (id: string): boolean =>
    bytes.includes(id) || bytes.includes(Buffer.from(id.replaceAll('-', ''), 'hex'));
  expect(before.filter(({ id }) => isLeft(id))).toEqual([]);
  expect(existsSync(path.join(globalStorage, 'conversations'))).toBe(true);
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: 'The volume of a sphere?' });
  expect(await turn.count()).toBe(1);
  // The router begins anew.
  await ask('The volume of a planet?', codeOf('planet'));
  await stats.getByTestId('stats-models').waitFor();
  expect(
    decisionsIn(await readLedger(editor.storageFolder())).map(({ poolSequence }) => poolSequence),
  ).toEqual([1]);
});

test('a period goes with its conversations, where the user says so', async () => {
  await editor.command('Conduit: Delete What Was Learnt…');
  await editor.pick('This workspace');
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'Delete one decision?' });
  await dialog.getByRole('button', { name: 'Delete with Conversations' }).click();
  await eventually(
    'the empty view',
    async () => (await (await editor.chatFrame()).getByTestId('turn').count()) === 0 || undefined,
  );
  expect(await readLedger(editor.storageFolder())).toEqual([]);
  expect(
    readdirSync(path.join(editor.profile.globalStorage, 'conversations')).filter((name) =>
      name.endsWith('.json'),
    ),
  ).toEqual([]);
});
