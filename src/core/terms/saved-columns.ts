/** Rows of numbers in one column: quick to write and to read, where objects of as many fields are not. */

/** Numbers texts from 0 as they come: each that occurs is saved once. */
export interface TextNumbers {
  readonly texts: readonly string[];
  numberOf(text: string): number;
}

export function numberTexts(): TextNumbers {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    numberOf: (text) => {
      const known = numbers.get(text) ?? texts.push(text) - 1;
      numbers.set(text, known);
      return known;
    },
  };
}

/** The text of a number. Throws a RangeError where there is none. */
export function textIn(texts: readonly string[], number = NaN): string {
  const text = texts[number];
  if (text === undefined) throw new RangeError('What was saved names a text that is none.');
  return text;
}

/** NaN stands for what isn't known. */
export function numberIn(value = NaN): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
