import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { RedisClientType } from '@redis/client';
import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCache } from '../../src/cache/create-cache';
import type { RedisCache, RedisCacheOptions } from '../../src/cache/redis-cache';
import { createRedisCache } from '../../src/cache/redis-cache';
import { cacheContract } from './cache-contract';
import { recordingLog } from './log';
import type { RedisServer } from './redis-server';
import { startRedis } from './redis-server';

const hourMs = 3_600_000;
const { log, lines } = recordingLog();
const opened: RedisCache[] = [];

/** With more patience than usual, so that a busy machine fails no test. */
function open(url: string, options: Partial<RedisCacheOptions> = {}): RedisCache {
  const cache = createRedisCache({ url, log, nowMs: () => 77, answerMs: 2_000, ...options });
  opened.push(cache);
  return cache;
}

beforeEach(() => void (lines.length = 0));
afterEach(async () => {
  for (const cache of opened.splice(0)) await cache.close();
});

cacheContract('Redis', async () => {
  const server = await startRedis();
  return {
    open: () => createRedisCache({ url: server.url, log, nowMs: Date.now, answerMs: 2_000 }),
    remove: () => server.remove(),
  };
});

cacheContract('Redis with memory before it', async () => {
  const server = await startRedis();
  const cache = { enabled: true, redisUrl: server.url };
  return {
    open: () => createCache({ cache, log, nowMs: Date.now, answerMs: 2_000 }),
    remove: () => server.remove(),
  };
});

describe('what is in Redis', () => {
  let server: RedisServer;
  beforeAll(async () => void (server = await startRedis()));
  afterAll(() => server.remove());

  const raw = (): RedisClientType => createClient({ url: server.url });

  test('has keys that tell nothing of what was asked, and a time to live', async () => {
    const cache = open(server.url);
    await cache.set('What is a monad?', 'value', hourMs);
    const client = await raw().connect();
    const keys = await client.keys('*');
    expect(keys).toEqual([expect.stringMatching(/^conduit:1:[\da-f]{64}$/)]);
    const left = await client.pTTL(keys[0] ?? '');
    expect(left).toBeGreaterThan(hourMs - 60_000);
    expect(left).toBeLessThanOrEqual(hourMs);
    client.destroy();
  });

  test('is seen by another process’s cache at once, and gone there when deleted', async () => {
    const [one, other] = [open(server.url), open(server.url)];
    await one.set('shared', 'value', hourMs);
    expect(await other.get('shared')).toBe('value');
    await other.delete('shared');
    expect(await one.get('shared')).toBeUndefined();
  });

  test('of another kind than a text is no value, and no reason to give Redis up', async () => {
    const cache = open(server.url);
    await cache.set('list', 'value', hourMs);
    const client = await raw().connect();
    for (const key of await client.keys('*')) {
      await client.del(key);
      await client.lPush(key, 'an item');
    }
    expect(await cache.get('list')).toBeUndefined();
    expect(cache.state()).toEqual({ kind: 'connected' });
    await cache.set('list', 'again', hourMs);
    expect(await cache.get('list')).toBe('again');
    await client.flushAll();
    client.destroy();
  });

  test('is kept in memory no longer than it has left there', async () => {
    const settings = { cache: { enabled: true, redisUrl: server.url }, log, nowMs: Date.now };
    const [one, other] = [createCache(settings), createCache(settings)];
    // The first question loads the client and connects, which a busy machine may not do in the time of an answer.
    for (const cache of [one, other]) {
      const state = async () => (await cache.get('nothing'), cache.status().kind);
      await expect.poll(state, { timeout: 25_000 }).toBe('redis-connected');
    }
    // Long enough that a busy machine reads it in time.
    await one.set('soon over', 'value', 1_500);
    expect(await other.get('soon over')).toBe('value');
    expect(other.status()).toMatchObject({ kind: 'redis-connected', entries: 1 });
    await expect.poll(() => other.get('soon over'), { timeout: 15_000 }).toBeUndefined();
    await Promise.all([one.close(), other.close()]);
  });
});

