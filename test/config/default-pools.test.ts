import { describe, expect, test } from 'vitest';
import type { Found } from '../../src/config/models/default-pools';
import { defaultPools } from '../../src/config/models/default-pools';
import type { Deployment } from '../../src/core/terms/deployment';
import { usdOf } from '../../src/core/terms/receipt';
import { vendors } from '../../src/vendors/catalogue';
import { listedCost } from '../../src/vendors/price-list';

function found(change: Partial<Found>): readonly Deployment[] {
  const none = { environment: {}, storedHosts: new Set<string>(), localModels: [], editorModels: [] };
  const { pools } = defaultPools({ ...none, ...change });
  expect(pools).toHaveLength(1);
  return pools[0]?.deployments ?? [];
}

/** The vendors whose key is enough. */
const serving = vendors.flatMap(({ prefix, base = '', defaultModels }) =>
  defaultModels === undefined
    ? []
    : [
        {
          prefix,
          base,
          models: [defaultModels.small, defaultModels.strong].filter((model) => model !== undefined),
        },
      ],
);

const ids = (deployments: readonly Deployment[]): readonly string[] => deployments.map(({ id }) => id);

describe('with no file', () => {
  test.each([
    ['https://api.openai.com', 'https://api.openai.com/v1'],
    [' "https://house.example/v1/chat/completions" ', 'https://house.example/v1'],
  ])('a variable that moves them is put right as in a file: %j', (OPENAI_BASE_URL, apiBase) => {
    const models = found({ environment: { OPENAI_API_KEY: 'x', OPENAI_BASE_URL } });
    expect(new Set(models.map((model) => model.apiBase))).toEqual(new Set([apiBase]));
  });

  test.each([
    ['OPENAI_API_KEY', 'openai'],
    ['ANTHROPIC_API_KEY', 'anthropic'],
    ['GEMINI_API_KEY', 'gemini'],
    ['GOOGLE_API_KEY', 'gemini'],
    ['GROQ_API_KEY', 'groq'],
    ['OPENROUTER_API_KEY', 'openrouter'],
  ])('%s brings two models of %s', (name, provider) => {
    expect(found({ environment: { [name]: 'x' } })).toMatchObject([
      { provider, key: { kind: 'environment', name } },
      { provider, key: { kind: 'environment', name } },
    ]);
  });

  test.each(serving)('so does a key that is stored for $prefix', ({ prefix: provider, base, models }) => {
    const { host } = new URL(base);
    const deployments = found({ storedHosts: new Set([host]) });
    expect(deployments).toMatchObject(models.map(() => ({ provider, key: { kind: 'secret', host } })));
  });

  test('all at once are one pool with ids of their own', () => {
    const environment = Object.fromEntries(
      vendors.flatMap(({ keyNames }) => keyNames.map((name) => [name, 'x'])),
    );
    // Where two had the same, the id of one would depend on whether the other's key is there.
    expect(ids(found({ environment }))).toEqual(serving.flatMap(({ models }) => models));
  });
});

test.each(serving)(
  'the price list knows the models of $prefix, and the small one is cheaper',
  ({ prefix, base, models }) => {
    const deployments = found({ storedHosts: new Set([new URL(base).host]) });
    const usage = { inputTokens: 1_000, outputTokens: 1_000, cachedInputTokens: 0 };
    const [small = NaN, strong = Infinity] = deployments.map(
      (deployment) => usdOf(listedCost(deployment, usage, 'exact')) ?? NaN,
    );
    expect(deployments.map(({ provider }) => provider)).toEqual(models.map(() => prefix));
    expect(small).toBeLessThan(strong);
  },
);

describe('local servers', () => {
  const local = (...models: readonly string[]) =>
    models.map((model) => ({ provider: 'ollama', apiBase: 'http://127.0.0.1:11434/v1', model }) as const);

  test('bring their smallest and largest model, and none that only embeds', () => {
    const models = local(
      'nomic-embed-text:latest',
      'qwen3:14b',
      'llama3.2:3b',
      'llama3.3:70b-instruct',
      'bge-m3',
    );
    expect(ids(found({ localModels: models }))).toEqual(['llama3.2:3b', 'llama3.3:70b-instruct']);
    expect(found({ localModels: models })).toMatchObject([
      { provider: 'ollama', key: { kind: 'none' } },
      { apiBase: 'http://127.0.0.1:11434/v1' },
    ]);
  });

  test('of the same model say whose it is', () => {
    const [first] = local('llama3.2:3b');
    const other = {
      provider: 'lm_studio',
      apiBase: 'http://127.0.0.1:1234/v1',
      model: 'llama3.2:3b',
    } as const;
    expect(ids(found({ localModels: first === undefined ? [] : [first, other] }))).toEqual([
      'llama3.2:3b',
      'lm_studio/llama3.2:3b',
    ]);
  });

  test('that only embed are as good as none', () => {
    expect(found({ localModels: local('nomic-embed-text') })[0]?.provider).toBe('simulated');
  });
});

describe('the editor’s own models', () => {
  const offered = (vendor: string, ...families: readonly string[]) =>
    families.map((family) => ({ vendor, family, maxInputTokens: 64_000 }));

  test('are a small and a strong one of each vendor, and never Conduit’s', () => {
    const editorModels = [
      ...offered('copilot', 'gpt-4o', 'gpt-5-mini', 'claude-sonnet-5', 'claude-haiku-4.5'),
      ...offered('other', 'alpha'),
      ...offered('conduit', 'auto'),
      ...offered('Conduit', 'auto'),
    ];
    expect(found({ editorModels })).toMatchObject([
      { id: 'vscode/copilot/gpt-5-mini', provider: 'vscode', protocol: 'editor', apiBase: 'vscode:' },
      { id: 'vscode/copilot/claude-sonnet-5', model: 'copilot/claude-sonnet-5', contextWindowTokens: 64_000 },
      { id: 'vscode/other/alpha', key: { kind: 'none' } },
    ]);
  });
});
