import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonsOf } from '../../../src/editor/answers/reasons';
import { expectedUsdOf } from '../../../src/core/stats/spending';
import { presets } from '../../../src/core/terms/preset';
import type { RouteInput } from '../../../src/core/routing/router';
import { route } from '../../../src/core/routing/router';
import { utilityFor } from '../../../src/core/routing/utility';
import { decided, inputWith } from '../route-input';
import { seededRandom } from '../seeded-random';
import { deploymentWith, requestFor } from '../simulation';

const cachedPrice = {
  inputUsdPerToken: 1e-5,
  outputUsdPerToken: 1e-5,
  cachedInputUsdPerToken: 1e-6,
};
const warm = deploymentWith('warm', { price: cachedPrice, qualityPrior01: 0.7 });
const cheaper = deploymentWith('cheaper', {
  price: { inputUsdPerToken: 8e-6, outputUsdPerToken: 8e-6 },
  qualityPrior01: 0.7,
});
const request = requestFor('word '.repeat(40_000));
const cachedTokens = new Map([['warm', 30_000]]);

function routed(change: Partial<RouteInput> = {}): ReturnType<typeof decided> {
  return decided(route(inputWith([warm, cheaper], { request, random: () => 0.5, ...change })));
}

describe('a conversation whose model has it in its prompt cache', () => {
  it('stays with that model where reading it anew elsewhere costs more, and records why', () => {
    expect(routed().decision).toMatchObject({ deploymentId: 'cheaper' });
    expect(routed().decision.stickyInsteadOf).toBeUndefined();
    const { decision } = routed({ cachedTokens });
    expect(decision).toMatchObject({ deploymentId: 'warm', stickyInsteadOf: 'cheaper', explored: false });
    expect(decision.candidates[0]).toMatchObject({
      deploymentId: 'warm',
      cache: { tokens: 30_000, savedUsd: expect.closeTo(30_000 * 9e-6, 9) as number },
    });
    expect(reasonsOf(decision).join('\n')).toMatch(
      /prompt cache is expected to hold 30000 tokens .* saves about \$0\.2700: without that cheaper/,
    );
  });

  it('is what the policy weighs, and no more: a much better model is asked all the same', () => {
    const better = deploymentWith('better', { ...cheaper, id: 'better', qualityPrior01: 1 });
    const poor = { ...warm, qualityPrior01: 0.2 };
    const { decision } = decided(
      route(inputWith([poor, better], { request, cachedTokens, random: () => 0.5 })),
    );
    expect(decision.deploymentId).toBe('better');
    expect(decision.stickyInsteadOf).toBeUndefined();
    expect(decision.candidates.find(({ deploymentId }) => deploymentId === 'warm')?.cache?.tokens).toBe(
      30_000,
    );
  });

  it('counts for nothing where cost does', () => {
    const utility = utilityFor({ ...presets.quality, cost: 0, quality: 1, latency: 0 });
    const { decision } = routed({ cachedTokens, utility, random: () => 0.2 });
    expect(decision.stickyInsteadOf).toBeUndefined();
  });

  it('is held to its full price by the caps and by the budget, for no cache is certain', () => {
    const { decision } = routed({ cachedTokens });
    const [first] = decision.candidates;
    expect(expectedUsdOf(decision)).toBeCloseTo((first?.costUsd ?? 0) + 30_000 * 9e-6, 9);
    const caps = { requestUsd: expectedUsdOf(decision) - 0.01, dayLeftUsd: undefined };
    expect(routed({ cachedTokens, caps }).decision.excluded).toEqual([
      { deploymentId: 'warm', reason: 'over-request-cap' },
    ]);
  });

  it('costs more where the model writes it to its cache, also for the caps', () => {
    const writing = { inputUsdPerToken: 1e-5, outputUsdPerToken: 1e-5, cacheWriteUsdPerToken: 1.25e-5 };
    const claude = {
      ...deploymentWith('claude', { price: writing, model: 'claude-sonnet-4-5' }),
      provider: 'anthropic',
      protocol: 'anthropic-messages',
      promptCache: { kind: 'on-request' },
    } as const;
    const answered = { role: 'assistant', text: 'Yes.' } as const;
    const goesOn = { ...request, messages: [...request.messages, answered, ...request.messages] };
    const routedTo = (asked: typeof request): ReturnType<typeof decided> =>
      decided(route(inputWith([claude], { request: asked, caps: { requestUsd: 2, dayLeftUsd: undefined } })));
    for (const [asked, inputUsd] of [
      [request, 1e-5],
      [goesOn, 1.25e-5],
    ] as const) {
      const { decision, outputCaps } = routedTo(asked);
      expect(decision.candidates[0]?.costUsd).toBeCloseTo(decision.inputTokens * inputUsd + 400e-5, 9);
      const left = (2 - decision.inputTokens * inputUsd) / 1e-5;
      expect(outputCaps.get('claude')).toBe(Math.floor(left + 1e-6));
    }
  });

  it('saves nothing where the price of cached input is not known, or is not lower', () => {
    for (const price of [
      undefined,
      { inputUsdPerToken: 1e-5, outputUsdPerToken: 1e-5 },
      { inputUsdPerToken: 1e-5, outputUsdPerToken: 1e-5, cachedInputUsdPerToken: 1e-5 },
    ]) {
      const { decision } = decided(
        route(inputWith([{ ...warm, price }, cheaper], { request, cachedTokens })),
      );
      for (const candidate of decision.candidates) expect(candidate.cache).toBeUndefined();
    }
  });

  it('is drawn with the probabilities that are recorded, and is sticky only where the caches decided', () => {
    let sticky = 0;
    fc.assert(
      fc.property(
        fc.nat(40_000),
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 1e-7, max: 1e-4, noNaN: true }),
        (tokens, seed, usd) => {
          const other = { ...cheaper, price: { inputUsdPerToken: usd, outputUsdPerToken: usd } };
          const input = (cached: ReadonlyMap<string, number>): RouteInput =>
            inputWith([warm, other], { request, cachedTokens: cached, random: seededRandom(seed) });
          const { decision } = decided(route(input(new Map([['warm', tokens]]))));
          const cold = decided(route(input(new Map()))).decision;
          expect(decision.candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(
            1,
            12,
          );
          if (decision.stickyInsteadOf === undefined) expect(cold.deploymentId).toBe(decision.deploymentId);
          else {
            sticky += 1;
            expect(decision.deploymentId).toBe('warm');
            expect(cold.deploymentId).toBe(decision.stickyInsteadOf);
          }
        },
      ),
      // Beside what is drawn: prices this close are rare.
      { examples: Array.from({ length: 20 }, (_, seed) => [30_000, seed + 1, 8e-6]) },
    );
    expect(sticky).toBeGreaterThan(0);
  });
});
