import { isJsonObject } from '../../core/terms/tools';

/** The counts of a report, wherever and however they are written. */
export interface ReportFields {
  /**
   * The first count above 0 at one of the places ("prompt_tokens_details.cached_tokens"), else 0 where one of them says
   * so; undefined: not reported.
   */
  count(...places: readonly string[]): number | undefined;
  /** The highest of all counts of a mapping; 0 where there is none. */
  highestIn(place: string): number;
  /** True where a mapping stands at the place. */
  has(place: string): boolean;
  /** True where something that was asked for could not be read, or stood there twice with different numbers. */
  readonly doubtful: boolean;
}

/** More tokens than any request has: the longest contexts hold some ten millions. */
const mostTokens = 100_000_000;

/** Reads a report; undefined where it is none. */
export function reportFields(raw: unknown): ReportFields | undefined {
  if (!isJsonObject(raw)) return undefined;
  let doubtful = false;

  /** Null and what isn't there say nothing; anything else that is no count is a doubt. */
  function countAt(place: string): number | undefined {
    const value = valueAt(raw, place);
    if (value === undefined) return undefined;
    const read = numberIn(value);
    const sensible = read !== undefined && read >= 0 && read <= mostTokens;
    if (!sensible || !Number.isInteger(read)) doubtful = true;
    return sensible ? Math.round(read) : undefined;
  }

  function valueAt(whole: unknown, place: string): unknown {
    let value: unknown = whole;
    for (const name of place.split('.')) {
      if (value === undefined || value === null) return undefined;
      if (!isJsonObject(value)) {
        doubtful = true;
        return undefined;
      }
      value = Object.hasOwn(value, name) ? value[name] : undefined;
    }
    return value ?? undefined;
  }

  return {
    count: (...places) => {
      const counts = places.map(countAt).filter((count) => count !== undefined);
      const [first, ...others] = counts.filter((count) => count > 0);
      if (others.some((other) => other !== first)) doubtful = true;
      return first ?? counts[0];
    },
    highestIn: (place) => {
      const parts = valueAt(raw, place);
      return isJsonObject(parts)
        ? Math.max(0, ...Object.values(parts).map((part) => numberIn(part) ?? 0))
        : 0;
    },
    has: (place) => isJsonObject(valueAt(raw, place)),
    get doubtful() {
      return doubtful;
    },
  };
}

/** A number, or a text that is one; undefined for anything else. */
export function numberIn(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^\s*[+-]?(\d|\.\d)[\d.]*(e[+-]?\d+)?\s*$/i.test(value)
      ? Number(value)
      : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
