import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  compareTranslation,
  languages,
  mergedTranslation,
  stringsIn,
  stringsOfCode,
} from '../../../scripts/lib/translations.mjs';
import { parseConfiguration } from '../../../src/config/file/parse-configuration';
import { configurationTemplate } from '../../../src/config/file/template';

type Texts = Readonly<Record<string, string>>;

const root = path.resolve(import.meta.dirname, '../../..');
const complete = { missing: [], needless: [], otherPlaceholders: [] };

function texts(file: string): Texts {
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path.join(root, file), 'utf8')));
}

const translatedTo = languages(root);

test('there is a German translation', () => {
  expect(translatedTo).toContain('de');
});

describe.each(translatedTo)('the translation to %s', (language) => {
  const translation = texts(`l10n/bundle.l10n.${language}.json`);
  const ofCode: Texts = Object.fromEntries(stringsOfCode(path.join(root, 'src')).map((text) => [text, text]));

  test('has every string of the code, none besides, and the same placeholders: see npm run l10n', () => {
    expect(Object.keys(ofCode).length).toBeGreaterThan(800);
    expect(compareTranslation(ofCode, translation)).toEqual(complete);
  });

  test('keeps what is no word: settings, addresses, Markdown code', () => {
    const fixed = (text: string): readonly string[] =>
      (text.match(/https?:\/\/[^\s)]+|\b[a-z]+_[a-z_]+\b|os\.environ\/NAME|\*\*/g) ?? []).toSorted();
    const changed = Object.entries(ofCode).filter(
      ([key, english]) => fixed(english).join() !== fixed(translation[key] ?? '').join(),
    );
    expect(changed).toEqual([]);
  });

  test('has a template of conduit.yaml that says the same as the English one', () => {
    const used = (template: string): string => {
      const lines = template.split('\n');
      return lines
        .slice(lines.indexOf('# model_list:'))
        .map((line) => line.replace(/^# ?/, ''))
        .join('\n');
    };
    const { configuration, problems } = parseConfiguration(used(translation[configurationTemplate] ?? ''));
    expect(problems).toEqual([]);
    expect(configuration?.pools).toEqual(
      parseConfiguration(used(configurationTemplate)).configuration?.pools,
    );
  });
});

describe('package.json', () => {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const english = texts('package.nls.json');

  test('names words that there are, all of them', () => {
    const named = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
    expect(new Set(named)).toEqual(new Set(Object.keys(english)));
  });

  test('has no words of its own but the name', () => {
    const { contributes } = z.object({ contributes: z.unknown() }).parse(JSON.parse(manifest));
    const own: string[] = [];
    JSON.stringify(contributes, (key, value: unknown) => {
      const isWord = /^(title|name|fullName|description|markdownDescription|altText|label)$/.test(key);
      if (isWord && typeof value === 'string' && !value.startsWith('%')) own.push(value);
      return value;
    });
    // "/explain" and its like are typed as they stand.
    const commands = ['explain', 'fix', 'tests', 'doc', 'another', 'model'];
    expect(own.filter((word) => word.toLowerCase() !== 'conduit' && !commands.includes(word))).toEqual([]);
  });

  test.each(translatedTo)('is there in %s too, with the same links', (language) => {
    const translation = texts(`package.nls.${language}.json`);
    expect(compareTranslation(english, translation)).toEqual(complete);
    const links = (text = ''): readonly string[] => text.match(/\(command:[\w.]+\)/g) ?? [];
    for (const [key, text] of Object.entries(english)) expect(links(translation[key])).toEqual(links(text));
  });
});

describe('a translation that is not up to the code', () => {
  const strings = { 'Ask {0}': 'Ask {0}', Stop: 'Stop', Open: 'Open' };
  const translation = { 'Ask {0}': '{1} fragen', Open: ' ', Gone: 'Weg' };

  test('is told by what is missing, needless or wrong in it', () => {
    expect(compareTranslation(strings, translation)).toEqual({
      missing: ['Open', 'Stop'],
      needless: ['Gone'],
      otherPlaceholders: ['Ask {0}'],
    });
  });

  test('keeps what it has of it, sorted', () => {
    expect(Object.entries(mergedTranslation(strings, { Stop: 'Halt', Gone: 'Weg', 'Ask {0}': '?' }))).toEqual(
      [
        ['Ask {0}', '?'],
        ['Stop', 'Halt'],
      ],
    );
  });
});

describe('the strings of a file', () => {
  test('are the literals that l10n.t is given', () => {
    const text =
      "a(l10n.t('Ask'), b ? l10n.t('It’s {0}', l10n.t(\"Pool '{0}'\", 1)) : l10n.t(`two\\nlines`), t('No'), phrase(l10n.t('Of {0}'), h()));";
    expect(stringsIn('a.ts', text)).toEqual(['Ask', 'It’s {0}', "Pool '{0}'", 'two\nlines', 'Of {0}']);
  });

  test.each([
    ['l10n.t(text)', 'needs a literal'],
    ['l10n.t(`Ask ${model}`)', 'needs a literal'],
    ["l10n.t('Ask ' + model)", 'needs a literal'],
    ['l10n.t()', 'needs a literal'],
    ['l10n.t`Ask ${model}`', 'is not called'],
    ['names.map(l10n.t)', 'is not called'],
    ["l10n.t('Ask {0}')", 'other placeholders'],
    ["l10n.t('Ask', model)", 'other placeholders'],
  ])('are not those that no translation could be found for: %s', (code, problem) => {
    expect(() => stringsIn('a.ts', `first();\n${code};`)).toThrow(problem);
    expect(() => stringsIn('a.ts', `first();\n${code};`)).toThrow('a.ts:2: ');
  });
});
