/** Costs with their times. There may be tens of thousands, so they are columns of numbers. */
export interface PaidOverTime {
  /** Undefined: nobody knows what it cost. */
  add(atMs: number, usd: number | undefined): void;
  /** Of what has a time from the first to the second Unix ms, both included. */
  between(fromMs: number, toMs: number): PaidSum;
  /** Forgets what is older. */
  dropBefore(atMs: number): void;
  save(): SavedPaid;
}

export interface PaidSum {
  readonly usd: number;
  readonly count: number;
  /** How many of them cost what nobody knows. */
  readonly unknown: number;
}

/** Time and cost by turns; NaN: nobody knows. */
export type SavedPaid = Float64Array;

const width = 2;

export function createPaidOverTime(saved: SavedPaid = new Float64Array()): PaidOverTime {
  let count = Math.floor(saved.length / width);
  let rows = saved;

  function grow(): void {
    const larger = new Float64Array(Math.max(64, 2 * rows.length));
    larger.set(rows.subarray(0, count * width));
    rows = larger;
  }

  return {
    add: (atMs, usd = NaN) => {
      if ((count + 1) * width > rows.length) grow();
      rows.set([atMs, usd], count * width);
      count += 1;
    },
    between: (fromMs, toMs) => {
      const sum = { usd: 0, count: 0, unknown: 0 };
      for (let at = 0; at < count * width; at += width) {
        const [atMs = NaN, usd = NaN] = [rows[at], rows[at + 1]];
        if (!(atMs >= fromMs && atMs <= toMs)) continue;
        sum.count += 1;
        if (Number.isNaN(usd)) sum.unknown += 1;
        else sum.usd += usd;
      }
      return sum;
    },
    dropBefore: (limitMs) => {
      if (rows === saved) rows = saved.slice();
      let kept = 0;
      for (let at = 0; at < count * width; at += width) {
        if ((rows[at] ?? NaN) < limitMs) continue;
        if (kept !== at) rows.copyWithin(kept, at, at + width);
        kept += width;
      }
      count = kept / width;
    },
    save: () => rows.slice(0, count * width),
  };
}
