import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

/**
 * The words for users in the TypeScript of a folder: what it gives to `l10n.t` as literals.
 * @param {string} folder absolute
 * @returns {Promise<Record<string, string>>} English text by its key, which is the text too where it has no comment
 */
export async function stringsOfCode(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const contents = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const found = await getL10nJson(
    contents.filter((text) => text.includes('l10n.t(')).map((text) => ({ extension: '.ts', contents: text })),
  );
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, typeof value === 'string' ? value : value.message]),
  );
}

/**
 * What is wrong with a translation of some strings.
 * @param {Record<string, string>} strings English by key
 * @param {Record<string, string>} translations by the same keys
 */
export function compareTranslation(strings, translations) {
  const isThere = (key) => Object.hasOwn(translations, key) && translations[key] !== '';
  const keys = Object.keys(strings);
  return {
    missing: keys.filter((key) => !isThere(key)).sort(),
    needless: Object.keys(translations)
      .filter((key) => !Object.hasOwn(strings, key))
      .sort(),
    otherPlaceholders: keys
      .filter((key) => isThere(key) && placeholders(strings[key]) !== placeholders(translations[key]))
      .sort(),
  };
}

/** A bundle with every string of the code, sorted: translated where it was, else empty, which shows English. */
export function mergedTranslation(strings, translations) {
  const keys = Object.keys(strings).sort();
  return Object.fromEntries(keys.map((key) => [key, translations[key] ?? '']));
}

/** Each once: a language may need to name a thing twice, or in another order. */
function placeholders(text) {
  return [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');
}
