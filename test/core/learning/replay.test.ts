import { describe, expect, it } from 'vitest';
import type { Pool, TokenPrice } from '../../../src/core/terms/deployment';
import type { PresetName } from '../../../src/core/terms/preset';
import { seededRandom } from '../seeded-random';
import { deploymentWith, poolWith, simulation } from '../simulation';
import type { PromptKind } from '../two-kinds-of-prompt';
import { promptOfKind } from '../two-kinds-of-prompt';

const requests = 300;
const switchAfter = 100;
const lastRequests = 100;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

type ModelId = 'coder' | 'writer';

/** Probability that an answer of the model is good. Each answer is good or not: that is the noise. */
const quality: Readonly<Record<PromptKind, Readonly<Record<ModelId, number>>>> = {
  code: { coder: 0.9, writer: 0.4 },
  prose: { coder: 0.35, writer: 0.85 },
};
const better: Readonly<Record<PromptKind, ModelId>> = { code: 'coder', prose: 'writer' };

const samePrice: TokenPrice = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };

interface Replay {
  /** Share of the last requests of a kind that went to the better model. */
  readonly betterShare: Readonly<Record<PromptKind, number>>;
  /** Expected quality lost against the better model, over all requests. */
  readonly regret: number;
  /** What random choice loses on the same prompts in expectation. */
  readonly randomRegret: number;
}

function replay(
  seed: number,
  pool: Pool,
  preset: PresetName = 'balanced',
  blindRequests = switchAfter,
): Replay {
  const random = seededRandom(seed);
  const run = simulation(seededRandom(seed + 1_000), blindRequests, preset);
  const late: Record<PromptKind, boolean[]> = { code: [], prose: [] };
  let regret = 0;
  let randomRegret = 0;
  for (let number = 1; number <= requests; number += 1) {
    const kind: PromptKind = random() < 0.5 ? 'code' : 'prose';
    const routed = run.choose(promptOfKind(kind, random), pool);
    const chosen: ModelId = routed.decision.deploymentId === 'coder' ? 'coder' : 'writer';
    run.finish(routed, random() < quality[kind][chosen] ? 'up' : 'down');
    const best = quality[kind][better[kind]];
    regret += best - quality[kind][chosen];
    randomRegret += best - (quality[kind].coder + quality[kind].writer) / 2;
    if (number > requests - lastRequests) late[kind].push(chosen === better[kind]);
  }
  const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length;
  return { betterShare: { code: share(late.code), prose: share(late.prose) }, regret, randomRegret };
}

describe('300 requests of two kinds, each best served by another model', () => {
  const pool = poolWith([
    deploymentWith('coder', { price: samePrice }),
    deploymentWith('writer', { price: samePrice }),
  ]);

  it.each(seeds)('chooses the better model for each kind after the switch, seed %i', (seed) => {
    const { betterShare } = replay(seed, pool);
    console.log(
      `seed ${String(seed)}: code ${betterShare.code.toFixed(2)}, prose ${betterShare.prose.toFixed(2)}`,
    );
    expect(betterShare.code).toBeGreaterThan(0.8);
    expect(betterShare.prose).toBeGreaterThan(0.8);
  });

  it.each(seeds)('loses less than random choice, seed %i', (seed) => {
    const { regret, randomRegret } = replay(seed, pool);
    expect(regret).toBeLessThan(0.6 * randomRegret);
  });

  it.each(seeds)('needs the prompt for that: UCB1 alone fails, seed %i', (seed) => {
    const { betterShare } = replay(seed, pool, 'balanced', requests);
    expect(Math.min(betterShare.code, betterShare.prose)).toBeLessThan(0.8);
  });

  it('replays: the same seed makes the same choices', () => {
    expect(replay(7, pool)).toEqual(replay(7, pool));
  });
});

describe('the same requests, one model a hundred times as dear', () => {
  const pool = poolWith([
    deploymentWith('coder', { price: { inputUsdPerToken: 1e-4, outputUsdPerToken: 4e-4 } }),
    deploymentWith('writer', { price: samePrice }),
  ]);

  it.each(seeds)('still pays for the better model where quality is asked for, seed %i', (seed) => {
    const { betterShare } = replay(seed, pool, 'quality');
    expect(betterShare.code).toBeGreaterThan(0.8);
    expect(betterShare.prose).toBeGreaterThan(0.8);
  });

  it.each(seeds)(
    'saves where cost is asked for: half as many good answers are not worth it, seed %i',
    (seed) => {
      const { betterShare } = replay(seed, pool, 'cost');
      expect(betterShare.code).toBeLessThan(0.2);
      expect(betterShare.prose).toBeGreaterThan(0.8);
    },
  );
});
