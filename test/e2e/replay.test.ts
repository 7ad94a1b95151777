import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import { configurationWith } from '../core/samples';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { readLedger } from './ledger-reader';
import { writePastRequests } from './past-requests';

/** The demo, and a history that is replayed: neither asks a model, and neither writes into the ledger. */

const nobody = 'http://127.0.0.1:9/v1';
const text = configurationOf([
  { id: 'local-llama', provider: 'openai', apiBase: nobody, price: 0 },
  { id: 'gpt-mini', provider: 'openai', apiBase: nobody, price: 1e-6 },
  { id: 'strong', provider: 'openai', apiBase: nobody, price: 9e-6 },
]);

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({ globalStorageFiles: { 'conduit.yaml': text } });
});

afterAll(() => editor.close());

async function entryCount(): Promise<number> {
  return (await readLedger(editor.storageFolder())).length;
}

/** In CSS pixels that the page is wider than its frame. */
const overflow = (frame: Frame): Promise<number> =>
  frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('the demo plays by keyboard, from the first request over the switch to its three sentences', async () => {
  await editor.command('Conduit: Play Demo');
  const frame = await editor.demoFrame();
  await frame.getByTestId('play').waitFor();
  expect(await frame.getByTestId('simulated').innerText()).toBe('simulated');
  // The editor is set to little motion here: it waits to be started.
  expect(await frame.getByTestId('progress').innerText()).toBe('Request 0 of 600');
  await frame.getByTestId('play').focus();
  await editor.page.keyboard.press('Enter');
  await expect
    .poll(() => frame.getByTestId('progress').innerText(), { timeout: 30_000 })
    .not.toBe('Request 0 of 600');
  await editor.page.keyboard.press('Enter');
  await frame.getByTestId('slider').fill('100');
  expect(await frame.getByTestId('phase').innerText()).toBe('UCB1, 100 of 100');
  await frame.getByTestId('next').focus();
  await editor.page.keyboard.press('Enter');
  expect(await frame.getByTestId('phase').innerText()).toBe('LinUCB');
  expect((await frame.getByTestId('why').innerText()).length).toBeGreaterThan(20);
  await frame.getByTestId('skip').focus();
  await editor.page.keyboard.press('Enter');
  await frame.getByTestId('demo-end').waitFor();
  expect(await frame.getByTestId('ending').locator('li').count()).toBe(3);
  expect(await frame.locator('.u-wrap canvas').count()).toBe(3);
  await frame.getByTestId('preset').selectOption('cost');
  await frame.getByTestId('demo-end').waitFor({ state: 'hidden' });
  await frame.getByTestId('skip').click();
  await frame.getByTestId('demo-end').waitFor();
  for (const width of [1600, 800, 640]) {
    await editor.page.setViewportSize({ width, height: 900 });
    await expect.poll(() => overflow(frame), { timeout: 30_000 }).toBeLessThanOrEqual(0);
  }
  await editor.page.setViewportSize({ width: 1440, height: 900 });
  await editor.screenshot('demo');
  expect(await entryCount()).toBe(0);
  await editor.command('View: Close All Editors');
});

test('a history is replayed with another preset and without a model; an empty one says so', async () => {
  await editor.command('Conduit: Replay My History');
  const frame = await editor.replayFrame();
  await frame.getByTestId('replay-run').click();
  await frame.getByTestId('replay-empty').getByText('There is no history yet').waitFor();
  const { configuration } = parseConfiguration(text);
  if (configuration === undefined) throw new Error('The configuration of the test has an error.');
  await writePastRequests(
    editor.storageFolder(),
    configurationWith(configuration.pools),
    {
      'local-llama': { code: 0.35, prose: 0.7, firstTokenMs: 300 },
      'gpt-mini': { code: 0.7, prose: 0.8, firstTokenMs: 600 },
      strong: { code: 0.95, prose: 0.9, firstTokenMs: 1100 },
    },
    120,
  );
  const before = await entryCount();
  const used = await frame.getByTestId('replay-deployments').locator('tr[data-model]').count();
  expect(used).toBe(3);
  await frame.getByTestId('replay-preset').selectOption('quality');
  await frame.getByLabel('gpt-mini can be chosen').uncheck();
  await frame.getByTestId('replay-run').click();
  await frame.getByTestId('replay-result').waitFor();
  const says = await frame.getByTestId('replay-says').innerText();
  expect(says).toMatch(/Changed: preset quality, without gpt-mini\. \d+ \(\d+ %\) of 120 requests/);
  expect(says).toContain('Believed, not measured');
  const own = frame.getByTestId('replay-shares').locator('tr[data-model="gpt-mini"] td').last();
  expect(await own.innerText()).toMatch(/^0 \(0 %\)/);
  expect(await frame.getByTestId('replay-notes').innerText()).toContain('Nothing of it was measured.');
  await frame.getByTestId('replay-json').click();
  // The extension writes it, a moment later.
  const json = await eventually('the copy', async () => {
    const copied = await editor.page.evaluate(() => navigator.clipboard.readText());
    return copied.startsWith('{') ? copied : undefined;
  });
  expect(JSON.parse(json)).toMatchObject({
    change: { preset: 'quality', without: ['gpt-mini'] },
    decisions: 120,
  });
  await frame.getByTestId('replay-preset').selectOption('balanced');
  await frame.getByLabel('gpt-mini can be chosen').check();
  await frame.getByTestId('replay-run').click();
  await frame.getByTestId('replay-says').getByText('Today’s router, with nothing changed').waitFor();
  await editor.screenshot('replay');
  expect(await entryCount()).toBe(before);

  const file = path.join(editor.storageFolder(), 'conduit.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('id: strong', 'id: stronger'));
  await frame.getByLabel('stronger can be chosen').waitFor();
});
