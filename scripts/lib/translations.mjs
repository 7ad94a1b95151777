import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The languages that there is a translation to: those with a bundle in l10n/. */
export function languages(folder) {
  return readdirSync(path.join(folder, 'l10n'))
    .flatMap((file) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(file)?.[1] ?? [])
    .sort();
}

/**
 * The words for users in the TypeScript of a folder: what it gives to `l10n.t`. Throws, with the place, where that is
 * no literal, which no translation could be found for, or has other placeholders than values.
 * @param {string} folder absolute
 * @returns {string[]} each once, sorted
 */
export function stringsOfCode(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const strings = files.flatMap((file) => stringsIn(file, readFileSync(path.join(folder, file), 'utf8')));
  return [...new Set(strings)].sort();
}

/** The same for the text of one file. */
export function stringsIn(file, text) {
  if (!text.includes('l10n.t')) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node) && node.getText(source) === 'l10n.t') found.push(stringOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a mention of `l10n.t` translates. */
function stringOf(mention) {
  const { parent: call } = mention;
  const source = mention.getSourceFile();
  const fail = (what) => {
    const { line } = source.getLineAndCharacterOfPosition(mention.getStart(source));
    throw new Error(`${source.fileName}:${line + 1}: ${what}`);
  };
  if (!ts.isCallExpression(call) || call.expression !== mention) return fail('l10n.t is not called here.');
  const [first, ...values] = call.arguments;
  if (first === undefined || !ts.isStringLiteralLike(first)) return fail('l10n.t needs a literal.');
  const expected = values.map((_value, index) => `{${index}}`).join(' ');
  // The webview's own `phrase` puts elements where the placeholders are.
  const filledLater = ts.isCallExpression(call.parent) && call.parent.expression.getText(source) === 'phrase';
  if (!filledLater && placeholders(first.text) !== expected)
    fail(`“${first.text}” has other placeholders than values.`);
  return first.text;
}

/**
 * What is wrong with a translation.
 * @param {Record<string, string>} strings English by key
 * @param {Record<string, string>} translations by the same keys
 */
export function compareTranslation(strings, translations) {
  const isThere = (key) => Object.hasOwn(translations, key) && translations[key].trim() !== '';
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

/** A translation without what is needless or empty, sorted: what is missing is shown in English. */
export function mergedTranslation(strings, translations) {
  const keys = Object.keys(strings).filter((key) => translations[key]);
  return Object.fromEntries(keys.sort().map((key) => [key, translations[key]]));
}

/** Each once: a language may need to name a thing twice, or in another order. */
function placeholders(text) {
  return [...new Set(text.match(/\{\d+\}/g))].sort().join(' ');
}
