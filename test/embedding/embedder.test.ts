import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { downloadModel } from '../../src/embedding/download-model';
import type { PreparedEmbedder } from '../../src/embedding/embedder';
import { createEmbedder, noEmbedder } from '../../src/embedding/embedder';
import type { Encoder } from '../../src/embedding/encoder';
import { createEncoder } from '../../src/embedding/encoder';
import { bundleEncoder } from './encoder-bundle';
import { startHub } from './hub-server';
import { tinyModelFiles, tinyModelId } from './tiny-model';

/** From the hub to a prompt's numbers, with the real worker. */

let workerPath: string;
let modelsFolder: string;
let encoder: Encoder;
const lines: string[] = [];
const say = (line: string): void => void lines.push(line);
const log = { debug: say, info: say, warn: say, error: say };

beforeAll(async () => {
  workerPath = await bundleEncoder();
}, 60_000);

afterAll(() => rmSync(path.dirname(workerPath), { recursive: true, force: true }));

beforeEach(() => {
  lines.length = 0;
  modelsFolder = mkdtempSync(path.join(tmpdir(), 'conduit-embedder-'));
  encoder = createEncoder({ workerPath, modelsFolder, model: tinyModelId, log });
});

afterEach(() => {
  encoder.dispose();
  rmSync(modelsFolder, { recursive: true, force: true });
});

async function install(): Promise<void> {
  const hub = await startHub(tinyModelId, tinyModelFiles());
  const result = await downloadModel({ model: tinyModelId, folder: modelsFolder, fetch, baseUrl: hub.url });
  await hub.close();
  expect(result.ok).toBe(true);
}

/** Deadlines pass when `expire` is called, and not before. */
const deadlines: (() => void)[] = [];
const after = (_: number, call: () => void): (() => void) => {
  deadlines.push(call);
  return () => undefined;
};

function create(): PreparedEmbedder {
  return createEmbedder({ encoder, modelsFolder, model: tinyModelId, log, after });
}

const projectionFile = (): string => path.join(modelsFolder, tinyModelId, 'projection.json');

test('without the model it has no space and no vector', async () => {
  const embedder = create();
  expect(await embedder.prepare()).toBe('not-installed');
  expect(embedder.space()).toBeUndefined();
  expect(await embedder.embed('text')).toBeUndefined();
});

test('with the model it has a space, and the same vector for the same text in every session', async () => {
  await install();
  const embedder = create();
  expect(embedder.space()).toBeUndefined();
  expect(await embedder.prepare()).toBe('ready');
  expect(embedder.space()).toMatch(/^tinyencoder24-[\da-f]{6}$/);
  const vector = await embedder.embed('Sort a list');
  expect(vector).toHaveLength(embedder.dimensions);
  expect(await embedder.embed('Prove the theorem of Pythagoras')).not.toEqual(vector);

  const storedAt = statSync(projectionFile()).mtimeMs;
  const next = create();
  expect(await next.prepare()).toBe('ready');
  expect(next.space()).toBe(embedder.space());
  expect(await next.embed('Sort a list')).toEqual(vector);
  expect(statSync(projectionFile()).mtimeMs).toBe(storedAt);
});

test('a projection that is damaged, or of other weights, is fitted again', async () => {
  await install();
  await create().prepare();
  const good = readFileSync(projectionFile(), 'utf8');
  for (const text of [good.slice(0, 200), good.replace(/"fingerprint":"./, '"fingerprint":"x')]) {
    expect(text).not.toBe(good);
    writeFileSync(projectionFile(), text);
    const embedder = create();
    expect(await embedder.prepare()).toBe('ready');
    expect(readFileSync(projectionFile(), 'utf8')).toBe(good);
  }
});

test('a text that takes too long has no vector; it is there the next time', async () => {
  await install();
  const embedder = create();
  await embedder.prepare();
  deadlines.length = 0;
  const first = embedder.embed('A text that nobody asked before');
  for (const expire of deadlines) expire();
  expect(await first).toBeUndefined();
  expect(await encoder.embed('A text that nobody asked before')).toMatchObject({ ok: true });
  expect(await embedder.embed('A text that nobody asked before')).toHaveLength(24);
});

test('an encoder that is closed leaves no vector, and nothing is thrown', async () => {
  await install();
  const embedder = create();
  await embedder.prepare();
  encoder.dispose();
  expect(await embedder.embed('new')).toBeUndefined();
  expect(await create().prepare()).toBe('ready');
  rmSync(projectionFile());
  expect(await create().prepare()).toBe('unusable');
  expect(lines.join()).toContain("can't be used");
});

test('no embedder: no space, no numbers', async () => {
  expect(noEmbedder.space()).toBeUndefined();
  expect(noEmbedder.dimensions).toBe(0);
  expect(await noEmbedder.embed('text')).toBeUndefined();
});
