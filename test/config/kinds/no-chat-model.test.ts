import { describe, expect, test } from 'vitest';
import { caseText, listOf, load, messages, modelsOf, othersIn } from './read';

/** Whether an entry is used, by its params and what stands beside them. */
function chats(params: string, rest = ''): boolean {
  return othersIn(load(listOf(`{ model_name: a, litellm_params: { ${params} }${rest} }`))).length === 1;
}

const own = 'api_base: "https://x.example/v1"';

describe('an entry that is no chat model', () => {
  test('of many, those that chat are kept', () => {
    const kept = modelsOf(load(caseText('05-not-a-chat-model/conduit.yaml'))).map(({ model }) => model);
    expect(kept).toEqual(['gpt-4o', 'gpt-4o-mini-search-preview']);
  });

  test('what only its pool or its base_model gives away', () => {
    const kept = modelsOf(load(caseText('05-not-a-chat-model/base_model.yaml'))).map(({ model }) => model);
    expect(kept).toEqual(['gpt-4o']);
  });

  test.each([
    'openai/text-embedding-4-large',
    'openai/gpt-image-2',
    'openai/gpt-realtime-mini',
    'openai/gpt-4o-transcribe-diarize',
    'openai/omni-moderation-latest',
    'openai/sora-2-pro',
    'openai/tts-1-hd',
    'openai/computer-vision-embedder',
    'openai/code-davinci-002',
    'openai/ft:babbage-002:acme::x',
    'openai/text-search-ada-doc-001',
    'gemini/gemini-2.0-flash-live-001',
    'together_ai/cartesia/sonic-2',
    'together_ai/pixverse/pixverse-v5',
    'nvidia_nim/nvidia/nvclip',
    'nvidia_nim/nvidia/nemotron-content-safety-reasoning-4b',
    'huggingface/FacebookAI/xlm-roberta-large',
    'dashscope/sambert-zhichu-v1',
    'ollama/qwen2.5-coder:1.5b-base',
    'ollama/codellama:7b-code',
    'ollama/llama-guard3:8b',
    'mistral/mistral-embed',
    'mistral/codestral-embed-2505',
    'mistral/mistral-ocr-latest',
    'mistral/mistral-moderation-latest',
    'mistral/voxtral-mini-transcribe-2507',
    'cohere/embed-v4.0',
    'cohere/rerank-v4-pro',
    'gemini/text-embedding-004',
    'gemini/gemini-embedding-2',
    'gemini/veo-3.1-generate-preview',
    'gemini/gemini-3.1-flash-live-preview',
    'gemini/gemini-3.8-flash-tts',
    'gemini/imagen-4.0-ultra-generate-001',
    'gemini/gemini-nano-banana-2.1',
    'xai/grok-imagine-image',
    'xai/grok-imagine-video',
    'xai/grok-voice-latest',
    'groq/whisper-large-v3-turbo',
    'groq/meta-llama/llama-prompt-guard-2-86m',
    'groq/openai/gpt-oss-safeguard-20b',
    'fireworks_ai/accounts/fireworks/models/flux-1-dev-fp8',
    'fireworks_ai/nomic-ai/nomic-embed-text-v1.5',
    'together_ai/black-forest-labs/FLUX.1-schnell-Free',
    'together_ai/BAAI/bge-large-en-v1.5',
    'together_ai/WhereIsAI/UAE-Large-V1',
    'together_ai/Salesforce/Llama-Rank-v1',
    'nvidia_nim/nvidia/nv-embedqa-e5-v5',
    'nvidia_nim/nvidia/llama-3.2-nv-rerankqa-1b-v2',
    'ollama/mxbai-embed-large',
    'ollama/snowflake-arctic-embed2:335m',
    'ollama/embeddinggemma',
    'ollama/qwen3-embedding:4b',
    'ollama/granite3-guardian:8b',
    'ollama/shieldgemma:9b',
    'dashscope/wan2.6-t2v',
    'dashscope/text-embedding-v4',
    'dashscope/qwen-image-plus',
    'dashscope/cosyvoice-v2',
    'openrouter/google/gemini-3.1-flash-image-preview',
    'openrouter/kwaivgi/kling-video-o1',
    'vercel_ai_gateway/voyage/voyage-4-large',
    'vercel_ai_gateway/elevenlabs/eleven-v4',
  ])('%s is left out', (model) => {
    expect(chats(`model: ${model}`)).toBe(false);
  });

  test.each([
    `model: openai/stabilityai/stable-diffusion-3.5-large, ${own}`,
    `model: openai/sd3.5-medium, ${own}`,
    `model: openai/intfloat/multilingual-e5-large, ${own}`,
    `model: openai/Qwen3Guard-Gen-8B, ${own}`,
    `model: openai/Wan2.2-T2V-A14B, ${own}`,
    `model: openai/musicgen-large, ${own}`,
    `model: openai/jina-reranker-v3, ${own}`,
    `model: openai/sentence-transformers/all-mpnet-base-v2, ${own}`,
  ])('{ %s } is left out by its words', (params) => {
    expect(chats(params)).toBe(false);
  });

  test.each([
    'model: openai/gpt-5.4',
    'model: openai/gpt-4.1-mini',
    'model: openai/o4-mini-deep-research',
    'model: openai/gpt-5.3-codex',
    'model: openai/chatgpt-4o-latest',
    'model: gemini/gemini-3.8-flash',
    'model: gemini/gemini-2.5-computer-use-preview-10-2025',
    'model: mistral/codestral-latest',
    'model: mistral/pixtral-large-latest',
    'model: groq/llama-3.3-70b-versatile',
    'model: together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'model: openrouter/deepseek/deepseek-v4-flash',
    'model: ollama/llama3.2-vision',
    'model: ollama/starcoder2:instruct',
    'model: ollama/phi4-multimodal',
    `model: openai/vanguard-chat, ${own}`,
    `model: openai/olive-7b, ${own}`,
    `model: openai/adagio, ${own}`,
    `model: openai/house-coder-7b, ${own}`,
    'model: azure/gpt-4o-canary, api_base: "https://a.example.azure.com"',
    'model: dashscope/qwen3-max',
    'model: openai/gpt-4o-search-preview',
    'model: "openai/ft:gpt-4o-mini-2024-07-18:acme::a"',
    'model: anthropic/claude-sonnet-4-20250514',
    'model: "ollama/granite-code:8b-instruct"',
    'model: ollama/qwen2.5-coder:7b-instruct',
    `model: azure/gpt-4o-base, ${own}`,
    `model: azure/safeguard-chat, ${own}`,
    `model: azure/coast-guard-assistant, ${own}`,
    `model: azure/guardian-news-writer, ${own}`,
    `model: azure/embedded-linux-expert, ${own}`,
    `model: azure/contract-retrieval, ${own}`,
    `model: azure/music-tutor, ${own}`,
  ])('{ %s } chats', (params) => {
    expect(chats(params)).toBe(true);
  });

  test.each([
    'text-embedding-3-large',
    'embeddings',
    'whisper',
    'my-tts',
    'reranker',
    'dall-e-3',
    'gpt-image-1',
    'emb',
    'bge-large',
    'e5-large',
    'ada-002',
    'sora-2',
    'text-to-speech',
    'stable-diffusion-xl',
    'image-generation',
    'gpt-realtime',
    'llama-guard-3',
  ])('a deployment of which only the pool %s is known', (pool) => {
    const entry = `{ model_name: ${pool}, litellm_params: { model: azure/prod-01, api_base: "https://a.example" } }`;
    const loaded = load(listOf(entry));
    expect(othersIn(loaded)).toEqual([]);
    expect(messages(loaded)).toContain('is not a chat model, by its name');
  });

  test.each(['voice-agent', 'image-chat', 'guard', 'ada', 'embedded-team', 'realtime', 'research'])(
    'but the pool %s may be one of chat models',
    (pool) => {
      const entry = `{ model_name: ${pool}, litellm_params: { model: azure/prod-01, api_base: "https://a.example" } }`;
      expect(othersIn(load(listOf(entry)))).toHaveLength(1);
    },
  );

  test.each([
    'model: openai/gpt-4o',
    'model: "ollama/llama3.1:8b"',
    `model: hosted_vllm/Qwen/Qwen3-32B, ${own}`,
    `model: azure/gpt4o-eu, ${own}`,
  ])('a pool’s name says nothing of a model that is known to chat: { %s }', (params) => {
    const entry = `{ model_name: whisper, litellm_params: { ${params} } }`;
    expect(othersIn(load(listOf(entry)))).toHaveLength(1);
  });

  test('mode decides before any name', () => {
    expect(chats('model: openai/text-embedding-3-large', ', model_info: { mode: chat }')).toBe(true);
    for (const mode of [
      'embedding',
      'image_generation',
      'audio_speech',
      'rerank',
      'completion',
      'moderation',
      'ocr',
      'video_generation',
      'realtime',
    ])
      expect(chats('model: openai/gpt-4o', `, model_info: { mode: ${mode} }`)).toBe(false);
  });

  test('what a deployment stands for decides before its own name', () => {
    const azure = 'model: azure/image-team, api_base: "https://a.example"';
    expect(chats(azure, ', model_info: { base_model: azure/gpt-4o }')).toBe(true);
    expect(
      chats(
        'model: azure/team, api_base: "https://a.example"',
        ', model_info: { base_model: azure/whisper-1 }',
      ),
    ).toBe(false);
  });
});
