import { isTaskCancelledError, timeout, TimeoutStrategy } from 'cockatiel';

/** A value that Redis holds. */
export interface Found {
  readonly value: string;
  /** How long it holds it, in ms; undefined: for ever, which Conduit never asks for. */
  readonly remainingMs: number | undefined;
}

/** One connection to Redis. Its commands reject where the connection or the server fails. */
export interface RedisConnection {
  /** Undefined too where the key holds something else than a text. */
  find(key: string): Promise<Found | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  close(): void;
}

export interface ConnectOptions {
  /** redis:// or rediss://. */
  readonly url: string;
  /** How long the server may take for an answer to PING. */
  readonly answerMs: number;
  /** The connection was lost; nothing is tried again here. */
  readonly onLost: (lost: RedisConnection) => void;
}

/** For the handshakes of TCP and TLS and the login. */
const connectMs = 2_000;

/**
 * Connects, and sees that the server answers in time. Rejects where it doesn't. The connection keeps no process alive,
 * and doesn't reconnect by itself: a client that does would go on knocking when nobody asks for anything.
 */
export async function connectRedis({ url, answerMs, onLost }: ConnectOptions): Promise<RedisConnection> {
  const { createClient } = await import('@redis/client');
  const client = createClient({
    url,
    // What every server understands; nothing of the newer protocol is needed.
    RESP: 2,
    maintNotifications: 'disabled',
    disableClientInfo: true,
    disableOfflineQueue: true,
    socket: { connectTimeout: connectMs, reconnectStrategy: false },
  });
  const connection: RedisConnection = {
    find: async (key) => {
      // Both go out together.
      const [value, remainingMs] = await Promise.all([textOrNull(client.get(key)), client.pTTL(key)]);
      return value === null ? undefined : { value, remainingMs: remainingMs > 0 ? remainingMs : undefined };
    },
    set: async (key, value, ttlMs) => {
      await client.set(key, value, { expiration: { type: 'PX', value: ttlMs } });
    },
    delete: async (key) => {
      await client.del(key);
    },
    close: () => client.destroy(),
  };
  // Without a listener an error would end the process.
  client.on('error', () => onLost(connection));
  client.unref();
  try {
    await timeout(connectMs, TimeoutStrategy.Aggressive).execute(() => client.connect());
    await timeout(answerMs, TimeoutStrategy.Aggressive).execute(() => client.ping());
  } catch (error) {
    client.destroy();
    throw error;
  }
  return connection;
}

/** Another program may have put a list where a text is looked for. */
async function textOrNull(reply: Promise<string | null>): Promise<string | null> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return null;
    throw error;
  }
}

/**
 * Why Redis can't be used, in words that hold nothing secret: some servers quote the password in their error, so only
 * an error's code is taken from it.
 */
export function redisFailureText(error: unknown): string {
  if (isTaskCancelledError(error)) return 'it does not answer in time';
  if (!(error instanceof Error)) return 'unknown error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const [replyCode] = /^[A-Z]{3,20}(?= )/.exec(error.message) ?? [];
  return replyCode ?? 'the connection ended';
}
