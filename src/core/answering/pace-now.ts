import type { DemandShape } from '../routing/demand-shape';
import { demandShape } from '../routing/demand-shape';
import { paceMultiplier } from '../routing/pacer';
import type { Budget } from '../terms/budgets';
import { dayNumber, dayOfNumber } from '../terms/dates';
import type { Pace } from '../terms/decision';
import type { Calendar, Clock } from '../terms/ports';
import type { BudgetsSeen, Reservations } from '../terms/reservations';

/** What the pacer does to a request. */
export type PaceNow = Pick<Pace, 'multiplier' | 'budget'>;

/** So far back it is looked when requests come: four weeks have each weekday as often. */
const daysOfDemand = 28;

/**
 * The price of cost as the budgets of a day and of a month have it, the highest of them. When requests come is looked up
 * once an hour.
 */
export function createPaceNow({
  clock,
  calendar,
  reservations,
}: {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly reservations: Pick<Reservations, 'demand'>;
}): {
  /** `scoped` in the order of `seen`. Undefined: no budget is ahead of its time. */
  paceOf(scoped: readonly { readonly budget: Budget }[], seen: BudgetsSeen): Promise<PaceNow | undefined>;
} {
  let known: { readonly hour: string; readonly shape: DemandShape } | undefined;

  async function shapeNow(day: string, hour: number): Promise<DemandShape> {
    const key = `${day} ${String(Math.floor(hour))}`;
    if (known?.hour === key) return known.shape;
    const since = dayOfNumber(dayNumber(day) - daysOfDemand);
    const hours = await reservations.demand(since).catch(() => []);
    // Of today only a part is known, and of days that a wrong clock named nothing is.
    known = { hour: key, shape: demandShape(hours.filter((each) => each.day < day)) };
    return known.shape;
  }

  return {
    paceOf: async (scoped, { scopes }) => {
      const paced = scoped.flatMap(({ budget }, index) => {
        const money = scopes[index];
        const { period, subject, usd } = budget;
        const lasts = (period === 'day' || period === 'month') && subject.of !== 'model';
        return lasts && usd > 0 && money?.allowed === false ? [{ budget, money }] : [];
      });
      if (paced.length === 0) return undefined;
      const nowMs = clock.nowMs();
      const moment = { day: calendar.dayOf(nowMs), hour: calendar.hourOf(nowMs) };
      const shape = await shapeNow(moment.day, moment.hour);
      const all = paced.map(({ budget, money }) => ({
        budget: budget.path,
        multiplier: paceMultiplier({
          // Most of what is reserved comes back.
          spent01: money.spentUsd / budget.usd,
          demand01: budget.period === 'day' ? shape.ofDay(moment) : shape.ofMonth(moment),
        }),
      }));
      const [highest] = all.toSorted((a, b) => b.multiplier - a.multiplier);
      return highest === undefined || highest.multiplier <= 1 ? undefined : highest;
    },
  };
}
