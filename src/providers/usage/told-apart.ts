/** The numbers of a report, before it is known which of them are parts of which. */
export interface ReportedCounts {
  readonly input: number;
  readonly output: number;
  /** Undefined: not reported. */
  readonly total: number | undefined;
  /** Input that was read from a cache. */
  readonly cached: number;
  /** Input that was written to one. */
  readonly written: number;
  /** What the model thought; undefined: not reported. */
  readonly thought: number | undefined;
}

type Place = 'inside' | 'beside';

/** What a report means where its numbers alone don't say it; undefined: nothing is documented of such reports. */
export interface Meaning {
  readonly cache: Place | undefined;
  readonly thoughts: Place | undefined;
}

export interface Totals {
  /** Including the cache. */
  readonly inputTokens: number;
  /** Including the thoughts. */
  readonly outputTokens: number;
  readonly thoughtTokens: number;
  readonly certain: boolean;
}

interface Reading extends Totals {
  readonly sum: number;
  readonly cache: Place;
  readonly thoughts: Place;
}

/**
 * Whether the cache is part of `input` or stands beside it, and the thoughts of `output`: the reading whose sum is the
 * total. Where several are, or none is, or there is no total, it is what is documented, and certain only then.
 */
export function toldApart(counts: ReportedCounts, meaning: Meaning): Totals {
  const readings = readingsOf(counts);
  const { total } = counts;
  const usual = readings.toSorted((a, b) => distance(a, meaning) - distance(b, meaning));
  if (total === undefined || total === 0) return withoutTotal(usual, counts, meaning);
  const fitting = usual.filter(({ sum }) => sum === total);
  const [first] = fitting;
  if (first === undefined) return withUnexplained(usual, counts, total, meaning);
  const same = fitting.every(
    ({ inputTokens, outputTokens }) =>
      inputTokens === first.inputTokens && outputTokens === first.outputTokens,
  );
  const cacheKnown =
    counts.cached + counts.written === 0 || first.cache === 'beside' || meaning.cache === 'inside';
  return { ...first, certain: same && cacheKnown };
}

/** All that the numbers can mean: no part exceeds its whole. */
function readingsOf({ input, output, cached, written, thought = 0 }: ReportedCounts): readonly Reading[] {
  const kept = cached + written;
  const places: readonly Place[] = ['inside', 'beside'];
  return places.flatMap((cache) =>
    places.flatMap((thoughts) => {
      if ((cache === 'inside' && kept > input) || (thoughts === 'inside' && thought > output)) return [];
      const inputTokens = input + (cache === 'beside' ? kept : 0);
      const outputTokens = output + (thoughts === 'beside' ? thought : 0);
      const sum = inputTokens + outputTokens;
      return [{ inputTokens, outputTokens, thoughtTokens: thought, sum, cache, thoughts, certain: false }];
    }),
  );
}

function distance(reading: Reading, { cache = 'inside', thoughts = 'inside' }: Meaning): number {
  return (reading.cache === cache ? 0 : 2) + (reading.thoughts === thoughts ? 0 : 1);
}

function withoutTotal(usual: readonly Reading[], counts: ReportedCounts, meaning: Meaning): Totals {
  const first = nearest(usual);
  const { cached, written, thought } = counts;
  const cacheKnown = cached + written === 0 || first.cache === meaning.cache;
  // Where thoughts stand beside the output, they may be in the total alone.
  const thoughtsKnown =
    thought === undefined
      ? meaning.thoughts !== 'beside'
      : thought === 0 || first.thoughts === meaning.thoughts;
  return { ...first, certain: cacheKnown && thoughtsKnown };
}

/** Some vendors count what the model thought in the total alone: that explains a total that is too high. */
function withUnexplained(
  usual: readonly Reading[],
  { thought, cached, written }: ReportedCounts,
  total: number,
  meaning: Meaning,
): Totals {
  const first = nearest(usual);
  const rest = Math.max(0, total - first.sum);
  const cacheKnown = written === 0 && (cached === 0 || first.cache === meaning.cache);
  const explained = rest > 0 && thought === undefined && meaning.thoughts !== 'inside';
  return {
    inputTokens: first.inputTokens,
    outputTokens: first.outputTokens + rest,
    thoughtTokens: first.thoughtTokens + rest,
    certain: explained && cacheKnown,
  };
}

/** One is always there: nothing exceeds what it stands beside. */
function nearest([first]: readonly Reading[]): Reading {
  if (first === undefined) throw new Error('A report has no reading.');
  return first;
}
