import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random';
import { campaignSeed, runs } from '../../runs';
import type { Outcome, Template } from './damaged-ledgers';
import { damagedCase, makeTemplate } from './damaged-ledgers';
import type { DamageKind } from './damages';
import { damageKinds } from './damages';

const count = runs(29);
const seed = campaignSeed('ledger-damage');
/** A ledger of 10,000 decisions takes long enough to be left to the campaign. */
const decisions = count > 500 ? 400 : 150;
const many = count > 500 ? 10_000 : undefined;

interface Row {
  cases: number;
  salvaged: number;
  saved: number;
  of: number;
  least: number;
  faults: string[];
}

describe(`a damaged ledger, ${String(count)} times`, () => {
  const templates: Template[] = [];

  beforeAll(async () => {
    for (const each of [decisions, many]) if (each !== undefined) templates.push(await makeTemplate(each));
  }, 300_000);

  afterAll(() => {
    for (const { folder } of templates) rmSync(folder, { recursive: true, force: true });
  });

  test('always answers, is wrong in nothing without saying so, and is written to no more', async () => {
    const table = new Map<string, Row>();
    for (let number = 0; number < count; number += 1) {
      const kind = damageKinds[number % damageKinds.length]!;
      const random = seededRandom(seed + number);
      const round = Math.floor(number / damageKinds.length);
      // A single round has half of the kinds in open ledgers, by the seed these or those.
      const how = {
        kind,
        open: (number + round + seed) % 2 === 1,
        killed: round % 4 < 2,
        copied: round % 8 === 7,
      };
      const large = zeroedPage.has(kind) && round % 4 === 3;
      const template = (large ? templates[1] : undefined) ?? templates[0]!;
      const outcome = await damagedCase(template, { ...how, copied: how.copied && !large }, random);
      if (!outcome.damaged) continue;
      add(
        table,
        template === templates[1] ? `${kind}, of 10,000 decisions` : kind,
        outcome,
        `case ${String(number)} (${JSON.stringify(how)})`,
      );
    }
    print(table);
    expect([...table.values()].flatMap(({ faults }) => faults)).toEqual([]);
    for (const [name, { least }] of table)
      if (name.endsWith('10,000 decisions')) expect([name, least >= 0.99]).toEqual([name, true]);
  }, 3_600_000);
});

const zeroedPage: ReadonlySet<DamageKind> = new Set([
  'a page zeroed',
  'a leaf zeroed',
  'an interior page zeroed',
  'the root zeroed',
  'page 1 zeroed',
  'the ledger’s id zeroed',
  'an index page zeroed',
]);

function add(
  table: Map<string, Row>,
  name: string,
  { faults, reports, saved, of }: Outcome,
  where: string,
): void {
  const row = table.get(name) ?? { cases: 0, salvaged: 0, saved: 0, of: 0, least: 1, faults: [] };
  table.set(name, row);
  row.cases += 1;
  row.salvaged += reports.length > 0 ? 1 : 0;
  row.saved += saved;
  row.of += of;
  row.least = Math.min(row.least, saved / of);
  row.faults.push(...faults.map((fault) => `${name}, ${where}: ${fault}`));
}

function print(table: ReadonlyMap<string, Row>): void {
  for (const [name, { cases, salvaged, saved, of, least, faults }] of table) {
    const rate = (share: number): string => `${(100 * share).toFixed(2)} %`;
    console.log(
      `${name.padEnd(46)} ${String(cases).padStart(4)} cases, ${String(salvaged).padStart(4)} salvaged, rows kept ${rate(saved / of)}, at least ${rate(least)}, faults ${String(faults.length)}`,
    );
  }
}
