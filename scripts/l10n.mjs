import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { compareTranslation, languages, mergedTranslation, stringsOfCode } from './lib/translations.mjs';

/**
 * Brings the translations up to the code: what no code says any more goes, and what is new is listed, since it shows
 * English until someone translates it. Exit code 1 where something is left to translate.
 */
await main(() => {
  const ofCode = Object.fromEntries(stringsOfCode(path.join(root, 'src')).map((text) => [text, text]));
  const done = languages(root).flatMap((language) => [
    bringUp(`l10n/bundle.l10n.${language}.json`, ofCode),
    bringUp(`package.nls.${language}.json`, read('package.nls.json')),
  ]);
  return done.every(Boolean) ? 0 : 1;
});

function bringUp(file, strings) {
  const translations = read(file);
  const { missing, needless, otherPlaceholders } = compareTranslation(strings, translations);
  writeFileSync(
    path.join(root, file),
    `${JSON.stringify(mergedTranslation(strings, translations), undefined, 2)}\n`,
  );
  console.log(`${file}: ${Object.keys(strings).length} strings`);
  list('To translate', missing);
  list('Gone', needless);
  list('With other placeholders than the English', otherPlaceholders);
  return missing.length === 0 && otherPlaceholders.length === 0;
}

function list(title, keys) {
  if (keys.length > 0) console.log(`${title} (${keys.length}):\n  ${keys.join('\n  ')}`);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
