import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@redis/client';

/** A real redis-server on a port of its own, which keeps nothing on disk. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Lets it hang: connections are taken, and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** How many connections it has, but for the one that asks. */
  clients(): Promise<number>;
  /** Starts it anew on the same port, empty. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** `more` gives further arguments of redis-server. */
export async function startRedis(more: (port: string) => readonly string[] = () => []): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-redis-'));
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const usual = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--dir', folder];
    const started = spawn('redis-server', [...usual, ...more(String(port))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    // A test that takes its process along must leave no server behind.
    const end = (): void => void started.kill('SIGKILL');
    process.once('exit', end);
    started.once('close', () => process.off('exit', end));
    await ready(started);
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    running.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${String(port)}`,
    start,
    kill,
    clients: async () => {
      const client = await createClient({ socket: { host: '127.0.0.1', port } }).connect();
      const list = await client.clientList();
      client.destroy();
      return list.length - 1;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.on('error', () =>
      reject(
        new Error(
          'redis-server is not on the PATH. Run "node scripts/test.mjs", which installs it, ' +
            'or install it yourself (Debian: apt-get install redis-server).',
        ),
      ),
    );
    child.once('exit', () => reject(new Error(`redis-server ended: ${output}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The port has no number.');
  return address.port;
}
