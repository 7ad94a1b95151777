import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, test } from 'vitest';
import { defaultModels } from '../../src/config/models/default-models';
import type { Found } from '../../src/config/models/default-pools';
import { defaultPools } from '../../src/config/models/default-pools';
import { knownProviders } from '../../src/config/models/providers';
import type { Deployment } from '../../src/core/pool/deployment';

function found(change: Partial<Found>): readonly Deployment[] {
  const none = { environment: {}, storedHosts: new Set<string>(), localModels: [], editorModels: [] };
  const { pools } = defaultPools({ ...none, ...change });
  expect(pools).toHaveLength(1);
  return pools[0]?.deployments ?? [];
}

const ids = (deployments: readonly Deployment[]): readonly string[] => deployments.map(({ id }) => id);

describe('with no file', () => {
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

  test.each(defaultModels.map(({ provider }) => provider))(
    'so does a key that is stored for %s',
    (provider) => {
      const { host } = new URL(knownProviders[provider].base ?? '');
      const deployments = found({ storedHosts: new Set([host]) });
      expect(deployments).toMatchObject([
        { provider, key: { kind: 'secret', host } },
        { provider, key: { kind: 'secret', host } },
      ]);
    },
  );

  test('all at once are one pool with ids of their own', () => {
    const environment = Object.fromEntries(
      defaultModels.flatMap(({ provider }) => knownProviders[provider].keyNames.map((name) => [name, 'x'])),
    );
    const all = found({ environment });
    expect(all).toHaveLength(2 * defaultModels.length);
    expect(new Set(ids(all)).size).toBe(all.length);
  });
});

test.each(defaultModels)(
  'the price list knows both models of $provider, and the small one is cheaper',
  (models) => {
    const providerId = models.provider === 'gemini' ? 'google' : models.provider;
    const usage = { input_tokens: 1_000, output_tokens: 1_000 };
    const price = (model: string) => calcPrice(usage, model, { providerId })?.total_price ?? NaN;
    expect(price(models.small)).toBeLessThan(price(models.strong));
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
