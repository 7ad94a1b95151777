import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWords } from '../../../src/editor/words/read-words';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'words-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function translation(language: string, text: string): void {
  writeFileSync(path.join(folder, `bundle.l10n.${language}.json`), text);
}

test('gives the translation to the editor’s language, or to the language of its region', () => {
  translation('de', '{"Retry":"Wiederholen"}');
  translation('pt-br', '{"Retry":"Repetir"}');
  const german = { language: 'de', translations: { Retry: 'Wiederholen' }, problem: undefined };
  expect(readWords(folder, 'de')).toEqual(german);
  expect(readWords(folder, 'de-AT')).toEqual(german);
  expect(readWords(folder, 'pt-BR').translations).toEqual({ Retry: 'Repetir' });
});

test.each(['en', 'fr', 'den', '', '../de', 'de/../../x'])(
  'is English for %j, which has no translation',
  (language) => {
    translation('de', '{"Retry":"Wiederholen"}');
    expect(readWords(folder, language)).toEqual({
      language: 'en',
      translations: undefined,
      problem: undefined,
    });
  },
);

test.each(['{"Retry":', '["Retry"]', '{"Retry":1}'])(
  'is English with the reason for a broken file: %s',
  (text) => {
    translation('de', text);
    const { language, translations, problem } = readWords(folder, 'de');
    expect({ language, translations }).toEqual({ language: 'en', translations: undefined });
    expect(problem).toMatch(/^The translation to 'de' is broken: /);
  },
);
