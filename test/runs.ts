import { randomInt } from 'node:crypto';

/**
 * CONDUIT_TEST_RUNS multiplies the counts of property tests and campaigns: `npm test` and .ci/run have it at 0.5, a hasty
 * run by hand may have it at 0.1, and `npm run campaign` sets it for the count that it is asked for. Properties that say no count run as
 * often as fast-check does by itself; they are quick.
 */
const factor = Number(process.env['CONDUIT_TEST_RUNS'] ?? 1);
if (!(factor > 0)) throw new Error('CONDUIT_TEST_RUNS must be a number above 0.');

/** How often a property is tried, of its usual count. */
export function runs(usual: number): number {
  return Math.max(1, Math.round(usual * factor));
}

/** The seed of a campaign of scripts/campaign.mjs: CONDUIT_TEST_SEED, or a new one each time. Printed, to have it again. */
export function campaignSeed(campaign: string): number {
  const given = process.env['CONDUIT_TEST_SEED'];
  const seed = given === undefined ? randomInt(2 ** 31) : Number(given);
  console.log(`The same again: npm run campaign -- ${campaign} --seed ${String(seed)}`);
  return seed;
}
