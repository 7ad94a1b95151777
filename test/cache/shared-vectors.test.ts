import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCache } from '../../src/cache/create-cache';
import { downloadModel } from '../../src/embedding/download-model';
import { createEmbedder } from '../../src/embedding/embedder';
import { createEncoder } from '../../src/embedding/encoder';
import { bundleEncoder } from '../embedding/encoder-bundle';
import { startHub } from '../embedding/hub-server';
import { tinyModelFiles, tinyModelId } from '../embedding/tiny-model';
import { spawnTypeScript } from '../spawn-typescript';
import { recordingLog } from './log';
import { startRedis } from './redis-server';

const texts = ['Sort a list', 'Prove the theorem of Pythagoras', '你好', ' ', 'x'.repeat(5_000)];

test('a second process has the vectors of the first from Redis, number by number', async () => {
  const [server, workerPath] = await Promise.all([startRedis(), bundleEncoder()]);
  const modelsFolder = mkdtempSync(path.join(tmpdir(), 'conduit-shared-'));
  const { log, lines } = recordingLog();
  const cache = createCache({
    ...{ cache: { enabled: true, redisUrl: server.url }, log, nowMs: Date.now },
    answerMs: 2_000,
  });
  const encoder = createEncoder({ workerPath, modelsFolder, model: tinyModelId, log });
  try {
    const hub = await startHub(tinyModelId, tinyModelFiles());
    await downloadModel({ model: tinyModelId, folder: modelsFolder, fetch, baseUrl: hub.url });
    await hub.close();
    const embedder = createEmbedder({
      ...{ encoder, modelsFolder, model: tinyModelId, cache, log },
      deadlineMs: 30_000,
    });
    expect(await embedder.prepare()).toBe('ready');
    const vectors = await Promise.all(texts.map((text) => embedder.embed(text)));
    expect(vectors.map((vector) => vector?.length)).toEqual(texts.map(() => 24));
    // What was set last is in Redis when this is answered.
    await cache.get('a key that nobody set');

    const script = fileURLToPath(new URL('./describing-process.ts', import.meta.url));
    const child = spawnTypeScript(script, [server.url, modelsFolder, tinyModelId, ...texts, 'not asked']);
    const [output, errors] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    expect(errors).toBe('');
    const said = JSON.parse(output) as unknown;
    expect(said).toEqual({ space: embedder.space(), vectors: [...vectors, null] });
    expect(lines).toEqual([]);
    console.log(
      `vectors that a second process had from Redis: ${String(texts.length)} of ${String(texts.length)}`,
    );
  } finally {
    encoder.dispose();
    await cache.close();
    await server.remove();
    rmSync(modelsFolder, { recursive: true, force: true });
    rmSync(path.dirname(workerPath), { recursive: true, force: true });
  }
}, 60_000);
