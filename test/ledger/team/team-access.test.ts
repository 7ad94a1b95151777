import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { databasePlace, isOpenToOthers, shownDatabase } from '../../../src/core/terms/database-place';
import type { Member } from './members';
import { createMember } from './members';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { idsOf, startPostgres } from './postgres-server';

const folder = mkdtempSync(path.join(tmpdir(), 'conduit-certificates-'));
const file = (name: string): string => path.join(folder, name);
let server: PostgresServer;
const members: Member[] = [];
const patience = { timeout: 20_000, interval: 20 };

beforeAll(async () => {
  chmodSync(folder, 0o755);
  makeCertificates();
  server = await startPostgres(folder);
}, 60_000);
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const member of members.splice(0)) await member.close();
});

/** Of an authority of our own, for `localhost` alone; and another authority, which signed nothing. */
function makeCertificates(): void {
  const openssl = (...words: string[]): void =>
    void execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  for (const authority of ['ca', 'other-ca'])
    openssl(
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', `/CN=${authority}`, '-keyout', `${authority}.key`, '-out', `${authority}.crt`],
    );
  openssl(
    ...[
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-subj',
      '/CN=localhost',
    ],
    ...['-keyout', 'server.key', '-out', 'server.csr'],
  );
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost\n');
  openssl(
    ...[
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
    ],
    ...['-extfile', 'names', '-out', 'server.crt'],
  );
  chmodSync(file('server.key'), 0o600);
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = idsOf('postgres');
  chownSync(file('server.key'), uid, gid);
}

/** What a member is told who joins by this address, or `joined`; its own ledger works in any case. */
async function outcomeOf(url: string): Promise<string> {
  const member = createMember({ place: placeAt(url) });
  members.push(member);
  await member.decides('strong', 'up');
  expect(await member.ledger.readAfter(0)).toHaveLength(3);
  let outcome = '';
  await expect
    .poll(() => {
      const status = member.team.status();
      if (status.kind !== 'joined') return false;
      outcome = status.failure?.text ?? (status.pending === 0 && status.upTo > 0 ? 'joined' : '');
      return outcome !== '';
    }, patience)
    .toBe(true);
  return outcome;
}

describe('a connection', () => {
  test('is encrypted and verified: by the authority that the address names, and to the server’s own name', async () => {
    const database = await server.createDatabase();
    const by = (query: string): string => server.url(database, 'owner', query);
    expect(await outcomeOf(by(`?sslmode=verify-full&sslrootcert=${file('ca.crt')}`))).toBe('joined');
    const certificate = expect.stringContaining(
      'its certificate isn’t one that this machine trusts',
    ) as string;
    expect(await outcomeOf(by(`?sslmode=verify-full&sslrootcert=${file('other-ca.crt')}`))).toEqual(
      certificate,
    );
    expect(await outcomeOf(by('?sslmode=verify-full'))).toEqual(certificate);
    expect(await outcomeOf(by('?sslmode=require'))).toEqual(certificate);
    expect(await outcomeOf(by(`?sslmode=verify-full&sslrootcert=${file('missing.crt')}`))).toEqual(
      certificate,
    );
    const byNumber = by(`?sslmode=verify-full&sslrootcert=${file('ca.crt')}`).replace(
      'localhost',
      '127.0.0.1',
    );
    expect(await outcomeOf(byNumber)).toEqual(certificate);
    expect(await outcomeOf(byNumber.replace('verify-full', 'verify-ca'))).toBe('joined');
  });

  test('to another machine is verified where the address says nothing, and never half so', () => {
    const place = databasePlace('postgres://team:pass%20word@db.example.com/conduit');
    expect(place).toMatchObject({ sslMode: 'verify-full', port: 5432, password: 'pass word', local: false });
    for (const mode of ['allow', 'prefer', 'no-verify', 'nonsense', ''])
      expect(databasePlace(`postgres://team@db.example.com/conduit?sslmode=${mode}`)).toBeUndefined();
    expect(databasePlace('postgres://db.example.com/conduit')).toBeUndefined();
    expect(databasePlace('mysql://team@db.example.com/conduit')).toBeUndefined();
    expect(isOpenToOthers(placeAt('postgres://team@db.example.com/conduit?sslmode=disable'))).toBe(true);
    expect(isOpenToOthers(placeAt('postgres://team@[::1]/conduit'))).toBe(false);
    expect(shownDatabase('postgres://team:word@[::1]:99/conduit?sslmode=disable')).toBe(
      'postgres://team@[::1]:99/conduit',
    );
  });

  test('that is refused says why, and nothing of the password', async () => {
    const database = await server.createDatabase();
    const url = server.url(database);
    expect(await outcomeOf(url.replace(':secret@', ':hunter2@'))).toMatch(/refuses the user or the password/);
    expect(await outcomeOf(url.replace(database, 'nowhere'))).toMatch(/no database of that name/);
    expect(await outcomeOf(url.replace(':secret@', ':hunter2@'))).not.toContain('hunter2');
  });
});

