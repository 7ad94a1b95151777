import { describe, expect, test } from 'vitest';
import { hostileText, shapes } from '../../../bench/hostile-configurations';
import { contextAt } from '../../../src/config/file/cursor-context';
import { indentFlow } from '../../../src/config/file/flow-indent';
import { loadConfiguration } from '../../../src/config/load-configuration';
import { baseProblem, readBase } from '../../../src/config/models/base-url';
import { makeIds } from '../../../src/config/models/made-ids';
import { anyServer } from '../../../src/vendors/lookup';
import { kindOfGivenName, otherKindOf } from '../../../src/vendors/model-kinds';
import { load, messages, modelsOf } from './read';

/** How long each takes as it grows, `npm run bench` measures: here it is only seen that all of it ends, and in what. */
const user = {
  name: 'conduit.yaml',
  text: 'model_list:\n- {model_name: p, litellm_params: {model: openai/gpt-5.4}, model_info: {id: a}}\n',
};

describe('a repository can’t stop the editor', () => {
  test.each(shapes)(
    'a file of %s brings a few problems, and changes nothing by itself',
    (shape) => {
      const alone = loadConfiguration({ file: user, environment: {}, storedHosts: new Set() });
      const workspaceFile = { name: 'w', text: hostileText(shape, 60_000) };
      const loaded = loadConfiguration({
        file: user,
        workspaceFile,
        environment: {},
        storedHosts: new Set(),
      });
      expect(loaded.configuration).toEqual(alone.configuration);
      expect(loaded.problems.length).toBeLessThanOrEqual(201);
    },
    60_000,
  );

  test('no more models are read than anybody chooses among', () => {
    const aliases = Array.from({ length: 5_000 }, () => '- *m\n').join('');
    const text = `x: &m {model_name: a, litellm_params: {model: openai/x}}\nmodel_list:\n${aliases}`;
    const loaded = load(text);
    expect(modelsOf(loaded)).toHaveLength(1);
    expect(messages(loaded)).toContain('only the first 1000 models are read');
    expect(loaded.problems.length).toBeLessThanOrEqual(101);
  });

  test('ids of models that are alike are all different, and each is counted on from the last', () => {
    const alike = Array.from({ length: 5_000 }, () => ({ pool: 'p', model: 'm', host: 'h' }));
    const ids = makeIds(alike, new Set());
    expect(new Set(ids).size).toBe(5_000);
    expect(ids.at(-1)).toBe('p/m@h-5000');
  });

  test.each<[string, () => unknown]>([
    ['slashes of an address', () => readBase(anyServer, `https://h.example/${'/'.repeat(1_000_000)}x`).base],
    [
      'endpoints of an address',
      () => readBase(anyServer, `https://h.example${'/models'.repeat(140_000)}`).base,
    ],
    ['blanks before a line’s end', () => contextAt(`${' '.repeat(1_000_000)}x\u2028`, 1, 1_000_002)?.typed],
    ['braces of a line', () => contextAt(`a: {${'b{}'.repeat(300_000)}`, 1, 900_004)?.path],
    ['a name of a model', () => otherKindOf(anyServer, 'gemini-'.repeat(140_000))],
    ['a name of a pool', () => kindOfGivenName('a-1'.repeat(300_000))],
    ['braces to be moved', () => indentFlow('{\n}\n'.repeat(250_000)).moved.size],
    ['an address of letters', () => baseProblem(`https://${'a'.repeat(1_000_000)}`)],
  ])('a megabyte of %s ends', (_what, run) => {
    expect(run).not.toThrow();
  });
});
