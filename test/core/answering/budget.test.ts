import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostCaps } from '../../../src/core/terms/cost-caps';
import { affordableOutputTokens, capExceeded } from '../../../src/core/routing/cost-caps';
import { noCaps } from '../../../src/core/terms/cost-caps';
import type { TokenPrice } from '../../../src/core/terms/deployment';
import type { Usage } from '../../../src/core/terms/receipt';
import { route } from '../../../src/core/routing/router';
import { inputWith } from '../route-input';
import { seededRandom } from '../seeded-random';
import { deploymentWith } from '../simulation';
import { runs } from '../../runs';

/** Sums of prices have rounding errors; these are far below a millionth of a cent. */
const roundingUsd = 1e-10;

const usd = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 10, noNaN: true }));
const cap = fc.option(fc.oneof(usd, fc.double({ min: -5, max: 0, noNaN: true })), { nil: undefined });
const caps: fc.Arbitrary<CostCaps> = fc.record({
  requestUsd: fc.option(usd, { nil: undefined }),
  dayLeftUsd: cap,
});
const usdPerToken = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e-3, noNaN: true }));
const tokenPrice: fc.Arbitrary<TokenPrice> = fc.record({
  inputUsdPerToken: usdPerToken,
  outputUsdPerToken: usdPerToken,
});
const lowest = ({ requestUsd = Infinity, dayLeftUsd = Infinity }: CostCaps): number =>
  Math.min(requestUsd, dayLeftUsd);

describe('a cap', () => {
  it('that isn’t there forbids nothing', () => {
    for (const costUsd of [undefined, 0, 1e9]) expect(capExceeded(costUsd, noCaps)).toBeUndefined();
  });

  it('never forbids what is free, not even when the day is far over its budget', () => {
    fc.assert(fc.property(caps, (any) => capExceeded(0, any) === undefined));
    expect(capExceeded(0, { requestUsd: 0, dayLeftUsd: -100 })).toBeUndefined();
  });

  it('forbids whatever has no known cost', () => {
    fc.assert(
      fc.property(caps, fc.constantFrom(undefined, Number.NaN), (any, costUsd) => {
        expect(capExceeded(costUsd, any) === undefined).toBe(lowest(any) === Infinity);
      }),
    );
  });

  it('allows what costs no more than it, and names the one that forbids', () => {
    fc.assert(
      fc.property(caps, usd, (any, costUsd) => {
        const reason = capExceeded(costUsd, any);
        if (reason === undefined) expect(costUsd === 0 || costUsd <= lowest(any) + roundingUsd).toBe(true);
        else {
          const named = reason === 'over-request-cap' ? any.requestUsd : any.dayLeftUsd;
          expect(costUsd).toBeGreaterThan(named ?? Infinity);
        }
      }),
    );
    expect(capExceeded(0.1 + 0.2, { requestUsd: 0.3, dayLeftUsd: undefined })).toBeUndefined();
  });
});

describe('the longest answer that the caps allow', () => {
  const costWith =
    ({ inputUsdPerToken, outputUsdPerToken }: TokenPrice) =>
    ({ inputTokens, outputTokens }: Usage): number =>
      inputTokens * inputUsdPerToken + outputTokens * outputUsdPerToken;

  it('costs no more than they, and one more token would', () => {
    fc.assert(
      fc.property(fc.nat(200_000), tokenPrice, caps, (inputTokens, price, any) => {
        const cost = (outputTokens: number): number =>
          costWith(price)({ inputTokens, outputTokens, cachedInputTokens: 0 });
        const tokens = affordableOutputTokens(inputTokens, costWith(price), lowest(any));
        if (tokens === undefined) {
          expect(lowest(any) === Infinity || cost(1_000) === cost(0)).toBe(true);
          return;
        }
        expect(Number.isInteger(tokens)).toBe(true);
        if (tokens > 0) expect(cost(tokens)).toBeLessThanOrEqual(lowest(any) + roundingUsd);
        expect(cost(tokens + 1)).toBeGreaterThan(lowest(any) - roundingUsd);
      }),
    );
  });

  it('is at least as long as the answer that they were asked about', () => {
    fc.assert(
      fc.property(
        fc.nat(200_000),
        fc.integer({ min: 1, max: 5_000 }),
        tokenPrice,
        (inputTokens, length, price) => {
          const expectedUsd = costWith(price)({ inputTokens, outputTokens: length, cachedInputTokens: 0 });
          expect(
            affordableOutputTokens(inputTokens, costWith(price), expectedUsd) ?? Infinity,
          ).toBeGreaterThanOrEqual(length);
        },
      ),
    );
  });

  it('is not known without a price', () => {
    expect(affordableOutputTokens(10, () => undefined, 1)).toBeUndefined();
  });
});

