import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import type { Problem } from '../../src/config/problem';
import { formatProblem } from '../../src/config/problem';
import { withPreset } from '../../src/config/file/set-preset';
import { configurationTemplate } from '../../src/config/file/template';

const good = `model_list:
  - model_name: gpt
    litellm_params:
      model: openai/gpt-4o-mini
      api_key: os.environ/OPENAI_API_KEY
    model_info:
      id: mini
      input_cost_per_token: 1.5e-07
      output_cost_per_token: 6.0e-07
      quality: 0.7
  - model_name: gpt
    litellm_params:
      model: anthropic/claude-haiku-4-5
    model_info:
      id: haiku
  - model_name: local
    litellm_params:
      model: openai/llama3.2
      api_base: http://127.0.0.1:11434/v1
    model_info:
      id: llama
router:
  preset: cost
  switch_after: 50
  pool: local
`;

function problemsOf(text: string): readonly string[] {
  return parseConfiguration(text).problems.map((problem) =>
    formatProblem({ fileName: 'conduit.yaml', ...problem }),
  );
}

describe('a good file', () => {
  const { configuration, problems } = parseConfiguration(good);

  test('has no problems and gives pools in order', () => {
    expect(problems).toEqual([]);
    expect(
      configuration?.pools.map(({ name, deployments }) => [name, deployments.map(({ id }) => id)]),
    ).toEqual([
      ['gpt', ['mini', 'haiku']],
      ['local', ['llama']],
    ]);
    expect(
      [...(configuration?.settings ?? [])].map(([path, { value, place }]) => [path, value, place]),
    ).toEqual([
      ['router.preset', 'cost', 'conduit.yaml:23'],
      ['router.pool', 'local', 'conduit.yaml:25'],
      ['router.switch_after', 50, 'conduit.yaml:24'],
    ]);
  });

  test('says where keys come from: the variable, the storage for the host, or nowhere for this machine', () => {
    const keys = configuration?.pools.flatMap(({ deployments }) => deployments.map(({ key }) => key));
    expect(keys).toEqual([
      { kind: 'environment', name: 'OPENAI_API_KEY' },
      { kind: 'secret', host: 'api.anthropic.com' },
      { kind: 'none' },
    ]);
  });

  test('carries prices, prior and base', () => {
    expect(configuration?.pools[0]?.deployments[0]).toMatchObject({
      provider: 'openai',
      model: 'gpt-4o-mini',
      apiBase: 'https://api.openai.com/v1',
      price: { inputUsdPerToken: 1.5e-7, outputUsdPerToken: 6e-7 },
      qualityPrior01: 0.7,
    });
  });
});

