import type { CostRow } from './cost-rows';
import { chat, held, thought } from './cost-rows';

const xai = { vendor: 'xAI', provider: 'xai', model: 'grok-4', price: [3, 15, 0.75] } as const;
const deepseek = {
  vendor: 'DeepSeek',
  provider: 'deepseek',
  model: 'deepseek-chat',
  price: [0.28, 0.42, 0.028],
} as const;
const moonshot = {
  vendor: 'Moonshot',
  provider: 'moonshot',
  model: 'kimi-k2.6',
  price: [0.95, 4, 0.16],
} as const;
const groq = {
  vendor: 'Groq',
  provider: 'groq',
  model: 'openai/gpt-oss-20b',
  price: [0.075, 0.3, 0.0375],
} as const;
const mistral = {
  vendor: 'Mistral',
  provider: 'mistral',
  model: 'mistral-small-2603',
  price: [0.15, 0.6],
} as const;
const alibaba = {
  vendor: 'Alibaba',
  provider: 'dashscope',
  model: 'qwen-plus',
  price: [0.4, 1.2, 0.04, 0.5],
} as const;
const openrouter = {
  vendor: 'OpenRouter',
  provider: 'openrouter',
  model: 'openai/gpt-4o-mini',
  price: [0.15, 0.6],
} as const;
const litellm = {
  vendor: 'LiteLLM',
  provider: 'litellm_proxy',
  model: 'fast',
  price: [1, 4, 0.1, 1.25],
} as const;
const vllm = {
  vendor: 'vLLM',
  provider: 'hosted_vllm',
  model: 'lantern-8b',
  price: [0.1, 0.2, 0.05],
} as const;
const ollama = { vendor: 'Ollama', provider: 'ollama', model: 'llama3.2', price: null } as const;

