import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { Configuration } from '../../src/core/terms/configuration';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireRequest, WireServer } from '../wire/wire-server';
import { lastUserText, modelOf } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, evidenceOf, observationsIn, readLedger, statsOf } from './ledger-reader';
import { writePastRequests } from './past-requests';

/** The packaged VSIX in a real VS Code, against servers that speak OpenAI's and Anthropic's wire formats. */

const pool = 'gpt';
const key = 'sk-planted-key-of-the-end-to-end-test-0123456789';
const serverError = { error: { message: 'The server had an error', type: 'server_error' } };
const source = 'export function area(radius: number): number {\n  return Math.PI * radius * radius;\n}\n';

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer({ acceptKeys: [key] })]);
  editor = await startEditor({
    env: { E2E_KEY: key },
    workspaceFiles: { 'area.ts': source },
    globalStorageFiles: { 'conduit.yaml': configurationText() },
  });
});

afterAll(async () => {
  await editor.close();
  await Promise.all([openai.close(), anthropic.close()]);
});

beforeEach(() => {
  openai.forget();
  anthropic.forget();
});

function configurationText(): string {
  return configurationOf([
    { id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 },
    { id: 'claude', provider: 'anthropic', apiBase: anthropic.url, price: 3e-6, keyName: 'E2E_KEY' },
  ]);
}

function configuration(): Configuration {
  return loadConfiguration({
    file: { name: 'conduit.yaml', text: configurationText() },
    environment: {},
    storedHosts: new Set(),
  }).configuration;
}

function requests(): readonly WireRequest[] {
  return [...openai.requests, ...anthropic.requests];
}

/** The only request since the servers last forgot, or the last of them. Throws where there is none. */
function lastRequest(): WireRequest {
  const request = requests().at(-1);
  if (request === undefined) throw new Error('No server was asked.');
  return request;
}

/** The turn of a question, as soon as the view shows it. */
async function turnOf(prompt: string): Promise<Locator> {
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: prompt }).last();
  await turn.waitFor();
  return turn;
}

/** Asks in the view itself. */
async function compose(prompt: string): Promise<Locator> {
  const frame = await editor.chatFrame();
  await frame.getByTestId('composer').fill(prompt);
  await frame.getByTestId('send').click();
  return turnOf(prompt);
}

