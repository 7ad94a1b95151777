/** Strings of a JSON text, and the numbers that Python writes and JSON doesn't have. */
const stringOrNotANumber = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** The value of a JSON text, in which NaN and Infinity stand for null; undefined where it is none. */
export function looseJson(text: string): unknown {
  return (
    parsed(text) ??
    (/NaN|Infinity/.test(text) ? parsed(text.replace(stringOrNotANumber, nullFor)) : undefined)
  );
}

function nullFor(part: string): string {
  return part.startsWith('"') ? part : 'null';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
