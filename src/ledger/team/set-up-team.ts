import { z } from 'zod';
import type { TeamConnection } from './team-connection';
import { migrationLock, teamMigrations } from './team-migrations';
import { TeamDatabaseError } from './team-problem';

/** PostgreSQL 14, as it numbers itself. */
const oldestServer = 140_000;

const serverRow = z.object({ version: z.coerce.number(), encoding: z.string(), made: z.boolean() });
const schemaRow = z.object({ schema: z.number() });

/**
 * Sees that the server can be used, and makes or updates its schema, one client at a time: which takes a role that may.
 * Rejects with a `TeamDatabaseError`.
 */
export async function setUpTeam(connection: TeamConnection): Promise<void> {
  const [row] = await connection.rows(`
    SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
      to_regclass('conduit.head') IS NOT NULL AS made`);
  const { version, encoding, made } = serverRow.parse(row);
  const fail = (problem: TeamDatabaseError['problem']): never => {
    throw new TeamDatabaseError(problem, connection.host);
  };
  if (version < oldestServer) fail('older-server');
  if (encoding !== 'UTF8') fail('other-encoding');
  const before = made ? await schemaOf(connection.rows) : undefined;
  if (before !== undefined && before > teamMigrations.length) fail('newer-schema');
  if (before === teamMigrations.length) return;
  try {
    await connection.transaction(migrate);
  } catch (error) {
    if (error instanceof TeamDatabaseError && error.problem === 'no-rights') fail('not-set-up');
    throw error;
  }
}

async function migrate(rows: TeamConnection['rows']): Promise<void> {
  await rows('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
  // Who waited for the lock finds it done.
  const [found] = await rows(`
    SELECT EXISTS (
      SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'conduit' AND c.relname = 'head') AS made`);
  const version = found?.['made'] === true ? await schemaOf(rows) : undefined;
  if (version === undefined) await rows('CREATE SCHEMA IF NOT EXISTS conduit');
  for (const statements of teamMigrations.slice(version ?? 0)) await rows(statements);
  await rows('UPDATE conduit.head SET schema = $1 WHERE schema < $1', [teamMigrations.length]);
}

async function schemaOf(rows: TeamConnection['rows']): Promise<number> {
  return schemaRow.parse((await rows('SELECT schema FROM conduit.head'))[0]).schema;
}
