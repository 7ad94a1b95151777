import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CorpusError } from '../../bench/routing/corpus';
import type { AbilityTable } from '../../bench/routing/priors';
import { expectedQualities, priorsOf, readAbilities } from '../../bench/routing/priors';
import { mean } from '../../bench/routing/statistics';
import { shippedSettings } from '../../src/core/bandit/settings';
import type { ModelAbility } from '../../src/core/terms/ability';
import { temporaryFolder } from './files';
import { smallCorpus, smallModels } from './small-corpus';

const corpus = smallCorpus(200);
const known = (ability: number, deviation: number): ModelAbility => ({
  ability,
  deviation,
  knownFrom: 'figures',
});
const table: AbilityTable = new Map([
  ['coder', known(0.2, 0.1)],
  ['writer', known(1.5, 0.2)],
  ['dear', known(-1, 0.3)],
]);

const abilitiesOf = (kind: Parameters<typeof priorsOf>[0], seed = 1, stated: AbilityTable = table) => {
  const { abilities } = priorsOf(kind, corpus, stated, seed);
  return smallModels.map((model) => abilities?.(model));
};

describe('priors', () => {
  test('are the table as it is', () => {
    expect(abilitiesOf('table')).toEqual([...table.values()]);
    expect(priorsOf('table', corpus, table, 1).trueMeans01).toBeUndefined();
    const partly = abilitiesOf('table', 1, new Map([['dear', known(0, 1)]]));
    expect(partly).toEqual([undefined, undefined, known(0, 1)]);
  });

  test('reversed, the best and the worst change places, with what is not known of them', () => {
    expect(abilitiesOf('reversed')).toEqual([known(0.2, 0.1), known(-1, 0.3), known(1.5, 0.2)]);
    const partly = new Map([...table].filter(([model]) => model !== 'coder'));
    expect(abilitiesOf('reversed', 1, partly)).toEqual([undefined, known(-1, 0.3), known(1.5, 0.2)]);
  });

  test('at random, they are shuffled by the seed', () => {
    const orders = Array.from({ length: 60 }, (_, seed) => JSON.stringify(abilitiesOf('random', seed)));
    expect(new Set(orders).size).toBe(6);
    expect(abilitiesOf('random', 4)).toEqual(abilitiesOf('random', 4));
    const all = abilitiesOf('random', 4).toSorted((a, b) => (a?.ability ?? 0) - (b?.ability ?? 0));
    expect(all.map((each) => each?.ability)).toEqual([-1, 0.2, 1.5]);
  });

  test('are off, or of models that nobody has heard of', () => {
    expect(priorsOf('off', corpus, table, 1)).toEqual({});
    const { abilities, trueMeans01 } = priorsOf('unknown', corpus, undefined, 1);
    expect(smallModels.map((model) => abilities?.(model))).toEqual([undefined, undefined, undefined]);
    expect(abilities).toBeDefined();
    expect(trueMeans01).toBeUndefined();
  });

  test('say of each model what the router believes of it before the first outcome', () => {
    const expected = (kind: Parameters<typeof priorsOf>[0]) => {
      const expected01 = expectedQualities(corpus, priorsOf(kind, corpus, table, 1));
      return expected01 && smallModels.map(expected01);
    };
    const [coder = NaN, writer = NaN, dear = NaN] = expected('table') ?? [];
    const { abilityScale, belief } = shippedSettings;
    expect((coder + writer + dear) / 3).toBeCloseTo(belief.level01, 12);
    expect(writer - dear).toBeCloseTo(2.5 * abilityScale, 12);
    expect(expected('unknown')).toEqual([belief.level01, belief.level01, belief.level01]);
    const { trueMeans01 } = priorsOf('true', corpus, table, 1);
    expect(expected('true')).toEqual(smallModels.map((model) => trueMeans01?.(model)));
    expect(expected('off')).toBeUndefined();
  });

  test('are the true means, exactly', () => {
    const { abilities, trueMeans01 } = priorsOf('true', corpus, undefined, 1);
    expect(abilities).toBeUndefined();
    smallModels.forEach((model, arm) => {
      expect(trueMeans01?.(model)).toBe(mean(corpus.rows.map(({ quality01 }) => quality01[arm] ?? NaN)));
    });
    expect(trueMeans01?.('other')).toBeUndefined();
  });

  test('need their table', () => {
    expect(() => priorsOf('random', corpus, undefined, 1)).toThrow(
      'no table of what is known of the models of small',
    );
  });
});

describe('a file of abilities', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());
  const read = (content: unknown) => readAbilities(folder.write('t.json', JSON.stringify(content)), corpus);

  test('gives those of the models of the corpus, and passes over what else it says', async () => {
    const coder = { ...known(1, 0.5), byFamily: { code: 0.3 }, knownAs: 'coder-2' };
    const found = await read({
      small: { coder: { ...coder, usdPerMTok: 3 }, other: known(0, 1) },
      large: {},
    });
    expect([...found]).toEqual([['coder', coder]]);
  });

  test.each([
    [{ large: {} }, 'there is no corpus small. Corpora: large'],
    [{ small: { coder: { ability: 1, deviation: 0, knownFrom: 'size' } } }, 'small.coder.deviation'],
    [{ small: { coder: { ability: 1, deviation: 1, knownFrom: 'hearsay' } } }, 'small.coder.knownFrom'],
    [[], 'expected record'],
  ])('%j is wrong', async (content, problem) => {
    const failed = read(content);
    await expect(failed).rejects.toThrow(CorpusError);
    await expect(failed).rejects.toThrow(problem);
  });

  test('that is missing or no JSON is named', async () => {
    await expect(readAbilities('none.json', corpus)).rejects.toThrow('none.json: there is no such file');
    await expect(readAbilities(folder.write('t.json', '{'), corpus)).rejects.toThrow(/t\.json: SyntaxError/);
  });
});
