import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';

/** The doctor's page in the real editor, against one server that refuses the key and one that takes it. */

const goodKey = 'sk-ant-planted-good-key-of-the-doctor-test-0123456789';
const refusedKey = 'planted refused pass phrase 77';
const serverError = {
  kind: 'error',
  status: 500,
  body: { error: { message: 'down', type: 'server_error' } },
} as const;

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([
    startOpenAiServer({ acceptKeys: ['another-key'] }),
    startAnthropicServer({ acceptKeys: [goodKey] }),
  ]);
  anthropic.script(serverError, { model: 'flaky' });
  editor = await startEditor({
    env: { DOCTOR_GOOD_KEY: goodKey, DOCTOR_REFUSED_KEY: refusedKey },
    workspaceFiles: { 'a.ts': 'const a = 1;\n' },
    settings: { 'conduit.defaultPool': 'down', 'workbench.colorTheme': 'Default Dark Modern' },
    globalStorageFiles: { 'conduit.yaml': configurationText() },
  });
});

afterAll(async () => {
  await editor.close();
  await Promise.all([openai.close(), anthropic.close()]);
});

function configurationText(): string {
  const model = (pool: string, id: string, provider: string, base: string, key: string): string =>
    [
      `  - model_name: ${pool}`,
      `    litellm_params: { model: ${provider}/${id}, api_base: "${base}", api_key: os.environ/${key} }`,
      `    model_info: { id: ${id}, input_cost_per_token: 0.000001, output_cost_per_token: 0.000004 }`,
    ].join('\n');
  return [
    'model_list:',
    model('gpt', 'mini', 'openai', openai.url, 'DOCTOR_REFUSED_KEY'),
    model('gpt', 'claude', 'anthropic', anthropic.url, 'DOCTOR_GOOD_KEY'),
    model('gpt', 'keyless', 'anthropic', anthropic.url, 'DOCTOR_NO_SUCH_KEY'),
    model('down', 'flaky', 'anthropic', anthropic.url, 'DOCTOR_GOOD_KEY'),
    // Without figures a model that failed is no better than the others, and the next is asked.
    'router: { daily_budget_usd: 2, priors: off, no_such_option: 1 }',
    '',
  ].join('\n');
}

async function openDoctor(): Promise<Frame> {
  await editor.command('Conduit: Doctor');
  const frame = await editor.doctorFrame();
  await frame.getByTestId('check-all').waitFor();
  return frame;
}

function row(frame: Frame, model: string): Locator {
  return frame.locator(`tr[data-model="${model}"]`);
}

async function ask(prompt: string, until: 'answer-line' | 'error'): Promise<void> {
  await editor.command('Conduit: Ask');
  await editor.answerInput(prompt);
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.getByTestId(until).waitFor({ timeout: 60_000 });
}

function expectNoKeys(text: string): void {
  for (const key of [goodKey, refusedKey]) expect(text).not.toContain(key);
}

test('opens without asking any model, and says of each where its key is and what it costs', async () => {
  const frame = await openDoctor();
  expect(await row(frame, 'claude').innerText()).toMatch(/environment DOCTOR_GOOD_KEY/);
  expect(await row(frame, 'claude').innerText()).toMatch(/conduit\.yaml: \$1 in, \$4 out per million/);
  expect(await row(frame, 'keyless').innerText()).toMatch(/missing: DOCTOR_NO_SUCH_KEY is not set/);
  const pools = frame.getByTestId('doctor-pool');
  expect(await pools.locator('h2').allInnerTexts()).toEqual(['Pool gpt', 'Pool down\nin use']);
  expect(await frame.getByTestId('doctor-problems').innerText()).toContain('no_such_option');
  expect(await frame.locator('[data-group="Configuration"]').innerText()).toMatch(/Daily budget\s+\$2\.00/);
  expect(await frame.locator('[data-group="State"]').innerText()).toMatch(/ledger-1\.db/);
  expect([...openai.requests, ...anthropic.requests]).toEqual([]);
});

test('checks every model: who answers, what it cost, who refuses the key and what to do', async () => {
  const frame = await openDoctor();
  await frame.getByTestId('check-all').click();
  await frame.getByTestId('check-status').filter({ hasText: 'answered' }).waitFor();
  expect(await frame.getByTestId('check-status').innerText()).toMatch(/^1 answered, 3 failed; cost \$0\.0/);
  expect(await row(frame, 'claude').getByTestId('check').innerText()).toMatch(
    /answered; first token after .*; \$0\.00/,
  );
  const refused = await row(frame, 'mini').getByTestId('check').innerText();
  expect(refused).toMatch(/key refused/);
  expect(refused).toMatch(/Set the key again/);
  expect(await row(frame, 'keyless').getByTestId('check').innerText()).toMatch(/no key/);
  expect(await row(frame, 'flaky').getByTestId('check').innerText()).toMatch(/server error/);
  expect(anthropic.requests.map(({ body }) => JSON.stringify(body)).join()).toMatch(/"max_tokens":\d\d?\b/);
  expectNoKeys(await frame.locator('body').innerText());
  await row(frame, 'mini').getByRole('button', { name: 'Set API Key for mini' }).click();
  await editor.page.locator('.quick-input-widget:visible').waitFor();
  await editor.page.keyboard.press('Escape');
});

