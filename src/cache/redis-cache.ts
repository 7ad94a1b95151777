import {
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  isTaskCancelledError,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import type { Cache, Log } from '../core/terms/ports';
import { digestOf } from './digest';
import { wholeMs } from './memory-cache';
import type { Found, RedisConnection } from './redis-connection';
import { connectRedis, redisFailureText } from './redis-connection';

/** Of the values' form: another version of Conduit that writes them in another way counts on. */
const formatVersion = 1;

/** So many late answers in a row, and the server counts as down; a single one may be a hiccup. */
const mostLate = 3;

export interface RedisCacheOptions {
  /** redis:// or rediss://, perhaps with a password: never logged. */
  readonly url: string;
  readonly log: Log;
  /** Unix time. */
  readonly nowMs: () => number;
  /** The longest that a call waits for Redis, in ms. Default 250. */
  readonly answerMs?: number | undefined;
  /** After a failure Redis is left alone for so long, in ms. Default 10 s. */
  readonly retryAfterMs?: number | undefined;
}

export type RedisState =
  | { readonly kind: 'idle' | 'connected' }
  | { readonly kind: 'down'; readonly sinceMs: number; readonly detail: string };

/** A cache that other processes share. What they put there isn't trusted: who reads a value checks it. */
export interface RedisCache extends Cache {
  /** Like `get`, with the time that the value has left. Never rejects. */
  find(key: string): Promise<Found | undefined>;
  state(): RedisState;
  /** Host and port, without a password. */
  readonly host: string;
  close(): Promise<void>;
}

/**
 * A cache in Redis. The first call connects; where Redis can't be reached, every call finds nothing, at once, and one
 * of the calls after `retryAfterMs` tries again. Keys are `conduit:<version>:<SHA-256 of the key>`.
 */
export function createRedisCache(options: RedisCacheOptions): RedisCache {
  const { url, log, nowMs, answerMs = 250, retryAfterMs = 10_000 } = options;
  const host = hostOf(url);
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: retryAfterMs,
    breaker: new ConsecutiveBreaker(1),
  });
  const inTime = timeout(answerMs, TimeoutStrategy.Aggressive);
  let connection: RedisConnection | undefined;
  let connecting: Promise<unknown> | undefined;
  let down: { readonly sinceMs: number; readonly detail: string } | undefined;
  let late = 0;
  let closed = false;

  breaker.onBreak((reason) => {
    connection?.close();
    connection = undefined;
    if (closed) return;
    const detail = redisFailureText('error' in reason ? reason.error : undefined);
    if (down === undefined) {
      log.warn(
        `Redis at ${host} can't be used (${detail}). Conduit goes on with what it remembers itself, ` +
          `and tries again every ${String(Math.ceil(retryAfterMs / 1_000))} s while there are requests.`,
      );
    }
    down = { sinceMs: down?.sinceMs ?? nowMs(), detail };
  });
  breaker.onReset(() => {
    down = undefined;
    log.info(`Redis at ${host} is used again.`);
  });

  async function connect(): Promise<void> {
    const onLost = (lost: RedisConnection): void => {
      if (connection === lost) connection = undefined;
    };
    const made = await breaker.execute(() => connectRedis({ url, answerMs, onLost }));
    late = 0;
    if (closed) made.close();
    else connection = made;
  }

  /** All calls wait for one attempt, together no longer than for an answer: after that they go on without. */
  function begin(): Promise<unknown> {
    const attempt = connect()
      // The breaker has told why.
      .catch(() => undefined)
      .finally(() => (connecting = undefined));
    return inTime.execute(() => attempt).catch(() => undefined);
  }

  async function run<T>(command: (usable: RedisConnection) => Promise<T>): Promise<T | undefined> {
    if (closed) return undefined;
    if (connection === undefined) await (connecting ??= begin());
    const usable = connection;
    if (usable === undefined) return undefined;
    return breaker.execute(() => answered(() => command(usable))).catch(() => undefined);
  }

  async function answered<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await inTime.execute(command);
      late = 0;
      return result;
    } catch (error) {
      late += 1;
      if (isTaskCancelledError(error) && late < mostLate) return undefined;
      throw error;
    }
  }

  const nameOf = (key: string): string => `conduit:${String(formatVersion)}:${digestOf(key)}`;
  const find = (key: string): Promise<Found | undefined> => run((redis) => redis.find(nameOf(key)));
  return {
    host,
    find,
    get: async (key) => (await find(key))?.value,
    set: async (key, value, ttlMs) => {
      await run((redis) => redis.set(nameOf(key), value, wholeMs(ttlMs)));
    },
    delete: async (key) => {
      await run((redis) => redis.delete(nameOf(key)));
    },
    state: () =>
      down === undefined
        ? { kind: connection === undefined ? 'idle' : 'connected' }
        : { kind: 'down', ...down },
    close: () => {
      closed = true;
      connection?.close();
      connection = undefined;
      return Promise.resolve();
    },
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is none';
}
