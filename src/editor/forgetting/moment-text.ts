/**
 * A moment as people type it, "2026-03-01" or "2026-03-01 14:30", in this machine's time zone and in Unix ms; of a day alone
 * its beginning, or its end. Undefined where it is none.
 */
export function momentOf(text: string, ofDay: 'begin' | 'end'): number | undefined {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const time: readonly (string | undefined)[] = found.slice(4);
  const [hour, minute] = time.map((part) => (part === undefined ? undefined : Number(part)));
  const date = new Date(year, month - 1, day);
  // A day that the month doesn't have is one of the next.
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return undefined;
  if (hour === undefined || minute === undefined)
    return ofDay === 'begin' ? date.getTime() : new Date(year, month - 1, day + 1).getTime();
  return hour > 23 || minute > 59 ? undefined : new Date(year, month - 1, day, hour, minute).getTime();
}
