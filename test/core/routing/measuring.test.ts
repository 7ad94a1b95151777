import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnDraw } from '../../../src/core/stats/savings/rivals-of';
import type { Decision } from '../../../src/core/terms/decision';
import type { RouteInput } from '../../../src/core/routing/router';
import { route } from '../../../src/core/routing/router';
import { decided, inputWith } from '../route-input';
import { seededRandom } from '../seeded-random';
import { deploymentWith, requestFor } from '../simulation';

const mini = deploymentWith('mini', { qualityPrior01: 0.9 });
const opus = deploymentWith('opus', { qualityPrior01: 0.3 });
const other = deploymentWith('other', { qualityPrior01: 0.5 });
const measure = { against: 'opus', share: 0.05 };

function decide(change: Partial<RouteInput> = {}): Decision {
  return decided(route(inputWith([mini, opus, other], { measure, ...change }))).decision;
}

describe('a share of the requests that goes to one model', () => {
  it('is in the recorded chances, as the mixture of both draws', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.double({ min: 0.01, max: 0.2, noNaN: true }),
        (number, share) => {
          const random = (): number => number;
          const own = decide({ random, measure: undefined });
          const mixed = decide({ random, measure: { against: 'opus', share } });
          for (const { deploymentId, probability } of own.candidates) {
            const chance = mixed.candidates.find((each) => each.deploymentId === deploymentId)?.probability;
            const extra = deploymentId === 'opus' ? share : 0;
            expect(chance).toBeCloseTo((1 - share) * probability + extra, 12);
          }
          expect(mixed.probability).toBe(
            mixed.candidates.find(({ deploymentId }) => deploymentId === mixed.deploymentId)?.probability,
          );
          expect(mixed.measured).toMatchObject({ against: 'opus', share });
        },
      ),
    );
  });

  it('is drawn as often as the chances say, whatever the scores', () => {
    const random = seededRandom(4);
    const times = 1_500;
    const all = Array.from({ length: times }, () => decide({ random }));
    const drawn = all.filter(({ measured }) => measured?.insteadOf !== undefined);
    expect(drawn.every(({ deploymentId, explored }) => deploymentId === 'opus' && !explored)).toBe(true);
    // Five standard errors.
    expect(Math.abs(drawn.length - 0.05 * times)).toBeLessThan(5 * Math.sqrt(times * 0.05 * 0.95));
    const [first] = all;
    const chance = first?.candidates.find(({ deploymentId }) => deploymentId === 'opus')?.probability ?? 0;
    const asked = all.filter(({ deploymentId }) => deploymentId === 'opus').length;
    expect(Math.abs(asked - chance * times)).toBeLessThan(5 * Math.sqrt(times * chance * (1 - chance)));
  });

  it('says what would have been chosen', () => {
    expect(decide({ random: () => 0.001 })).toMatchObject({
      deploymentId: 'opus',
      measured: { against: 'opus', share: 0.05, insteadOf: 'mini' },
    });
    expect(decide({ random: () => 0.5 }).measured).toEqual(measure);
  });

  const question = requestFor('What is the capital of France?');
  it.each<[string, Partial<RouteInput>]>([
    ['the user named', { request: { ...question, only: 'mini' } }],
    ['the user wants another answer than its', { request: { ...question, avoid: ['other'] } }],
    ['a tool loop goes on with', { request: { ...question, continues: 'd1' } }],
    ['an identical request got', { keep: { decisionId: 'd1', deploymentId: 'mini' } }],
  ])('never takes a turn from a model that %s', (_, change) => {
    const decision = decide({ ...change, random: () => 0.001 });
    expect(decision.measured).toBeUndefined();
    expect(decision.deploymentId).not.toBe('opus');
  });

  it('goes nowhere else where its model may not be asked, or is over a cap', () => {
    const away = decide({
      random: () => 0.001,
      unavailable: ({ id }) => (id === 'opus' ? 'breaker-open' : undefined),
    });
    expect(away.measured).toBeUndefined();
    expect(away.candidates.map(({ deploymentId }) => deploymentId)).not.toContain('opus');
    const cheap = { ...mini, price: { inputUsdPerToken: 0, outputUsdPerToken: 0 } };
    const dear = { ...opus, price: { inputUsdPerToken: 1, outputUsdPerToken: 1 } };
    const capped = decided(
      route(
        inputWith([cheap, dear], {
          measure,
          random: () => 0.001,
          caps: { requestUsd: 0.5, dayLeftUsd: undefined },
        }),
      ),
    ).decision;
    expect(capped).toMatchObject({ deploymentId: 'mini' });
    expect(capped.measured).toBeUndefined();
  });
});

describe('a conversation that a prompt cache holds', () => {
  const price = { inputUsdPerToken: 1e-5, outputUsdPerToken: 1e-5, cachedInputUsdPerToken: 1e-6 };
  const warm = deploymentWith('warm', { price, qualityPrior01: 0.7 });
  const cheaper = deploymentWith('cheaper', {
    price: { inputUsdPerToken: 8e-6, outputUsdPerToken: 8e-6 },
    qualityPrior01: 0.7,
  });
  const request = requestFor('word '.repeat(40_000));
  const at = (number: number, cached: number): Decision =>
    decided(
      route(
        inputWith([warm, cheaper], {
          ...{ request, random: () => number, measure: { against: 'cheaper', share: 0.2 } },
          cachedTokens: new Map([['warm', cached]]),
        }),
      ),
    ).decision;

  it('is not measured, and is left out of comparisons whichever model was drawn', () => {
    const numbers = Array.from({ length: 200 }, (_, index) => index / 200).concat(0.9999);
    const all = numbers.map((number) => at(number, 30_000));
    expect(new Set(all.map(({ heldByCache }) => heldByCache))).toEqual(new Set([true]));
    expect(all.every((decision) => !isOwnDraw(decision) && decision.measured === undefined)).toBe(true);
    expect(new Set(all.map(({ deploymentId }) => deploymentId)).size).toBe(2);
  });

  it('is, where the cache changes nothing', () => {
    const decision = at(0.001, 1);
    expect(decision).toMatchObject({ heldByCache: false, deploymentId: 'cheaper' });
    expect(isOwnDraw(decision)).toBe(true);
  });
});
