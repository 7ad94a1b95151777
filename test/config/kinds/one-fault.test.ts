import { describe, expect, test } from 'vitest';
import { includePaths, withIncluded } from '../../../src/config/file/include-paths';
import { formatProblem } from '../../../src/config/problem';
import { caseText, listOf, load, messages, modelsOf, othersIn, said } from './read';

describe('one entry’s fault that takes the others along', () => {
  test('values of entries that aren’t used are no matter', () => {
    const loaded = load(caseText('09-bad-field-of-unused-entry/conduit.yaml'));
    expect(modelsOf(loaded).map(({ model }) => model)).toEqual(['gpt-4o']);
    expect(said(loaded)).toEqual([
      '8 model_list[1].litellm_params.model',
      '13 model_list[2].litellm_params.model',
    ]);
  });

  test('azure/ without a model', () => {
    const loaded = load(caseText('04-azure-slash-no-model/conduit.yaml'), { AZURE_API_KEY: 'x' });
    expect(modelsOf(loaded).map(({ model }) => model)).toEqual(['gpt-4o']);
    expect(said(loaded)).toEqual(['8 model_list[1].litellm_params.model']);
  });

  test.each([
    ['text', 'text', ''],
    ['null', 'null', ''],
    ['a list', '[1, 2]', ''],
    ['no params', '{ model_name: a }', '.litellm_params'],
    ['params that are a text', '{ model_name: a, litellm_params: openai/x }', '.litellm_params'],
    ['no pool', '{ litellm_params: { model: openai/x } }', '.model_name'],
    ['an empty pool', '{ model_name: "", litellm_params: { model: openai/x } }', '.model_name'],
    ['no model', '{ model_name: a, litellm_params: { api_key: os.environ/KEY } }', '.litellm_params.model'],
    ['a model that is a list', '{ model_name: a, litellm_params: { model: [a] } }', '.litellm_params.model'],
    ['a slash alone', '{ model_name: a, litellm_params: { model: openai/ } }', '.litellm_params.model'],
    [
      'an editor’s model without a family',
      '{ model_name: a, litellm_params: { model: vscode/x } }',
      '.litellm_params.model',
    ],
    [
      'Conduit itself',
      '{ model_name: a, litellm_params: { model: vscode/conduit/x } }',
      '.litellm_params.model',
    ],
    [
      'a bad address of another provider',
      '{ model_name: a, litellm_params: { model: bedrock/x, api_base: nonsense, temperature: [9] }, model_info: 7 }',
      '.litellm_params.model',
    ],
  ])('an entry of %s is left out by name', (_what, entry, where) => {
    const loaded = load(listOf(entry));
    expect(modelsOf(loaded).map(({ pool }) => pool)).toEqual(['good']);
    expect(said(loaded)).toEqual([`3 model_list[1]${where}`]);
  });

  test('a model_info that is none costs itself alone', () => {
    const loaded = load(listOf('{ model_name: a, litellm_params: { model: openai/x }, model_info: [1] }'));
    expect(othersIn(loaded)).toHaveLength(1);
    expect(said(loaded)).toEqual(['3 model_list[1].model_info']);
  });

  test('an id that is used twice stays with its first model', () => {
    const entry = (model: string): string =>
      `{ model_name: a, litellm_params: { model: openai/${model} }, model_info: { id: same } }`;
    const loaded = load(listOf(entry('x'), entry('y')));
    expect(othersIn(loaded).map(({ id, model }) => [id, model])).toEqual([
      ['same', 'x'],
      ['y', 'y'],
    ]);
  });

  test('the same model twice is one, and is told', () => {
    const entry = '{ model_name: a, litellm_params: { model: openai/x, api_key: os.environ/KEY } }';
    const loaded = load(listOf(entry, entry, entry.replace('KEY', 'OTHER'), entry.replace('/x', '/y')));
    expect(othersIn(loaded)).toHaveLength(3);
    expect(messages(loaded)).toContain('with the same key as in line 3: both are one');
  });
});

test('where no model can be used, what is wrong with the first one is the first error', () => {
  const { problems } = load(
    'model_list:\n  - model_name: a\n    litellm_params:\n      model: vscode/conduit/x\n  - model_name: b\n    litellm_params: { model: openai/text-embedding-3-large }\n',
  );
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(formatProblem)[0]).toContain(':4: model_list[0].litellm_params.model: Conduit never');
  expect(errors).toHaveLength(3);
});