async function ask(prompt: string): Promise<Locator> {
  await editor.command('Conduit: Ask');
  await editor.answerInput(prompt);
  const turn = await turnOf(prompt);
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

/** The phase that the ledger is in, as the pages name it. */
async function phaseOf(): Promise<string> {
  const [stats] = statsOf(await readLedger(editor.storageFolder())).pools;
  return `UCB1, ${String(stats?.decisions)} of 100`;
}

async function statsCells(model: string): Promise<readonly string[]> {
  const frame: Frame = await editor.statsFrame();
  return frame.locator(`[data-pool="${pool}"] tr[data-model="${model}"] td`).allInnerTexts();
}

describe('Conduit: Ask', () => {
  test('streams the answer, says who answered at what cost, and a thumb lowers the arm’s estimate', async () => {
    openai.script({
      kind: 'answer',
      chunks: ['Hello ', '**there**', '!'],
      usage: { input: 100, output: 20 },
    });
    anthropic.script({
      kind: 'answer',
      chunks: ['Hello ', '**there**', '!'],
      usage: { input: 100, output: 20 },
    });
    const turn = await ask('What is a mutex?');
    expect(await turn.getByTestId('answer').innerText()).toBe('Hello there!');
    expect(await turn.locator('strong').innerText()).toBe('there');

    const request = lastRequest();
    const model = modelOf(request);
    expect(lastUserText(request)).toBe('What is a mutex?');
    const cost = model === 'mini' ? '$0.0001' : '$0.0004';
    expect(await turn.getByTestId('answer-line').innerText()).toMatch(
      new RegExp(`^${model} · \\${cost} · [\\d.]+ m?s · UCB1, 1 of 100$`),
    );
    await turn.getByTestId('why').locator('summary').click();
    expect(await turn.getByTestId('candidates').locator('tbody tr').count()).toBe(2);

    const before = await readLedger(editor.storageFolder());
    await turn.getByTestId('thumb-down').click();
    await turn.locator('[data-testid="thumb-down"][aria-pressed="true"]').waitFor();
    const after = await readLedger(editor.storageFolder());
    const [decision] = decisionsIn(after);
    expect(observationsIn(after).at(-1)).toEqual({
      decisionId: decision?.id,
      deploymentId: model,
      signal: { kind: 'rating', thumb: 'down' },
    });
    const meanOf = (entries: typeof after): number => {
      const { weight, weightedQuality } = evidenceOf(entries, pool, model);
      return weightedQuality / weight;
    };
    expect(meanOf(after)).toBeLessThan(meanOf(before));
    await editor.screenshot('ask');
  });

  test('the conversation goes on, with its history', async () => {
    const frame = await editor.chatFrame();
    await frame.getByTestId('composer').fill('And a semaphore?');
    await frame.getByTestId('composer').press('Enter');
    await (await turnOf('And a semaphore?')).getByTestId('answer-line').waitFor();
    expect(JSON.stringify(requests()[0]?.body)).toContain('What is a mutex?');
    await editor.command('Conduit: New Conversation');
    await frame.getByTestId('empty').waitFor();
    await (await compose('Fresh?')).getByTestId('answer-line').waitFor();
    expect(JSON.stringify(requests().at(-1)?.body)).not.toContain('mutex');
  });

  test('a code block is copied and inserted at the cursor', async () => {
    const answer = ['```typescript\n', 'const inserted = 1;\n', '```\n'];
    openai.script({ kind: 'answer', chunks: answer });
    anthropic.script({ kind: 'answer', chunks: answer });
    await editor.openFile('area.ts');
    await editor.select(3, 3);
    await editor.page.keyboard.press('End');
    const turn = await ask('Give me a line of code');
    await turn.getByRole('button', { name: 'Copy code' }).click();
    const clipboard = await eventually('the clipboard', async () => {
      const text = await editor.page.evaluate(() => navigator.clipboard.readText());
      return text.includes('inserted') ? text : undefined;
    });
    expect(clipboard).toBe('const inserted = 1;');
    await turn.getByRole('button', { name: 'Insert at cursor' }).click();
    await editor.page.locator('.editor-instance .view-line', { hasText: 'const inserted = 1;' }).waitFor();
    await editor.command('Undo');
  });

  test('Stop closes the HTTP connection, as the server sees it', async () => {
    openai.script({ kind: 'answer', chunks: ['endless '], then: 'hang' });
    anthropic.script({ kind: 'answer', chunks: ['endless '], then: 'hang' });
    const turn = await compose('Tell me everything');
    await turn.getByText('endless').waitFor();
    await (await editor.chatFrame()).getByTestId('stop').click();
    const request = lastRequest();
    await request.settled;
    expect(request.closedByClient).toBe(true);
    await turn.getByText('Stopped.').waitFor();
    const entries = await readLedger(editor.storageFolder());
    expect(observationsIn(entries).at(-1)?.signal).toEqual({ kind: 'stopped' });
  });

  test('a server that answers 500 is replaced by the other model, and the answer says so', async () => {
    await editor.command('Conduit: New Conversation');
    await ask('Who answers?');
    const first = modelOf(lastRequest());
    const other = first === 'mini' ? 'claude' : 'mini';
    const broken = first === 'mini' ? openai : anthropic;
    broken.script({ kind: 'error', status: 500, body: serverError });
    const turn = await ask('Is it broken?');
    expect(await turn.getByTestId('notice').innerText()).toBe(
      `${first} failed (server error); ${other} was asked instead.`,
    );
    expect(await turn.getByTestId('answer-line').innerText()).toMatch(new RegExp(`^${other} · `));
    const observations = observationsIn(await readLedger(editor.storageFolder()));
    expect(
      observations.slice(-2).map(({ deploymentId, signal }) => `${deploymentId} ${signal.kind}`),
    ).toEqual([`${first} failed`, `${other} completed`]);
    await editor.screenshot('fallback');
  });

  test('when every model fails the prompt is kept, and Retry asks it again', async () => {
    openai.script({ kind: 'error', status: 500, body: 'broken' });
    anthropic.script({
      kind: 'error',
      status: 529,
      body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    });
    const turn = await compose('Do not lose me');
    await turn.getByTestId('error').waitFor();
    expect(await turn.innerText()).toContain('Do not lose me');
    await editor.screenshot('error');
    openai.forget();
    anthropic.forget();
    await turn.getByRole('button', { name: 'Retry' }).click();
    await turn.getByTestId('answer-line').waitFor();
    expect(lastUserText(lastRequest())).toBe('Do not lose me');
  });
});

test('Explain Selection carries the selection and has an origin of its own', async () => {
  await editor.openFile('area.ts');
  await editor.select(1, 2);
  await editor.command('Conduit: Explain Selection');
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: 'Explain the selected' });
  await turn.last().getByTestId('answer-line').waitFor();
  expect(lastUserText(lastRequest())).toContain('return Math.PI * radius * radius;');
  const entries = await readLedger(editor.storageFolder());
  expect(decisionsIn(entries).at(-1)?.origin).toBe('explain-selection');
});