test('a breaker that opened is marked here and in the stats, and is reset by hand', async () => {
  for (const prompt of ['First into the void', 'Second into the void', 'Third into the void'])
    await ask(prompt, 'error');
  const frame = await openDoctor();
  await row(frame, 'flaky').getByText('resting').waitFor();
  expect(await row(frame, 'flaky').getByTestId('doubt').innerText()).toMatch(
    /^expected to fail: \d+ % \(server error, .*\)\. Retry\.$/,
  );

  await editor.command('Conduit: Show Routing Stats');
  const stats = await editor.statsFrame();
  await expect.poll(() => stats.getByTestId('budget').innerText()).toMatch(/^today .*\$.* of \$2\.00$/);
  await row(stats, 'flaky').getByText('resting').waitFor();
  await editor.screenshot('stats-breaker');
  await row(stats, 'flaky').getByRole('button', { name: 'Reset the circuit breaker of flaky' }).click();
  await row(stats, 'flaky').getByText('resting').waitFor({ state: 'detached' });
  const again = await openDoctor();
  await again.getByRole('button', { name: 'Refresh' }).click();
  await row(again, 'flaky').getByText('resting').waitFor({ state: 'detached' });
});

test('says why it is always the same model, from the pool’s state', async () => {
  await editor.command('Conduit: Select Pool');
  await editor.pick('gpt');
  await eventually('the pool to be in use', async () =>
    (await editor.statusBar()).includes('gpt') ? true : undefined,
  );
  for (const prompt of ['Who answers this?', 'And who this one?', 'And the third?'])
    await ask(prompt, 'answer-line');
  const frame = await openDoctor();
  const gpt = frame.locator('[data-pool="gpt"]');
  await gpt.getByText('Why is it always the same model?').click();
  // A refused key would be refused again.
  await gpt.getByText('Only claude can be asked now: mini: it failed and rests').first().waitFor();
  expect(await row(frame, 'mini').getByTestId('doubt').innerText()).toMatch(
    /^expected to fail: \d+ % \(key refused, .*\)\. Set the key again/,
  );
  await row(frame, 'mini').getByRole('button', { name: 'Reset the circuit breaker of mini' }).click();
  await row(frame, 'mini').getByText('resting').waitFor({ state: 'detached' });
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await gpt.getByText('For the last request').first().waitFor();
  await gpt.getByText('Why does it seem random?').click();
  await gpt.getByText('UCB1, 3 of 100').waitFor();
  await frame.locator('[data-pool="down"]').getByText('Why is it always').click();
  await frame
    .locator('[data-pool="down"]')
    .getByText('flaky is the only model of this pool')
    .first()
    .waitFor();
});

test('is fit to be looked at in each theme', async () => {
  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    await editor.setTheme(theme);
    const frame = await openDoctor();
    await frame.locator('h1').scrollIntoViewIfNeeded();
    await editor.screenshot(`doctor-${theme}`);
    await frame.locator('[data-group="Versions"]').scrollIntoViewIfNeeded();
    await frame.getByTestId('doctor-log').scrollIntoViewIfNeeded();
    await editor.screenshot(`doctor-${theme}-end`);
  }
});

test('copies and saves everything as text, with no key in it', async () => {
  const frame = await openDoctor();
  await frame.getByTestId('copy').click();
  const text = await eventually('the report in the clipboard', async () => {
    const copied = await editor.page.evaluate(() => navigator.clipboard.readText());
    return copied.startsWith('# Conduit Doctor') ? copied : undefined;
  });
  expectNoKeys(text);
  for (const part of [
    'Pool gpt',
    'environment DOCTOR_GOOD_KEY',
    'key refused',
    'no_such_option',
    'UCB1',
    'Node',
  ])
    expect(text).toContain(part);

  await frame.getByTestId('save').click();
  await editor.page.locator('.quick-input-widget:visible .quick-input-box input').waitFor();
  await editor.page.keyboard.press('Enter');
  await editor.notification('The report was saved');
  const saved = readFileSync(path.join(editor.profile.workspace, 'conduit-report.md'), 'utf8');
  expect(saved).toContain('# Conduit Doctor');
  expectNoKeys(saved);
  expectNoKeys(editor.logText());
});
