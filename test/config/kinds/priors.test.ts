import { describe, expect, test } from 'vitest';
import { completionsAt, hoverAt } from '../../../src/config/file/completions';
import { taskNames } from '../../../src/config/file/task-names';
import { taskFamilies } from '../../../src/core/features/task-kind';
import { taskKinds } from '../../../src/core/terms/task';
import { listOf, load, othersIn, said } from './read';

/** One model whose model_info has this, beside another. */
function withInfo(info: string): string {
  return listOf(`{ model_name: a, litellm_params: { model: groq/x }, model_info: { id: x, ${info} } }`);
}

/** What is said of the values of quality_by_task, by their names. */
function told(info: string): readonly (readonly [name: string, message: string])[] {
  const { problems } = load(withInfo(info));
  return problems.flatMap(({ path, message }) => {
    const name = path.split('model_info.quality_by_task')[1];
    return name === undefined ? [] : [[name.replace('.', ''), message] as const];
  });
}

describe('what the user says of a model by kind of task', () => {
  test.each([
    ['{ code: 0.8, fix-code: 0.7 }', { code: 0.8, 'fix-code': 0.7 }],
    ['{ write-tests: "0.25", language: 1 }', { 'write-tests': 0.25, language: 1 }],
    ['{ mathematics: 0, code: null }', { mathematics: 0 }],
    ['{ code: .5, reasoning: os.environ/HALF }', { code: 0.5, reasoning: 0.5 }],
    ['{ }', undefined],
    ['null', undefined],
  ])('%s is taken', (written, expected) => {
    const loaded = load(withInfo(`quality_by_task: ${written}`), { HALF: '0.5' });
    expect(othersIn(loaded)[0]?.qualityByTask).toEqual(expected);
    expect(said(loaded)).toEqual([]);
  });

  test.each([...taskKinds, ...taskFamilies])('%s may be written', (name) => {
    expect(othersIn(load(withInfo(`quality_by_task: { ${name}: 0.5 }`)))[0]?.qualityByTask).toEqual({
      [name]: 0.5,
    });
  });

  test.each([
    ['{ fix_code: 0.7 }', 'fix_code', /did you mean 'fix-code'/],
    ['{ FixCode: 0.7 }', 'FixCode', /did you mean 'fix-code'/],
    ['{ "Write Tests": 0.7 }', 'Write Tests', /did you mean 'write-tests'/],
    ['{ resoning: 0.7 }', 'resoning', /did you mean 'reasoning'/],
    ['{ tests: 0.7 }', 'tests', /did you mean 'write-tests'/],
    ['{ poetry: 0.7 }', 'poetry', /is no kind of task.*code, reasoning/],
    ['{ "": 0.7 }', '', /is no kind of task/],
    ['{ code: 1.2 }', 'code', /must be from 0 to 1: it has no effect/],
    ['{ code: -1 }', 'code', /must be from 0 to 1/],
    ['{ code: good }', 'code', /must be a number from 0 to 1/],
    ['{ code: [0.5] }', 'code', /must be a number/],
    ['{ code: true }', 'code', /must be a number/],
    ['{ code: .nan }', 'code', /must be/],
    ['0.8', '', /must be a mapping, for example \{ code/],
    ['[0.8]', '', /must be a mapping/],
  ])('%s is told, and nothing else is lost', (written, name, message) => {
    expect(told(`quality_by_task: ${written}`)).toEqual([[name, expect.stringMatching(message) as string]]);
    const [model] = othersIn(load(withInfo(`quality: 0.4, quality_by_task: ${written}`)));
    expect(model).toMatchObject({ id: 'x', qualityPrior01: 0.4 });
    expect(model?.qualityByTask).toBeUndefined();
  });

  test('one that is wrong costs no other', () => {
    const [model] = othersIn(load(withInfo('quality_by_task: { code: 2, languages: 0.1, reading: 0.6 }')));
    expect(model?.qualityByTask).toEqual({ reading: 0.6 });
  });

  test('is among the values in force', () => {
    const { values } = load(withInfo('quality_by_task: { code: 0.8, fix-code: 0.7 }'));
    expect(values).toContainEqual(
      expect.objectContaining({
        path: 'model_list[1].model_info.quality_by_task',
        value: 'code: 0.8, fix-code: 0.7',
        tier: 'file',
      }),
    );
  });

  test('its names are offered and explained, in lines and in braces', () => {
    const block = 'model_list:\n  - model_info:\n      quality_by_task:\n        ';
    const offered = completionsAt(`${block}co`, 4, 11);
    expect(offered.map(({ label }) => label)).toEqual(taskNames);
    expect(offered.find(({ label }) => label === 'code')).toMatchObject({
      insertText: 'code: $0',
      documentation: expect.stringContaining('`fix-code`') as string,
    });
    const flow = 'model_list:\n  - model_info: { quality_by_task: { code: 1, ';
    expect(completionsAt(flow, 2, flow.length).map(({ label }) => label)).toEqual(
      taskNames.filter((name) => name !== 'code'),
    );
    expect(hoverAt(`${block}fix-code: 0.5`, 4, 12)?.text).toMatch(/^\*\*fix-code\*\*[^]*`code`/);
    const keys = completionsAt('model_list:\n  - model_info:\n      qual', 3, 11);
    expect(keys.find(({ label }) => label === 'quality_by_task')?.insertText).toBe('quality_by_task:\n  $0');
  });
});

describe('router.priors', () => {
  test.each([
    ['on', true],
    ['off', false],
    ['"on"', true],
    ['"OFF"', false],
    ['true', true],
    ['no', false],
    ['os.environ/PRIORS', false],
  ])('%s', (written, priors) => {
    const loaded = load(`${listOf()}router: { priors: ${written} }\n`, { PRIORS: 'off' });
    expect(loaded.configuration.priors).toBe(priors);
    expect(said(loaded)).toEqual([]);
    expect(loaded.values).toContainEqual(
      expect.objectContaining({ path: 'router.priors', value: priors ? 'on' : 'off', tier: 'file' }),
    );
  });

  test.each(['maybe', '2', '[on]', '0.5'])('%s is told and has no effect', (written) => {
    const loaded = load(`${listOf()}router: { priors: ${written} }\n`);
    expect(loaded.configuration.priors).toBe(true);
    expect(loaded.problems).toContainEqual(
      expect.objectContaining({
        path: 'router.priors',
        severity: 'warning',
        message: 'must be on or off: it has no effect',
      }),
    );
  });

  test.each([
    ['off', false],
    ['0', false],
    ['false', false],
    ['on', true],
    ['', false],
  ])('CONDUIT_PRIORS=%s goes before the file', (value, priors) => {
    const { configuration } = load(`${listOf()}router: { priors: off }\n`, { CONDUIT_PRIORS: value });
    expect(configuration.priors).toBe(priors);
  });

  test('is on where nothing is written, and both words are offered', () => {
    expect(load(listOf()).configuration.priors).toBe(true);
    const text = 'router:\n  priors: ';
    expect(completionsAt(text, 2, 11).map(({ label }) => label)).toEqual(['on', 'off']);
  });
});
