import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandShape } from '../../../src/core/routing/demand-shape';
import { paceMultiplier, shippedPacer } from '../../../src/core/routing/pacer';
import { route } from '../../../src/core/routing/router';
import { utilityFor } from '../../../src/core/routing/utility';
import { dayNumber, dayOfNumber, weekdayOf } from '../../../src/core/terms/dates';
import { presets } from '../../../src/core/terms/preset';
import { inputWith } from '../route-input';
import { seededRandom } from '../seeded-random';
import { deploymentWith, price } from '../simulation';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the pacer', () => {
  it('does nothing while money goes no faster than requests come', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [spent01, demand01] = [Math.min(one, other), Math.max(one, other)];
        expect(paceMultiplier({ spent01, demand01 })).toBe(1);
      }),
    );
  });

  it('never makes cost count for less, rises with what is spent, and falls as time passes', () => {
    fc.assert(
      fc.property(share, share, share, (spent01, demand01, more) => {
        const now = paceMultiplier({ spent01, demand01 });
        expect(now).toBeGreaterThanOrEqual(1);
        expect(now).toBeLessThanOrEqual(shippedPacer.mostMultiplier);
        expect(paceMultiplier({ spent01: spent01 + more, demand01 })).toBeGreaterThanOrEqual(now);
        expect(paceMultiplier({ spent01, demand01: Math.min(1, demand01 + more) })).toBeLessThanOrEqual(now);
      }),
    );
  });
});

describe('when requests come', () => {
  const moment = (day: string, hour: number) => ({ day, hour });

  it('is supposed at first, and rises from none to all over a day and a month', () => {
    const shape = demandShape([]);
    expect(shape.ofDay(moment('2026-12-01', 0))).toBe(0);
    expect(shape.ofDay(moment('2026-12-01', 8))).toBeLessThan(0.1);
    expect(shape.ofDay(moment('2026-12-01', 20))).toBeGreaterThan(0.9);
    expect(shape.ofDay(moment('2026-12-01', 24))).toBe(1);
    expect(shape.ofMonth(moment('2026-12-01', 0))).toBe(0);
    expect(shape.ofMonth(moment('2026-12-31', 24))).toBe(1);
  });

  it('is learnt: of who works at night, half of the day is over at the middle of the night', () => {
    const days = Array.from({ length: 28 }, (_, index) => dayOfNumber(dayNumber('2026-11-03') + index));
    const hours = days.flatMap((day) => [22, 23].map((hour) => ({ day, hour, requests: 10 })));
    const shape = demandShape(hours);
    expect(shape.ofDay(moment('2026-12-01', 20))).toBeLessThan(0.35);
    expect(shape.ofDay(moment('2026-12-01', 23))).toBeLessThan(0.8);
  });

  it('knows weekdays: who rests on weekends has as much to come on Monday as on Friday evening', () => {
    const days = Array.from({ length: 28 }, (_, index) => dayOfNumber(dayNumber('2026-11-02') + index));
    const working = days.filter((day) => weekdayOf(dayNumber(day)) < 5);
    const shape = demandShape(working.map((day) => ({ day, hour: 10, requests: 20 })));
    const friday = shape.ofMonth(moment('2026-12-11', 24));
    expect(shape.ofMonth(moment('2026-12-14', 0)) - friday).toBeLessThan(0.03);
  });

  it('counts days as the calendar does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          expect(dayNumber(day)).toBe(Math.floor(date.getTime() / 86_400_000));
          expect(dayOfNumber(dayNumber(day))).toBe(day);
          expect(weekdayOf(dayNumber(day))).toBe((date.getUTCDay() + 6) % 7);
        },
      ),
    );
  });
});

describe('a paced route', () => {
  const deployments = [
    deploymentWith('small', { price: price(1e-7), qualityPrior01: 0.6 }),
    deploymentWith('large', { price: price(1e-5), qualityPrior01: 0.9 }),
  ];
  const weights = presets.quality;

  function decided(multiplier: number | undefined) {
    const pace = multiplier && { multiplier, budget: 'budgets.day_usd', usual: utilityFor(weights) };
    const utility = utilityFor(weights, multiplier);
    const routed = route(inputWith(deployments, { utility, random: seededRandom(3), ...(pace && { pace }) }));
    if (!routed.ok) throw new Error('Nobody was chosen.');
    return routed.decision;
  }

  it('says what the budget did, and who would have been chosen without', () => {
    expect(decided(undefined)).toMatchObject({ deploymentId: 'large' });
    expect(decided(undefined)).not.toHaveProperty('pace');
    expect(decided(1.01)).toMatchObject({
      deploymentId: 'large',
      pace: { multiplier: 1.01, budget: 'budgets.day_usd' },
    });
    expect(decided(1.01).pace).not.toHaveProperty('insteadOf');
    expect(decided(100)).toMatchObject({ deploymentId: 'small', pace: { insteadOf: 'large' } });
  });
});
