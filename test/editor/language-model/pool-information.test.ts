import { expect, test } from 'vitest';
import type { Deployment, Pool } from '../../../src/core/terms/deployment';
import { reasoningEfforts } from '../../../src/core/terms/call-options';
import { informationOf } from '../../../src/editor/language-model/pool-information';
import { deploymentWith, poolWith } from '../../core/simulation';

const all = (): boolean => true;
const told = (pool: Pool, canServe: (deployment: Deployment) => boolean = all) =>
  informationOf(pool, canServe);

/** A pool of models that differ in these, with ids from 0. */
const poolOf = (...changes: readonly Partial<Deployment>[]): Pool =>
  poolWith(changes.map((change, index) => deploymentWith(String(index), change)));
const windows = (...tokens: readonly (number | undefined)[]): Pool =>
  poolOf(...tokens.map((contextWindowTokens) => ({ contextWindowTokens })));

test('a pool is a model that can be selected in every version of the editor', () => {
  expect(told({ ...windows(200_000, 32_000), name: 'gpt' })).toMatchObject({
    id: 'gpt',
    name: 'Conduit · gpt',
    family: 'conduit',
    detail: 'one of 2 models',
    isUserSelectable: true,
    tooltip: expect.stringContaining('0, 1') as string,
  });
  expect(told(windows(1)).detail).toBe('0');
  expect(told({ ...windows(1), simulated: true }).detail).toBe('simulated');
});

test.each([
  ['the larger of two', [8_000, 200_000], 200_000],
  ['what two of three have', [8_000, 128_000, 1_000_000], 128_000],
  ['what two of four have', [8_000, 8_000, 128_000, 1_000_000], 128_000],
  ['the usual, where nothing is known', [undefined, 8_000], 128_000],
])('the context of most of its models is promised: %s', (_what, tokens, promised) => {
  const { maxInputTokens, maxOutputTokens } = told(windows(...tokens));
  expect(maxInputTokens + maxOutputTokens).toBe(promised);
});

test.each([
  [4_096, 2_048, 2_048],
  [2_049, 1_025, 1_024],
  [8_192, 4_096, 4_096],
  [1, 1, 1],
])('half of a window of %i tokens is left to what is asked', (window, maxInputTokens, maxOutputTokens) => {
  expect(told(windows(window))).toMatchObject({ maxInputTokens, maxOutputTokens });
});

test('nothing is promised of a model that can’t be asked now, unless none can', () => {
  const promised = (...ids: readonly string[]) =>
    told(windows(8_000, 200_000), ({ id }) => ids.includes(id)).maxInputTokens;
  expect([promised('0', '1'), promised('0'), promised()]).toEqual([195_904, 4_000, 195_904]);
});

test('no window is promised of a model without tools, which the editor’s chat always offers', () => {
  const pool = poolOf(
    { contextWindowTokens: 8_000 },
    { contextWindowTokens: 1_000_000, supportsTools: false },
  );
  expect(told(pool).maxInputTokens).toBe(4_000);
});

test('the longest answer that most of its models have is promised, within an eighth of the window', () => {
  const answers = (...longest: readonly number[]) =>
    told(poolOf(...longest.map((each) => ({ contextWindowTokens: 200_000, longestAnswerTokens: each }))));
  expect(answers(8_000, 16_000).maxOutputTokens).toBe(16_000);
  expect(answers(64_000).maxOutputTokens).toBe(25_000);
});

test('it calls tools unless none of its models does, and takes images if one of them does', () => {
  expect(told(poolOf({}, {})).capabilities).toEqual({ toolCalling: true, imageInput: false });
  expect(told(poolOf({ supportsTools: false }, { supportsImages: true })).capabilities).toEqual({
    toolCalling: true,
    imageInput: true,
  });
  expect(told(poolOf({ supportsTools: false })).capabilities).toMatchObject({ toolCalling: false });
});

test('how hard it thinks can be set where one of its models can', () => {
  expect(told(poolOf({}))).not.toHaveProperty('configurationSchema');
  expect(told(poolOf({}, { thinks: true }))).toHaveProperty(
    'configurationSchema.properties.reasoningEffort.enum',
    reasoningEfforts,
  );
});