describe('a route with caps', () => {
  const model = fc.oneof(
    fc.constant({ kind: 'unknown' as const, price: undefined }),
    fc.constant({ kind: 'free' as const, price: { inputUsdPerToken: 0, outputUsdPerToken: 0 } }),
    tokenPrice.map((price) => ({ kind: 'priced' as const, price })),
  );

  it('never goes over them: not to the chosen model, not in a fallback, not by a long answer', () => {
    fc.assert(
      fc.property(fc.array(model, { minLength: 1, maxLength: 6 }), caps, fc.nat(), (models, any, seed) => {
        const deployments = models.map(({ price }, index) => deploymentWith(`m${String(index)}`, { price }));
        const keep = { decisionId: 'before', deploymentId: 'm0' };
        const input = inputWith(deployments, { caps: any, keep, random: seededRandom(seed) });
        const routed = route(input);
        const { inputTokens } = input.description;
        const costOf = (price: TokenPrice | undefined, outputTokens: number): number | undefined =>
          price && inputTokens * price.inputUsdPerToken + outputTokens * price.outputUsdPerToken;
        const allowed = deployments.filter(({ price }) => capExceeded(costOf(price, 400), any) === undefined);
        const excluded = deployments
          .filter((deployment) => !allowed.includes(deployment))
          .map(({ id }) => id);
        expect(
          (routed.ok ? routed.decision : routed).excluded.map(({ deploymentId }) => deploymentId),
        ).toEqual(excluded);
        if (!routed.ok) {
          expect(allowed).toEqual([]);
          const costs = deployments.map(({ price }) => costOf(price, 400) ?? Infinity);
          expect(routed.overBudget?.costUsd ?? Infinity).toBe(Math.min(...costs));
          return;
        }
        expect(new Set(routed.order)).toEqual(new Set(allowed));
        expect(routed.decision.candidates).toHaveLength(allowed.length);
        for (const { costUsd } of routed.decision.candidates)
          if (costUsd !== 0)
            expect(costUsd ?? Infinity).toBeLessThanOrEqual(
              lowest(any) === Infinity ? Infinity : lowest(any) + roundingUsd,
            );
        for (const { id, price } of routed.order) {
          const tokens = routed.outputCaps.get(id);
          if (tokens === undefined) continue;
          expect(tokens).toBeGreaterThanOrEqual(400);
          expect(costOf(price, tokens)).toBeLessThanOrEqual(lowest(any) + roundingUsd);
        }
        for (const [index, { kind }] of models.entries()) {
          const id = `m${String(index)}`;
          if (kind === 'free') expect(excluded).not.toContain(id);
          if (kind === 'unknown' && lowest(any) < Infinity) expect(excluded).toContain(id);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('says that no model is left, and nothing of money, where it isn’t the money', () => {
    const input = inputWith([deploymentWith('a')], {
      caps: { requestUsd: 0, dayLeftUsd: 0 },
      unavailable: () => 'missing-key',
    });
    expect(route(input)).toEqual({ ok: false, excluded: [{ deploymentId: 'a', reason: 'missing-key' }] });
  });
});
