import { describe, expect, test } from 'vitest';
import { caseText, listOf, load, messages, modelsOf, othersIn, said } from './read';

describe('a value of another type or form than the schema has', () => {
  const variables = { CHAT_MODEL: 'openai/gpt-4o-mini', MAX_TOKENS: '900', TEMP: '0.3', PROV: 'openai' };

  test.each([
    ['06-env-in-odd-places/conduit.yaml', variables, ['gpt-4o-mini', 'gpt-4o']],
    ['06-env-in-odd-places/conduit.yaml', {}, ['gpt-4o']],
    ['06-env-in-odd-places/model.yaml', variables, ['gpt-4o-mini', 'gpt-4o']],
    ['06-env-in-odd-places/model.yaml', {}, ['gpt-4o']],
  ])('%s with %j', (name, environment, models) => {
    const loaded = load(caseText(name), environment);
    expect(modelsOf(loaded).map(({ model }) => model)).toEqual(models);
    expect(messages(loaded)).not.toContain('os.environ');
    if (name.endsWith('conduit.yaml') && 'TEMP' in environment)
      expect(modelsOf(loaded)[1]?.options).toEqual({ maxOutputTokens: 900, temperature: 0.3 });
  });

  test.each([
    ['max_tokens: "900"', { maxOutputTokens: 900 }],
    ['max_tokens: 128_000', { maxOutputTokens: 128_000 }],
    ['max_tokens: "128_000"', { maxOutputTokens: 128_000 }],
    ['max_tokens: 0x10', { maxOutputTokens: 16 }],
    ['max_tokens: 4096.0', { maxOutputTokens: 4096 }],
    ['max_tokens: 1e3', { maxOutputTokens: 1000 }],
    ['temperature: ".5"', { temperature: 0.5 }],
    ['reasoning_effort: High', { reasoningEffort: 'high' }],
    ['reasoning_effort: { effort: low, summary: auto }', { reasoningEffort: 'low' }],
    ['temperature: 2e-1', { temperature: 0.2 }],
    ['temperature: hot', {}],
    ['temperature: 3', {}],
    ['max_tokens: 0', {}],
    ['max_tokens: [1]', {}],
    ['temperature: .nan', {}],
    ['extra_body: text', {}],
  ])('%s', (field, options) => {
    const loaded = load(listOf(`{ model_name: a, litellm_params: { model: openai/x, ${field} } }`));
    expect(othersIn(loaded)).toMatchObject([{ options }]);
    const wrong = Object.keys(options).length === 0;
    expect(said(loaded)).toEqual(
      wrong ? [`3 model_list[1].litellm_params.${field.split(':')[0] ?? ''}`] : [],
    );
  });

  test.each([
    ['supports_vision: yes', { supportsImages: true }],
    ['supports_vision: "True"', { supportsImages: true }],
    ['supports_vision: off', { supportsImages: false }],
    ['supports_vision: 1', { supportsImages: true }],
    ['quality: "0.5"', { qualityPrior01: 0.5 }],
    [
      'input_cost_per_token: "1e-7", output_cost_per_token: 2e-7',
      { price: { inputUsdPerToken: 1e-7, outputUsdPerToken: 2e-7 } },
    ],
    ['id: 7', { id: '7' }],
    ['id: no', { id: 'false' }],
    ['id: 550e8400', { id: '550e8400' }],
    ['mode: " Chat"', { model: 'x' }],
    ['max_input_tokens: "8_000"', { contextWindowTokens: 8000 }],
    ['supports_vision: maybe', { supportsImages: undefined }],
  ])('model_info: %s', (field, expected) => {
    const loaded = load(
      listOf(`{ model_name: a, litellm_params: { model: groq/x }, model_info: { ${field} } }`),
    );
    expect(othersIn(loaded)).toMatchObject([expected]);
  });

  test.each([
    ['retries: "3"', 3],
    ['retries: os.environ/N', 4],
    ['retries: many', 1],
  ])('router: %s', (option, retries) => {
    const { configuration } = load(`${listOf()}router: { ${option} }\n`, { N: '4' });
    expect(configuration.limits.retries).toBe(retries);
  });

  test('a budget that can’t be read is no budget that can be gone: the file is not applied', () => {
    for (const budget of ['much', 'os.environ/UNSET', '[1]']) {
      const loaded = load(`${listOf()}router: { daily_budget_usd: ${budget} }\n`);
      expect(modelsOf(loaded)).toEqual([]);
      const errors = loaded.problems.filter(({ severity }) => severity === 'error');
      expect(errors).toMatchObject([{ path: 'router.daily_budget_usd', line: 3 }]);
    }
  });
});

