import { describe, expect, test } from 'vitest';
import { localServerFacts } from '../../src/providers/local-server-facts';
import { deploymentWith } from './stream-helpers';

/** What was asked, as "GET /path". */
let asked: string[];

/** A server that answers every path named with that JSON. */
function serving(replies: Readonly<Record<string, unknown>>): typeof globalThis.fetch {
  asked = [];
  return (input, init) => {
    const { pathname } = new URL(input as string);
    asked.push(`${init?.method ?? 'GET'} ${pathname}`);
    const reply = replies[pathname];
    return Promise.resolve(
      new Response(JSON.stringify(reply ?? {}), { status: reply === undefined ? 404 : 200 }),
    );
  };
}

const of = (provider: string, model: string, apiBase: string) =>
  deploymentWith({ provider, model, apiBase, key: { kind: 'none' } });
const ollama = of('ollama', 'llama3.2', 'http://127.0.0.1:11434/v1');

describe('Ollama', () => {
  const shown = {
    parameters: 'stop "<|eot_id|>"\nnum_ctx                        16384\n',
    model_info: { 'general.architecture': 'llama', 'llama.context_length': 131_072 },
    capabilities: ['completion', 'tools'],
  };

  test('tells the context of what is loaded', async () => {
    const fetch = serving({
      '/api/show': shown,
      '/api/ps': { models: [{ name: 'llama3.2:latest', context_length: 4_096 }] },
    });
    expect(await localServerFacts(fetch, ollama)).toEqual({
      contextWindowTokens: 4_096,
      supportsTools: true,
      supportsImages: false,
      thinks: false,
    });
    expect(asked.toSorted()).toEqual(['GET /api/ps', 'POST /api/show']);
  });

  test('tells what its file sets, then the longest that it could have', async () => {
    const window = async (more: object) =>
      (await localServerFacts(serving({ '/api/show': { ...shown, ...more } }), ollama))?.contextWindowTokens;
    expect(await window({})).toBe(16_384);
    expect(await window({ parameters: undefined })).toBe(131_072);
    expect(await window({ parameters: undefined, model_info: null })).toBeUndefined();
  });
});

test('LM Studio tells the loaded context, and who sees', async () => {
  const deployment = of('lm_studio', 'qwen/qwen3-vl-4b', 'http://127.0.0.1:1234/v1');
  const model = {
    id: 'qwen/qwen3-vl-4b',
    type: 'vlm',
    capabilities: ['tool_use'],
    loaded_context_length: 8_192,
    max_context_length: 262_144,
  };
  const fetch = serving({ '/api/v0/models': { data: [{ id: 'other', type: 'llm' }, model] } });
  expect(await localServerFacts(fetch, deployment)).toEqual({
    contextWindowTokens: 8_192,
    supportsTools: true,
    supportsImages: true,
  });
  expect(await localServerFacts(serving({ '/api/v0/models': { data: [] } }), deployment)).toBeUndefined();
});

test('vLLM and llama.cpp tell the context that they were started with', async () => {
  const vllm = of('hosted_vllm', 'qwen', 'http://127.0.0.1:8000/v1/');
  const models = { data: [{ id: 'qwen', max_model_len: '32768' }] };
  expect(await localServerFacts(serving({ '/v1/models': models }), vllm)).toEqual({
    contextWindowTokens: 32_768,
  });
  const llama = of('llamafile', 'any', 'http://127.0.0.1:8080/v1');
  const props = { default_generation_settings: { n_ctx: 4_096 }, modalities: { vision: true } };
  expect(await localServerFacts(serving({ '/props': props }), llama)).toEqual({
    contextWindowTokens: 4_096,
    supportsImages: true,
  });
});

test('a server that is away, or is nobody’s own, tells nothing', async () => {
  expect(await localServerFacts(() => Promise.reject(new Error('refused')), ollama)).toBeUndefined();
  const fetch = serving({});
  expect(await localServerFacts(fetch, of('openai', 'gpt-4o', 'https://api.openai.com/v1'))).toBeUndefined();
  expect(asked).toEqual([]);
});
