import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cost, Usage } from '../../../src/core/terms/receipt';
import { createLearntPriceFold } from '../../../src/core/stats/learnt-prices';
import { attemptWith } from '../samples';

function foldOf(answers: readonly { readonly usage: Usage; readonly cost: Cost }[]) {
  const fold = createLearntPriceFold();
  for (const [index, { usage, cost }] of answers.entries()) {
    const { receipt } = attemptWith();
    const attempt = attemptWith({ deploymentId: 'm', receipt: { ...receipt, usage, cost } });
    fold.apply({ kind: 'attempt', attempt, sequence: index + 1, atMs: 0 });
  }
  return fold;
}

const exact = (inputTokens: number, outputTokens: number, usd: number) => ({
  usage: { inputTokens, outputTokens, cachedInputTokens: 0 },
  cost: { kind: 'exact', usd } as const,
});

test('prices by the token are found again, whatever they are', () => {
  const tokens = fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 4_000 }));
  const price = fc.double({ min: 1e-8, max: 1e-3, noNaN: true });
  fc.assert(
    fc.property(price, price, fc.array(tokens, { minLength: 6, maxLength: 40 }), (input, output, sizes) => {
      const learnt = foldOf(sizes.map(([i, o]) => exact(i, o, i * input + o * output))).priceOf('m');
      const ratios = sizes.map(([i, o]) => i / o);
      if (Math.max(...ratios) < 2 * Math.min(...ratios)) return;
      if (learnt === undefined) throw new Error('Nothing was learnt.');
      expect(learnt.answers).toBe(sizes.length);
      // Each price as far as it matters for what the answers cost.
      for (const [i, o] of sizes) {
        const usd = i * input + o * output;
        const fitted = i * learnt.inputUsdPerToken + o * learnt.outputUsdPerToken;
        expect(Math.abs(fitted - usd) / usd).toBeLessThan(0.01);
      }
    }),
  );
});

test('nothing is learnt from too little, from one shape alone, or where no price by the token fits', () => {
  const price = (i: number, o: number): number => i * 1e-6 + o * 4e-6;
  expect(foldOf([exact(100, 10, price(100, 10))]).priceOf('m')).toBeUndefined();
  const sameShape = [1, 2, 3, 4].map((n) => exact(100 * n, 10 * n, price(100 * n, 10 * n)));
  expect(foldOf(sameShape).priceOf('m')).toBeUndefined();
  const flat = [exact(100, 10, 0.01), exact(5_000, 800, 0.01), exact(20, 3_000, 0.01)];
  expect(foldOf(flat).priceOf('m')).toBeUndefined();
});

test('estimated costs, cached input and another model’s answers are left out', () => {
  const good = [exact(100, 10, 1.4e-4), exact(1_000, 10, 1.04e-3), exact(100, 400, 1.7e-3)];
  const bad = [
    { ...exact(500, 500, 9), cost: { kind: 'estimated', usd: 9 } as const },
    { ...exact(500, 500, 9), usage: { inputTokens: 500, outputTokens: 500, cachedInputTokens: 400 } },
  ];
  expect(foldOf([...good, ...bad]).priceOf('m')).toEqual(foldOf(good).priceOf('m'));
  expect(foldOf(good).priceOf('m')?.inputUsdPerToken).toBeCloseTo(1e-6, 9);
});
