import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** What the next question says of an answer, from the composer of the packaged VSIX to the ledger. */

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  editor = await startEditor({
    settings: { 'conduit.learnFromNextTurns': true },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([{ id: 'mini', provider: 'openai', apiBase: openai.url, price: 1e-6 }]),
    },
  });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

beforeEach(() => openai.forget());

async function chat(id: string): Promise<Locator> {
  return (await editor.chatFrame()).getByTestId(id);
}

async function ask(prompt: string, answer: string): Promise<void> {
  openai.script({ kind: 'answer', chunks: [answer], usage: { input: 10, output: 5 } });
  await (await chat('composer')).fill(prompt);
  await (await chat('send')).click();
  const turn = (await chat('turn')).filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').first().waitFor();
}

/** The class of each answer's next turn, oldest answer first. */
async function classes(): Promise<readonly (readonly string[])[]> {
  const entries = await readLedger(editor.storageFolder());
  return decisionsIn(entries).map(({ id }) =>
    observationsIn(entries).flatMap(({ decisionId, signal }) =>
      decisionId === id && signal.kind === 'next-turn' ? [signal.turn] : [],
    ),
  );
}

test('nothing is read before the notice was answered; then the class is in the ledger, and no word', async () => {
  await editor.command('Conduit: New Conversation');
  await ask('Write a zebrafinch parser', '```ts\nparse();\n```');
  await ask('That is wrong, quaggas are no zebrafinches.', 'Then:\n\n```ts\nparse(quagga);\n```');
  await editor.notification('Conduit learns from what follows its answers');
  expect(await classes()).toEqual([[], []]);
  await editor.answerNotification('Conduit learns from what follows its answers', 'OK');

  await ask('That is wrong too, it drops every okapi.', 'Sorry:\n\n```ts\nparse(okapi);\n```');
  await ask('TypeError: okapi is not a function', '```ts\nokapi();\n```');
  await ask('Thanks, the tapirs are parsed now.', 'Good.');
  await eventually('the classes', async () => {
    const told = await classes();
    return (
      JSON.stringify(told) === JSON.stringify([[], ['says-wrong'], ['pastes-error'], ['thanks'], []]) ||
      undefined
    );
  }).catch(() => undefined);
  expect(await classes()).toEqual([[], ['says-wrong'], ['pastes-error'], ['thanks'], []]);

  const files = path.join(editor.storageFolder(), 'ledger');
  const ledger = readdirSync(files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'latin1'))
    .join('');
  expect(ledger).toContain('says-wrong');
  for (const word of ['quagga', 'zebrafinch', 'okapi', 'tapir']) {
    expect(ledger).not.toContain(word);
    expect(editor.logText()).not.toContain(word);
  }
});
