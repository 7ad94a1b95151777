import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import type { ParseResult } from '../../src/config/file/parse-configuration';
import type { Deployment } from '../../src/core/terms/deployment';
import { applyEdits } from './apply-edits';

const text = readFileSync(path.resolve(import.meta.dirname, '../fixtures/config/litellm.yaml'), 'utf8');

function read(file: string, environment: Readonly<Record<string, string>> = {}): ParseResult {
  return parseConfiguration(file, { environment });
}

function deploymentsOf({ configuration }: ParseResult): readonly Deployment[] {
  return (configuration?.pools ?? []).flatMap(({ deployments }) => deployments);
}

function one(model: string, rest = ''): ParseResult {
  return read(`model_list:\n  - model_name: p\n    litellm_params:\n      model: ${model}\n${rest}`);
}

const info = '    model_info: { id: a }\n';

describe('the configuration of a LiteLLM proxy, as it is', () => {
  const result = read(text);

  test('has at least 12 models, and loads with warnings alone', () => {
    expect(text.match(/- model_name:/g)?.length).toBeGreaterThanOrEqual(12);
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.configuration?.pools.map(({ name, deployments }) => [name, deployments.length])).toEqual([
      ['fast', 3],
      ['quality', 2],
      ['local', 2],
      ['router', 1],
      ['codex', 1],
      ['gpt-4o', 1],
    ]);
  });

  test('says which models call tools and take images', () => {
    const model = (id: string): Deployment | undefined =>
      deploymentsOf(result).find((each) => each.id === id);
    expect(model('fast-openai')).toMatchObject({ supportsTools: true, supportsImages: undefined });
    const told = one(
      'openai/a',
      '    model_info: { id: a, supports_function_calling: false, supports_vision: true }\n',
    );
    expect(deploymentsOf(told)[0]).toMatchObject({ supportsTools: false, supportsImages: true });
    expect(told.problems).toEqual([]);
    const wrong = one('openai/a', '    model_info: { id: a, supports_vision: perhaps }\n');
    expect(wrong.problems.map(({ message }) => message)).toEqual(['must be true or false: it has no effect']);
    expect(deploymentsOf(wrong)).toHaveLength(1);
  });

  test('names each thing that it can’t use once, at its line', () => {
    const of = (where: string): readonly string[] =>
      result.problems
        .filter((problem) => problem.path === where)
        .map(({ line, message }) => `${String(line)}: ${message}`);
    const ofProxy = 'belongs to the LiteLLM proxy and has no effect here';
    expect(of('litellm_settings')).toEqual([`122: ${ofProxy}`]);
    expect(of('general_settings')).toEqual([`138: ${ofProxy}`]);
    expect(of('router_settings')).toEqual([`132: ${ofProxy}`]);
    expect(of('environment_variables')).toEqual([]);
    expect(of('guardrails')).toEqual([`143: ${ofProxy}`]);
    expect(of('model_list[1].litellm_params.rpm')).toEqual([`29: ${ofProxy}`]);
    expect(of('model_list[6].litellm_params.model')[0]).toMatch(/^73: unknown provider 'bedrock'/);
    expect(of('model_list[7].litellm_params.model')[0]).toMatch(/^78: unknown provider 'vertex_ai'/);
    expect(of('model_list[13].litellm_params.model')[0]).toMatch(/^106: a wildcard names no model/);
    expect(of('model_list[15].model_info.mode')[0]).toMatch(/^114: is not the mode of a chat model/);
    expect(of('model_list[4].litellm_params.api_base')[0]).toMatch(
      /^56: the environment variable AZURE_US_API_BASE is not set/,
    );
  });

  test('takes an address from the environment', () => {
    const withBase = read(text, { AZURE_US_API_BASE: 'https://example-us.openai.azure.com' });
    expect(deploymentsOf(withBase).find(({ model }) => model === 'gpt-5-us')).toMatchObject({
      provider: 'azure',
      apiBase: 'https://example-us.openai.azure.com',
      apiVersion: '2025-04-01-preview',
      key: { kind: 'environment', name: 'AZURE_US_API_KEY' },
    });
  });

  test('repeats no secret, and uses none: a key in the file is looked for in secret storage', () => {
    expect(text).toContain('planted');
    expect(JSON.stringify(result)).not.toContain('planted');
    expect(deploymentsOf(result).find(({ id }) => id === 'sonnet')?.key).toEqual({
      kind: 'secret',
      host: 'api.anthropic.com',
    });
  });

  test('carries prices, options and merged values', () => {
    const byModel = (model: string) => deploymentsOf(result).find((each) => each.model === model);
    expect(byModel('gpt-5-eu')?.price).toEqual({
      inputUsdPerToken: 2.5e-6,
      outputUsdPerToken: 1.5e-5,
      cachedInputUsdPerToken: 2.5e-7,
      cacheWriteUsdPerToken: undefined,
    });
    expect(byModel('openai/gpt-oss-120b')).toMatchObject({
      provider: 'groq',
      options: { maxOutputTokens: 4096, temperature: 0.2 },
      price: { inputUsdPerToken: 1.5e-7 },
    });
    expect(byModel('claude-sonnet-5')?.options).toEqual({ maxOutputTokens: 8192, reasoningEffort: 'high' });
    expect(byModel('qwen3-coder')?.options.extraBody).toEqual({
      chat_template_kwargs: { enable_thinking: false },
    });
    expect(byModel('gpt-5.4-mini')?.key).toEqual({ kind: 'environment', name: 'OPENAI_API_KEY' });
    expect(byModel('llama3.2:3b')).toMatchObject({
      apiBase: 'http://localhost:11434/v1',
      key: { kind: 'none' },
    });
  });

  test('its fixes write every id down: the same ids, and no such warning any more', () => {
    const edits = result.problems.flatMap(({ fix }) => fix?.edits ?? []);
    expect(edits).toHaveLength(8);
    const mended = read(applyEdits(text, edits));
    expect(mended.problems.filter(({ path: where }) => where.endsWith('model_info.id'))).toEqual([]);
    expect(deploymentsOf(mended).map(({ id }) => id)).toEqual(deploymentsOf(result).map(({ id }) => id));
  });
});

