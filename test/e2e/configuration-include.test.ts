import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** A conduit.yaml whose models stand in a file beside it, in the real editor. */

const entry = (model: string, rest = ''): string =>
  `  - { model_name: team, litellm_params: { model: openai/${model}, api_base: "http://127.0.0.1:9/v1"${rest} }, model_info: { id: ${model} } }\n`;

let editor: Editor;
const team = (): string => path.join(editor.profile.globalStorage, 'team.yaml');

beforeAll(async () => {
  editor = await startEditor({
    globalStorageFiles: {
      'conduit.yaml': 'include: [team.yaml]\nrouter: { preset: speed }\n',
      'team.yaml': `model_list:\n${entry('one')}${entry('two', ', temperature: hot')}`,
    },
  });
  await editor.command('Conduit: Open Configuration');
  await editor.page.locator('.tab.active', { hasText: 'conduit.yaml' }).waitFor();
});

afterAll(() => editor.close());

test('the models of the file are there, and what is wrong in it is told at its own line', async () => {
  await eventually('a pool of two', () => /pools team \(2\)/.test(editor.logText()) || undefined);
  expect(editor.logText()).toMatch(
    /team\.yaml:3: model_list\[1\]\.litellm_params\.temperature: must be a number/,
  );
  await editor.page.keyboard.press('Control+Shift+M');
  await editor.page.locator('.markers-panel', { hasText: 'team.yaml' }).first().waitFor();
  await editor.screenshot('yaml-include');
});

test('a change of it applies', async () => {
  writeFileSync(team(), `model_list:\n${entry('one')}${entry('two')}${entry('three')}`);
  await eventually('a pool of three', () => /pools team \(3\)/.test(editor.logText()) || undefined);
});