describe('problems stand at their line', () => {
  test.each([
    [
      'a budget that is none',
      good.replace('preset: cost', 'daily_budget_usd: much'),
      'conduit.yaml:23: router.daily_budget_usd: must be an amount in USD, for example 2.00',
    ],
    [
      'a list that is none',
      'model_list: { model_name: gpt }\n',
      'conduit.yaml:1: model_list: must be a list of models',
    ],
    [
      'a pool that is none',
      good.replace('pool: local', 'pool: nope'),
      "conduit.yaml:25: router.pool: there is no pool 'nope' (pools: gpt, local)",
    ],
  ])('%s', (_name, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
    expect(parseConfiguration(text).configuration).toBeUndefined();
  });

  test.each([
    [
      'a merge of a text',
      good.replace('pool: local', '<<: sk-secret'),
      'conduit.yaml:25: only a mapping, or a list of mappings, can be merged',
    ],
    [
      'an alias of nothing',
      good.replace('pool: local', 'pool: *sk-secret'),
      'conduit.yaml:25: this alias has no anchor above it',
    ],
  ])('%s', (_name, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
    expect(parseConfiguration(text).configuration).toBeUndefined();
  });

  test.each([
    [
      'a duplicate id',
      good.replace('id: haiku', 'id: mini'),
      "conduit.yaml:15: model_list[1].model_info.id: 'mini' is used twice: 'claude-haiku-4-5' was made from this model. Write another one down, so that what is learnt stays with it",
    ],
    [
      'a quality above 1',
      good.replace('quality: 0.7', 'quality: 7'),
      'conduit.yaml:10: model_list[0].model_info.quality: must be from 0 to 1: it has no effect',
    ],
    [
      'a preset that is none',
      good.replace('preset: cost', 'preset: best'),
      'conduit.yaml:23: router.preset: must be one of balanced, quality, cost, speed: it has no effect',
    ],
    [
      'a key that is used twice',
      good.replace('pool: local', 'preset: speed'),
      'conduit.yaml:25: this key is used twice: the last one counts',
    ],
  ])('%s costs no more than its own effect', (_name, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
    expect(
      parseConfiguration(text).configuration?.pools.flatMap(({ deployments }) => deployments),
    ).toHaveLength(3);
  });

  test('an id that is a number is taken as text', () => {
    const { configuration, problems } = parseConfiguration(good.replace('id: haiku', 'id: 4'));
    expect(problems).toEqual([]);
    expect(configuration?.pools[0]?.deployments.map(({ id }) => id)).toEqual(['mini', '4']);
  });

  test('one price without the other costs both, and nothing else', () => {
    const text = good.replace('1.5e-07', '-1');
    expect(problemsOf(text)).toEqual([
      'conduit.yaml:8: model_list[0].model_info.input_cost_per_token: must not be negative: it has no effect',
      'conduit.yaml:6: model_list[0].model_info: one price is given without the other, so that neither is used: add input_cost_per_token',
    ]);
    expect(parseConfiguration(text).configuration?.pools[0]?.deployments[0]).toMatchObject({
      id: 'mini',
      price: undefined,
    });
  });

  test.each([
    [
      'a base that is no address',
      good.replace('http://127.0.0.1:11434/v1', 'localhost'),
      'must be an http(s) address, for example http://127.0.0.1:4000/v1',
    ],
    [
      'a password in the address',
      good.replace('http://127', 'http://me:sk-secret@127'),
      'must not hold a user name or a password',
    ],
    [
      'a user name in the address',
      good.replace('http://127', 'http://sk-secret@127'),
      'must not hold a user name or a password',
    ],
  ])('%s leaves its model out', (_name, text, why) => {
    const withoutPool = text.replace('  pool: local\n', '');
    expect(problemsOf(withoutPool)).toEqual([
      `conduit.yaml:19: model_list[2].litellm_params.api_base: ${why}: the model is left out`,
    ]);
    expect(parseConfiguration(withoutPool).configuration?.pools.map(({ name }) => name)).toEqual(['gpt']);
  });

  test.each(['| sk-secret x', '"sk-secret', "'a' sk-secret", '@sk-secret', '[sk-secret', '{sk-secret: ]'])(
    'a mistake of the syntax beside a key does not repeat it: %s',
    (value) => {
      const problems = problemsOf(good.replace('os.environ/OPENAI_API_KEY', value));
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).not.toContain('sk-secret');
    },
  );

  test('an alias that names its anchor is no mistake', () => {
    const text = good
      .replace('model: openai/gpt-4o-mini', 'model: &same openai/x')
      .replace('openai/llama3.2', '*same');
    expect(problemsOf(text)).toEqual([]);
  });

  test('a literal key is not used, and not repeated', () => {
    const key = 'sk-secret-0123456789';
    const problems = problemsOf(good.replace('os.environ/OPENAI_API_KEY', key));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^conduit\.yaml:5: model_list\[0\]\.litellm_params\.api_key: keys are not read from files/,
    );
    expect(problems[0]).not.toContain(key);
  });

  test('what is not YAML', () => {
    const [problem] = problemsOf('model_list:\n  - model_name: [gpt\n');
    expect(problem).toMatch(/^conduit\.yaml:\d+: /);
  });

  test('sections and keys that are not known are named and do no harm', () => {
    const text = `${good.replace('quality: 0.7', 'qualty: 0.7')}teem:\n  members: true\n`;
    expect(problemsOf(text)).toEqual([
      "conduit.yaml:26: teem: is not known and has no effect; did you mean 'team'?",
      "conduit.yaml:10: model_list[0].model_info.qualty: is not known and has no effect; did you mean 'quality'?",
    ]);
    expect(parseConfiguration(text).configuration?.pools).toHaveLength(2);
  });
});

