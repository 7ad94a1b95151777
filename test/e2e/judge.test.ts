import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { JudgedSignal } from '../../src/core/terms/observation';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { lastUserText, modelOf } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { evidenceOf, observationsIn, readLedger } from './ledger-reader';

/** From the dialogue to the arm's estimate: a judge on a server of this machine, in a real VS Code. */

let server: WireServer;
let editor: Editor;

const judge = `  - model_name: judges
    litellm_params:
      model: openai/mistral-large
      api_base: URL
    model_info:
      id: mistral-large
      input_cost_per_token: 0.000001
      output_cost_per_token: 0.000001
`;

beforeAll(async () => {
  server = await startOpenAiServer();
  server.script(
    { kind: 'answer', chunks: ['A lamp.'], usage: { input: 20, output: 5 } },
    { model: 'gpt-mini' },
  );
  server.script(
    { kind: 'answer', chunks: ['{"score": 10, "reason": "good"}'], usage: { input: 500, output: 12 } },
    { model: 'mistral-large' },
  );
  const models = [{ id: 'gpt-mini', provider: 'openai', apiBase: server.url, price: 1e-6 }] as const;
  // Every answer, so that the first one is judged.
  const file = `${configurationOf(models)}${judge.replace('URL', server.url)}judge: { sample_rate: 1 }\n`;
  editor = await startEditor({ globalStorageFiles: { 'conduit.yaml': file } });
});

afterAll(async () => {
  await editor.close();
  await server.close();
});

const dialogue = (): Locator => editor.page.locator('.quick-input-widget:visible');
const dialog = (): Locator => editor.page.locator('.monaco-dialog-box');

async function ask(prompt: string): Promise<Locator> {
  const frame = await editor.chatFrame();
  await frame.getByTestId('composer').fill(prompt);
  await frame.getByTestId('send').click();
  const turn = frame.getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

async function verdicts(): Promise<readonly JudgedSignal[]> {
  const observations = observationsIn(await readLedger(editor.storageFolder()));
  return observations.flatMap(({ signal }) => (signal.kind === 'judged' ? [signal] : []));
}

const judged = () => server.requests.filter((request) => modelOf(request) === 'mistral-large');

test('nothing is judged before the user turns it on, in a dialogue that says what that means', async () => {
  await editor.command('Conduit: New Conversation');
  await ask('What is a lantern?');
  await editor.command('Conduit: Judge Answers…');
  await dialogue().locator('.monaco-list-row', { hasText: 'mistral-large' }).click();
  await dialog().waitFor();
  const text = await dialog().innerText();
  for (const word of ['Let mistral-large judge answers?', '127.0.0.1', 'the question', 'a day'])
    expect(text).toContain(word);
  await editor.screenshot('judge-dialogue');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await ask('What is a wick?');
  expect(judged()).toEqual([]);
  expect(await verdicts()).toEqual([]);
});

test('once it is on, a verdict moves what is learnt of the model by the documented weight', async () => {
  await editor.command('Conduit: Judge Answers…');
  await dialogue().locator('.monaco-list-row', { hasText: 'mistral-large' }).click();
  await dialog().getByRole('button', { name: 'Let It Judge' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await editor.page.locator('.statusbar', { hasText: 'judges answers from now on' }).waitFor();
  const before = evidenceOf(await readLedger(editor.storageFolder()), 'gpt', 'gpt-mini');
  await ask('What is a candle?');
  await eventually('a verdict', async () => (await verdicts()).length === 1 || undefined, 30_000);
  expect(await verdicts()).toEqual([
    { kind: 'judged', quality01: 1, reason: 'good', judge: 'mistral-large', probability: 1 },
  ]);
  expect(lastUserText(judged()[0]!)).toContain('What is a candle?');
  const after = evidenceOf(await readLedger(editor.storageFolder()), 'gpt', 'gpt-mini');
  // It takes the place of the bare “completed”.
  expect(after.weight - before.weight).toBeCloseTo(shippedSignals.judged.weight, 6);
  expect(after.weightedQuality / after.weight).toBeGreaterThan(0.6);
});

test('Doctor and the stats page have a line of what it cost and how it agrees; the same command turns it off', async () => {
  await editor.command('Conduit: Show Routing Stats');
  const lines = (await editor.statsFrame()).getByTestId('judges');
  await lines.waitFor();
  expect(await lines.innerText()).toMatch(
    /mistral-large judges 100 % .*today \$0\.0005[^]*1 verdicts.*not known yet/,
  );
  await editor.command('Conduit: Judge Answers…');
  await dialogue().locator('.monaco-list-row', { hasText: 'Turn It Off' }).click();
  await eventually(
    'the line',
    async () => (await lines.innerText()).includes('off: no answer is judged') || undefined,
  );
  const before = judged().length;
  await editor.command('Conduit: Ask');
  await ask('What is a torch?');
  await editor.page.waitForTimeout(1_000);
  expect(judged()).toHaveLength(before);
});
