import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseArguments } from '../../bench/routing/arguments';
import { contestantsOf } from '../../bench/routing/contestants';
import { CorpusError } from '../../bench/routing/corpus';
import { readMaterial } from '../../bench/routing/material';
import { createPassRunner } from '../../bench/routing/pass-task';
import { routerBefore } from '../../bench/routing/policies/before';
import type { Contestant, PassContext } from '../../bench/routing/policies/contestant';
import { describeCorpus, withRidges } from '../../bench/routing/prompt-features';
import { replay } from '../../bench/routing/replay';
import { merged, readSets } from '../../bench/routing/settings-overrides';
import { halfOf } from '../../bench/routing/half';
import { textSpace } from '../../src/core/features/feature-space';
import { temporaryFolder } from './files';
import { smallCorpus } from './small-corpus';

const corpus = smallCorpus(150);
const noVectors = { own: undefined, others: undefined };
const material = { corpus, vectors: noVectors, table: undefined };
const features = describeCorpus(corpus, 'formats', noVectors, []);
const pass = (contestant: Contestant, seed = 1) =>
  replay(contestant, seed, { corpus, features, lambda: 0.2, delay: 0, feedback: 1 });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const optionsOf = (line: string) =>
  parseArguments(`--corpus a.jsonl --features formats ${line}`.trim().split(' '));
const setsFile = (content: unknown) => folder.write('sets.json', JSON.stringify(content));

describe('who walks', () => {
  test('is who is named, the router once for each set and each kind of priors', async () => {
    const sets = setsFile([
      { name: 'narrow', settings: { exploration: 0.4 } },
      { name: 'no-phase', switchAfter: 0 },
    ]);
    const options = optionsOf(`--policies conduit,random --priors off,true --sets ${sets}`);
    const names = (await contestantsOf(material, options)).map(({ name }) => name);
    expect(names).toEqual([
      ...['conduit', 'set:narrow', 'set:no-phase'],
      ...['conduit-priors-true', 'set:narrow-priors-true', 'set:no-phase-priors-true'],
      'random',
    ]);
  });

  test('without the router named, has no priors but the first', async () => {
    const names = async (line: string) =>
      (await contestantsOf(material, optionsOf(line))).map(({ name }) => name);
    expect(await names('--policies random,cheapest --priors off,true')).toEqual(['random', 'cheapest']);
    await expect(names('--policies best')).rejects.toThrow('There is no policy best');
  });

  test('has the settings that are set', async () => {
    const contestantsWith = async (line: string) =>
      contestantsOf(material, optionsOf(`--policies conduit ${line}`.trim()));
    const [plain] = await contestantsWith('');
    const [same] = await contestantsWith('--set epsilon=0.005');
    const [other] = await contestantsWith('--set exploration=0.05,switchAfter=0,ridge.kinds=1');
    expect([...pass(same!).arms]).toEqual([...pass(plain!).arms]);
    expect([...pass(other!).arms]).not.toEqual([...pass(plain!).arms]);
  });

  test('is told its priors', async () => {
    const [first, second] = await contestantsOf(material, optionsOf('--policies conduit --priors off,true'));
    const early = (contestant: Contestant) => [...pass(contestant).arms].slice(0, 100);
    expect(early(first!)).not.toEqual(early(second!));
  });
});

