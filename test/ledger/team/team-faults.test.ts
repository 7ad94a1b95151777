import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random';
import { campaignSeed, runs } from '../../runs';
import type { CutProxy } from './cut-proxy';
import { startCutProxy } from './cut-proxy';
import type { LearntByTeam, Member } from './members';
import { arms, createMember, differenceOf } from './members';
import { placeAt } from './place-at';
import type { PostgresServer } from './postgres-server';
import { startPostgres } from './postgres-server';

let server: PostgresServer;
let proxy: CutProxy;
beforeAll(async () => {
  server = await startPostgres();
  proxy = await startCutProxy(server.port);
}, 60_000);
afterAll(async () => {
  await proxy.close();
  await server.remove();
});

const decisions = runs(80);
const crowd = decisions >= 2_000 ? 20 : 4;
const each = Math.ceil(decisions / crowd);

/** `npm run campaign -- team` has 20 members decide 1,000 times each. */
test('a server that is killed three times and a network that is cut for half of the members lose nothing and double nothing, and all come to one state', async () => {
  const random = seededRandom(campaignSeed('team'));
  const database = await server.createDatabase();
  console.log((await server.query(database, 'SELECT version()'))[0]);
  const url = server.url(database);
  const throughProxy = url.replace(String(server.port), String(proxy.port));
  const members = Array.from({ length: crowd }, (_, index) =>
    createMember({ place: placeAt(index % 2 === 0 ? url : throughProxy), random }),
  );
  let done = 0;
  const work = async (member: Member): Promise<void> => {
    for (let made = 0; made < each; made += 1) {
      const arm = arms[Math.floor(random() * arms.length)] ?? 'strong';
      await member.decides(arm, random() < 0.4 ? (random() < 0.7 ? 'up' : 'down') : undefined);
      if (random() < 0.1) await member.learnt();
      done += 1;
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
    }
  };
  const trouble = async (): Promise<void> => {
    const at = (share: number): Promise<void> =>
      expect.poll(() => done, { timeout: 600_000, interval: 5 }).toBeGreaterThanOrEqual(share * crowd * each);
    for (let time = 1; time <= 3; time += 1) {
      await at(time / 4 - 0.1);
      proxy.cut();
      await at(time / 4);
      await server.kill();
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 400));
      await server.start();
      proxy.mend();
    }
  };
  await Promise.all([trouble(), ...members.map(work)]);

  const own = await Promise.all(members.map(async (member) => (await member.ledger.readAfter(0)).length));
  const entries = own.reduce((sum, count) => sum + count, 0);
  const synced = (): boolean =>
    members.every(({ team }) => {
      const status = team.status();
      return status.kind === 'joined' && status.pending === 0 && status.upTo === entries;
    });
  await expect.poll(synced, { timeout: 600_000, interval: 50 }).toBe(true);

  const [counted] = await server.query(
    database,
    `SELECT count(*)::int AS entries, max(sequence)::int AS last, count(DISTINCT (source, source_sequence))::int AS different
      FROM conduit.entry`,
  );
  expect(counted).toEqual({ entries, last: entries, different: entries });
  const learnt = (): Promise<readonly (LearntByTeam | undefined)[]> =>
    Promise.all(members.map((member) => member.learnt()));
  await expect.poll(async () => (await learnt()).includes(undefined), { timeout: 60_000 }).toBe(false);
  const [first, ...others] = await learnt();
  expect(first?.decisions).toBe(crowd * each);
  for (const other of others) expect(differenceOf(first, other)).toBeUndefined();
  await Promise.all(members.map((member) => member.close()));
}, 1_800_000);
