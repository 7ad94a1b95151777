import type { Calendar } from './ports';

/** Days since 1970-01-01, by the proleptic Gregorian calendar: Hinnant, "chrono-compatible low-level date algorithms". */
export function dayNumber(day: string): number {
  const [y = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const year = month <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const ofEra = year - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The date of a number of `dayNumber`. */
export function dayOfNumber(number: number): string {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const shown = month < 10 ? month + 3 : month - 9;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year + era * 400 + (shown <= 2 ? 1 : 0)).padStart(4, '0')}-${two(shown)}-${two(date)}`;
}

/** 0 for Monday. 1970-01-01 was a Thursday. */
export function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** Whether a Unix time in ms has the date that another one has. */
export function onTheDayOf(calendar: Calendar, nowMs: number): (atMs: number) => boolean {
  const day = calendar.dayOf(nowMs);
  return (atMs) => calendar.dayOf(atMs) === day;
}
