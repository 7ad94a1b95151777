import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { connectTeam } from '../../../src/ledger/team/team-connection';
import type { TeamDatabase } from '../../../src/ledger/team/team-database';
import { openTeamDatabase } from '../../../src/ledger/team/team-database';
import type { Member, MemberOptions } from './members';
import { createMember } from './members';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

/** A team of one file's tests: each test has a database of its own, and a folder that a machine keeps snapshots in. */
export interface TeamOfTest {
  readonly server: PostgresServer;
  readonly database: string;
  readonly folder: string;
  /** Whoever reads the record without being a member. */
  readonly reader: TeamDatabase;
  readonly join: (options?: Partial<MemberOptions>) => Member;
  readonly leaves: (member: Member) => Promise<void>;
  /** Of the snapshots that the machine kept: how often something had been forgotten. */
  readonly timesInFiles: () => readonly number[];
}

export const patience = { timeout: 20_000, interval: 20 };

/** To be called once, outside of tests: what it returns may be read within them. */
export function teamOfTest(): TeamOfTest {
  let server: PostgresServer;
  let database: string;
  let folder: string;
  let reader: TeamDatabase;
  const members: Member[] = [];

  beforeAll(async () => void (server = await startPostgres()), 60_000);
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await server.createDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'conduit-team-of-test-'));
    const connection = await connectTeam(placeAt(server.url(database)));
    reader = await openTeamDatabase(connection, { secret: randomUUID(), ledgerId: 'a reader' });
  });
  afterEach(async () => {
    for (const member of members.splice(0)) await member.close();
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    get server() {
      return server;
    },
    get database() {
      return database;
    },
    get folder() {
      return folder;
    },
    get reader() {
      return reader;
    },
    join: (options = {}) => {
      const member = createMember({ place: placeAt(server.url(database)), entriesBetween: 30, ...options });
      members.push(member);
      return member;
    },
    leaves: async (member) => {
      members.splice(members.indexOf(member), 1);
      await member.close();
    },
    timesInFiles: () => {
      const whole = readdirSync(folder).filter((name) => name.endsWith('.snapshot'));
      return whole.map((name) => {
        const [line = ''] = readFileSync(path.join(folder, name), 'latin1').split('\n', 1);
        return (JSON.parse(line) as { timesForgotten: number }).timesForgotten;
      });
    },
  };
}

/** Until it knows so many decisions of the team, and the team all of its own. */
export async function knows(member: Member, decisions: number): Promise<void> {
  await expect.poll(async () => (await member.learnt())?.decisions, patience).toBe(decisions);
  await expect.poll(() => member.team.status(), patience).toMatchObject({ kind: 'joined', pending: 0 });
}