describe('ids that are made', () => {
  const model = (pool: string, name: string, rest = ''): string =>
    `  - model_name: ${pool}\n    litellm_params: { model: ${name}${rest} }\n`;
  const idsOf = (...models: readonly string[]): readonly string[] =>
    deploymentsOf(read(`model_list:\n${models.join('')}`)).map(({ id }) => id);

  test('are unique, and don’t depend on the order', () => {
    const models = [
      model('a', 'openai/gpt-4o'),
      model('b', 'openai/gpt-4o'),
      model('b', 'openai/gpt-4o', ', api_base: "https://eu.example/v1"'),
      model('a', 'openai/gpt-4o-mini'),
    ];
    const ids = ['a/gpt-4o', 'b/gpt-4o@api.openai.com', 'b/gpt-4o@eu.example', 'gpt-4o-mini'];
    expect(idsOf(...models).toSorted()).toEqual(ids);
    expect(idsOf(...models.toReversed()).toSorted()).toEqual(ids);
  });

  test('leave those alone that are written', () => {
    const written = model('a', 'openai/other').replace(' }\n', ' }\n    model_info: { id: gpt-4o }\n');
    expect(idsOf(model('a', 'openai/gpt-4o'), written)).toEqual(['a/gpt-4o', 'gpt-4o']);
  });

  test('of models that differ in options alone are counted', () => {
    const alike = [1, 2, 3].map((limit) => model('a', 'openai/gpt-4o', `, max_tokens: ${String(limit)}`));
    expect(new Set(idsOf(...alike)).size).toBe(3);
  });

  test.each([
    ['a flow mapping', '  - { model_name: p, litellm_params: { model: openai/x } }\n'],
    ['an empty model_info', '  - model_name: p\n    litellm_params: { model: openai/x }\n    model_info:\n'],
    ['an empty mapping', '  - model_name: p\n    litellm_params: { model: openai/x }\n    model_info: {}\n'],
    ['an empty id', '  - model_name: p\n    litellm_params: { model: openai/x }\n    model_info: { id: }\n'],
    [
      'an id of null',
      '  - model_name: p\n    model_info:\n      id:\n    litellm_params: { model: openai/x }\n',
    ],
    ['params first', '  - litellm_params:\n      model: openai/x\n    model_name: p\n'],
    [
      'no indentation',
      '- model_name: p\n  litellm_params:\n    model: openai/x\n  model_info:\n    quality: 1\n',
    ],
  ])('the fix fits into %s', (_name, list) => {
    const file = `model_list:\n${list}`;
    const [problem] = read(file).problems.filter(({ path: where }) => where.endsWith('model_info.id'));
    const mended = applyEdits(file, problem?.fix?.edits ?? []);
    expect(read(mended).problems).toEqual([]);
    expect(deploymentsOf(read(mended)).map(({ id }) => id)).toEqual(['x']);
  });
});