describe('a role', () => {
  const script = /```sql\n([\s\S]*?)```/.exec(readFileSync('docs/team.md', 'utf8'))?.[1] ?? '';
  const withPassword = (url: string, password: string): string => url.replace(':secret@', `:${password}@`);
  const of = (role: string, password: string): string => withPassword(server.url('conduit', role), password);

  test('of docs/team.md may do what it is for, and no more', async () => {
    for (const statement of script.split(/;\n/).filter((text) => text.trim() !== ''))
      await server.query('postgres', statement);
    // The schema isn't there yet, and a member may not make it.
    expect(await outcomeOf(of('conduit_team', 'change-me-2'))).toMatch(/isn’t set up yet/);
    expect(await outcomeOf(of('conduit_owner', 'change-me-1'))).toBe('joined');
    expect(await outcomeOf(of('conduit_team', 'change-me-2'))).toBe('joined');
    expect(await outcomeOf(of('conduit_keeper', 'change-me-3'))).toBe('joined');
    const asMember = (text: string): Promise<unknown> =>
      server.query('conduit', `SET ROLE conduit_team; ${text}`);
    await asMember('SELECT * FROM conduit.entry');
    for (const statement of [
      "INSERT INTO conduit.entry VALUES (99, 1, 99, 0, 'decision', 'x', '{}')",
      'UPDATE conduit.entry SET at_ms = 0',
      'DELETE FROM conduit.entry',
      'UPDATE conduit.head SET last = 0',
      'SELECT * FROM conduit.source',
      "SELECT conduit.save_snapshot('fold', 1, 0, '')",
      'DROP TABLE conduit.entry',
      'CREATE TABLE conduit.more ()',
    ])
      await expect(asMember(statement)).rejects.toThrow(/permission denied|must be owner/);
    for (const [index, role] of ['conduit_snapshots', 'conduit_keeper'].entries()) {
      const saved = await server.query(
        'conduit',
        `SET ROLE ${role}; SELECT conduit.save_snapshot('fold', ${String(index + 1)}, 0, 'state') AS saved`,
      );
      expect(saved).toEqual([{ saved: true }]);
    }
  });

  test('without rights is told so', async () => {
    await server.query('postgres', "CREATE ROLE stranger LOGIN PASSWORD 'secret'");
    const database = await server.createDatabase();
    expect(await outcomeOf(server.url(database))).toBe('joined');
    expect(await outcomeOf(server.url(database, 'stranger'))).toMatch(/lacks rights/);
  });

  test('deletes nothing of another member’s', async () => {
    const database = await server.createDatabase();
    const members_ = [0, 1].map(() => createMember({ place: placeAt(server.url(database)) }));
    members.push(...members_);
    for (const member of members_) await member.decides('strong');
    const count = async (): Promise<unknown> =>
      (await server.query(database, 'SELECT count(*)::int AS n FROM conduit.entry').catch(() => []))[0];
    await expect.poll(count, patience).toEqual({ n: 4 });
    await members_[0]?.ledger.forget('everything');
    await expect.poll(count, patience).toEqual({ n: 2 });
  });
});

test('a schema from the future is left alone, with a word on what helps', async () => {
  const database = await server.createDatabase();
  expect(await outcomeOf(server.url(database))).toBe('joined');
  await server.query(database, 'UPDATE conduit.head SET schema = 99');
  const before = await server.query(database, 'SELECT last FROM conduit.head');
  expect(await outcomeOf(server.url(database))).toMatch(/a newer Conduit set it up\. Update Conduit/);
  expect(await server.query(database, 'SELECT last FROM conduit.head')).toEqual(before);
});

test('a server of another encoding is refused', async () => {
  await server.query(
    'postgres',
    "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
  );
  expect(await outcomeOf(server.url('latin'))).toMatch(/its encoding isn’t UTF8/);
});

test('many that join at once make the schema once', async () => {
  const database = await server.createDatabase();
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(server.url(database))));
  expect(new Set(outcomes)).toEqual(new Set(['joined']));
});