test('@conduit answers in the native chat, and our own buttons rate it', async () => {
  openai.script({ kind: 'answer', chunks: ['Native ', 'answer.'] });
  anthropic.script({ kind: 'answer', chunks: ['Native ', 'answer.'] });
  await editor.nativeChat.send('@conduit What is a heap?');
  const answer = await editor.nativeChat.answer();
  await answer.getByText('Native answer.').waitFor();
  await answer.getByRole('button', { name: 'Bad answer' }).click();
  const observation = await eventually('the rating in the ledger', async () => {
    const last = observationsIn(await readLedger(editor.storageFolder())).at(-1);
    return last?.signal.kind === 'rating' ? last : undefined;
  });
  const decision = decisionsIn(await readLedger(editor.storageFolder())).at(-1);
  expect(decision?.origin).toBe('participant');
  expect(observation).toMatchObject({ decisionId: decision?.id, signal: { kind: 'rating', thumb: 'down' } });
  // The editor attaches the selection by itself, and Conduit sends what is attached.
  expect(lastUserText(lastRequest())).toMatch(/^What is a heap\?/);
  await editor.screenshot('native-chat');
});

test('the stats page shows the ledger’s numbers, follows them while open, and a restart keeps them', async () => {
  await editor.command('Conduit: Show Routing Stats');
  const frame = await editor.statsFrame();
  await frame.getByTestId('stats-models').waitFor();

  /** What was told last may still be on its way into the file, and what the file has on its way to the page. */
  async function expectLedgerNumbers(): Promise<void> {
    let [shown, recorded]: unknown[] = [];
    const isSame = async (): Promise<boolean> => {
      const [stats] = statsOf(await readLedger(editor.storageFolder())).pools;
      if (stats === undefined) throw new Error('The ledger is empty.');
      const phase = (await editor.statsFrame()).getByTestId('phase');
      recorded = [
        await phaseOf(),
        ...stats.models.map((model) => [
          ...[String(model.requests), `${String(Math.round(model.share01 * 100))} %`],
          ...[String(model.thumbsUp), String(model.thumbsDown), String(model.failures)],
        ]),
      ];
      const cells = stats.models.map(async ({ deploymentId }) => {
        const [requests, share, , , , , , ratings, failures] = await statsCells(deploymentId);
        return [requests, share, ...(ratings?.match(/\d+/g) ?? []), failures];
      });
      shown = [await phase.innerText(), ...(await Promise.all(cells))];
      return JSON.stringify(shown) === JSON.stringify(recorded);
    };
    await expect
      .poll(isSame, { timeout: 30_000 })
      .toBe(true)
      .catch(() => undefined);
    expect(shown).toEqual(recorded);
  }

  await expectLedgerNumbers();
  await ask('One more, with the page open');
  await expectLedgerNumbers();
  await editor.screenshot('stats');

  // Another window writes to the same file: the page follows without being asked.
  await writePastRequests(editor.storageFolder(), configuration(), {}, 2);
  await expectLedgerNumbers();

  await editor.command('Conduit: Focus on Routing View');
  const summary = await editor.summaryFrame();
  await summary
    .getByTestId('phase')
    .filter({ hasText: await phaseOf() })
    .waitFor();
  await editor.screenshot('summary');
  const before = await readLedger(editor.storageFolder());

  await editor.restart();
  await editor.command('Conduit: Show Routing Stats');
  await (await editor.statsFrame()).getByTestId('stats-models').waitFor();
  await expectLedgerNumbers();
  const turn = await ask('After the restart');
  const decisions = decisionsIn(before).length;
  expect(await turn.getByTestId('answer-line').innerText()).toContain(
    `UCB1, ${String(decisions + 1)} of 100`,
  );
});

test('no key is in the log, and none in the ledger', async () => {
  expect(editor.logText()).not.toContain(key);
  expect(JSON.stringify(await readLedger(editor.storageFolder()))).not.toContain(key);
});

test('nobody but the user may read what is kept, or look into its folders', () => {
  const folder = editor.storageFolder();
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const stats = statSync(path.join(folder, name));
    return `${(stats.mode & 0o777).toString(8)} ${stats.isDirectory() ? 'folder' : 'file'} ${name}`;
  });
  expect(found.length).toBeGreaterThan(3);
  expect(found.filter((each) => !/^(600 file|700 folder) /.test(each))).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('both servers were asked in the course of these tests', async () => {
  const models = observationsIn(await readLedger(editor.storageFolder())).map(
    ({ deploymentId }) => deploymentId,
  );
  expect([...new Set(models)].sort()).toEqual(['claude', 'mini']);
});
