import type { CostRow } from './cost-rows';
import { chat, held, thought } from './cost-rows';

const claude = {
  vendor: 'Anthropic',
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  api: 'messages',
  price: [3, 15, 0.3, 3.75, 6],
} as const;
const start = (input_tokens: number, more = {}) => ({ input_tokens, output_tokens: 1, ...more });
const cache = (written: number, hour: number) => ({
  cache_creation_input_tokens: written,
  cache_creation: { ephemeral_5m_input_tokens: written - hour, ephemeral_1h_input_tokens: hour },
});
const google = {
  vendor: 'Google',
  provider: 'gemini',
  model: 'gemini-2.5-pro',
  price: [1.25, 10, 0.125],
} as const;

export const claudeAndGoogleRows: readonly CostRow[] = [
  {
    ...claude,
    what: 'plain',
    reports: [start(25), { output_tokens: 15 }],
    micro: 300, // 25 × 3 + 15 × 15 = 75 + 225
    kind: 'exact',
  },
  {
    ...claude,
    what: 'cached, beside the input',
    reports: [start(25, { cache_read_input_tokens: 1_800 }), { output_tokens: 10 }],
    micro: 765, // 25 × 3 + 1,800 × 0.3 + 10 × 15 = 75 + 540 + 150
    kind: 'exact',
  },
  {
    ...claude,
    what: 'written for five minutes',
    reports: [start(10, cache(1_000_000, 0)), { output_tokens: 2 }],
    micro: 3_750_060, // 10 × 3 + 1,000,000 × 3.75 + 2 × 15
    kind: 'exact',
  },
  {
    ...claude,
    what: 'written for an hour, priced',
    reports: [start(10, cache(1_000_000, 1_000_000)), { output_tokens: 2 }],
    micro: 6_000_060, // 10 × 3 + 1,000,000 × 6 + 2 × 15
    kind: 'exact',
  },
  {
    ...claude,
    what: 'written for an hour, not priced',
    price: [3, 15, 0.3, 3.75],
    reports: [start(10, cache(1_000_000, 1_000_000)), { output_tokens: 2 }],
    micro: 6_000_060, // twice the price of input
    kind: 'estimated',
  },
  {
    ...claude,
    what: 'written for both',
    reports: [start(10, cache(1_000, 400)), { output_tokens: 2 }],
    micro: 4_710, // 10 × 3 + 600 × 3.75 + 400 × 6 + 2 × 15 = 30 + 2,250 + 2,400 + 30
    kind: 'exact',
  },
  {
    ...claude,
    what: 'parts of what was written that exceed it',
    reports: [start(10, { ...cache(1_000, 400), cache_creation_input_tokens: 700 }), { output_tokens: 2 }],
    micro: 4_710,
    kind: 'estimated',
  },
  {
    ...claude,
    what: 'an hour asked for, and not told apart',
    body: { cache_control: { type: 'ephemeral', ttl: '1h' } },
    reports: [start(10, { cache_creation_input_tokens: 1_000 }), { output_tokens: 2 }],
    micro: 3_810, // 10 × 3 + 1,000 × 3.75 + 2 × 15
    kind: 'estimated',
  },
  {
    ...claude,
    what: 'a zero at the end erases nothing',
    reports: [start(1_234), { input_tokens: 0, output_tokens: 200, cache_read_input_tokens: 0 }],
    micro: 6_702, // 1,234 × 3 + 200 × 15 = 3,702 + 3,000
    kind: 'exact',
  },
  {
    ...claude,
    what: 'an output of zero',
    reports: [start(1_234), { input_tokens: 0, output_tokens: 0 }],
    micro: 33, // estimated from the texts: 1 × 3 + 2 × 15
    kind: 'estimated',
  },
  {
    ...claude,
    what: 'thoughts inside',
    reports: [start(25), { output_tokens: 348, output_tokens_details: { thinking_tokens: 321 } }],
    micro: 5_295, // 25 × 3 + 348 × 15 = 75 + 5,220
    kind: 'exact',
  },
  {
    ...claude,
    what: 'a search beside the tokens',
    reports: [start(25), { output_tokens: 15, server_tool_use: { web_search_requests: 1 } }],
    micro: 300,
    kind: 'estimated',
  },
  {
    ...claude,
    what: 'priority',
    reports: [start(25, { service_tier: 'priority' }), { output_tokens: 15 }],
    micro: 300,
    kind: 'estimated',
  },
  {
    ...claude,
    what: 'an alias, by the list',
    price: null,
    reports: [start(250_000), { output_tokens: 1_000 }],
    micro: 1_522_500, // above 200,000: 250,000 × 6 + 1,000 × 22.5 = 1,500,000 + 22,500
    kind: 'exact',
  },
  {
    ...claude,
    what: 'an hour, by the list',
    price: null,
    reports: [start(10, cache(100_000, 100_000)), { output_tokens: 2 }],
    micro: 600_060, // 10 × 3 + 100,000 × 6 + 2 × 15
    kind: 'exact',
  },
  {
    ...google,
    what: 'plain',
    reports: [chat(40, 11, 51)],
    micro: 160, // 40 × 1.25 + 11 × 10 = 50 + 110
    kind: 'exact',
  },
  {
    ...google,
    what: 'thoughts in the total alone',
    reports: [chat(40, 11, 171)],
    micro: 1_360, // 40 × 1.25 + 131 × 10 = 50 + 1,310
    kind: 'exact',
  },
  {
    ...google,
    what: 'cached',
    reports: [chat(4_400, 2, 4_402, held(4_096))],
    micro: 912, // 304 × 1.25 + 4,096 × 0.125 + 2 × 10 = 380 + 512 + 20
    kind: 'exact',
  },
  {
    ...google,
    what: 'long, by the list',
    price: null,
    reports: [chat(250_000, 1_000, 251_000)],
    micro: 640_000, // above 200,000: 250,000 × 2.5 + 1,000 × 15
    kind: 'exact',
  },
  {
    ...google,
    what: 'at the limit, by the list',
    price: null,
    reports: [chat(200_000, 1_000, 201_000)],
    micro: 260_000, // 200,000 × 1.25 + 1,000 × 10
    kind: 'exact',
  },
  {
    ...google,
    what: 'thoughts named and beside',
    reports: [chat(40, 11, 171, thought(120))],
    micro: 1_360, // 40 × 1.25 + 131 × 10
    kind: 'exact',
  },
];
