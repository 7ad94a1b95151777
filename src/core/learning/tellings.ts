import { readMap, readNumber, readShape } from '../terms/saved';

/**
 * How much of an outcome is to be told, by the surface that asks: learnt by surface and not by model, else a model that nobody
 * rates would never be explored.
 */
export interface Tellings {
  /** A request of this origin was answered, or failed to be. */
  asked(origin: string): void;
  /** So much more was told of its answer, in outcomes of full weight; below 0: that was taken back. */
  told(origin: string, weight: number): void;
  /**
   * How much will be told of the next request of this origin, 0 < p ≤ 1: its probability, where thumbs tell. `more`: as
   * if so many more had been asked, and told of.
   */
  share01(origin: string, more?: number): number;
  save(): SavedTellings;
}

interface Counts {
  asked: number;
  told: number;
}

/** By origin. */
export type SavedTellings = ReadonlyMap<string, Readonly<Counts>>;

export const readTellings = readMap(readShape<Counts>({ asked: readNumber, told: readNumber }));

/** What stands for so many requests and so many of them told of, until there are some. */
const askedBefore = 4;
const toldBefore = 1;
/** As if never less than one in fifty were told of: exploring doesn't stop for good where a user begins to rate late. */
const least01 = 0.02;

export function createTellings(saved: SavedTellings = new Map()): Tellings {
  const counts = copyOf(saved);

  function of(origin: string): Counts {
    const known = counts.get(origin) ?? { asked: 0, told: 0 };
    counts.set(origin, known);
    return known;
  }

  return {
    asked: (origin) => {
      of(origin).asked += 1;
    },
    told: (origin, weight) => {
      of(origin).told += weight;
    },
    share01: (origin, more = 0) => {
      const { asked, told } = counts.get(origin) ?? { asked: 0, told: 0 };
      return Math.min(1, Math.max(least01, (told + more + toldBefore) / (asked + more + askedBefore)));
    },
    save: () => copyOf(counts),
  };
}

function copyOf(counts: SavedTellings): Map<string, Counts> {
  return new Map(Array.from(counts, ([origin, each]) => [origin, { ...each }]));
}
