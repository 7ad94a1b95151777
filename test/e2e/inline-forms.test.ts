import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import type { InlineEditing } from './inline-editing';
import { edited, inlineEditing, source } from './inline-editing';

/** Answers that are not simply the new lines: what becomes of them in the editor. */

let server: WireServer;
let editor: Editor;
let inline: InlineEditing;

beforeAll(async () => {
  server = await startOpenAiServer();
  editor = await startEditor({
    settings: { 'files.autoSave': 'off', 'editor.minimap.enabled': false, 'diffEditor.codeLens': true },
    workspaceFiles: { 'lost.js': source, 'diff.js': source },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([{ id: 'mini', provider: 'openai', apiBase: server.url, price: 1e-6 }]),
    },
  });
  inline = inlineEditing(editor, server);
});

afterAll(async () => {
  await editor.close();
  await server.close();
});

afterEach(() => server.forget());

/** For the lines 2 to 7: the second function is gone, and the first one has no body. */
const stub = '```js\nfunction add(a, b, c) {\n  // TODO: write it\n}\n```';

test('a proposal that would lose code says so, and accepting asks first', async () => {
  server.script({ kind: 'answer', chunks: [stub] });
  await inline.propose('lost.js');
  await inline.shownWhole('lost.js', 'TODO: write it');
  await editor.notification('Look at the proposal for lost.js:2–7 before you accept it.');
  await inline.lens('Lines are gone that the answer says nothing of.').waitFor();
  await editor.screenshot('inline-doubtful');
  await editor.command('Conduit: Accept Edit');
  const dialog = editor.page.locator('.monaco-dialog-box', {
    hasText: 'Accept the proposal for lost.js:2–7 as it is?',
  });
  await dialog.waitFor();
  await editor.screenshot('inline-doubtful-accept');
  // The default goes back to the proposal.
  await editor.page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await inline.previewTab('lost.js').waitFor();
  expect(inline.onDisk('lost.js')).toBe(source);
  await editor.command('Conduit: Accept Edit');
  await dialog.getByRole('button', { name: 'Accept Anyway' }).click();
  await inline.previewTab('lost.js').waitFor({ state: 'detached' });
  await inline.lens('Keep').waitFor();
  await editor.focusOn('lost.js');
  await inline.save();
  const [first = '', ...lines] = source.split('\n');
  const stubbed = stub.split('\n').slice(1, -1);
  await inline.written('lost.js', [first, ...stubbed, ...lines.slice(6)].join('\n'));
});

const diff = `\`\`\`diff
--- a/diff.js
+++ b/diff.js
@@ -2,6 +2,6 @@
-function add(a, b) {
+function add(a: number, b: number) {
   return a + b;
 }
-function twice(a) {
-  return a * 2;
+function twice(a: number) {
+  return 2 * a;
 }
\`\`\``;

test('an answer that is a diff is applied', async () => {
  server.script({ kind: 'answer', chunks: diff.match(/[^]{1,20}/g) ?? [] });
  await inline.propose('diff.js');
  await inline.shownWhole('diff.js', '2 * a');
  await editor.screenshot('inline-diff-applied');
  await inline.accept('diff.js');
  await inline.save();
  await inline.written('diff.js', edited);
});