export const otherRows: readonly CostRow[] = [
  {
    ...xai,
    what: 'thoughts beside the output',
    reports: [chat(40, 11, 171, thought(120))],
    micro: 2_085, // 40 × 3 + 131 × 15 = 120 + 1,965
    kind: 'exact',
  },
  {
    ...xai,
    what: 'cached and thoughts beside',
    reports: [chat(1_000, 20, 1_320, { ...held(900), ...thought(300) })],
    micro: 5_775, // 100 × 3 + 900 × 0.75 + 320 × 15 = 300 + 675 + 4,800
    kind: 'exact',
  },
  {
    ...xai,
    what: 'its own bill in ticks',
    reports: [chat(40, 11, 171, { ...thought(120), cost_in_usd_ticks: 37_756_000 })],
    micro: 3_775.6, // 37,756,000 ÷ 10,000,000,000 USD
    kind: 'exact',
  },
  {
    ...xai,
    what: 'sources beside the tokens',
    reports: [chat(40, 11, 51, { num_sources_used: 3 })],
    micro: 285, // 40 × 3 + 11 × 15
    kind: 'estimated',
  },
  {
    ...xai,
    what: 'a total that is neither sum',
    reports: [chat(40, 11, 100, thought(120))],
    micro: 2_085, // 40 × 3 + 131 × 15
    kind: 'estimated',
  },
  {
    ...deepseek,
    what: 'hits and misses',
    reports: [chat(1_000, 50, 1_050, { prompt_cache_hit_tokens: 896, prompt_cache_miss_tokens: 104 })],
    micro: 75.208, // 104 × 0.28 + 896 × 0.028 + 50 × 0.42 = 29.12 + 25.088 + 21
    kind: 'exact',
  },
  {
    ...deepseek,
    what: 'hits and misses that are not the whole',
    reports: [chat(1_000, 50, 1_050, { prompt_cache_hit_tokens: 896, prompt_cache_miss_tokens: 50 })],
    micro: 75.208,
    kind: 'estimated',
  },
  {
    ...deepseek,
    what: 'thoughts inside',
    reports: [chat(100, 500, 600, thought(450))],
    micro: 238, // 100 × 0.28 + 500 × 0.42 = 28 + 210
    kind: 'exact',
  },
  {
    ...moonshot,
    what: 'cached at the top',
    reports: [chat(1_000, 50, 1_050, { cached_tokens: 768 })],
    micro: 543.28, // 232 × 0.95 + 768 × 0.16 + 50 × 4 = 220.4 + 122.88 + 200
    kind: 'exact',
  },
  {
    ...moonshot,
    what: 'cached at both places, differently',
    reports: [chat(1_000, 50, 1_050, { ...held(768), cached_tokens: 512 })],
    micro: 543.28,
    kind: 'estimated',
  },
  {
    ...groq,
    what: 'with its times',
    reports: [chat(36, 3, 39, { queue_time: 0.037, prompt_time: 0.0003, total_time: 0.0124 })],
    micro: 3.6, // 36 × 0.075 + 3 × 0.3 = 2.7 + 0.9
    kind: 'exact',
  },
  {
    ...groq,
    what: 'cached, usual tier',
    tier: 'on_demand',
    reports: [chat(4_641, 3, 4_644, held(4_608))],
    micro: 176.175, // 33 × 0.075 + 4,608 × 0.0375 + 3 × 0.3 = 2.475 + 172.8 + 0.9
    kind: 'exact',
  },
  {
    ...groq,
    what: 'by the list',
    price: null,
    reports: [chat(78, 31, 109, thought(21))],
    micro: 15.15, // 78 × 0.075 + 31 × 0.3 = 5.85 + 9.3
    kind: 'exact',
  },
  {
    ...mistral,
    what: 'plain',
    reports: [chat(200, 30, 230)],
    micro: 48, // 200 × 0.15 + 30 × 0.6 = 30 + 18
    kind: 'exact',
  },
  {
    ...mistral,
    what: 'cached without a price of it',
    reports: [chat(200, 30, 230, { num_cached_tokens: 128 })],
    micro: 48,
    kind: 'estimated',
  },
  {
    ...mistral,
    what: 'as texts',
    reports: [{ prompt_tokens: '200', completion_tokens: '30', total_tokens: '230' }],
    micro: 48,
    kind: 'exact',
  },
  {
    ...alibaba,
    what: 'read and written',
    reports: [chat(1_000, 50, 1_050, held(600, { cache_creation_input_tokens: 200 }))],
    micro: 264, // 200 × 0.4 + 600 × 0.04 + 200 × 0.5 + 50 × 1.2 = 80 + 24 + 100 + 60
    kind: 'exact',
  },
  {
    ...alibaba,
    what: 'plain',
    reports: [chat(1_000, 50, 1_050, held(0))],
    micro: 460, // 1,000 × 0.4 + 50 × 1.2
    kind: 'exact',
  },
  {
    ...openrouter,
    what: 'its own bill',
    reports: [chat(100, 10, 110, { cost: 0.00123, cost_details: { upstream_inference_cost: null } })],
    micro: 1_230,
    kind: 'exact',
  },
  {
    ...openrouter,
    what: 'a key of one’s own',
    reports: [
      chat(14, 2, 16, { cost: 1.65e-7, is_byok: true, cost_details: { upstream_inference_cost: 3.3e-6 } }),
    ],
    micro: 3.465, // 0.165 + 3.3
    kind: 'exact',
  },
  {
    ...openrouter,
    what: 'a key of one’s own, of which nobody tells',
    reports: [chat(100, 10, 110, { cost: 0, is_byok: true })],
    micro: 21, // 100 × 0.15 + 10 × 0.6 = 15 + 6
    kind: 'estimated',
  },
  {
    ...openrouter,
    what: 'a bill of 0 for what costs money',
    reports: [chat(100, 10, 110, { cost: 0, is_byok: false })],
    micro: 21,
    kind: 'estimated',
  },
  {
    ...openrouter,
    what: 'a free variant',
    model: 'meta-llama/llama-3.3-70b-instruct:free',
    price: null,
    reports: [chat(100, 10, 110, { cost: 0, is_byok: false })],
    micro: 0,
    kind: 'exact',
  },
  {
    ...openrouter,
    what: 'less than nothing',
    reports: [chat(100, 10, 110, { cost: -1 })],
    micro: 21, // the price of the file
    kind: 'exact',
  },
  {
    ...litellm,
    what: 'a cost in the header',
    header: '0.00042',
    price: null,
    reports: [chat(100, 10, 110)],
    micro: 420,
    kind: 'exact',
  },
  {
    ...litellm,
    what: '0.0 in the header',
    header: '0.0',
    price: null,
    reports: [chat(100, 10, 110)],
    micro: undefined,
    kind: 'unknown',
  },
  {
    ...litellm,
    what: 'None in the header',
    header: 'None',
    price: null,
    reports: [chat(100, 10, 110)],
    micro: undefined,
    kind: 'unknown',
  },
  {
    ...litellm,
    what: 'Claude’s cache in OpenAI’s words',
    reports: [
      chat(2_025, 15, 2_040, {
        ...held(1_800),
        cache_creation_input_tokens: 200,
        cache_read_input_tokens: 1_800,
      }),
    ],
    micro: 515, // 25 × 1 + 1,800 × 0.1 + 200 × 1.25 + 15 × 4 = 25 + 180 + 250 + 60
    kind: 'exact',
  },
  {
    ...litellm,
    what: 'a cache that may stand inside or beside',
    reports: [chat(2_025, 15, 2_040, { cache_read_input_tokens: 1_800 })],
    micro: 465, // 225 × 1 + 1,800 × 0.1 + 15 × 4 = 225 + 180 + 60
    kind: 'estimated',
  },
  {
    ...vllm,
    what: 'details that are null',
    reports: [chat(500, 20, 520, { prompt_tokens_details: null })],
    micro: 54, // 500 × 0.1 + 20 × 0.2 = 50 + 4
    kind: 'exact',
  },
  {
    ...vllm,
    what: 'cached',
    reports: [chat(500, 20, 520, held(400))],
    micro: 34, // 100 × 0.1 + 400 × 0.05 + 20 × 0.2 = 10 + 20 + 4
    kind: 'exact',
  },
  {
    ...vllm,
    what: 'no words, so that nothing was written',
    answered: false,
    reports: [chat(500, 0, 500)],
    micro: 50, // 500 × 0.1
    kind: 'exact',
  },
  {
    ...ollama,
    what: 'on this machine',
    reports: [chat(26, 8, 34)],
    micro: 0,
    kind: 'exact',
  },
];