describe('where every model has a pool of its own', () => {
  const file = `model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-5.4 }
    model_info: { id: a }
  - { model_name: "claude", litellm_params: { model: anthropic/claude-sonnet-5 }, model_info: { id: b } }
`;

  test('it is said, and the fix puts them into one', () => {
    const { problems } = read(file);
    expect(problems).toMatchObject([
      { severity: 'warning', path: 'model_list', fix: { title: 'Put these in one pool' } },
    ]);
    const mended = read(applyEdits(file, problems[0]?.fix?.edits ?? []));
    expect(mended.problems).toEqual([]);
    expect(mended.configuration?.pools).toMatchObject([
      { name: 'default', deployments: [{ id: 'a' }, { id: 'b' }] },
    ]);
  });

  test('the pool keeps the name that router.pool has', () => {
    const named = `${file}router: { pool: claude }\n`;
    const mended = read(applyEdits(named, read(named).problems[0]?.fix?.edits ?? []));
    expect(mended.configuration?.pools.map(({ name }) => name)).toEqual(['claude']);
  });
});

describe('providers', () => {
  test.each([
    ['openai/gpt-5.4', 'openai', 'gpt-5.4', 'chat-completions', 'https://api.openai.com/v1'],
    ['gpt-5.4', 'openai', 'gpt-5.4', 'chat-completions', 'https://api.openai.com/v1'],
    ['o3-mini', 'openai', 'o3-mini', 'chat-completions', 'https://api.openai.com/v1'],
    ['chatgpt-4o-latest', 'openai', 'chatgpt-4o-latest', 'chat-completions', 'https://api.openai.com/v1'],
    ['claude-haiku-4-5', 'anthropic', 'claude-haiku-4-5', 'anthropic-messages', 'https://api.anthropic.com'],
    [
      'gemini-3.8-flash',
      'gemini',
      'gemini-3.8-flash',
      'chat-completions',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    ],
    [
      'groq/openai/gpt-oss-20b',
      'groq',
      'openai/gpt-oss-20b',
      'chat-completions',
      'https://api.groq.com/openai/v1',
    ],
    ['openrouter/a/b:free', 'openrouter', 'a/b:free', 'chat-completions', 'https://openrouter.ai/api/v1'],
    ['ollama/llama3.2', 'ollama', 'llama3.2', 'chat-completions', 'http://127.0.0.1:11434/v1'],
    ['ollama_chat/llama3.2', 'ollama', 'llama3.2', 'chat-completions', 'http://127.0.0.1:11434/v1'],
    ['lm_studio/qwen', 'lm_studio', 'qwen', 'chat-completions', 'http://127.0.0.1:1234/v1'],
    ['vscode/copilot/gpt-4o', 'vscode', 'copilot/gpt-4o', 'editor', 'vscode:'],
    ['openai/gpt-5.3-codex', 'openai', 'gpt-5.3-codex', 'responses', 'https://api.openai.com/v1'],
    ['o1-pro', 'openai', 'o1-pro', 'responses', 'https://api.openai.com/v1'],
    [
      'openai/o4-mini-deep-research',
      'openai',
      'o4-mini-deep-research',
      'responses',
      'https://api.openai.com/v1',
    ],
    ['openai/gpt-5.4-pro', 'openai', 'gpt-5.4-pro', 'responses', 'https://api.openai.com/v1'],
    ['openai/responses/gpt-5.4', 'openai', 'gpt-5.4', 'responses', 'https://api.openai.com/v1'],
  ])('%s', (written, provider, model, protocol, apiBase) => {
    const result = one(written, info);
    expect(result.problems).toEqual([]);
    expect(deploymentsOf(result)).toMatchObject([{ provider, model, protocol, apiBase }]);
  });

  test('a compatible server speaks chat completions, whatever the model is called, unless the file asks', () => {
    const base = '      api_base: http://127.0.0.1:4000/v1\n';
    expect(deploymentsOf(one('openai/gpt-5.3-codex', base + info))).toMatchObject([
      { protocol: 'chat-completions', key: { kind: 'none' } },
    ]);
    const asked = one('openai/x', `${base}    model_info: { id: a, mode: responses }\n`);
    expect(deploymentsOf(asked)).toMatchObject([{ protocol: 'responses' }]);
  });

  test('a model of the editor needs no key, and Conduit’s own is an error', () => {
    expect(deploymentsOf(one('vscode/copilot/gpt-4o', info))).toMatchObject([{ key: { kind: 'none' } }]);
    for (const written of ['vscode/conduit/auto', 'vscode/Conduit/auto', 'vscode/ conduit/x']) {
      const result = one(`'${written}'`, info);
      expect(result.configuration).toBeUndefined();
      expect(result.problems[0]?.message).toMatch(/^Conduit never routes to itself/);
    }
  });

  test.each([
    ['gemni/x', "did you mean 'gemini/'?"],
    ['antropic/x', "did you mean 'anthropic/'?"],
    ['gorq/x', "did you mean 'groq/'?"],
    ['bedrock/x', 'Conduit speaks to openai/, anthropic/'],
    ['azure/x', 'is needed for azure/…'],
    ['litellm_proxy/x', 'is needed for litellm_proxy/…'],
    ['llama3', 'names no provider'],
    ['constructor/x', 'unknown provider'],
    ['__proto__/x', 'unknown provider'],
    ['openai/text-embedding-3-small', 'is not a chat model'],
    ['openai/whisper-1', 'is not a chat model'],
  ])('%s is left out with a word on why', (written, why) => {
    const good = '  - { model_name: p, litellm_params: { model: openai/y }, model_info: { id: y } }\n';
    const result = read(
      `model_list:\n${good}  - { model_name: p, litellm_params: { model: ${written} }, model_info: { id: a } }\n`,
    );
    expect(deploymentsOf(result).map(({ id }) => id)).toEqual(['y']);
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]?.message).toContain(why);
  });

  test('a file none of whose models can be used is an error', () => {
    const result = one('bedrock/x', info);
    expect(result.configuration).toBeUndefined();
    expect(result.problems.at(-1)).toMatchObject({ severity: 'error', path: 'model_list' });
  });

  test('a long word in the place of a provider is not repeated: it may be a key', () => {
    expect(JSON.stringify(one('sk-planted-0123456789-0123456789', info).problems)).not.toContain('planted');
  });

  test.each([
    ['anthropic/x', 'https://proxy.example/v1', 'https://proxy.example'],
    ['anthropic/x', 'https://proxy.example/v1/messages', 'https://proxy.example'],
    ['ollama/x', 'http://gpu-box:11434/', 'http://gpu-box:11434/v1'],
    ['openai/x', 'https://proxy.example', 'https://proxy.example'],
  ])('%s at %s is called at %s', (model, base, expected) => {
    expect(deploymentsOf(one(model, `      api_base: ${base}\n${info}`))).toMatchObject([
      { apiBase: expected },
    ]);
  });

  test('custom_llm_provider names the provider of any model', () => {
    const result = one(
      'meta-llama/Llama-4',
      `      custom_llm_provider: openai\n      api_base: http://gpu:8000/v1\n${info}`,
    );
    expect(deploymentsOf(result)).toMatchObject([{ provider: 'openai', model: 'meta-llama/Llama-4' }]);
  });

  test('one price without the other is not used, and said', () => {
    const result = one('openai/x', '    model_info: { id: a, input_cost_per_token: 1.0e-6 }\n');
    expect(deploymentsOf(result)).toMatchObject([{ price: undefined }]);
    expect(result.problems).toMatchObject([{ severity: 'warning', path: 'model_list[0].model_info' }]);
  });

  test('of two limits of an answer the smaller holds, and an unknown effort is said', () => {
    const result = one(
      'openai/x',
      `      max_tokens: 100\n      max_completion_tokens: 50\n      reasoning_effort: huge\n${info}`,
    );
    expect(deploymentsOf(result)[0]?.options).toEqual({ maxOutputTokens: 50 });
    expect(result.problems).toMatchObject([{ path: 'model_list[0].litellm_params.reasoning_effort' }]);
  });
});