describe('a Redis that', () => {
  let server: RedisServer;
  beforeEach(async () => void (server = await startRedis()));
  afterEach(() => server.remove());

  test('goes down is one warning, is left alone for a while, and is used again', async () => {
    const cache = open(server.url, { retryAfterMs: 300 });
    expect(cache.state()).toEqual({ kind: 'idle' });
    await cache.set('key', 'value', hourMs);
    expect(cache.state()).toEqual({ kind: 'connected' });
    await server.kill();
    for (let times = 0; times < 20; times += 1) {
      expect(await cache.get('key')).toBeUndefined();
      await cache.set('key', 'value', hourMs);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(cache.state()).toEqual({ kind: 'down', sinceMs: 77, detail: 'ECONNREFUSED' });
    expect(lines).toEqual([expect.stringMatching(/^warn: Redis at 127\.0\.0\.1:\d+ can't be used/)]);

    await server.start();
    const answer = async (): Promise<string | undefined> => {
      await cache.set('key', 'new', hourMs);
      return cache.get('key');
    };
    await expect.poll(answer, { timeout: 10_000 }).toBe('new');
    expect(cache.state()).toEqual({ kind: 'connected' });
    expect(lines.slice(1)).toEqual([`info: Redis at 127.0.0.1:${String(server.port)} is used again.`]);
  });

  test('is restarted while nobody asks is no warning at all', async () => {
    const cache = open(server.url);
    await cache.set('key', 'value', hourMs);
    await server.kill();
    await server.start();
    await expect.poll(() => cache.state()).toEqual({ kind: 'idle' });
    await cache.set('key', 'value', hourMs);
    expect(await cache.get('key')).toBe('value');
    expect(lines).toEqual([]);
  });

  test('hangs holds nobody up for long, and is soon not asked any more', async () => {
    const cache = open(server.url, { answerMs: 100, retryAfterMs: 60_000 });
    await expect.poll(() => cache.set('key', 'value', hourMs).then(() => cache.get('key'))).toBe('value');
    lines.length = 0;
    server.freeze();
    const startedMs = performance.now();
    for (let times = 0; times < 200; times += 1) expect(await cache.get('key')).toBeUndefined();
    // Three times 100 ms, and not 200 times.
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(cache.state()).toMatchObject({ kind: 'down', detail: 'it does not answer in time' });
    expect(lines).toHaveLength(1);
    server.thaw();
  });

  test('hangs when it is first asked holds all callers together as long as one', async () => {
    server.freeze();
    const cache = open(server.url, { answerMs: 100 });
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: 200 }, () => cache.get('key')));
    for (let times = 0; times < 200; times += 1) await cache.get('key');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    await expect.poll(() => cache.state().kind, { timeout: 10_000 }).toBe('down');
    expect(lines).toHaveLength(1);
    server.thaw();
  });
});

describe('the address', () => {
  const password = 'planted-secret-8c1f';

  test.each([
    ['nobody listens', 'redis://:planted-secret-8c1f@127.0.0.1:1', 'ECONNREFUSED'],
    ['no address', 'planted-secret-8c1f', 'ERR_INVALID_URL'],
  ])('where %s is a warning without a password', async (_, url, detail) => {
    const cache = open(url);
    expect(await cache.get('key')).toBeUndefined();
    await cache.set('key', 'value', hourMs);
    expect(cache.state()).toMatchObject({ kind: 'down', detail });
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(password);
    expect(JSON.stringify([cache.state(), cache.host])).not.toContain(password);
  });

  test('with a password logs in with it, and says nothing of it where it is wrong', async () => {
    const server = await startRedis(() => ['--requirepass', password]);
    const right = open(`redis://:${password}@127.0.0.1:${String(server.port)}/3`);
    await right.set('key', 'value', hourMs);
    expect(await right.get('key')).toBe('value');
    expect(lines).toEqual([]);
    const wrong = open(`redis://:${password}x@127.0.0.1:${String(server.port)}`);
    expect(await wrong.get('key')).toBeUndefined();
    expect(wrong.state()).toMatchObject({ detail: 'WRONGPASS' });
    const without = open(server.url);
    expect(await without.get('key')).toBeUndefined();
    expect(without.state()).toMatchObject({ detail: 'NOAUTH' });
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain(password);
    await server.remove();
  });

  test('of a server that quotes the password in its error still keeps it secret', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write(`-ERR unknown command AUTH, with args: ${password}\r\n`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const cache = open(`redis://:${password}@127.0.0.1:${String(port)}`);
    expect(await cache.get('key')).toBeUndefined();
    expect(cache.state()).toMatchObject({ kind: 'down', detail: 'ERR' });
    expect(lines.join()).not.toContain(password);
    await cache.close();
    server.close();
  });

  test('rediss:// speaks TLS, with certificates that are checked', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'conduit-tls-'));
    const [certificate, key] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')];
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', key, '-out', certificate],
    ]);
    const server = await startRedis((port) => [
      ...['--port', '0', '--tls-port', port, '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', certificate, '--tls-key-file', key],
    ]);
    const url = `rediss://127.0.0.1:${String(server.port)}`;
    const usual = tls.getCACertificates('default');
    try {
      const stranger = open(url);
      expect(await stranger.get('key')).toBeUndefined();
      expect(stranger.state()).toMatchObject({ detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      tls.setDefaultCACertificates([...usual, readFileSync(certificate, 'utf8')]);
      const cache = open(url);
      await cache.set('key', 'value', hourMs);
      expect(await cache.get('key')).toBe('value');
    } finally {
      tls.setDefaultCACertificates(usual);
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
