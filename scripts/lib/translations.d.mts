/** The languages that there is a translation to. */
export function languages(folder: string): readonly string[];
type Texts = Readonly<Record<string, string>>;

interface Comparison {
  readonly missing: readonly string[];
  readonly needless: readonly string[];
  readonly otherPlaceholders: readonly string[];
}

export function stringsOfCode(folder: string): readonly string[];
export function stringsIn(file: string, text: string): readonly string[];
export function compareTranslation(strings: Texts, translations: Texts): Comparison;
export function mergedTranslation(strings: Texts, translations: Texts): Texts;
