import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HubServer } from '../embedding/hub-server';
import { startHub } from '../embedding/hub-server';
import { tinyModelFiles, tinyModelId } from '../embedding/tiny-model';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** The sentence encoder in the real extension host: offered, downloaded, used, removed. The hub is on loopback. */

let hub: HubServer;
let editor: Editor;

beforeAll(async () => {
  hub = await startHub(tinyModelId, tinyModelFiles());
  editor = await startEditor({
    env: { HF_ENDPOINT: hub.url },
    globalStorageFiles: { 'conduit.yaml': `model_list: []\nembedding_model: ${tinyModelId}\n` },
  });
});

afterAll(async () => {
  await editor.close();
  await hub.close();
});

const modelFolder = (): string => path.join(editor.profile.globalStorage, 'models', tinyModelId);
const consent = `Conduit can describe prompts with ${tinyModelId}`;

test('nothing is fetched before the user agrees', async () => {
  const toast = await editor.notification(consent);
  expect(await toast.innerText()).toContain('prompts stay local');
  expect(hub.requests).toEqual([]);
  await editor.screenshot('encoder-consent');
});

test('a hub that refuses is told, with a way to try again, and nothing is left on the disk', async () => {
  hub.intercept = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  const toast = await editor.notification(consent);
  await toast.getByRole('button', { name: 'Download' }).click();
  const failure = await editor.notification('The sentence encoder was not downloaded');
  expect(await failure.innerText()).toContain('Prompts are described without it');
  expect(existsSync(modelFolder())).toBe(false);
  hub.intercept = () => false;
  await failure.getByRole('button', { name: 'Retry' }).click();
  await editor.notification(`Conduit describes prompts with ${tinyModelId}`);
});

test('after a restart it is there without the hub', async () => {
  const asked = hub.requests.length;
  await editor.reload();
  await eventually('the encoder', () => editor.logText().includes('the first prompt loads it') || undefined);
  expect(hub.requests).toHaveLength(asked);
});

test('it can be removed, and is not offered again at once', async () => {
  await editor.command('Conduit: Remove Sentence Encoder');
  const dialog = editor.page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: 'Remove Encoder' }).click();
  await editor.notification(`${tinyModelId} was removed`);
  expect(existsSync(modelFolder())).toBe(false);
});

test('Never is remembered; the command still downloads it', async () => {
  await editor.reload();
  const toast = await editor.notification(consent);
  await toast.getByRole('button', { name: 'Never' }).click();
  await eventually('the refusal', () => editor.logText().includes('will not be offered again') || undefined);
  // The browser's workbench writes its storage some seconds later.
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  await editor.reload();
  await eventually(
    'the refusal',
    () => editor.logText().includes(`${tinyModelId} is not on this machine`) || undefined,
  );
  await editor.command('Conduit: Download Sentence Encoder');
  await editor.notification(`Conduit describes prompts with ${tinyModelId}`);
});
