import { causeOf, signalNames } from '../../core/reward/signal-table';
import type { ToldFacts } from '../../core/terms/facts';

/** A set of signals as a number below 2^53: one bit for each row of the table. */
export function bitsOf(names: readonly string[]): number {
  return signalNames.reduce((bits, name, index) => bits + (names.includes(name) ? 2 ** index : 0), 0);
}

/** Numbers hold more bits than operators on them do: the upper ones are looked at apart. */
const half = 2 ** 26;
const isOutcome = signalNames.map((name) => causeOf[name] === 'outcome');

/** Counts of signals out of sets of them. */
export function createToldBits() {
  const told = signalNames.map(() => 0);
  const counted = signalNames.map(() => 0);
  let [answers, toldOf] = [0, 0];

  /** Only the bits that are set: most sets are small. */
  function each(bits: number, found: (index: number) => void): void {
    for (let low = bits % half; low !== 0; low &= low - 1) found(31 - Math.clz32(low & -low));
    for (let high = Math.floor(bits / half); high !== 0; high &= high - 1)
      found(26 + 31 - Math.clz32(high & -high));
  }

  return {
    add: (toldBits: number, countedBits: number, came: boolean, count: number): void => {
      const found: number[] = [];
      each(toldBits, (index) => found.push(index));
      for (const index of found) told[index] = (told[index] ?? 0) + count;
      // What counts was told.
      each(countedBits, (index) => (counted[index] = (counted[index] ?? 0) + count));
      if (!came) return;
      answers += count;
      if (found.some((index) => isOutcome[index] !== true)) toldOf += count;
    },
    counts: (): Omit<ToldFacts, 'model'> => ({
      answers,
      toldOf,
      rows: signalNames.flatMap((name, index) => {
        const row = { name, told: told[index] ?? 0, counted: counted[index] ?? 0 };
        return row.told === 0 ? [] : [row];
      }),
    }),
  };
}
