import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import figures from '../../scripts/model-abilities/figures.json';
import { abilitiesFrom, abilityOf } from '../../src/vendors/model-abilities';
import { abilityFigures, modelAbilitiesTable } from '../../src/vendors/model-abilities-table';
import { localAliases, modelAliases } from '../../src/vendors/model-aliases';
import { localNames, servedNames } from './model-ability-names';

const at = (model: string, usdPerMTok?: number) =>
  abilityOf({ provider: 'openai', apiBase: 'https://gateway.example/v1', model }, usdPerMTok);
const rows = modelAbilitiesTable.trim().split('\n');
const names = rows.map((row) => row.slice(0, row.indexOf(' ')));
const realNames = `${servedNames}${localNames}`
  .split('\n')
  .flatMap((row) => (row === '' || row.startsWith('# ') ? [] : [row.slice(0, row.indexOf(' '))]));

describe('the table', () => {
  test('is small, and of figures that are in the repository', () => {
    expect(modelAbilitiesTable.length).toBeLessThan(25_000);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !Object.keys(figures.models).includes(name))).toEqual([]);
    expect(abilityFigures.sources.filter((id) => !Object.keys(figures.sources).includes(id))).toEqual([]);
    expect(abilityFigures.day).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
  test('has rows of a form, on the scale', () => {
    for (const row of rows) {
      expect(row).toMatch(
        /^[a-z0-9.-]+ -?\d{1,3} \d{1,3}(?: k[a-z0-9.-]+| [sp])?(?: c-?\d+)?(?: l-?\d+)?(?: b[\d.]+)?$/,
      );
      const [, ability, deviation] = row.split(' ').map(Number);
      expect(Math.abs(ability ?? NaN)).toBeLessThanOrEqual(350);
      expect(deviation).toBeGreaterThanOrEqual(5);
    }
  });
  test('has what other names stand for', () => {
    const missing = [...modelAliases, ...localAliases].filter(([, name]) => !names.includes(name));
    expect(missing).toEqual([]);
  });
});

describe('resolving', () => {
  test('a name of the table gives that model', () => {
    for (const name of names) {
      const { knownFrom, knownAs } = at(name);
      if (knownFrom === 'figures') expect(knownAs).toBe(name);
      else expect(['family', 'size', 'price']).toContain(knownFrom);
    }
  });
  test('what it was taken for is taken for itself', () => {
    for (const name of realNames) {
      const { knownAs } = at(name);
      if (knownAs !== undefined && at(knownAs).knownFrom === 'figures')
        expect(at(knownAs).knownAs).toBe(knownAs);
    }
  });
  test('takes no notice of case, nor of who is before the name', () => {
    for (const name of realNames) {
      expect(at(name.toUpperCase())).toEqual(at(name));
      if (/^[a-z]+[\d.-]/i.test(name) && !/[/\\.:@]/.test(name))
        expect(at(`someone/${name}`)).toEqual(at(name));
    }
  });
  test('a word that nobody knows makes it another model', () => {
    for (const name of names)
      for (const other of [`${name}-acme`, `acme-${name}`, `${name.replace('-', '-acme-')}acme`])
        expect(at(other).knownAs).toBeUndefined();
  });
  test('a word of a tier makes it another model too, where it has no row', () => {
    for (const name of names)
      for (const tier of [
        'mini',
        'nano',
        'lite',
        'pro',
        'ultra',
        'max',
        'plus',
        'air',
        'distill',
        'image',
        'embedding',
      ]) {
        const other = `${name}-${tier}`;
        if (!/\d[bmt]/.test(name) && !name.split('-').includes(tier) && !names.includes(other))
          expect(at(other).knownAs).not.toBe(name);
      }
  });
  test('another size is never the same model', () => {
    for (const name of names.filter((each) => /-\d+b$/.test(each))) {
      const other = name.replace(/\d+b$/, '1234b');
      expect(at(other).knownAs).toBeUndefined();
      expect(at(other).knownFrom).toBe('size');
    }
  });
  test('never throws, and always says something of the scale', () => {
    const parts = fc.constantFrom(
      ...['-', '_', '.', ':', '/', '@', ' ', '\\'],
      '7b',
      'q4_K_M',
      'gpt',
      '5',
      'v1:0',
      'us.anthropic.',
      'é',
      '\u0000',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.option(fc.double(), { nil: undefined }), (name, usdPerMTok) => {
        const { ability, deviation } = at(name, usdPerMTok);
        expect(ability).toBeGreaterThanOrEqual(-4);
        expect(ability).toBeLessThanOrEqual(3);
        expect(deviation).toBeGreaterThan(0);
        expect(deviation).toBeLessThan(3);
      }),
    );
  });
  test.each(['a', '1', '-', '1-', 'q4_', ':0', 'v1.', '7b-', 'éa'])(
    'takes no time over a million of %j',
    (part) => {
      const name = part.repeat(1_000_000);
      const startedMs = performance.now();
      at(name);
      expect(performance.now() - startedMs).toBeLessThan(200);
    },
  );
});

