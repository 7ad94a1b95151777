import type { Signal } from '../terms/observation';

/** Numbers signals from 0 as they come, so that each that occurs is saved once: there are few kinds of them. */
export interface SignalNumbers {
  readonly signals: readonly Signal[];
  numberOf(signal: Signal): number;
}

export function numberSignals(): SignalNumbers {
  const numbers = new Map<string, number>();
  const signals: Signal[] = [];
  return {
    signals,
    numberOf: (signal) => {
      const key = JSON.stringify(signal);
      const known = numbers.get(key) ?? signals.push(signal) - 1;
      numbers.set(key, known);
      return known;
    },
  };
}
