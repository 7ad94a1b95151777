import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** A real PostgreSQL on a port of its own, in a folder that goes with it. Its superuser is `owner`, password `secret`. */
export interface PostgresServer {
  readonly port: number;
  /** Address of a database for a role; `query` is what stands behind the "?". */
  url(database: string, role?: string, query?: string): string;
  /** A new empty database. */
  createDatabase(): Promise<string>;
  /** Runs statements as the superuser. */
  query(database: string, text: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** With a certificate of its own for `localhost` where a folder has `server.key` and `server.crt`. */
export async function startPostgres(certificates?: string): Promise<PostgresServer> {
  const programs = programFolder();
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = path.join(folder, 'data');
  const password = path.join(folder, 'password');
  writeFileSync(password, 'secret');
  if (user !== undefined) chownSync(password, user.uid, user.gid);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const usual = ['-D', data, '-U', 'owner', '-E', 'UTF8', '--auth=scram-sha-256', `--pwfile=${password}`];
  execFileSync(path.join(programs, 'initdb'), [...usual, '--no-sync', '--no-instructions'], {
    ...user,
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      shared_buffers: '64MB',
      max_connections: 150,
      log_min_messages: 'fatal',
      ...(certificates !== undefined && {
        ssl: 'on',
        ssl_cert_file: path.join(certificates, 'server.crt'),
        ssl_key_file: path.join(certificates, 'server.key'),
      }),
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]);
    const started = spawn(path.join(programs, 'postgres'), ['-D', data, ...flags], {
      ...user,
      env,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    child = started;
    // A test that takes its process along must leave no server behind.
    const end = (): void => void started.kill('SIGQUIT');
    process.once('exit', end);
    started.once('close', () => process.off('exit', end));
    await ready();
  }

  async function ready(): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (child?.exitCode !== null) throw new Error('PostgreSQL ended.');
      const there = await query('postgres', 'SELECT 1').then(
        () => true,
        () => false,
      );
      if (there) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('PostgreSQL does not answer.');
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    // At once, without a checkpoint, and with its own children.
    running.kill('SIGQUIT');
    await ended;
  }

  const url = (database: string, role = 'owner', more = ''): string =>
    `postgres://${role}:secret@localhost:${String(port)}/${database}${more}`;

  async function query(database: string, text: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'owner',
      password: 'secret',
      database,
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const result: unknown = await client.query(text);
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return (last as pg.QueryResult<Record<string, unknown>>).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  let databases = 0;
  await start();
  return {
    port,
    url,
    query,
    createDatabase: async () => {
      const name = `team_${String((databases += 1))}`;
      await query('postgres', `CREATE DATABASE ${name}`);
      return name;
    },
    kill,
    start,
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Of CONDUIT_TEST_POSTGRES (a folder with `initdb` and `postgres`, of another version for instance), else the newest that
 * Debian has, else those on the PATH.
 */
function programFolder(): string {
  const named = process.env['CONDUIT_TEST_POSTGRES'];
  if (named !== undefined) return named;
  const root = '/usr/lib/postgresql';
  try {
    const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    if (newest !== undefined) return path.join(root, newest, 'bin');
  } catch {
    // Elsewhere they are on the PATH.
  }
  return '';
}

/** A server refuses to run as root: Debian's package has a user for it. */
export function idsOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The port has no number.');
  return address.port;
}
