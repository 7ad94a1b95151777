import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Editor, startEditor } from './editor';
import { eventually } from './files';
let e: Editor;
const t0 = Date.now();
beforeAll(async () => {
  e = await startEditor({ vsix: '/tmp/dummy.vsix', env: { DUMMY: 'yes' }, workspaceFiles: { 'src/a.ts': 'const a = 1;\nconst b = 2;\nconst c = 3;\n' }, globalStorageFiles: { 'conduit.yaml': 'x: 1' } });
  console.log('start', Date.now() - t0);
});
afterAll(() => e.close());
test('ask', async () => {
  await e.command('Conduit: Ask'); await e.answerInput('my prompt');
  const f = await e.chatFrame();
  await f.getByText('asked: my prompt').waitFor();
  await f.locator('#b').click(); await f.getByText('host saw clicked').waitFor();
  await (await e.summaryFrame()).locator('#i').fill('hello');
});
test('selection from webview focus', async () => {
  await (await e.chatFrame()).locator('#i').click();
  await e.openFile('a.ts'); await e.select(2, 3);
  await e.command('Conduit: Explain Selection');
  const n = await e.notification('explained'); await n.getByRole('button', { name: 'Yes' }).click();
  await eventually('log', () => e.logText().includes('selection "const b = 2;\\nconst c = 3;"') || undefined);
});
test('native', async () => {
  await e.nativeChat.send('@conduit hello there');
  const a = await e.nativeChat.answer();
  console.log(await a.innerText(), await a.getAttribute('class'));
  await e.nativeChat.send('and again');
  await e.page.waitForTimeout(1500);
  const b = await e.nativeChat.answer();
  console.log(await b.innerText());
  await e.screenshot('native');
  expect(await b.innerText()).toContain('native answer');
});
test('stats from palette, themes', async () => {
  await e.command('Conduit: Show Routing Stats');
  await (await e.statsFrame()).getByText('page stats').waitFor();
  for (const t of ['dark', 'high-contrast', 'light'] as const) { await e.setTheme(t); await e.page.waitForTimeout(300); await e.screenshot(`stats-${t}`); }
});
test('restart', async () => {
  const t = Date.now();
  await e.restart(); console.log('restart', Date.now() - t);
  expect(e.logText().match(/hello yes key none/g)).toHaveLength(2);
  await e.reload();
  expect(e.logText().match(/hello yes key none/g)).toHaveLength(3);
});
test('fails on purpose', () => { expect(1).toBe(2); });