describe('what is said', () => {
  test.each([
    ['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5', 'claude-3-haiku'],
    ['gpt-5.4', 'gpt-5.4-mini', 'gpt-5.4-nano', 'gpt-4o-mini'],
    ['gemini-3.1-pro-preview', 'gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite'],
    ['llama3.1:405b', 'llama3.1:70b', 'llama3.1:8b', 'llama3.2:1b'],
    ['qwen2.5-coder:32b', 'qwen2.5-coder:14b', 'qwen2.5-coder:7b', 'qwen2.5-coder:0.5b'],
    [
      'llama3.1:8b-instruct-q8_0',
      'llama3.1:8b-instruct-q4_K_M',
      'llama3.1:8b-instruct-q3_K_L',
      'llama3.1:8b-instruct-q2_K',
    ],
    ['o3-mini-high', 'o3-mini', 'o3-mini-low', 'o3-mini-minimal'],
  ])('%s is better than %s, %s and %s, in that order', (...models) => {
    const abilities = models.map((model) => at(model).ability);
    expect(abilities).toEqual(abilities.toSorted((a, b) => b - a));
    expect(new Set(abilities).size).toBe(abilities.length);
  });
  test('is the same of weights that are small from the start', () => {
    expect(at('gpt-oss-20b-mxfp4.gguf')).toEqual(at('gpt-oss-20b'));
    expect(at('gpt-oss-20b-q3_k_m.gguf').ability).toBeLessThan(at('gpt-oss-20b').ability);
  });
  test('is the less sure the less it is known from', () => {
    const known = at('claude-sonnet-4-5').deviation;
    const later = at('claude-sonnet-4-9').deviation;
    const sized = at('somebodys-32b').deviation;
    expect(known).toBeLessThan(later);
    expect(later).toBeLessThan(sized);
    expect(at('house').deviation).toBeGreaterThanOrEqual(sized);
  });
  test('is by the price where nothing else is known, and by nothing where that isn’t', () => {
    expect(at('house', 0.1).ability).toBeLessThan(at('house', 10).ability);
    expect(at('house', 3).knownFrom).toBe('price');
    for (const price of [0, -1, NaN, Infinity]) expect(at('house', price).knownFrom).toBe('nothing');
    expect(at('whisper-1', 3).knownFrom).toBe('nothing');
  });
  test('is of what a name stands for that somebody gave', () => {
    const named = {
      provider: 'azure',
      apiBase: 'https://x.openai.azure.com',
      model: 'prod',
      pricedAs: 'gpt-4.1',
    };
    expect(abilityOf(named).knownAs).toBe('gpt-4.1');
  });
  test('can be by another table', () => {
    const small = abilitiesFrom({ abilityFigures, modelAbilitiesTable: 'gpt-4o 12 34 c5\n' });
    const said = (model: string) => small({ provider: 'openai', apiBase: '', model });
    expect(said('gpt-4o-2024-08-06')).toEqual({
      ability: 0.12,
      deviation: 0.34,
      byFamily: { code: 0.05 },
      knownFrom: 'figures',
      knownAs: 'gpt-4o',
    });
    expect(said('claude-opus-4-6').knownFrom).toBe('nothing');
  });
});
