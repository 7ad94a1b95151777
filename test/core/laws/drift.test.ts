import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Drift } from '../../../src/core/bandit/drift';
import { createDrift } from '../../../src/core/bandit/drift';
import type { Random } from '../../../src/core/terms/ports';
import { seededRandom } from '../seeded-random';
import { expectClose } from './state';

const alarm = 4;
const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

/** One arm whose answers are good with probability `good01`, and expected to be so with `expected01`. */
function pull(drift: Drift, order: number, good01: number, expected01: number, random: Random): void {
  drift.add(drift.pulled(order), (random() < good01 ? 1 : 0) - expected01, 1, 1);
}

function deviationOf(good01: number): number {
  return Math.sqrt(good01 * (1 - good01));
}

/** |z|·σ, to many digits: `changed` is true up to the deviation at which |z| is the alarm's 4. */
function level(drift: Drift): number {
  let low = 0;
  let high = 10;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (drift.changed(middle)) low = middle;
    else high = middle;
  }
  return alarm * low;
}

describe('the watch over an arm, while nothing changes', () => {
  it.each([0.5, 0.7, 0.95])('has a statistic that is about standard normal, where %d are good', (good01) => {
    const random = seededRandom(1);
    const drift = createDrift();
    const beyond = [0, 0, 0];
    const pulls = 40_000;
    for (let order = 1; order <= pulls; order += 1) {
      pull(drift, order, good01, good01, random);
      [1, 2, 3].forEach((z, index) => {
        if (drift.changed((deviationOf(good01) * z) / alarm)) beyond[index] = (beyond[index] ?? 0) + 1;
      });
    }
    const [one = 0, two = 0, three = 0] = beyond.map((count) => count / pulls);
    // Of a normal variable 31.7 %, 4.6 % and 0.27 % lie further out.
    expect(Math.abs(one - 0.317)).toBeLessThan(0.03);
    expect(Math.abs(two - 0.046)).toBeLessThan(0.015);
    expect(three).toBeLessThan(0.01);
  });

  it('hardly ever raises a false alarm', () => {
    const random = seededRandom(2);
    const drift = createDrift();
    let alarms = 0;
    for (let order = 1; order <= 50_000; order += 1) {
      pull(drift, order, 0.7, 0.7, random);
      if (!drift.changed(deviationOf(0.7))) continue;
      alarms += 1;
      drift.restart();
    }
    expect(alarms).toBeLessThanOrEqual(5);
  });

  it('raises none because users stop rating: bare successes are no evidence against an arm that was rated well', () => {
    const drift = createDrift();
    for (let order = 1; order <= 1_000; order += 1) {
      const position = drift.pulled(order);
      // 19 in 20 thumbs go up, as expected, until nobody rates any more.
      if (order <= 100) drift.add(position, (order % 20 === 10 ? 0 : 1) - 0.95, 1, 1);
      else drift.add(position, 0.6 - 0.95, 0.01, 1);
      expect(drift.changed(deviationOf(0.95))).toBe(false);
    }
  });
});

describe('the watch over an arm that changes', () => {
  it.each([
    [0.9, 0.5],
    [0.7, 0.3],
    [0.4, 0.8],
  ])('alarms within 60 pulls, from %d to %d', (before, after) => {
    const within = seeds.filter((seed) => {
      const random = seededRandom(seed);
      const drift = createDrift();
      for (let order = 1; order <= 200; order += 1) pull(drift, order, before, before, random);
      for (let order = 201; order <= 260; order += 1) {
        pull(drift, order, after, before, random);
        if (drift.changed(deviationOf(before))) return true;
      }
      return false;
    });
    expect(within.length).toBeGreaterThanOrEqual(95);
  });

  it('says that pulls of after the change count in full', () => {
    const random = seededRandom(4);
    const drift = createDrift();
    for (let order = 1; order <= 200; order += 1) pull(drift, 2 * order, 0.9, 0.9, random);
    let order = 201;
    for (; !drift.changed(deviationOf(0.9)); order += 1) pull(drift, 2 * order, 0.3, 0.9, random);
    // Orders count all decisions of the pool; the arm got every second one, and the last 25 pulls speak.
    expect(drift.recentFrom()).toBe(2 * (order - 25));
    drift.restart();
    expect(drift.changed(1e-9)).toBe(false);
  });
});

describe('the statistic of an arm', () => {
  const outcome = fc.record({
    error: fc.double({ min: -1, max: 1, noNaN: true }),
    weight: fc.double({ min: 0.5, max: 1, noNaN: true }),
    delay: fc.nat(30),
    doubts: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 2 }),
  });
  const outcomes = fc.array(outcome, { minLength: 15, maxLength: 60 });

  it('is the same for outcomes that come late, or were another at first: by their decision’s age', () => {
    fc.assert(
      fc.property(outcomes, (pulls) => {
        const atOnce = createDrift();
        pulls.forEach(({ error, weight }, order) => {
          atOnce.add(atOnce.pulled(order + 1), error, weight, 1);
        });
        const late = createDrift();
        pulls.forEach((_, now) => {
          expect(late.pulled(now + 1)).toBe(now);
          pulls.forEach((each, position) => {
            if (position + each.delay === now) arrive(late, each, position);
          });
        });
        pulls.forEach((each, position) => {
          if (position + each.delay >= pulls.length) arrive(late, each, position);
        });
        expectClose([level(late)], [level(atOnce)]);
      }),
    );
  });

  it('doesn’t count what was pulled before it started anew, even where it comes after', () => {
    const drift = createDrift();
    const early = Array.from({ length: 20 }, (_, index) => drift.pulled(index + 1));
    drift.restart();
    for (const position of early) drift.add(position, 1, 1, 1);
    expect(drift.changed(1e-9)).toBe(false);
    for (let order = 21; order <= 45; order += 1) drift.add(drift.pulled(order), 1, 1, 1);
    expect(drift.changed(0.5)).toBe(true);
  });
});

interface LateOutcome {
  readonly error: number;
  readonly weight: number;
  readonly doubts: readonly number[];
}

/** The outcome, after others that were taken back. */
function arrive(drift: Drift, outcome: LateOutcome, position: number): void {
  for (const wrong of outcome.doubts) {
    drift.add(position, wrong, 1, 1);
    drift.add(position, wrong, 1, -1);
  }
  drift.add(position, outcome.error, outcome.weight, 1);
}
