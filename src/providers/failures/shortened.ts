/** Longer than any vendor's words; searching takes time with the square of the length. */
const longestText = 8_000;
const deepest = 12;
const mostFields = 100;

/** An error as it came, with what no vendor would say of one cut off: texts, lists and depths without end. */
export function shortened(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.slice(0, longestText);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) return value.slice(0, mostFields).map((each) => shortened(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostFields)
      .map(([name, each]: [string, unknown]) => [name, shortened(each, depth + 1)]),
  );
}