describe('the router of another checkout', () => {
  const here = path.join(import.meta.dirname, '..', '..');

  test('walks as this one does where it is this one', async () => {
    const before = await routerBefore(here, material, 'formats');
    expect(before.name).toBe('conduit-before');
    const [conduit] = await contestantsOf(material, optionsOf('--policies conduit'));
    for (const seed of [1, 2]) expect([...pass(before, seed).arms]).toEqual([...pass(conduit!, seed).arms]);
  });

  test('is told nothing that its time did not know', async () => {
    const before = await routerBefore(here, material, 'formats');
    const told: Contestant = {
      name: 'told',
      start: (context: PassContext, hindsight) =>
        before.start({ ...context, trueMeans01: () => 0.5, abilities: () => undefined }, hindsight),
    };
    expect([...pass(told).arms]).toEqual([...pass(before).arms]);
  });

  test('is missed where there is none', async () => {
    const missing = routerBefore(path.join(here, 'docs'), material, 'formats');
    await expect(missing).rejects.toThrow(RangeError);
    await expect(missing).rejects.toThrow(/conduit\.ts can't be loaded/);
  });
});

describe('a file of settings', () => {
  test('is read, null as undefined, and goes before what is set for all', async () => {
    const [set] = await readSets(
      setsFile([{ name: 'a', settings: { sharedRidge: null, 'ridge.kinds': 6 }, switchAfter: 0 }]),
    );
    expect(set).toEqual({
      name: 'a',
      settings: { sharedRidge: undefined },
      ridges: { kinds: 6 },
      switchAfter: 0,
    });
    const base = { settings: { epsilon: 0, sharedRidge: 3 }, ridges: { bias: 1 }, switchAfter: 9 };
    expect(merged(base, set!)).toMatchObject({
      settings: { epsilon: 0, sharedRidge: undefined },
      ridges: { kinds: 6, bias: 1 },
      switchAfter: 0,
    });
  });

  test.each([
    [[], /Too small|expected array/],
    [[{ settings: {} }], /name/],
    [[{ name: 'a b' }], /expected a name without blanks/],
    [[{ name: 'x-priors-off' }], /expected a name without blanks/],
    [[{ name: 'a', setting: {} }], /setting/],
    [[{ name: 'a' }, { name: 'a' }], /set 2: name: "a" comes twice/],
    [
      [{ name: 'a', settings: { epsilom: 0 } }],
      /set 1: epsilom: there is no such setting\. Settings: exploration/,
    ],
    [[{ name: 'a', settings: { epsilon: '0' } }], /set 1: epsilon: expected a number, found "0"/],
    [[{ name: 'a', settings: { toString: 1 } }], /set 1: toString: there is no such setting/],
    [[{ name: 'a', switchAfter: -1 }], /set 1: switchAfter: expected a number of 0 or more, found -1/],
    [[{ name: 'a', switchAfter: 1, settings: { switchAfter: 2 } }], /set 1: switchAfter: comes twice/],
  ])('%j is wrong', async (content, problem) => {
    const failed = readSets(setsFile(content));
    await expect(failed).rejects.toThrow(CorpusError);
    await expect(failed).rejects.toThrow(problem);
  });
});

test('ridges are changed by group', () => {
  const { ridge, name } = withRidges(textSpace, { kinds: 6, bias: 2 });
  expect(name).toBe(textSpace.name);
  expect(ridge).toHaveLength(textSpace.ridge.length);
  expect(ridge[0]).toBe(6);
  expect(ridge[textSpace.bias]).toBe(2);
  expect(ridge[textSpace.bias - 1]).toBe(textSpace.ridge[textSpace.bias - 1]);
  const encoder = { ...textSpace, ridge: [...textSpace.ridge, 60, 60] };
  expect(withRidges(encoder, { encoder: 9 }).ridge.slice(-3)).toEqual([textSpace.ridge.at(-1), 9, 9]);
});

describe('the rows of a half', () => {
  const write = () =>
    folder.write(
      'half.jsonl',
      corpus.rows
        .map(({ id, domain, prompt }) => {
          const models = { x: { quality: 0.5, cost_usd: Number(id) }, y: { quality: 1, cost_usd: 0 } };
          return JSON.stringify({ id, domain, prompt, models });
        })
        .join('\n'),
    );
  const optionsWith = (line: string) =>
    parseArguments(`--corpus ${write()} --features formats --jobs 1 ${line}`.trim().split(' '));

  test('are those of its ids, together all, and share what costs 1', async () => {
    const [whole, a, b] = await Promise.all(
      ['', '--half a', '--half b'].map(async (line) => (await readMaterial(optionsWith(line), 0)).corpus),
    );
    expect(a?.rows.every(({ id }) => halfOf(id) === 'a')).toBe(true);
    expect((a?.rows.length ?? 0) + (b?.rows.length ?? 0)).toBe(whole?.rows.length);
    expect(a?.dearestMeanUsd).toBe(whole?.dearestMeanUsd);
    expect(b?.dearestMeanUsd).toBe(whole?.dearestMeanUsd);
  });

  test('are walked as far as asked, and compared with the best single model on the same rows', async () => {
    const run = createPassRunner(optionsWith('--steps 40 --half a --policies conduit,best-single,single'));
    const task = { corpus: 0, feedback: 1, lambda: 0, seed: 7 };
    const best = await run({ ...task, policy: 'best-single' });
    expect(best.steps).toBe(40);
    expect(best.lastOverBestSingle).toBe(0);
    expect((await run({ ...task, policy: 'single:x' })).lastOverBestSingle).toBeCloseTo(-0.5, 12);
    await expect(run({ ...task, policy: 'none' })).rejects.toThrow('There is no policy none.');
  });

  test('are few: a half without any is refused', async () => {
    const other = halfOf('0') === 'a' ? 'b' : 'a';
    await expect(readMaterial(optionsWith(`--limit 1 --half ${other}`), 0)).rejects.toThrow(
      `half: no row is in half ${other}.`,
    );
  });
});
