import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMemoryCache } from '../../src/cache/memory-cache';
import type { EncoderService } from '../../src/embedding/encoder-service';
import { createEncoderService } from '../../src/embedding/encoder-service';
import { hubAddress } from '../../src/embedding/model-files';
import { bundleEncoder } from './encoder-bundle';
import type { HubServer } from './hub-server';
import { startHub } from './hub-server';
import { tinyModelFiles, tinyModelId } from './tiny-model';

let workerPath: string;
let modelsFolder: string;
let hub: HubServer;
let service: EncoderService;
const lines: string[] = [];
const say = (line: string): void => void lines.push(line);

beforeAll(async () => {
  workerPath = await bundleEncoder();
}, 60_000);

afterAll(() => rmSync(path.dirname(workerPath), { recursive: true, force: true }));

beforeEach(async () => {
  lines.length = 0;
  modelsFolder = path.join(mkdtempSync(path.join(tmpdir(), 'conduit-service-')), 'models');
  hub = await startHub(tinyModelId, tinyModelFiles());
  service = create();
});

afterEach(async () => {
  service.dispose();
  await hub.close();
  rmSync(path.dirname(modelsFolder), { recursive: true, force: true });
});

function create(): EncoderService {
  const log = { debug: say, info: say, warn: say, error: say };
  return createEncoderService({
    workerPath,
    modelsFolder,
    environment: { HF_ENDPOINT: hub.url },
    fetch,
    cache: createMemoryCache(),
    log,
  });
}

test('from nothing to an encoder, and back', async () => {
  expect(service.current().space()).toBeUndefined();
  expect(await service.use(undefined)).toBe('none');
  expect(await service.use(tinyModelId)).toBe('not-installed');
  expect(await service.installed()).toEqual([]);

  expect(await service.download(tinyModelId, {})).toMatchObject({ ok: true });
  expect(await service.installed()).toEqual([tinyModelId]);
  expect(await service.use(tinyModelId)).toBe('ready');
  const embedder = service.current();
  expect(await embedder.embed('text')).toHaveLength(24);
  expect(await service.use(tinyModelId)).toBe('ready');
  expect(service.current()).toBe(embedder);
  expect(lines.join('\n')).toMatch(
    /^Encoder ready: tinyencoder24-[\da-f]{6}, loaded in \d+ ms; longest block of the event loop \d+ ms\.$/,
  );

  expect(await service.use(undefined)).toBe('none');
  expect(service.current().space()).toBeUndefined();
  await service.removeAll();
  expect(existsSync(modelsFolder)).toBe(false);
  expect(await service.use(tinyModelId)).toBe('not-installed');
});

test('the next session loads it with the first prompt, or when told that one may come', async () => {
  await service.download(tinyModelId, {});
  await service.use(tinyModelId);
  service.dispose();
  lines.length = 0;
  service = create();
  expect(await service.use(tinyModelId)).toBe('ready');
  expect(lines.join()).toContain('the first prompt loads it');
  service.warm();
  await expect.poll(() => lines.join(), { timeout: 20_000 }).toContain('Encoder ready');
});

test('another choice while one is made ready wins', async () => {
  await service.download(tinyModelId, {});
  const first = service.use(tinyModelId);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await service.use(undefined)).toBe('none');
  expect(await first).toBe('none');
  expect(service.current().space()).toBeUndefined();
});

test('another choice made at once wins too, and so do a removal and the end', async () => {
  await service.download(tinyModelId, {});
  const changes: readonly (() => unknown)[] = [
    () => service.use(undefined),
    () => service.use('conduit-test/other'),
    () => service.removeAll(),
    () => service.dispose(),
  ];
  for (const change of changes) {
    const first = service.use(tinyModelId);
    await change();
    expect(await first).toBe('none');
    expect(service.current().space()).toBeUndefined();
    expect(await service.download(tinyModelId, {})).toMatchObject({ ok: true });
  }
  expect(lines.join()).not.toContain('Encoder ready');
});

test('the same choice made twice is made ready once', async () => {
  await service.download(tinyModelId, {});
  expect(await Promise.all([service.use(tinyModelId), service.use(tinyModelId)])).toEqual(['ready', 'ready']);
  expect(lines).toHaveLength(1);
});

test('an encoder that failed too often begins anew when its model is downloaded again', async () => {
  await service.download(tinyModelId, {});
  await service.use(tinyModelId);
  service.dispose();
  await service.use(tinyModelId);
  const weights = path.join(modelsFolder, tinyModelId, 'onnx', 'model_quantized.onnx');
  rmSync(weights);
  const failing = service.current();
  for (const text of ['a', 'b', 'c']) expect(await failing.embed(text)).toBeUndefined();
  await expect
    .poll(
      () => {
        service.warm();
        return lines.join();
      },
      { timeout: 20_000 },
    )
    .toContain('stays off');
  expect(await service.download(tinyModelId, {})).toMatchObject({ ok: true });
  expect(await service.use(tinyModelId)).toBe('ready');
  service.warm();
  lines.length = 0;
  await expect.poll(() => lines.join(), { timeout: 20_000 }).toContain('Encoder ready');
  expect(await service.current().embed('text')).toHaveLength(24);
});

test('says where a model comes from and how large it is, where that is known', () => {
  expect(service.source('Xenova/all-MiniLM-L6-v2').bytes).toBeGreaterThan(23e6);
  expect(service.source('a/b')).toEqual({ host: new URL(hub.url).host, bytes: undefined });
});

test.each([
  [undefined, 'https://huggingface.co'],
  ['https://mirror.example', 'https://mirror.example'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://mirror.example', 'https://huggingface.co'],
  ['file:///models', 'https://huggingface.co'],
  ['nonsense', 'https://huggingface.co'],
])('the hub of HF_ENDPOINT=%s is %s', (endpoint, hubUrl) => {
  expect(hubAddress(endpoint)).toBe(hubUrl);
});