describe('a file without models', () => {
  test.each([
    ['empty', ''],
    ['only comments', '# nothing yet\n'],
    ['the template', configurationTemplate],
    ['the template with a preset', withPreset(configurationTemplate, 'cost') ?? ''],
    ['options alone', 'router: { preset: cost }\ninstructions: Be brief.\n'],
  ])('is no problem: %s', (_name, text) => {
    const { configuration, problems } = parseConfiguration(text);
    expect(configuration?.pools).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each(['model_list:\n', 'model_list: []\n'])('says so where it begins to list them: %j', (text) => {
    const { configuration, problems } = parseConfiguration(text);
    expect(configuration?.pools).toEqual([]);
    expect(problems).toMatchObject([{ severity: 'warning', message: 'the file lists no models yet' }]);
  });

  test('with a key that may be meant to list them changes nothing', () => {
    const { configuration, problems } = parseConfiguration('modle_list: []\nrouter: { preset: cost }\n');
    expect(configuration).toBeUndefined();
    expect(problems.map(({ severity, path, message }) => [severity, path, message])).toEqual([
      ['error', 'model_list', 'is needed: the models to choose from'],
      ['warning', 'modle_list', "is not known and has no effect; did you mean 'model_list'?"],
    ]);
  });

  test('may choose a pool of those that are there; one that isn’t is told, and the rest holds', () => {
    const text = 'router:\n  pool: big\n  preset: cost\n';
    const optionsOf = (poolsThere: readonly string[]) => {
      const { configuration, problems } = parseConfiguration(text, { poolsThere });
      return [
        [...(configuration?.settings.keys() ?? [])],
        problems.map(({ severity, line }) => [severity, line]),
      ];
    };
    expect(optionsOf(['big'])).toEqual([['router.preset', 'router.pool'], []]);
    expect(optionsOf(['default'])).toEqual([['router.preset'], [['warning', 2]]]);
  });
});

test('the template is right once its lines are used', () => {
  const used = configurationTemplate
    .split('\n')
    .slice(configurationTemplate.split('\n').indexOf('# model_list:'))
    .map((line) => line.replace(/^# ?/, ''))
    .join('\n');
  const { configuration, problems } = parseConfiguration(used);
  expect(problems).toEqual([]);
  expect(configuration?.pools[0]?.deployments.map(({ id }) => id)).toEqual([
    'gpt-5.4-mini',
    'claude-sonnet',
    'local-llama',
  ]);
});

describe('texts made to hurt: nothing throws and nothing half-applies', () => {
  function check(text: string): readonly Problem[] {
    const { configuration, problems } = parseConfiguration(text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.length > 0).toBe(configuration === undefined);
    for (const { line, column, endLine, endColumn, message } of problems) {
      expect(message).not.toBe('');
      expect(Math.min(line, column, endLine, endColumn)).toBeGreaterThanOrEqual(1);
      expect(endLine).toBeGreaterThanOrEqual(line);
    }
    for (const { deployments } of configuration?.pools ?? []) expect(deployments.length).toBeGreaterThan(0);
    return problems;
  }

  test('aliases that multiply, deep nesting, a megabyte, tags, anchors to themselves', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [from, to] of ['a b', 'b c', 'c d', 'd e', 'e f', 'f g'].map((pair) => pair.split(' '))) {
      bomb.push(
        `${String(to)}: &${String(to)} [${Array(9)
          .fill(`*${String(from)}`)
          .join(',')}]`,
      );
    }
    const texts = [
      bomb.join('\n'),
      '['.repeat(5_000),
      `${'- '.repeat(3_000)}x`,
      'x'.repeat(1_000_001),
      `model_list: ${'a'.repeat(900_000)}`,
      'a: &a\n  b: *a\n',
      'model_list: !!js/function "x"\n',
      '\u0000\u0001\ufeff',
      '? [complex, key]\n: value\n',
      '__proto__: {polluted: true}\nmodel_list: []\n',
    ];
    texts.forEach(check);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    ['keys', (index: number) => `k${String(index)}: 1\n`],
    ['keys, all the same', () => 'a: 1\n'],
    ['closing brackets', () => '}'],
    ['opening brackets', () => '['],
    ['models that are none', (index: number) => `${index === 0 ? 'model_list:\n' : ''}- 1\n`],
  ])(
    'the longest file there may be, made of %s, takes seconds at most and gives few problems',
    (_name, piece) => {
      let text = '';
      for (let index = 0; text.length < 249_900; index += 1) text += piece(index);
      expect(check(text).length).toBeLessThanOrEqual(101);
    },
    20_000,
  );
});
