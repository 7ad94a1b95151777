import type { Calendar } from '../../core/terms/ports';

/** In the time zone of this machine, as it is at each call: it may change while a window is open. */
export const localCalendar: Calendar = {
  dayOf: (atMs) => {
    const date = new Date(atMs);
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  },
  hourOf: (atMs) => {
    const date = new Date(atMs);
    return date.getHours() + date.getMinutes() / 60 + date.getSeconds() / 3_600;
  },
};
