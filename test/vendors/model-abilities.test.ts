import { describe, expect, test } from 'vitest';
import { abilityOf } from '../../src/vendors/model-abilities';
import { localNames, servedNames } from './model-ability-names';

const served = (model: string) => ({ provider: 'openai', apiBase: 'https://gateway.example/v1', model });
const local = (model: string) => ({ provider: 'ollama', apiBase: 'http://127.0.0.1:11434/v1', model });

function rowsOf(text: string): readonly (readonly [name: string, expected: string])[] {
  return text
    .trim()
    .split('\n')
    .filter((row) => !row.startsWith('# '))
    .map((row) => {
      const [name = '', expected = ''] = row.split(' ');
      return [name, expected] as const;
    });
}

function whatIsSaid(named: Parameters<typeof abilityOf>[0]): string {
  const { knownFrom, knownAs } = abilityOf(named);
  if (knownFrom === 'figures') return knownAs ?? 'figures without a name';
  return knownFrom === 'family' && knownAs !== undefined ? `~${knownAs}` : knownFrom;
}

describe('names', () => {
  test('are real ones, each once', () => {
    const all = [...rowsOf(servedNames), ...rowsOf(localNames)];
    expect(all.length).toBeGreaterThan(400);
    expect(new Set(all.map(([name]) => name)).size).toBeGreaterThan(400);
  });
  test.each(rowsOf(servedNames))('%s is %s', (name, expected) => {
    expect(whatIsSaid(served(name))).toBe(expected);
  });
  test.each(rowsOf(localNames))('on a local server %s is %s', (name, expected) => {
    expect(whatIsSaid(local(name))).toBe(expected);
  });
});
