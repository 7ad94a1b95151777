import type { CostRow } from './cost-rows';
import { chat, held, thought } from './cost-rows';

const openai = { vendor: 'OpenAI', provider: 'openai', price: [2.5, 10, 1.25] } as const;
const responses = { ...openai, api: 'responses' } as const;
const azure = { ...openai, vendor: 'Azure', provider: 'azure', model: 'team-chat' } as const;
const input = (
  input_tokens: number,
  output_tokens: number,
  total_tokens: number,
  cached = 0,
  reasoning = 0,
) => ({
  input_tokens,
  input_tokens_details: { cached_tokens: cached },
  output_tokens,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens,
});

export const openAiRows: readonly CostRow[] = [
  {
    ...openai,
    what: 'plain',
    reports: [chat(19, 10, 29, { ...held(0, { audio_tokens: 0 }), ...thought(0, { audio_tokens: 0 }) })],
    micro: 147.5, // 19 × 2.5 + 10 × 10 = 47.5 + 100
    kind: 'exact',
  },
  {
    ...openai,
    what: 'cached',
    reports: [chat(2_006, 300, 2_306, held(1_920))],
    micro: 5_615, // 86 × 2.5 + 1,920 × 1.25 + 300 × 10 = 215 + 2,400 + 3,000
    kind: 'exact',
  },
  {
    ...openai,
    what: 'reasoning inside',
    reports: [chat(75, 1_186, 1_261, thought(1_024))],
    micro: 12_047.5, // 75 × 2.5 + 1,186 × 10 = 187.5 + 11,860
    kind: 'exact',
  },
  {
    ...openai,
    what: 'written to the cache, priced',
    price: [2.5, 10, 1.25, 3.125],
    reports: [chat(3_000, 5, 3_005, held(1_024, { cache_write_tokens: 1_536 }))],
    micro: 7_230, // 440 × 2.5 + 1,024 × 1.25 + 1,536 × 3.125 + 5 × 10 = 1,100 + 1,280 + 4,800 + 50
    kind: 'exact',
  },
  {
    ...openai,
    what: 'predicted output that was rejected',
    reports: [
      chat(100, 40, 140, thought(0, { accepted_prediction_tokens: 12, rejected_prediction_tokens: 9 })),
    ],
    micro: 650, // 100 × 2.5 + 40 × 10
    kind: 'exact',
  },
  {
    ...openai,
    what: 'sound in the input',
    reports: [chat(100, 10, 110, held(0, { audio_tokens: 60 }))],
    micro: 350, // 100 × 2.5 + 10 × 10, without the price of sound
    kind: 'estimated',
  },
  {
    ...openai,
    what: 'a price for thoughts without their number',
    price: [2.5, 10, 1.25, 2.5, 5, 20],
    reports: [chat(100, 10, 110)],
    micro: 350,
    kind: 'estimated',
  },
  {
    ...openai,
    what: 'thoughts at a price of their own',
    price: [2.5, 10, 1.25, 2.5, 5, 20],
    reports: [chat(100, 50, 150, thought(40))],
    micro: 1_150, // 100 × 2.5 + 10 × 10 + 40 × 20 = 250 + 100 + 800
    kind: 'exact',
  },
  {
    ...openai,
    what: 'more cached than there was',
    reports: [chat(100, 10, 110, held(500))],
    micro: 975, // (100 + 500 − 500) × 2.5 + 500 × 1.25 + 10 × 10 = 250 + 625 + 100
    kind: 'estimated',
  },
  {
    ...openai,
    what: 'flex, asked for, no price',
    body: { service_tier: 'flex' },
    reports: [chat(100, 10, 110)],
    micro: 350,
    kind: 'estimated',
  },
  {
    ...openai,
    what: 'priority, told by the reply',
    tier: 'priority',
    reports: [chat(100, 10, 110)],
    micro: 350,
    kind: 'estimated',
  },
  {
    ...openai,
    what: 'the default tier, told by the reply',
    tier: 'default',
    reports: [chat(100, 10, 110)],
    micro: 350,
    kind: 'exact',
  },
  {
    ...openai,
    what: 'gpt-4o of May 2024 by the price list',
    model: 'gpt-4o',
    served: 'gpt-4o-2024-05-13',
    price: null,
    reports: [chat(1_000, 100, 1_100)],
    micro: 6_500, // 1,000 × 5 + 100 × 15
    kind: 'exact',
  },
  {
    ...openai,
    what: 'another model answered',
    model: 'gpt-4o',
    served: 'gpt-4o-mini-2024-07-18',
    reports: [chat(100, 10, 110)],
    micro: 350,
    kind: 'estimated',
  },
  {
    ...responses,
    vendor: 'OpenAI Responses',
    what: 'plain',
    reports: [input(37, 11, 48)],
    micro: 202.5, // 37 × 2.5 + 11 × 10 = 92.5 + 110
    kind: 'exact',
  },
  {
    ...responses,
    vendor: 'OpenAI Responses',
    what: 'cached and thought',
    reports: [input(2_006, 300, 2_306, 1_024, 200)],
    micro: 6_735, // 982 × 2.5 + 1,024 × 1.25 + 300 × 10 = 2,455 + 1,280 + 3,000
    kind: 'exact',
  },
  {
    ...responses,
    vendor: 'OpenAI Responses',
    what: 'thoughts that exceed the output',
    reports: [input(40, 11, 51, 0, 120)],
    micro: 1_410, // 40 × 2.5 + 131 × 10
    kind: 'estimated',
  },
  {
    ...azure,
    what: 'any name, price of the file',
    served: 'gpt-4o-2024-11-20',
    reports: [chat(1_566, 10, 1_576, { ...held(1_408), ...thought(0) })],
    micro: 2_255, // 158 × 2.5 + 1,408 × 1.25 + 10 × 10 = 395 + 1,760 + 100
    kind: 'exact',
  },
  {
    ...azure,
    what: 'thoughts inside',
    reports: [chat(20, 700, 720, thought(640))],
    micro: 7_050, // 20 × 2.5 + 700 × 10
    kind: 'exact',
  },
  {
    ...azure,
    what: 'by the list, named by the reply: regions differ',
    served: 'gpt-4o-2024-11-20',
    price: null,
    reports: [chat(100, 10, 110)],
    micro: 350, // 100 × 2.5 + 10 × 10
    kind: 'estimated',
  },
  {
    ...azure,
    what: 'by the list, named by nobody',
    price: null,
    reports: [chat(100, 10, 110)],
    micro: undefined,
    kind: 'unknown',
  },
  {
    ...azure,
    what: 'zeros of a long answer',
    reports: [chat(0, 0, 0)],
    micro: 22.5, // estimated from the texts: 1 × 2.5 + 2 × 10
    kind: 'estimated',
  },
];
