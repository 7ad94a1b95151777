import { mean } from './statistics';

export type WindowName = (typeof windowNames)[number];
/** Steps that are counted: from the first to before the second, or to the end; `rest` is all from 500 on. */
export const windowNames = [
  '0-100',
  '100-250',
  '0-250',
  '250-500',
  '0-500',
  'from-250',
  'rest',
  '0-1000',
  '0-2000',
  'last-1000',
] as const;

/** Those that a new user meets one after the other; together with the rest they are the whole pass. */
export const phaseWindows = ['0-100', '100-250', '0-250', '250-500', 'rest'] as const;

/** A pass's values within a window, those that it has: none where it is over before the window begins. */
export function within(values: Float64Array, window: WindowName): Float64Array {
  switch (window) {
    case 'last-1000':
      return values.subarray(-1_000);
    case 'from-250':
      return values.subarray(250);
    case 'rest':
      return values.subarray(500);
    default: {
      const [start, end] = window.split('-').map(Number);
      return values.subarray(start, end);
    }
  }
}

/** Mean of each window; NaN of one that the pass doesn't reach. */
export function windowMeans(values: Float64Array): Readonly<Record<WindowName, number>> {
  const means = windowNames.map((name) => [name, mean(within(values, name))] as const);
  return Object.fromEntries(means) as Record<WindowName, number>;
}
