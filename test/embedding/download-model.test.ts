import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DownloadOptions, DownloadProgress, DownloadResult } from '../../src/embedding/download-model';
import { downloadModel } from '../../src/embedding/download-model';
import { installedModel } from '../../src/embedding/installed-model';
import type { HubServer } from './hub-server';
import { startHub } from './hub-server';
import { tinyModelFiles, tinyModelId } from './tiny-model';

let hub: HubServer;
let folder: string;

beforeEach(async () => {
  hub = await startHub(tinyModelId, tinyModelFiles());
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-models-'));
});

afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

function download(change: Partial<DownloadOptions> = {}): Promise<DownloadResult> {
  return downloadModel({ model: tinyModelId, folder, fetch, baseUrl: hub.url, ...change });
}

const filesIn = (where: string): readonly string[] =>
  readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(where, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

/** Weights that take twenty packets, sent one by one till `stall`. */
function serveSlowly(stall: (sent: number) => boolean, pauseMs = 2): void {
  hub.files.set('onnx/model_quantized.onnx', randomBytes(1_000_000));
  hub.intercept = (where, response) => {
    if (!where.startsWith('/cdn/')) return false;
    const content = hub.files.get('onnx/model_quantized.onnx')!;
    response.writeHead(200, { 'content-length': content.length });
    let sent = 0;
    const next = (): void => {
      if (stall(sent)) return;
      response.write(content.subarray(sent, sent + 50_000));
      sent += 50_000;
      if (sent >= content.length) response.end();
      else setTimeout(next, pauseMs);
    };
    next();
    return true;
  };
}

test('fetches every file, says how far it is, and records who vouches for what', async () => {
  const seen: DownloadProgress[] = [];
  const result = await download({ onProgress: (progress) => seen.push(progress) });
  if (!result.ok) throw new Error(result.detail);
  for (const [name, content] of tinyModelFiles()) {
    expect(readFileSync(path.join(folder, tinyModelId, name)).equals(content)).toBe(true);
  }
  expect(result.installed.files.map(({ path: name, trust }) => [name, trust])).toEqual([
    ['config.json', 'first-use'],
    ['tokenizer_config.json', 'first-use'],
    ['tokenizer.json', 'first-use'],
    ['onnx/model_quantized.onnx', 'hub'],
  ]);
  expect(result.installed.fingerprint).toMatch(/^[\da-f]{12}$/);
  const all = [...tinyModelFiles().values()].reduce((sum, { length }) => sum + length, 0);
  expect(seen.at(-1)).toEqual({ receivedBytes: all, totalBytes: all });
  const received = seen.map(({ receivedBytes }) => receivedBytes);
  expect(received).toEqual(received.toSorted((a, b) => a - b));
  expect(filesIn(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('a second run asks for nothing; a file that was lost is fetched again, alone', async () => {
  const first = await download();
  const asked = hub.requests.length;
  expect(await download()).toEqual(first);
  expect(hub.requests).toHaveLength(asked);

  rmSync(path.join(folder, tinyModelId, 'tokenizer.json'));
  expect(await installedModel(folder, tinyModelId)).toBeUndefined();
  expect(await download()).toEqual(first);
  expect(hub.requests.slice(asked)).toEqual([`/${tinyModelId}/resolve/main/tokenizer.json`]);
});

test('a file that changed since its first download is refused', async () => {
  await download();
  rmSync(path.join(folder, tinyModelId, 'config.json'));
  hub.files.set('config.json', Buffer.from('{"other":true}'));
  expect(await download()).toMatchObject({ ok: false, reason: 'checksum' });
});

test('cancelled midway, it leaves nothing', async () => {
  const controller = new AbortController();
  serveSlowly(() => false);
  const result = await download({
    signal: controller.signal,
    onProgress: ({ receivedBytes }) => {
      if (receivedBytes > 300_000) controller.abort();
    },
  });
  expect(result).toMatchObject({ ok: false, reason: 'cancelled' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a server that stalls is given up after the idle time, and nothing is left', async () => {
  serveSlowly((sent) => sent > 400_000);
  expect(await download({ idleTimeoutMs: 200 })).toMatchObject({ ok: false, reason: 'timeout' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a server that never answers is given up too', async () => {
  hub.intercept = () => true;
  expect(await download({ idleTimeoutMs: 200 })).toMatchObject({ ok: false, reason: 'timeout' });
});

test('a slow but steady server is not given up', async () => {
  serveSlowly(() => false, 50);
  const startedMs = performance.now();
  expect(await download({ idleTimeoutMs: 500 })).toMatchObject({ ok: true });
  expect(performance.now() - startedMs).toBeGreaterThan(500);
  const name = 'onnx/model_quantized.onnx';
  expect(readFileSync(path.join(folder, tinyModelId, name)).equals(hub.files.get(name)!)).toBe(true);
});

test('weights that aren’t the ones that the hub announced are refused', async () => {
  hub.intercept = (where, response) => {
    if (!where.startsWith('/cdn/')) return false;
    const damaged = Buffer.from(hub.files.get('onnx/model_quantized.onnx')!);
    damaged[1_000]! ^= 1;
    response.writeHead(200).end(damaged);
    return true;
  };
  expect(await download()).toMatchObject({ ok: false, reason: 'checksum' });
  expect(readdirSync(folder)).toEqual([]);
});

test('weights that are longer than announced are not read to their end', async () => {
  hub.intercept = (where, response) => {
    if (!where.startsWith('/cdn/')) return false;
    response.writeHead(200);
    const more = (): void => {
      if (!response.destroyed) response.write(randomBytes(20_000), () => setTimeout(more, 1));
    };
    more();
    return true;
  };
  expect(await download()).toMatchObject({ ok: false, reason: 'checksum' });
});

test.each([
  [404, 'not-found'],
  [401, 'not-found'],
  [403, 'refused'],
  [429, 'refused'],
  [503, 'refused'],
])('status %i is %s', async (status, reason) => {
  hub.intercept = (_, response) => {
    response.writeHead(status).end('no');
    return true;
  };
  expect(await download()).toMatchObject({
    ok: false,
    reason,
    detail: expect.stringContaining(String(status)) as string,
  });
});

test('a connection that breaks, and a server that isn’t there, are offline', async () => {
  serveSlowly(() => false);
  const { intercept } = hub;
  hub.intercept = (where, response) => {
    const served = intercept(where, response);
    if (served) setTimeout(() => response.destroy(), 20);
    return served;
  };
  expect(await download()).toMatchObject({ ok: false, reason: 'offline' });
  expect(readdirSync(folder)).toEqual([]);

  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const result = await download({ baseUrl: `http://127.0.0.1:${String(port)}` });
  expect(result).toMatchObject({
    ok: false,
    reason: 'offline',
    detail: expect.stringContaining('ECONNREFUSED') as string,
  });
});

test('redirects that never end are refused', async () => {
  hub.intercept = (where, response) => {
    response.writeHead(302, { location: where }).end();
    return true;
  };
  expect(await download()).toMatchObject({ ok: false, reason: 'refused' });
});

test('a network that hides redirects still gets the files', async () => {
  const hiding: DownloadOptions['fetch'] = async (url, init) => {
    const response = await fetch(url, init);
    if (response.status !== 302) return response;
    await response.body?.cancel();
    return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
  };
  const result = await download({ fetch: hiding });
  expect(result.ok && result.installed.files.at(-1)).toMatchObject({ trust: 'first-use' });
});

test('the pinned model is fetched at its commit, and other bytes in its name are refused', async () => {
  const model = 'Xenova/all-MiniLM-L6-v2';
  const other = await startHub(model, tinyModelFiles());
  expect(await download({ model, baseUrl: other.url })).toMatchObject({ ok: false, reason: 'checksum' });
  expect(other.requests).toEqual([`/${model}/resolve/751bff37182d3f1213fa05d7196b954e230abad9/config.json`]);
  await other.close();
});

test('a disk that takes no file is told, and the hub isn’t kept sending', async () => {
  let closed = false;
  hub.intercept = (_, response) => {
    response.on('close', () => (closed = true));
    response.writeHead(200).write(randomBytes(20_000));
    return true;
  };
  writeFileSync(path.join(folder, 'conduit-test'), 'a file where a folder is needed');
  expect(await download()).toMatchObject({ ok: false, reason: 'disk' });
  await expect.poll(() => closed).toBe(true);
});

test('what isn’t a model’s name reaches neither the hub nor the disk', async () => {
  for (const model of ['../escape', 'a/../b', 'one', 'a/b/c', 'C:\\a/b', '/a/b', 'a/.']) {
    await expect(download({ model })).rejects.toThrow(RangeError);
  }
  expect(hub.requests).toEqual([]);
});

test('a record that is damaged is no record', async () => {
  const result = await download();
  expect(result.ok && result.installed).toEqual(await installedModel(folder, tinyModelId));
  writeFileSync(path.join(folder, tinyModelId, 'installed.json'), '[{"path":1}]');
  expect(await installedModel(folder, tinyModelId)).toBeUndefined();
  expect(await download()).toEqual(result);
});

test('the fingerprint changes with any file', async () => {
  const before = await download();
  rmSync(path.join(folder, tinyModelId), { recursive: true });
  const config = hub.files.get('config.json')!;
  hub.files.set('config.json', Buffer.concat([config, Buffer.from(' ')]));
  const after = await download();
  expect(before.ok && after.ok && before.installed.fingerprint !== after.installed.fingerprint).toBe(true);
  expect(createHash('sha256').update(config).digest('hex')).toBe(
    before.ok && before.installed.files[0]?.sha256,
  );
});
