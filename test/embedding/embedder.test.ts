import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCache } from '../../src/cache/memory-cache';
import type { Cache } from '../../src/core/terms/ports';
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
let cache: Cache;
const lines: string[] = [];
const say = (line: string): void => void lines.push(line);
const log = { debug: say, info: say, warn: say, error: say };

beforeAll(async () => {
  workerPath = await bundleEncoder();
}, 60_000);

afterAll(() => rmSync(path.dirname(workerPath), { recursive: true, force: true }));

beforeEach(() => {
  lines.length = 0;
  cache = createMemoryCache();
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
const deadlines: { readonly ms: number; readonly expire: () => void }[] = [];
const after = (ms: number, expire: () => void): (() => void) => {
  deadlines.push({ ms, expire });
  return () => undefined;
};

function create(): PreparedEmbedder {
  return createEmbedder({ encoder, modelsFolder, model: tinyModelId, cache, log, after });
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
  for (const { expire } of deadlines) expire();
  expect(await first).toBeUndefined();
  // The worker takes one text at a time: after this one it has done the first.
  expect(await encoder.embed('Another text')).toMatchObject({ ok: true });
  encoder.dispose();
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

describe('the cache', () => {
  const text = 'Sort a list of numbers';

  async function ready(): Promise<PreparedEmbedder> {
    const embedder = create();
    expect(await embedder.prepare()).toBe('ready');
    return embedder;
  }

  /** A memory whose keys and values can be looked at and replaced. */
  function openCache(): { readonly values: Map<string, string>; readonly times: number[] } {
    const values = new Map<string, string>();
    const times: number[] = [];
    cache = {
      get: (key) => Promise.resolve(values.get(key)),
      set: (key, value, ttlMs) => {
        values.set(key, value);
        times.push(ttlMs);
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(void values.delete(key)),
    };
    return { values, times };
  }

  test('gives the same numbers as the encoder did, to another session too, and needs no worker', async () => {
    await install();
    const vector = await (await ready()).embed(text);
    encoder.dispose();
    const next = await ready();
    expect(await next.embed(text)).toEqual(vector);
    expect(await next.embed(`${text}.`)).toBeUndefined();
  });

  test('knows each text by all of it that the encoder reads, in its feature space, for a day', async () => {
    const { values, times } = openCache();
    await install();
    const embedder = await ready();
    await embedder.embed(text);
    await embedder.embed('x'.repeat(5_000));
    await embedder.embed('x'.repeat(6_000));
    const space = String(embedder.space());
    const head = 'x'.repeat(4_000);
    expect([...values.keys()]).toEqual([`vector\n${space}\n${text}`, `vector\n${space}\n${head}`]);
    expect([...values.values()].map((value) => value.length)).toEqual([128, 128]);
    expect(new Set(times)).toEqual(new Set([24 * 3_600_000]));
  });

  test('is not believed where it holds garbage: the encoder answers, and puts it right', async () => {
    const { values } = openCache();
    await install();
    const embedder = await ready();
    const vector = await embedder.embed(text);
    const [[key, good] = ['', '']] = values;
    const floats = (...numbers: number[]): string =>
      Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
    const ones = Array.from({ length: 24 }, () => 1);
    for (const garbage of [
      ...['', 'garbage', '\0', good.slice(4), good + good, `${good}\n`, JSON.stringify(vector)],
      ...[floats(...ones.slice(1)), floats(...ones, 1), floats(...ones.fill(Number.NaN, 3, 4))],
      floats(...ones.fill(Infinity, 3, 4)),
    ]) {
      values.set(key, garbage);
      expect(await embedder.embed(text)).toEqual(vector);
      expect(values.get(key)).toBe(good);
    }
  });

  test('that hangs holds nothing up: the encoder begins without it', async () => {
    const never = new Promise<never>(() => undefined);
    cache = { get: () => never, set: () => never, delete: () => never };
    await install();
    const embedder = await ready();
    deadlines.length = 0;
    const asked = embedder.embed(text);
    // One of the two is the deadline, and the other how long the cache is waited for.
    expect(deadlines.map(({ ms }) => ms).toSorted((a, b) => a - b)).toEqual([25, 150]);
    deadlines.find(({ ms }) => ms === 25)?.expire();
    expect(await asked).toHaveLength(24);
  });

  test('is asked once for a text that is asked several times at once, and so is the encoder', async () => {
    const { times } = openCache();
    await install();
    const embedder = await ready();
    const vectors = await Promise.all(Array.from({ length: 20 }, () => embedder.embed(text)));
    expect(new Set(vectors).size).toBe(1);
    expect(times).toHaveLength(1);
  });
});

test('no embedder: no space, no numbers', async () => {
  expect(noEmbedder.space()).toBeUndefined();
  expect(noEmbedder.dimensions).toBe(0);
  expect(await noEmbedder.embed('text')).toBeUndefined();
});
