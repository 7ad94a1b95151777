import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/core/terms/decision';
import type { Observation } from '../../src/core/terms/observation';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireRequest, WireServer } from '../wire/wire-server';
import { lastUserText, modelOf } from '../wire/wire-server';
import { packCompanion } from './companion';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { packagedVsix } from './harness/files';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/**
 * `@conduit` in the editor's own chat, in the packaged VSIX. A test-only extension stands where Copilot would: the
 * editor shows its thumbs only beside a default participant.
 */

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

const code = ['Here:\n\n', '```typescript\n', 'const one = 1;\n', '```\n'];

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  editor = await startEditor({
    vsix: [packagedVsix(), await packCompanion('default-chat')],
    serverArgs: ['--enable-proposed-api', 'conduit-tests.default-chat'],
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    workspaceFiles: {
      'area.ts': 'export const area = (side: number) => side * side;\n',
      'volume.ts': 'export const volume = 1;\n',
      'picture.bin': 'GIF89a\u0000\u0000\u0001',
      '.env': 'API_KEY=abc\n',
    },
    globalStorageFiles: { 'conduit.yaml': configuration() },
  });
});

afterAll(async () => {
  await editor.close();
  await Promise.all([openai.close(), anthropic.close()]);
});

beforeEach(() => {
  for (const server of [openai, anthropic]) {
    server.forget();
    server.script({ kind: 'answer', chunks: ['An ', 'answer.'], usage: { input: 100, output: 10 } });
  }
});

/** A pool of two models, and one of a single model. */
function configuration(): string {
  const model = (pool: string, id: string, provider: string, base: string): string =>
    `  - model_name: ${pool}\n    litellm_params: { model: ${provider}/${id}, api_base: '${base}' }\n` +
    `    model_info: { id: ${id}, input_cost_per_token: 0.000001, output_cost_per_token: 0.000001 }\n`;
  return [
    'model_list:\n',
    model('gpt', 'mini', 'openai', openai.url),
    model('gpt', 'claude', 'anthropic', anthropic.url),
    model('fast', 'local', 'openai', openai.url),
  ].join('');
}

const requests = (): readonly WireRequest[] => [...openai.requests, ...anthropic.requests];
const sent = (): string => lastUserText(requests().at(-1)!);

async function ask(text: string): Promise<void> {
  await editor.nativeChat.send(text);
  await editor.nativeChat.answer();
}

async function decisions(): Promise<readonly Decision[]> {
  return decisionsIn(await readLedger(editor.storageFolder()));
}

/** The last observation of a kind, as soon as the ledger has one that fits. */
async function observed(what: (observation: Observation) => boolean): Promise<Observation> {
  return eventually('the observation', async () =>
    observationsIn(await readLedger(editor.storageFolder())).findLast(what),
  );
}

test('a command has the words of the chat view, and the selection goes with it', async () => {
  await editor.openFile('area.ts');
  await editor.select(1, 1);
  await ask('@conduit /explain');
  expect(sent()).toMatch(/^Explain this code: what it does/);
  expect(sent()).toContain('export const area = (side: number) => side * side;');
  const [decision] = await decisions();
  expect(decision).toMatchObject({ origin: 'participant', pool: 'gpt' });
});

test('its commands are completed', async () => {
  await editor.page.keyboard.press('Control+A');
  await editor.page.keyboard.type('@conduit /');
  const list = editor.page.locator('.suggest-widget:visible');
  await Promise.all(
    ['another', 'model', 'tests'].map((name) => list.getByText(`/${name}`).first().waitFor()),
  );
  await editor.screenshot('participant-commands');
  await editor.page.keyboard.press('Escape');
  await editor.page.keyboard.press('Control+A');
  await editor.page.keyboard.press('Delete');
});

test('a pool after a slash is asked, and the conversation goes on', async () => {
  await ask('@conduit /fast And a cube?');
  expect(sent()).toMatch(/^And a cube\?/);
  expect(modelOf(requests().at(-1)!)).toBe('local');
  expect(JSON.stringify(requests().at(-1)?.body)).toContain('Explain this code');
  const [first, second] = await decisions();
  expect(second?.pool).toBe('fast');
  expect(second?.conversationId).toBe(first?.conversationId);
});

