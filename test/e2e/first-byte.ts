import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import { configurationWith } from '../core/samples';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { packCompanion } from './companion';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { outputFolder, packagedVsix } from './harness/files';
import { decisionsIn, readLedger } from './ledger-reader';
import { writePastRequests } from './past-requests';

/** How long a request takes from the extension host's receiving it to its first byte on the socket, in a real VS Code. */

const asks = 200;
const warmUp = 20;
const pastRequests = 3_000;
const logFile = path.join(outputFolder, `first-byte-${String(process.pid)}.jsonl`);

/** What the stopwatch saw: a port for questions, or a request that went out. Unix ms with fractions. */
interface Entry {
  readonly port?: number;
  readonly prompt?: string;
  readonly receivedMs?: number;
  readonly sentMs?: number;
}

/** One request, from who asked for it to the socket. */
interface Timed {
  readonly askedMs: number;
  readonly receivedMs: number;
  readonly sentMs: number;
}

let server: WireServer;
let editor: Editor;

beforeAll(async () => {
  server = await startOpenAiServer();
  server.script({ kind: 'answer', chunks: ['Yes.'] });
  const models = ['small', 'middle', 'large'].map(
    (id, index) => ({ id, provider: 'openai', apiBase: server.url, price: 1e-6 * (index + 1) }) as const,
  );
  const text = configurationOf(models);
  writeFileSync(logFile, '');
  const { configuration } = parseConfiguration(text);
  if (configuration === undefined) throw new Error('The configuration has an error.');
  editor = await startEditor({
    vsix: [packagedVsix(), await packCompanion('stopwatch')],
    env: { STOPWATCH_LOG: logFile },
    globalStorageFiles: { 'conduit.yaml': text },
  });
  const usual = configurationWith(configuration.pools);
  await writePastRequests(editor.storageFolder(), usual, {}, pastRequests);
});

afterAll(async () => {
  await editor.close();
  await server.close();
});

const entries = (): readonly Entry[] =>
  readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);

/** Questions as people ask them, each another one: an identical one would go to the same model again. */
const promptOf = (index: number): string =>
  `Question ${String(index)}: why does this TypeScript function return undefined for an empty list?\n` +
  '```ts\nfunction mean(values: number[]) {\n  return values.reduce((a, b) => a + b) / values.length;\n}\n```';

async function timesOf(prompt: string, ask: () => Promise<number>): Promise<Timed> {
  const askedMs = await ask();
  const { receivedMs, sentMs } = await eventually('the request', () =>
    entries().find((entry) => entry.prompt === prompt),
  );
  if (receivedMs === undefined || sentMs === undefined) throw new Error('The stopwatch has no times.');
  return { askedMs, receivedMs, sentMs };
}

async function measure(what: string, ask: (prompt: string) => Promise<number>): Promise<void> {
  const times: Timed[] = [];
  for (let index = 0; index < warmUp + asks; index += 1) {
    const prompt = `${what}. ${promptOf(index)}`;
    times.push(await timesOf(prompt, () => ask(prompt)));
  }
  const measured = times.slice(warmUp);
  print(
    `${what}, from the extension host's receiving it to the first byte on the socket`,
    measured.map(({ receivedMs, sentMs }) => sentMs - receivedMs),
  );
  print(
    `${what}, from its asking, with the editor's own ways, to the first byte on the socket`,
    measured.map(({ askedMs, sentMs }) => sentMs - askedMs),
  );
}

function print(what: string, ms: readonly number[]): void {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? NaN).toFixed(1);
  console.log(
    `${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms (${String(ms.length)} times)`,
  );
}

test('the first byte of a request', async () => {
  const before = decisionsIn(await readLedger(editor.storageFolder())).length;
  expect(before).toBe(pastRequests);
  console.log(`Decisions in the ledger before: ${String(before)}`);

  await editor.command('Conduit: New Conversation');
  const frame = await editor.chatFrame();
  await measure('The chat view', (prompt) => askInChat(frame, prompt));

  const { port } = await eventually('the stopwatch', () =>
    entries().find((entry) => entry.port !== undefined),
  );
  await measure('A language model', async (prompt) => {
    const response = await fetch(`http://127.0.0.1:${String(port)}`, { method: 'POST', body: prompt });
    return ((await response.json()) as { askedMs: number }).askedMs;
  });
});

/** Asks with the key, in conversations of ten turns, and waits for the answer. Resolves to the key's time, Unix ms. */
async function askInChat(frame: Frame, prompt: string): Promise<number> {
  const turns = frame.getByTestId('turn');
  if ((await turns.count()) >= 10) {
    await frame.getByTestId('new-conversation').click();
    await eventually('an empty view', async () => (await turns.count()) === 0 || undefined);
  }
  const composer = frame.getByTestId('composer');
  await composer.fill(prompt);
  await frame.evaluate(() => {
    const target = window as unknown as { pressedMs: number };
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Enter') target.pressedMs = performance.timeOrigin + event.timeStamp;
    };
    window.addEventListener('keydown', listen, { capture: true, once: true });
  });
  await composer.press('Enter');
  await turns
    .filter({ hasText: prompt.split('\n', 1).join() })
    .getByTestId('answer-line')
    .waitFor();
  return frame.evaluate(() => (window as unknown as { pressedMs: number }).pressedMs);
}
