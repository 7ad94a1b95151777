import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressionAt, poolBelief } from '../../../src/core/bandit/belief';
import type { KnownMean, PoolMeans } from '../../../src/core/bandit/policy';
import { noPrior } from '../../../src/core/bandit/policy';
import { shippedSettings } from '../../../src/core/bandit/settings';

const settings = shippedSettings.belief;
const deviation = 0.45;

function arm(contrast: number, outcomes: number, mean01: number, stated01?: number): KnownMean {
  return { prior: { stated01, contrast, deviation: 0.03 }, outcomes, mean01 };
}

function beliefOf(...arms: readonly KnownMean[]): ReturnType<typeof poolBelief> {
  return poolBelief(poolOf(arms), settings);
}

const poolOf = (arms: readonly KnownMean[]): PoolMeans => ({ arms, deviation, mean01: 0.6 });

/** What is expected of an arm's mean after its outcomes. */
function expectedOf(arms: readonly KnownMean[], index: number): number {
  const { outcomes = 0, mean01 = 0 } = arms[index] ?? {};
  const { quality } = beliefOf(...arms).expected(index, (prior01, weight, into) => {
    into.quality = (outcomes * mean01 + weight * prior01) / (outcomes + weight);
    into.variance = 1 / (outcomes + weight);
  });
  return quality;
}

const slopeOf = (...arms: readonly KnownMean[]): number => beliefOf(...arms).slope ?? Number.NaN;
const slopeBefore = slopeOf(arm(0.15, 0, 0), arm(-0.15, 0, 0));

describe('how far public figures hold', () => {
  it('has half its weight after 20 ratings that contradict it', () => {
    const reversed = slopeOf(arm(0.15, 10, 0.3), arm(-0.15, 10, 0.9));
    expect(reversed).toBeLessThan(slopeBefore / 2);
  });

  it('is confirmed by ratings that agree', () => {
    expect(slopeOf(arm(0.15, 20, 0.85), arm(-0.15, 20, 0.45))).toBeGreaterThan(slopeBefore);
  });

  it('follows from differences: two arms say more than one, however many its ratings are', () => {
    const alone = slopeOf(arm(0.15, 40, 0.3), arm(-0.15, 0, 0));
    const both = slopeOf(arm(0.15, 20, 0.3), arm(-0.15, 20, 0.9));
    expect(slopeBefore - both).toBeGreaterThan(2 * (slopeBefore - alone));
  });

  it('starts in a new pool from what other pools have shown, by half, and counts no levels across', () => {
    const untried = poolOf([arm(0.15, 0, 0), arm(-0.15, 0, 0)]);
    const against = [arm(0.15, 10, 0.3), arm(-0.15, 10, 0.9)];
    const slopeWith = (...others: readonly (readonly KnownMean[])[]): number =>
      poolBelief(untried, settings, others.map(poolOf)).slope ?? Number.NaN;
    expect(slopeWith(against)).toBeLessThan(slopeBefore);
    expect(slopeWith(against)).toBeGreaterThan(slopeOf(...against));
    expect(slopeWith(against, against)).toBeLessThan(slopeWith(against));
    expect(slopeWith([arm(0.15, 40, 0.3)], [arm(-0.15, 40, 0.9)])).toBeCloseTo(slopeBefore, 12);
    const agreeing = [arm(0.15, 20, 0.85), arm(-0.15, 20, 0.45)];
    expect(slopeWith(agreeing)).toBeGreaterThan(slopeBefore);
    expect(poolBelief(untried, settings, [poolOf(against)]).level01).toBeCloseTo(settings.level01, 12);
  });

  it('is unknown where there are no figures', () => {
    const known = { prior: noPrior, outcomes: 5, mean01: 0.5 };
    expect(beliefOf(known, known).slope).toBeUndefined();
  });

  it('says nothing of an arm that the user spoke for, nor do its ratings', () => {
    const others = [arm(0.1, 8, 0.7), arm(-0.1, 8, 0.6)];
    const quiet = beliefOf(...others, arm(0, 0, 0, 0.9));
    const loud = beliefOf(...others, arm(0, 100, 0.1, 0.9));
    expect(loud.slope).toBe(quiet.slope);
    expect(loud.before(2).quality01).toBeCloseTo(0.9, 12);
    expect(loud.before(2).weight).toBeCloseTo(settings.statedWeight, 12);
  });
});

describe('the level', () => {
  it('of a pool whose answers are all bad makes an untried arm look no better than they are by much', () => {
    const tried = [arm(0, 30, 0.2), arm(0, 30, 0.25), arm(0, 0, 0)];
    expect(beliefOf(...tried).before(2).quality01).toBeLessThan(0.4);
  });
});

it('five bad answers of the first lead to the next, wherever figures put it', () => {
  for (const gap of [0.03, 0.06, 0.1]) {
    const arms = [arm(gap, 5, 0), arm(-gap, 0, 0)];
    expect(expectedOf(arms, 0), `contrast ${String(gap)}`).toBeLessThan(expectedOf(arms, 1));
  }
});

const knownMean = fc.record({
  contrast: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  outcomes: fc.double({ min: 0, max: 500, noNaN: true }),
  mean01: fc.double({ min: 0, max: 1, noNaN: true }),
});

it('weighs arms whatever their order, and expects qualities with weights above 0', () => {
  fc.assert(
    fc.property(fc.array(knownMean, { minLength: 2, maxLength: 8 }), (given) => {
      const arms = given.map(({ contrast, outcomes, mean01 }) => arm(contrast, outcomes, mean01));
      const belief = beliefOf(...arms);
      const turned = beliefOf(...arms.toReversed());
      expect(turned.level01).toBeCloseTo(belief.level01, 9);
      arms.forEach((_, index) => {
        const before = belief.before(index);
        expect(before.quality01).toBeGreaterThanOrEqual(0);
        expect(before.quality01).toBeLessThanOrEqual(1);
        expect(before.weight).toBeGreaterThan(0);
        expect(turned.before(arms.length - 1 - index).quality01).toBeCloseTo(before.quality01, 9);
      });
    }),
  );
});

it('models differ by less where nearly all answers are good or bad', () => {
  expect(compressionAt(0.5)).toBe(1);
  expect(compressionAt(0.9)).toBeCloseTo(0.36);
  expect(compressionAt(1)).toBeGreaterThan(0);
});
