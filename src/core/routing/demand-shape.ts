import { dayNumber, dayOfNumber, weekdayOf } from '../terms/dates';
import type { HourOfDemand } from '../terms/reservations';

/** A moment by the user's clock. */
export interface LocalMoment {
  /** "2026-12-01" */
  readonly day: string;
  /** 0 up to 24. */
  readonly hour: number;
}

/** Before anything is known: most is asked from eight to eight, and little in the night. In requests. */
const supposedByHour: readonly number[] = Array.from({ length: 24 }, (_, hour) =>
  hour >= 8 && hour < 20 ? 1.5 : 0.2,
);
/** And on working days: in shares of a day's requests. The week begins on Monday. */
const supposedByWeekday = [1, 1, 1, 1, 1, 0.4, 0.4];
/** So many days' worth the supposition counts. */
const supposedDays = 2;

/** When requests come: learnt from those that came, and supposed at first. */
export interface DemandShape {
  /** Share of a day's requests that come before this moment of it, 0..1. */
  ofDay(moment: LocalMoment): number;
  /** Likewise of its month's. */
  ofMonth(moment: LocalMoment): number;
}

export function demandShape(hours: readonly HourOfDemand[]): DemandShape {
  const byHour = [...supposedByHour];
  const days = new Map<string, number>();
  for (const { day, requests } of hours) days.set(day, (days.get(day) ?? 0) + requests);
  const perDay = Math.max(1, sum([...days.values()])) / Math.max(1, days.size);
  const scale = sum(supposedByHour);
  for (const { hour, requests } of hours)
    byHour[hour] = (byHour[hour] ?? 0) + (requests / perDay / supposedDays) * scale;
  const byWeekday = supposedByWeekday.map((share) => share * supposedDays);
  const seen = supposedByWeekday.map(() => supposedDays);
  const first = [...days.keys()].toSorted()[0];
  const last = [...days.keys()].toSorted().at(-1);
  if (first !== undefined && last !== undefined)
    for (let number = dayNumber(first); number <= dayNumber(last); number += 1) {
      const weekday = weekdayOf(number);
      byWeekday[weekday] = (byWeekday[weekday] ?? 0) + (days.get(dayOfNumber(number)) ?? 0) / perDay;
      seen[weekday] = (seen[weekday] ?? 0) + 1;
    }
  const weight = (number: number): number =>
    (byWeekday[weekdayOf(number)] ?? 0) / (seen[weekdayOf(number)] ?? 1);
  const ofDay = ({ hour }: LocalMoment): number => {
    const whole = Math.floor(hour);
    const before = sum(byHour.slice(0, whole)) + (byHour[whole] ?? 0) * (hour - whole);
    return Math.min(1, before / sum(byHour));
  };
  return {
    ofDay,
    ofMonth: (moment) => {
      const today = dayNumber(moment.day);
      const month = moment.day.slice(0, 7);
      let [before, all] = [0, 0];
      const start = dayNumber(`${month}-01`);
      for (let number = start; dayOfNumber(number).startsWith(month); number += 1) {
        all += weight(number);
        before += weight(number) * (number < today ? 1 : number === today ? ofDay(moment) : 0);
      }
      return all === 0 ? 1 : Math.min(1, before / all);
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