describe('a part of the file that is not read: environment_variables and credential_list', () => {
  test.each([
    ['environment_variables', 'environment_variables: [A=1]'],
    ['environment_variables', 'environment_variables: text'],
    ['environment_variables.A', 'environment_variables: { A: [1], B: 2, C: null }'],
    ['credential_list', 'credential_list: { c: { api_base: "https://c.example/v1" } }'],
  ])('%s is named in %s', (where, section) => {
    const loaded = load(`${section}\n${listOf()}`);
    expect(modelsOf(loaded)).toHaveLength(1);
    expect(said(loaded)).toEqual([`1 ${where}`]);
  });

  test('a variable that moves a vendor to nobody knows where', () => {
    const text = `environment_variables: { OPENAI_BASE_URL: [a] }\n${listOf()}`;
    expect(modelsOf(load(text, { OPENAI_BASE_URL: 'https://other.example/v1' }))).toEqual([]);
  });

  test('a key by way of a variable that the file itself sets is one in the file', () => {
    const text = `environment_variables: { A: os.environ/B, B: sk-planted }\n${listOf(
      '{ model_name: a, litellm_params: { model: openai/x, api_key: os.environ/A } }',
    )}`;
    expect(othersIn(load(text))).toMatchObject([{ key: { kind: 'secret', host: 'api.openai.com' } }]);
  });
});

const chat = `model_list:
  - model_name: chat
    litellm_params: { model: openai/gpt-4o, temperature: hot }
`;

