import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../src/core/terms/configuration';
import { checkFile } from '../../src/config/file/check-file';
import type { Sources } from '../../src/config/load-configuration';
import { loadConfiguration } from '../../src/config/load-configuration';
import { aboutOption, optionPaths } from '../../src/config/options';
import type { EffectiveValue } from '../../src/config/effective-values';

const text = `model_list:
  - model_name: p
    litellm_params:
      model: openai/gpt-5.4
      api_base: https://gateway.example/v1?key=planted-query-key
      api_key: os.environ/OPENAI_API_KEY
      extra_body: { token: planted-body-token }
    model_info: { id: a, quality: 0.5 }
  - model_name: p
    litellm_params: { model: anthropic/claude-haiku-4-5, api_key: planted-literal-key }
    model_info: { id: b }
router:
  preset: cost
  retries: 2
  daily_budget_usd: 2.5
  request_timeout_s: 90.5
cache: { redis_url: redis://user:planted-redis-password@cache.example:6380/2 }
`;
const environment = {
  OPENAI_API_KEY: 'planted-openai-key',
  CONDUIT_RETRIES: '0',
  CONDUIT_KEEP_PROMPTS: 'true',
};

function load(change: Partial<Sources> = {}): ReturnType<typeof loadConfiguration> {
  const file = { name: 'conduit.yaml', text };
  return loadConfiguration({ file, environment, storedHosts: new Set(), ...change });
}

function row(values: readonly EffectiveValue[], path: string): EffectiveValue | undefined {
  return values.find((value) => value.path === path);
}

describe('every value in force', () => {
  const { values, configuration } = load();

  test('with its tier and place', () => {
    expect(row(values, 'router.preset')).toEqual({
      path: 'router.preset',
      value: 'cost',
      tier: 'file',
      place: 'conduit.yaml:13',
    });
    expect(row(values, 'router.retries')).toEqual({
      path: 'router.retries',
      value: '0',
      tier: 'environment',
      place: 'CONDUIT_RETRIES',
    });
    expect(row(values, 'router.switch_after')).toEqual({
      path: 'router.switch_after',
      value: '100',
      tier: 'default',
      place: undefined,
    });
    expect(row(values, 'model_list[0].model_info.quality')).toMatchObject({
      value: '0.5',
      tier: 'file',
      place: 'conduit.yaml:8',
    });
    for (const path of optionPaths) expect(row(values, path)).toBeDefined();
  });

  test('is what the configuration has', () => {
    expect(configuration).toMatchObject({
      preset: 'cost',
      keepPrompts: true,
      budgets: {
        caps: [{ period: 'day', subject: { of: 'all' }, usd: 2.5, path: 'router.daily_budget_usd' }],
      },
      limits: { retries: 0, requestMs: 90_500, firstTokenMs: 120_000, stallMs: 60_000 },
      cache: { redisUrl: 'redis://user:planted-redis-password@cache.example:6380/2' },
    });
  });

  test('without any secret', () => {
    expect(row(values, 'cache.redis_url')?.value).toBe('redis://user:***@cache.example:6380/2');
    expect(row(values, 'model_list[0].litellm_params.api_key')?.value).toBe('os.environ/OPENAI_API_KEY');
    expect(row(values, 'model_list[0].litellm_params.api_base')?.value).toBe('https://gateway.example/v1');
    expect(row(values, 'model_list[0].litellm_params.extra_body')?.value).toBe('token: ***');
    expect(row(values, 'model_list[1].litellm_params.api_key')?.value).toBe(
      'the key that is stored for api.anthropic.com',
    );
    expect(JSON.stringify(values)).not.toContain('planted');
    expect(JSON.stringify(checkFile({ name: 'f', text }, environment))).not.toContain('planted');
  });

  test('a Redis from the environment is shown with the variable, and told where it is not set', () => {
    const file = {
      name: 'conduit.yaml',
      text: text.replace(/redis_url: \S+/, 'redis_url: os.environ/CACHE'),
    };
    const set = load({ file, environment: { CACHE: 'rediss://:planted@cache.example' } });
    expect(row(set.values, 'cache.redis_url')?.value).toBe('os.environ/CACHE (rediss://:***@cache.example)');
    expect(set.configuration.cache.redisUrl).toBe('rediss://:planted@cache.example');
    const unset = load({ file, environment: {} });
    expect(unset.configuration.cache.redisUrl).toBeUndefined();
    expect(unset.problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', path: 'cache.redis_url' }),
    );
  });

  test('of a configuration that was kept there are none: the host still has them', () => {
    const previous = load().configuration;
    expect(load({ file: { name: 'conduit.yaml', text: 'model_list: 7' }, previous })).toMatchObject({
      kept: true,
      values: [],
    });
  });
});

test.each([
  ['instructions', ({ instructions }: Configuration) => instructions[0]],
  ['judge.model', ({ judge }: Configuration) => judge.models[0]],
  ['judge.rubric', ({ judge }: Configuration) => judge.rubric],
  ['router.measure.against', ({ measure }: Configuration) => measure?.against],
] as const)('%s: a variable may hold any text', (path, valueIn) => {
  const { problems, configuration } = load({
    environment: { ...environment, [aboutOption(path).variable]: 'planted' },
  });
  expect(valueIn(configuration)).toBe('planted');
  expect(JSON.stringify(problems)).not.toContain('planted');
});

const anyText: readonly string[] = ['instructions', 'judge.model', 'judge.rubric', 'router.measure.against'];
const notAnyText = optionPaths.filter((path) => !anyText.includes(path));

test.each(notAnyText)('%s: a variable that isn’t valid is named, ignored and not repeated', (path) => {
  const { variable, unit } = aboutOption(path);
  const wrong = unit === 'text' ? 'planted nonsense' : 'planted';
  const { problems } = load({ environment: { ...environment, [variable]: wrong } });
  expect(problems).toContainEqual(
    expect.objectContaining({ fileName: 'environment', path: variable, severity: 'error' }),
  );
  expect(JSON.stringify(problems)).not.toContain('planted');
});

test('every option has a variable of its own', () => {
  const variables = optionPaths.map((path) => aboutOption(path).variable);
  expect(new Set(variables).size).toBe(variables.length);
  for (const variable of variables) expect(variable).toMatch(/^CONDUIT_[A-Z_]+$/);
});

describe('a file that is checked without an editor', () => {
  test('gives pools, problems and values', () => {
    const { report, ok } = checkFile({ name: 'f.yaml', text }, environment);
    expect(ok).toBe(true);
    expect(report.pools).toMatchObject([
      {
        name: 'p',
        models: [
          { 'model_info.id': 'a', 'litellm_params.model': 'openai/gpt-5.4' },
          { 'model_info.id': 'b' },
        ],
      },
    ]);
    expect(report.problems).toMatchObject([
      { severity: 'note', path: 'model_list[0].litellm_params.api_base', line: 5 },
      { severity: 'warning', path: 'model_list[1].litellm_params.api_key', line: 10 },
    ]);
  });

  test('with an error shows no pools: nothing of it would be applied', () => {
    const { report, ok } = checkFile(
      { name: 'f.yaml', text: text.replace('preset: ', 'pool: none, preset: ') },
      environment,
    );
    expect(ok).toBe(false);
    expect(report).toMatchObject({ pools: [], values: [] });
  });
});
