type Texts = Readonly<Record<string, string>>;

export interface Comparison {
  readonly missing: readonly string[];
  readonly needless: readonly string[];
  readonly otherPlaceholders: readonly string[];
}

export function stringsOfCode(folder: string): Promise<Texts>;
export function compareTranslation(strings: Texts, translations: Texts): Comparison;
export function mergedTranslation(strings: Texts, translations: Texts): Texts;