describe('a part of the file that is not read: include', () => {
  test('where the files aren’t there, that is said, and the prompts go nowhere else', () => {
    const loaded = load(caseText('10-include-only/conduit.yaml'), { OPENAI_API_KEY: 'x', MASTER: 'x' });
    expect(loaded.configuration.source).not.toBe('file');
    expect(loaded.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { path: 'include', line: 1 },
    ]);
    expect(messages(loaded)).toContain("the file 'models/chat.yaml' was not read");
  });

  test('the models of the files go behind each other, and each problem names its own file and line', () => {
    const main = `include: [a.yaml, b.yaml]\n${listOf()}`;
    const loaded = load(main, {}, [
      { path: 'a.yaml', name: 'a.yaml', text: chat },
      { path: 'b.yaml', name: 'b.yaml', text: `# b\n${chat.replace('gpt-4o', 'gpt-4.1')}` },
    ]);
    expect(modelsOf(loaded).map(({ model }) => model)).toEqual(['gpt-4o', 'gpt-4o', 'gpt-4.1']);
    const told = loaded.problems
      .filter(({ path: where }) => where.endsWith('temperature'))
      .map(formatProblem);
    expect(told).toEqual([
      'a.yaml:3: model_list[0].litellm_params.temperature: must be a number from 0 to 2: it has no effect',
      'b.yaml:4: model_list[0].litellm_params.temperature: must be a number from 0 to 2: it has no effect',
    ]);
    expect(loaded.values.find(({ path: where }) => where === 'model_list[2].model_name')?.place).toBe(
      'b.yaml:3',
    );
  });

  test('a section of a later file takes the place of an earlier one’s, as in LiteLLM', () => {
    const loaded = load(`include: [a.yaml]\nrouter: { preset: cost, retries: 7 }\n${listOf()}`, {}, [
      { path: 'a.yaml', name: 'a.yaml', text: 'router: { preset: speed }\n' },
    ]);
    expect(loaded.configuration).toMatchObject({ preset: 'speed', limits: { retries: 1 } });
    expect(loaded.values.find(({ path: where }) => where === 'router.preset')?.place).toBe('a.yaml:1');
  });

  test('credentials may stand in another file than the models', () => {
    const text =
      'include: [a.yaml]\nmodel_list:\n  - { model_name: a, litellm_params: { model: openai/x, litellm_credential_name: c } }\n';
    const credential =
      'credential_list:\n  - { credential_name: c, credential_values: { api_base: "https://c.example/v1", api_key: literal } }\n';
    const loaded = load(text, {}, [{ path: 'a.yaml', name: 'a.yaml', text: credential }]);
    expect(modelsOf(loaded)).toMatchObject([{ apiBase: 'https://c.example/v1' }]);
    expect(loaded.problems).toContainEqual(
      expect.objectContaining({
        fileName: 'a.yaml',
        line: 2,
        path: 'credential_list[0].credential_values.api_key',
      }),
    );
  });

  test('a section that an included file leaves empty takes none away, and one of another form is named', () => {
    const empty = [{ path: 'a.yaml', name: 'a.yaml', text: 'model_list:\nrouter:\n' }];
    expect(modelsOf(load(`include: >\n  a.yaml\n${listOf()}`, {}, empty))).toHaveLength(1);
    const wrong = [{ path: 'a.yaml', name: 'a.yaml', text: '# a\nmodel_list: { a: 1 }\n' }];
    expect(load(`include: a.yaml\n${listOf()}`, {}, wrong).problems).toMatchObject([
      { fileName: 'a.yaml', line: 2, path: 'model_list', message: 'must be a list of models' },
    ]);
  });

  test('what an included file includes from elsewhere is named there', () => {
    const loaded = load(`include: [a.yaml]\n${listOf()}`, {}, [
      { path: 'a.yaml', name: 'a.yaml', text: '# a\ninclude: [../b.yaml]\n' },
    ]);
    expect(modelsOf(loaded)).toHaveLength(1);
    expect(loaded.problems).toContainEqual(
      expect.objectContaining({ fileName: 'a.yaml', line: 2, path: 'include[0]', severity: 'warning' }),
    );
  });

  test('an error in an included file stands at its own line, and nothing is applied', () => {
    const loaded = load(`include: [a.yaml]\n${listOf()}`, {}, [
      { path: 'a.yaml', name: 'a.yaml', text: 'x: 1\nmodel_list: [*nothing]\n' },
    ]);
    expect(modelsOf(loaded)).toEqual([]);
    expect(loaded.problems).toMatchObject([{ severity: 'error', fileName: 'a.yaml', line: 2 }]);
  });

  test('the fix for an id goes into the file that the model is in, and no fix spans two files', () => {
    const loaded = load(`include: [a.yaml]\n${listOf()}`, {}, [
      { path: 'a.yaml', name: 'a.yaml', text: chat },
    ]);
    const ids = loaded.problems.filter(({ path: where }) => where.endsWith('.id'));
    expect(ids.map(({ fileName, fix }) => [fileName, fix?.edits[0]?.line])).toEqual([
      ['conduit.yaml', 3],
      ['a.yaml', 3],
    ]);
    expect(loaded.problems.find(({ path: where }) => where === 'model_list')?.fix).toBeUndefined();
  });

  test.each([
    '../a.yaml',
    '/etc/a.yaml',
    'C:\\a.yaml',
    '~/a.yaml',
    'b/../../a.yaml',
    '\\\\host\\a',
    'file:///a',
    '*.yaml',
    '',
  ])('%j leads out of the folder or nowhere, and is not read', (path) => {
    const { paths, problems } = includePaths({ include: [path] });
    expect(paths).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test('files that include each other are read once, and no more than a few', async () => {
    const asked: string[] = [];
    const file = { name: 'conduit.yaml', text: 'include: [a.yaml]\n' };
    const round = await withIncluded(file, (path) => {
      asked.push(path);
      return Promise.resolve({ text: 'include: [a.yaml, ./b.yaml, x/../b.yaml]\n' });
    });
    expect(asked).toEqual(['a.yaml', 'b.yaml']);
    expect(round.included?.map(({ path }) => path)).toEqual(['a.yaml', 'b.yaml']);
    const endless: string[] = [];
    await withIncluded(file, (path) => {
      endless.push(path);
      return Promise.resolve({ text: `include: [a${String(endless.length)}.yaml]\n` });
    });
    expect(endless).toHaveLength(20);
  });

  test('a file that can’t be read says why', async () => {
    const file = { name: 'conduit.yaml', text: `include: a.yaml\n${listOf()}` };
    const whole = await withIncluded(file, () => Promise.resolve({ problem: 'it is away' }));
    const loaded = load(whole.text, {}, whole.included);
    expect(modelsOf(loaded)).toHaveLength(1);
    expect(loaded.problems).toContainEqual(
      expect.objectContaining({ path: 'include', line: 1, message: 'it is away: no model of it is there' }),
    );
  });
});