describe('YAML as LiteLLM reads it', () => {
  test('anchors, and merges with a list: the first one wins, and what is written at the place over both', () => {
    const loaded = load(caseText('13-merge-keys-bom-wildcards/conduit.yaml'));
    const key = { kind: 'environment', name: 'OPENAI_API_KEY' };
    expect(modelsOf(loaded)).toMatchObject([
      { model: 'gpt-4o', key, options: { temperature: 0.1, maxOutputTokens: 2048 } },
      { model: 'gpt-4o-mini', key, options: { temperature: 0.9, maxOutputTokens: 2048 } },
    ]);
  });

  test('a byte order mark', () => {
    expect(modelsOf(load(caseText('13-merge-keys-bom-wildcards/bom.yaml')))).toMatchObject([
      { model: 'gpt-4o' },
    ]);
  });

  test('an unquoted date stays the text that it is, and a wildcard is left out', () => {
    const loaded = load(caseText('13-merge-keys-bom-wildcards/wildcards.yaml'));
    expect(modelsOf(loaded)).toMatchObject([{ model: 'd3', apiVersion: '2024-10-21' }]);
    expect(said(loaded)).toEqual(['4 model_list[0].litellm_params.model']);
  });

  test.each([
    [
      'left of its key',
      '  - model_name: a\n    litellm_params: {\n      model: openai/x,\n      max_tokens: 5\n  }\n',
    ],
    [
      'below its key',
      '  - model_name: a\n    litellm_params: {\n      model: openai/x,\n      max_tokens: 5\n    }\n',
    ],
    ['at the margin', '  - model_name: a\n    litellm_params: {\nmodel: openai/x,\nmax_tokens: 5\n}\n'],
    [
      'with one of its own inside',
      '  - model_name: a\n    litellm_params: {model: openai/x, max_tokens: 5,\n  extra_body: {\n a: "}"}\n}\n',
    ],
  ])('a brace %s', (_where, entry) => {
    const loaded = load(
      `model_list:\n${entry}  - { model_name: b, litellm_params: { model: openai/y, temperature: 9 } }\n`,
    );
    expect(modelsOf(loaded)).toMatchObject([
      { pool: 'a', model: 'x', options: { maxOutputTokens: 5 } },
      { pool: 'b', model: 'y' },
    ]);
    const line = 2 + entry.split('\n').length - 1;
    expect(said(loaded)).toContain(`${String(line)} model_list[1].litellm_params.temperature`);
  });

  test('a brace that is missing is an error all the same', () => {
    const loaded = load('model_list:\n  - model_name: a\n    litellm_params: {\n  model: openai/x\n');
    expect(modelsOf(loaded)).toEqual([]);
    expect(loaded.problems[0]).toMatchObject({ severity: 'error' });
  });

  test('a key that is written twice: the last one counts', () => {
    const loaded = load(
      'model_list:\n  - model_name: a\n    litellm_params:\n      model: openai/x\n      model: openai/y\n',
    );
    expect(modelsOf(loaded)).toMatchObject([{ model: 'y' }]);
    expect(loaded.problems).toContainEqual(expect.objectContaining({ severity: 'warning', line: 5 }));
  });

  test('y and n are texts, for PyYAML has no such words', () => {
    const loaded = load('model_list:\n  - model_name: y\n    litellm_params: { model: openai/n }\n');
    expect(modelsOf(loaded)).toMatchObject([{ pool: 'y', model: 'n' }]);
  });

  test('an alias stands for its model as often as it is written', () => {
    const many = Array.from(
      { length: 150 },
      (_, index) => `  - { model_name: p${String(index)}, litellm_params: *p }\n`,
    );
    const loaded = load(`x: &p { model: openai/x }\nmodel_list:\n${many.join('')}`);
    expect(modelsOf(loaded)).toHaveLength(150);
  });

  test('merges that multiply end, and are refused', () => {
    const levels = Array.from({ length: 40 }, (_, index) =>
      index === 0
        ? 'k0: &k0 { a: 1 }'
        : `k${index}: &k${index} { <<: [*k${index - 1}, *k${index - 1}], b${index}: 1 }`,
    );
    expect(load(levels.join('\n')).problems[0]?.message).toContain('aliases repeat too much');
  });
});
