import { readFileSync } from 'node:fs';
import type { Client, ClientConfig, Pool } from 'pg';
import type { DatabasePlace } from '../../core/terms/database-place';
import { channel } from './team-migrations';
import { teamError } from './team-problem';

/** A connection that hears of new entries. */
export interface Listening {
  /** Ends it; nothing is told any more. */
  close(): Promise<void>;
}

/** A few connections to a team's database. Everything rejects with a `TeamDatabaseError`. */
export interface TeamConnection {
  readonly host: string;
  /** Rows of one statement, which is a transaction of its own. */
  rows(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Several statements on one connection; what they do is undone where `work` rejects. */
  transaction<T>(work: (rows: TeamConnection['rows']) => Promise<T>): Promise<T>;
  /** Calls `onNotice` whenever somebody wrote, and `onLost` once where the connection ends. */
  listen(onNotice: () => void, onLost: () => void): Promise<Listening>;
  close(): Promise<void>;
}

type Row = Record<string, unknown>;

/** For the handshakes of TCP and TLS and the login. */
const connectMs = 5_000;
/** A statement that takes longer is given up: a page of entries is read in far less. */
const statementMs = 20_000;
const idleMs = 30_000;
/** One for what is read and one for what is written; the team's server has room for as many members as possible. */
const mostConnections = 2;

/** Loads `pg` and connects when it is first asked for something. */
export async function connectTeam(place: DatabasePlace): Promise<TeamConnection> {
  const { host } = place;
  const pg = (await import('pg')).default;
  const naming = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw teamError(error, host);
    }
  };
  const config = await naming(() => Promise.resolve().then(() => clientConfig(place)));
  const pool: Pool = new pg.Pool({
    ...config,
    max: mostConnections,
    idleTimeoutMillis: idleMs,
    allowExitOnIdle: true,
  });
  // A connection that ends is made anew when it is needed; without listeners the process would end with it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const listeners = new Set<Client>();
  let closed: Promise<void> | undefined;

  async function listen(onNotice: () => void, onLost: () => void): Promise<Listening> {
    const client = new pg.Client(config);
    listeners.add(client);
    const end = async (): Promise<void> => {
      if (!listeners.delete(client)) return;
      await client.end().catch(() => undefined);
    };
    const lost = (): void => {
      if (!listeners.has(client)) return;
      void end();
      onLost();
    };
    client.on('error', lost);
    client.on('notification', onNotice);
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      await end();
      throw error;
    }
    client.on('end', lost);
    return { close: end };
  }

  return {
    host,
    rows: (text, values) => naming(async () => (await pool.query<Row>(text, values?.slice())).rows),
    transaction: (work) =>
      naming(async () => {
        const client = await pool.connect();
        let broken = true;
        try {
          await client.query('BEGIN');
          const result = await work(
            async (text, values) => (await client.query<Row>(text, values?.slice())).rows,
          );
          await client.query('COMMIT');
          broken = false;
          return result;
        } finally {
          // Thrown away rather than rolled back: the server undoes what a connection leaves behind.
          client.release(broken);
        }
      }),
    listen: (onNotice, onLost) => naming(() => listen(onNotice, onLost)),
    close: () =>
      (closed ??= (async () => {
        await Promise.all([...listeners].map((client) => (listeners.delete(client), client.end())));
        await pool.end();
      })().catch(() => undefined)),
  };
}

function clientConfig(place: DatabasePlace): ClientConfig {
  const { host, port, database, user, password } = place;
  return {
    host,
    port,
    database,
    user,
    ...(password !== '' && { password }),
    ssl: sslOf(place),
    // Else it would be that of the environment, which may name anything.
    application_name: 'conduit',
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    query_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

function sslOf({ sslMode, authority }: DatabasePlace): ClientConfig['ssl'] {
  if (sslMode === 'disable') return false;
  return {
    rejectUnauthorized: true,
    ...(authority !== undefined && { ca: readFileSync(authority, 'utf8') }),
    ...(sslMode === 'verify-ca' && { checkServerIdentity: () => undefined }),
  };
}