describe('what is attached', () => {
  test('a file goes along as in the chat view, and the answer names it', async () => {
    await editor.openFile('volume.ts');
    await editor.command('Chat: Add File to Chat');
    await ask('@conduit What is it?');
    expect(sent()).toContain('From volume.ts');
    expect(sent()).toContain('export const volume = 1;');
    await editor.screenshot('participant-file');
  });

  test('a file that looks like it holds secrets asks first: refused, nothing is sent', async () => {
    await editor.openFile('.env');
    await editor.command('Chat: Add File to Chat');
    await editor.nativeChat.send('@conduit What is in it?');
    const dialog = editor.page.locator('.monaco-dialog-box', { hasText: '.env' });
    await dialog.waitFor();
    await editor.screenshot('participant-secret');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await (await editor.nativeChat.answer()).getByText('Nothing was sent.').waitFor();
    expect(requests()).toEqual([]);
    await editor.openFile('area.ts');
  });
});

describe('suggestions under an answer', () => {
  test('code is to be tested, by its command', async () => {
    for (const server of [openai, anthropic]) server.script({ kind: 'answer', chunks: code });
    await ask('@conduit Give me one');
    const model = modelOf(requests().at(-1)!);
    expect(await editor.nativeChat.followUps()).toEqual([
      'Write tests for it',
      'Ask another model',
      `Stay with ${model}`,
    ]);
    await editor.screenshot('participant-follow-ups');
    await editor.nativeChat.followUp('Write tests for it');
    await editor.nativeChat.answer();
    // The servers' logs are one after the other, not in the order of time.
    const asked = requests().find((request) => lastUserText(request).startsWith('Write tests for this code'));
    expect(lastUserText(asked!)).toMatch(/.\n\nThe code is the one in your answer\./);
    expect(JSON.stringify(asked?.body)).toContain('const one = 1;');
  });

  test('another model gets the same question, and the first answer’s decision is told', async () => {
    await ask('@conduit What is a heap?');
    const [first] = [(await decisions()).at(-1)];
    const question = sent();
    await editor.nativeChat.followUp('Ask another model');
    await editor.nativeChat.answer();
    const second = (await decisions()).at(-1);
    expect(sent()).toBe(question);
    expect(JSON.stringify(requests().at(-1)?.body).split('What is a heap?')).toHaveLength(2);
    expect(second?.deploymentId).not.toBe(first?.deploymentId);
    expect(await observed(({ signal }) => signal.kind === 'regenerated')).toMatchObject({
      decisionId: first?.id,
      deploymentId: first?.deploymentId,
    });
  });

  test('staying with a model locks the conversation to it, until it is given back', async () => {
    await ask('@conduit What is a stack?');
    const model = (await decisions()).at(-1)?.deploymentId ?? '';
    await editor.nativeChat.followUp(`Stay with ${model}`);
    await (await editor.nativeChat.answer()).getByText(/answers in this conversation from here on/).waitFor();
    await editor.screenshot('participant-locked');
    await ask('@conduit And a queue?');
    expect((await decisions()).at(-1)).toMatchObject({ deploymentId: model, chosenByUser: true });
    await (await editor.nativeChat.answer()).getByText('locked to this model').waitFor();
    await ask('@conduit /model auto And a ring?');
    expect((await decisions()).at(-1)?.chosenByUser).toBeUndefined();
  });
});

test('it can be read in other themes', async () => {
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`participant-${theme}`);
  }
});

describe('ratings', () => {
  test('the editor’s own thumbs rate the decision of their answer', async () => {
    await ask('@conduit Rate me');
    const decision = (await decisions()).at(-1);
    await editor.nativeChat.thumb('up');
    const up = await observed(
      ({ decisionId, signal }) => decisionId === decision?.id && signal.kind === 'rating',
    );
    expect(up).toMatchObject({ deploymentId: decision?.deploymentId, signal: { thumb: 'up' } });
    await editor.screenshot('participant-thumbs');
    await editor.nativeChat.thumb('down');
    await observed(
      ({ decisionId, signal }) =>
        decisionId === decision?.id && signal.kind === 'rating' && signal.thumb === 'down',
    );
  });

  test('our own button asks why an answer was bad, and takes no reason for an answer', async () => {
    await ask('@conduit Rate me too');
    const decision = (await decisions()).at(-1);
    const answer = await editor.nativeChat.answer();
    await answer.getByRole('button', { name: 'Bad answer' }).click();
    const toast = await editor.notification(`Rated ${decision?.deploymentId ?? ''} bad.`);
    await observed(({ decisionId, signal }) => decisionId === decision?.id && signal.kind === 'rating');
    await toast.getByRole('button', { name: 'Say Why…' }).click();
    await editor.pick('outdated');
    expect(
      await observed(({ signal }) => signal.kind === 'rating' && signal.reason !== undefined),
    ).toMatchObject({ decisionId: decision?.id, signal: { thumb: 'down', reason: 'outdated' } });
  });
});
