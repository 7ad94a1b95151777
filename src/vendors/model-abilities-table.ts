/**
 * Written by `node scripts/model-abilities.mjs` from the public figures in scripts/model-abilities/figures.json;
 * docs/model-abilities.md says where they are from and how far they can be trusted.
 */

import type { AbilityFigures } from './ability-figures';

/** What is said of models that have no row. */
export const abilityFigures: AbilityFigures = {
  day: '2026-08-18',
  sources: [
    'aider-edit',
    'aider-polyglot',
    'aider-refactor',
    'alpaca-eval-2',
    'arena-code-2026-04',
    'arena-text-2025-12',
    'arena-text-2026-04',
    'bfcl-4',
    'confabulations',
    'evalplus',
    'livebench-2024-11-25',
    'livebench-2025-04-25',
    'livebench-2025-05-30',
    'livebench-2025-12-23',
    'livebench-2026-01-08',
    'livecodebench-submissions',
    'models-dev-benchmarks',
    'nyt-connections',
    'open-llm-2',
    'openhands-index',
    'simple-evals',
    'swe-bench-2026-04',
    'swe-bench-bash-only',
    'swe-rebench',
    'tau2',
    'vectara',
  ],
  size: { one: -2.44, tenfold: 1.18, bend: -0.27, deviation: 0.76 },
  sizeOfKin: { tenfold: 0.61, bend: -0.65, deviation: 0.39 },
  price: { one: 0.7, tenfold: 0.5, deviation: 0.63 },
  nothing: { ability: -1.1, deviation: 0.8 },
  version: { gain: 0.13, gainEach: 0.81, most: 0.6, fixed: 0.05, each: 0.056 },
  efforts: {
    none: -0.21,
    minimal: -0.16,
    low: -0.05,
    medium: 0.06,
    high: 0.12,
    on: 0.09,
  },
};

/**
 * A model's name, its ability and deviation in hundredths; "s" or "p" where it is known by its size or its price, "k"
 * with the name of the other version that it is taken after; "c" and "l" how much better it is at code and
 * at language; "b" thousands of millions of parameters that its name leaves out.
 */
export const modelAbilitiesTable = `
chatgpt-4o-latest -5 15 c5 l7
claude-2.0 -140 16
claude-2.1 -118 20
claude-3-haiku -124 10 l3
claude-3-opus -50 10 l3
claude-3-sonnet -94 11 c-3
claude-3.5-haiku -47 17 c9
claude-3.5-sonnet -14 10 c6
claude-3.7-sonnet 21 9
claude-fable-5 182 15
claude-haiku-4.5 47 9 c3 l-4
claude-instant-1 -167 21
claude-opus-4 62 9 c-3
claude-opus-4.1 69 11 c4
claude-opus-4.5 98 7 c8
claude-opus-4.6 126 7 c5
claude-opus-4.7 143 16 c8 l-5
claude-opus-4.8 159 9 l-3
claude-opus-5 172 19
claude-sonnet-4 53 9 l-3
claude-sonnet-4.5 79 7 c5
claude-sonnet-4.6 112 12
claude-sonnet-5 134 15
codegemma-7b -186 18
codellama-13b -223 18
codellama-34b -209 15 l-4
codellama-70b -164 19 c-5 l-11
codellama-7b -238 18
codeqwen1.5-7b -163 19 c4
codestral-2405 -119 14 c4 b22
codestral-2501 -76 17 b22
codestral-2508 -15 22 s b22
codex-mini 22 24 p
command-a -23 17 b111
command-a-reasoning-08-2025 59 24 p
command-r-08-2024 -116 14 c-6 b32
command-r-35b -145 17
command-r-plus -126 15 c-8 l6 b104
command-r-plus-08-2024 -93 12 c-10 b104
command-r7b-12-2024 -146 21 l4
command-r7b-arabic-02-2025 -89 22 s
deepseek-coder-1.3b -271 24 c10
deepseek-coder-33b -168 19 c4
deepseek-coder-6.7b -203 21 c6
deepseek-coder-7b-v1.5 -190 28 c12
deepseek-coder-v2 -75 13 c7 l-4 b236
deepseek-coder-v2-lite -164 22 s b16
deepseek-llm-67b -156 16 c-4 l-4
deepseek-llm-7b -221 18
deepseek-moe-16b -203 20
deepseek-r1 16 12 c3 b685
deepseek-r1-0528 31 12 c6 b685
deepseek-r1-0528-qwen3-8b -59 22 s
deepseek-r1-distill-llama-70b -51 16 l-8
deepseek-r1-distill-llama-8b -128 34 l-4
deepseek-r1-distill-qwen-1.5b -205 30
deepseek-r1-distill-qwen-14b -83 17 l-5
deepseek-r1-distill-qwen-32b -75 16 l-8
deepseek-r1-distill-qwen-7b -131 30 l-3
deepseek-v2-0628 -56 19
deepseek-v2.5 -61 11 c4 b236
deepseek-v2.5-1210 -25 13 b236
deepseek-v3 -20 10 b671
deepseek-v3-0324 2 14 c6 l3 b671
deepseek-v3.1 41 13 b685
deepseek-v3.2 55 5 c-3 l-3 b685
deepseek-v3.2-speciale 71 22 s b685
deepseek-v4-flash 90 14 b284
deepseek-v4-pro 120 12 c-4 b1600
devstral-2512 36 15 c-6 l-10 b125
devstral-medium-2507 -15 19 c-4
devstral-small-2505 -37 22 s b24
devstral-small-2507 -31 28 b24
devstral-small-2512 36 14 b24
dolphin-2.2.1-mistral-7b -212 17 c-3
dolphin-2.6-mixtral-8x7b -161 18
dolphin-mistral-24b-venice-edition -19 22 s
ernie-4.5-300b-a47b 21 19
ernie-5.0 17 20 c6 l3
ernie-5.1 50 25
exaone-4.0-1.2b -133 22 s
exaone-4.0-32b -10 22 s
exaone-4.5-33b 67 22 s
falcon-180b -196 18 c-5
falcon-40b -235 17
falcon-7b -286 15
falcon-h1r-7b -2 22 s
falcon3-10b -95 14
falcon3-1b -221 15 l3
falcon3-3b -159 15 l3
falcon3-7b -110 14
falcon3-mamba-7b -122 19
gemini-1.0-pro -135 13 c-5
gemini-1.0-ultra -106 27
gemini-1.5-flash -108 10 c4 l6
gemini-1.5-flash-8b -131 15 c-3 l4
gemini-1.5-pro -71 13 l7
gemini-2.0-flash -50 11 c6 l10
gemini-2.0-flash-lite -57 15 l6
gemini-2.0-flash-thinking -19 19 c-8
gemini-2.0-pro 3 13
gemini-2.5-flash 17 9 l3
gemini-2.5-flash-lite -26 15 c4 l6
gemini-2.5-pro 51 9 l6
gemini-3-flash 95 8 c3 l6
gemini-3-pro 106 9 c-4 l3
gemini-3.1-flash-lite 41 14 c-4 l5
gemini-3.1-pro 125 16 c-5 l5
gemini-3.5-flash 137 16 l3
gemma-1.1-2b -261 16 l3
gemma-1.1-7b -195 13
gemma-2-27b -101 11 c4 l7
gemma-2-2b -198 14 l6
gemma-2-2b-jpn -204 17
gemma-2-9b -131 12 l8
gemma-2-9b-simpo -131 18 l6
gemma-2b -271 13
gemma-3-12b -65 14 l6
gemma-3-1b -211 25
gemma-3-270m -210 22 s
gemma-3-27b -67 19 c-3 l11
gemma-3-4b -111 18 l5
gemma-3n-e2b -81 22 s
gemma-3n-e4b -179 38 c16 l17
gemma-4-12b 54 22 s
gemma-4-26b-a4b 32 22 s
gemma-4-31b 65 14 c-5 l4
gemma-4-e2b -10 22 s
gemma-4-e4b 17 22 s
gemma-7b -227 14 c-4
glm-4-0520 -73 19
glm-4-9b -169 18 l-4
glm-4-plus -52 21
glm-4-plus-0111 -50 21 l3
glm-4.5 40 12 c-3 b355
glm-4.5-air 8 12 l-4 b106
glm-4.5-flash -33 30 kglm-4.7-flash
glm-4.5v -3 17 b108
glm-4.6 54 15 l-4 b357
glm-4.6v 15 19 l-5 b108
glm-4.7 73 10 l-4 b357
glm-4.7-flash 4 19 b31.2
glm-5 92 8 l3 b744
glm-5-turbo 96 24 p
glm-5.1 122 10 c5 b744
glm-5.2 133 13 b753
glm-5v-turbo 76 21 l-4
gpt-3.5-turbo -154 15 c13
gpt-4 -88 12 c7
gpt-4-0125 -70 11
gpt-4-1106 -68 11 c4
gpt-4-turbo -62 9 c-4 l3
gpt-4.1 14 8 c6 l3
gpt-4.1-mini -17 7 c8
gpt-4.1-nano -67 10 c4
gpt-4.5 18 12 l8
gpt-4o -38 7
gpt-4o-mini -88 11 c5 l3
gpt-5 68 8 l-3
gpt-5-chat 44 15 c4
gpt-5-codex 79 20 l4
gpt-5-mini 21 11
gpt-5-nano -27 11 c-5 l-6
gpt-5-pro 121 17 c-5
gpt-5.1 70 10
gpt-5.1-chat 76 24 p
gpt-5.1-codex 75 11 c-3
gpt-5.1-codex-max 95 15 c6
gpt-5.1-codex-mini 40 15 c-3
gpt-5.2 85 8 c6
gpt-5.2-chat 91 24 p
gpt-5.2-codex 97 10
gpt-5.2-pro 146 19
gpt-5.3-chat 113 24 p
gpt-5.3-codex 100 14
gpt-5.3-codex-spark 105 24 p
gpt-5.3-instant 88 23 c4 l5
gpt-5.4 127 10
gpt-5.4-mini 70 14 l-7
gpt-5.4-nano 46 19 l-9
gpt-5.4-pro 171 24 p
gpt-5.5 151 9 l3
gpt-5.5-instant 148 24 p
gpt-5.5-pro 184 24 p
gpt-5.6-luna 123 20
gpt-5.6-sol 173 16
gpt-5.6-terra 144 19
gpt-oss-120b -13 9 c-4 l-3
gpt-oss-20b -44 17 l-4
granite-20b-functioncalling -136 17
granite-3.0-1b-a400m -245 21
granite-3.0-2b -187 14 l-3
granite-3.0-3b-a800m -182 20
granite-3.0-8b -154 20 c-13 l-3
granite-3.1-1b-a400m -233 23
granite-3.1-2b -168 14
granite-3.1-3b-a800m -169 21
granite-3.1-8b -117 13 l-4
granite-3.2-2b -159 18
granite-3.2-8b -100 15
granite-3.3-8b -71 22 s
granite-4.0-1b -92 22 s
granite-4.0-350m -170 17
granite-4.0-h-1b -95 22 s
granite-4.0-h-350m -176 22 s
granite-4.0-h-small -8 22 s b32
granite-4.0-micro -68 22 s b3
granite-4.1-30b 69 22 s
granite-4.1-3b -6 22 s
granite-4.1-8b 34 22 s
granite-7b -189 20 l-3
grok-2 -49 10 c-3 l3 b270
grok-2-mini -66 13
grok-3 24 13
grok-3-mini -6 13 c-4
grok-4 63 11 c-6
grok-4-fast 7 15 c-3 l3
grok-4.1 57 20 c3 l7
grok-4.1-fast 40 14 c-11
grok-4.20 81 11 c-6 l-3
grok-4.3 98 15
grok-4.5 146 17
grok-build-0.1 100 18 c-4
grok-code-fast-1 -1 14 c-4 l-4
hunyuan-large -48 25
hunyuan-t1 0 26 l4
hunyuan-turbos -25 18
hunyuan-vision-1.5 -5 26 l3
hy3 90 19 b295
intellect-3 14 18 l-6 b107
jamba-1.5-large -66 18 c-3 b398
jamba-1.5-mini -118 17 l-3 b52
jamba-1.6-large 1 22 s b398
jamba-1.6-mini -53 22 s b52
jamba-1.7-large 35 22 s b398
jamba-1.7-mini -19 22 s b52
jamba-mini-2 21 33 kjamba-1.7-mini
jamba-reasoning-3b -63 22 s
kimi-k2 26 9 c7 b1000
kimi-k2-0905 47 13 l-3 b1000
kimi-k2-thinking 65 8 c-6 b1000
kimi-k2.5 84 8 b1000
kimi-k2.6 120 12 b1000
kimi-k2.7-code 127 17 b1000
kimi-k3 156 21
kimi-linear-48b-a3b -6 22 s
lfm-40b -101 22 s
lfm2-1.2b -140 22 s
lfm2-2.6b -76 22 s
lfm2-24b-a2b 12 22 s
lfm2-8b-a1b -66 22 s
lfm2.5-1.2b -56 22 s
lfm2.5-1.2b-thinking -56 22 s
lfm2.5-8b-a1b 0 22 s
lfm2.5-vl-1.6b -73 22 s
ling-1t 65 22 s
ling-2.6-1t 100 36
ling-2.6-flash 65 22 s b107
ling-flash-2.0 -7 17 l-5 b103
ling-mini-2.0 -46 22 s b16.3
llama-13b -310 39 c-25 l-14
llama-2-13b -236 12
llama-2-70b -200 12
llama-2-70b-steerlm -204 18 c-5
llama-2-7b -261 12
llama-3-70b -100 10 l4
llama-3-8b -164 12 c-3
llama-3.1-405b -49 10 l5
llama-3.1-70b -78 8 l5
llama-3.1-8b -141 8 c-3
llama-3.1-nemotron-51b -83 17
llama-3.1-nemotron-70b -74 11
llama-3.1-nemotron-nano-4b-v1.1 -80 22 s
llama-3.1-nemotron-ultra-253b-v1 -14 53
llama-3.1-tulu-3-405b 10 22 s
llama-3.1-tulu-3-70b -67 17 c-4
llama-3.1-tulu-3-8b -124 17 c-3
llama-3.2-11b -121 22 s
llama-3.2-1b -238 12
llama-3.2-3b -165 14 c-7
llama-3.2-90b -65 22 s
llama-3.3-70b -55 8 c-5 l8
llama-3.3-nemotron-super-49b-v1 -30 17
llama-3.3-nemotron-super-49b-v1.5 -5 17 l-4
llama-4-maverick -40 9 c-3 l3 b402
llama-4-scout -58 14 b109
longcat-flash 14 20 c6
longcat-flash-2602 49 31 klongcat-flash
longcat-flash-lite 24 22 s b68.5
magistral-medium-2506 -2 22 c-5 l-7
magistral-medium-2509 56 24 p
magistral-small-2506 -28 22 s b23.6
magistral-small-2509 0 22 s b24
mimo-v2-flash 58 17 b309
mimo-v2-omni 78 24 p
mimo-v2-pro 88 15
mimo-v2.5 89 22 s b310
mimo-v2.5-pro 120 20 b1020
minimax-01 -54 20
minimax-m1 14 17 l-3 b456
minimax-m2 26 11 c-7 l-11 b230
minimax-m2.1 55 11 c8 b230
minimax-m2.5 67 9 c3 l-3 b230
minimax-m2.7 77 12 b230
minimax-m3 118 12 b428
ministral-3-14b-2512 7 22 s
ministral-3-3b-2512 -48 22 s
ministral-3-8b-2512 -8 22 s
ministral-3b-2410 -163 22 s
ministral-8b-2410 -145 20 c4
mistral-7b -217 14 c-6
mistral-large-2402 -103 12 c-4
mistral-large-2407 -67 12 b123
mistral-large-2411 -49 9 b123
mistral-large-2512 42 14 b675
mistral-medium-2312 -114 22 c-4 l-3
mistral-medium-2505 -17 13 c5
mistral-medium-2508 19 16 c3 l3
mistral-medium-3.5 87 25 b128
mistral-nemo-2407 -139 17 b12
mistral-nemo-minitron-8b -139 18
mistral-saba -60 22 s b24
mistral-small-2409 -106 17 b22
mistral-small-2501 -77 12 c-3 l-3 b24
mistral-small-2503 -59 14 b24
mistral-small-2506 -26 14 c4 b24
mistral-small-2603 55 22 s b119
mixtral-8x22b -112 11
mixtral-8x7b -169 13 c-5
muse-spark 106 36 kmuse-spark-1.1
muse-spark-1.1 121 25
nemotron-3-nano-30b-a3b -29 22 c-10
nemotron-3-nano-4b -3 22 s
nemotron-3-nano-omni-30b-a3b 38 22 s
nemotron-3-super-120b-a12b 32 24 c-3
nemotron-3-ultra-550b-a55b 94 27 l-6
nemotron-4-340b -71 18 c-3 l-3
nemotron-cascade-2-30b-a3b 29 22 s
nemotron-mini-4b -175 18 l3
nemotron-nano-12b-v2-vl -7 22 s
nemotron-nano-9b-v2 -34 22 s
nova-2-lite -5 28 l-4
nova-2-omni 49 24 p
nova-2-pro 80 24 p
nova-lite -98 14
nova-micro -121 12 l-3
nova-premier 32 24 p
nova-pro -80 12 l3
o1 22 8 c-6
o1-mini -34 10
o1-pro 108 24 p
o3 45 7 c-4
o3-mini 0 9 c8 l-3
o3-pro 73 16
o4-mini 26 7 c8
olmo-2-13b -126 22 c-8 l-3
olmo-2-32b -89 18 c-5 l-4
olmo-2-7b -140 21
olmo-3-32b-think -2 21 c-5 l-8
olmo-3-7b -15 22 s
olmo-3-7b-think -15 22 s
olmo-3.1-32b 41 22 s
olmo-3.1-32b-think 32 22 s
olmo-7b -233 17 c-6 l-10
phi-3-medium-4k -138 19 c-4 l-4 b14
phi-3-mini-4k -176 15 l-9 b3.8
phi-3-small-8k -155 17 c-3 l-4 b7
phi-3.5-mini -150 19 b3.8
phi-3.5-moe -90 17 b42
phi-4 -91 10 l-15 b14
phi-4-mini -129 17 b3.84
phi-4-multimodal -96 22 s b5.6
phi-4-reasoning-plus -49 18 l-3 b14
pixtral-large-2411 -46 22 s b124
qwen-14b -185 19
qwen-flash -23 24 p
qwen-max -22 19 c-4
qwen-max-0919 -51 19
qwen-plus-0125 -5 19
qwen-turbo -105 24 p
qwen1.5-0.5b -320 18
qwen1.5-1.8b -279 19
qwen1.5-110b -115 15 c-8 l-3
qwen1.5-14b -161 12 l-3
qwen1.5-32b -139 16 l-4
qwen1.5-4b -228 16 c-5 l-7
qwen1.5-72b -129 13 c-3
qwen1.5-7b -194 12 l-4
qwen1.5-moe-a2.7b -194 17
qwen2-0.5b -288 18
qwen2-1.5b -226 18
qwen2-57b-a14b -114 18
qwen2-72b -88 12 c-3
qwen2-7b -148 19
qwen2-math-72b -87 17 l-3
qwen2-vl-72b -63 19 l-3
qwen2-vl-7b -132 18 l-3
qwen2.5-0.5b -263 17
qwen2.5-1.5b -199 18
qwen2.5-14b -99 19 l3
qwen2.5-14b-1m -100 19 l4
qwen2.5-32b -79 17 c-3 l3
qwen2.5-3b -164 17
qwen2.5-72b -53 10 c3
qwen2.5-7b -120 15 c4
qwen2.5-7b-1m -133 17 l3
qwen2.5-coder-0.5b -275 17 c-3
qwen2.5-coder-1.5b -202 17
qwen2.5-coder-14b -97 16 c7
qwen2.5-coder-32b -69 10 c11 l-7
qwen2.5-coder-3b -166 17
qwen2.5-coder-7b -125 17 c6
qwen2.5-math-1.5b -219 18 l-4
qwen2.5-math-72b -73 17 l-6
qwen2.5-math-7b -149 19 l-5
qwen2.5-max -8 14 c4 l6
qwen2.5-plus-1127 -48 21
qwen2.5-turbo -100 24 p
qwen2.5-vl-32b -94 22 s
qwen3-0.6b -168 19
qwen3-1.7b -114 19
qwen3-14b -31 15 l3
qwen3-235b-a22b 14 9 c5 l4
qwen3-235b-a22b-2507 27 11 c5 l5
qwen3-235b-a22b-thinking-2507 27 13 l6
qwen3-30b-a3b -36 18 c-8 l3
qwen3-30b-a3b-2507 -33 22 c9 l6
qwen3-30b-a3b-thinking-2507 -38 22 s
qwen3-32b -10 11
qwen3-4b -92 22 s
qwen3-4b-2507 -55 18
qwen3-4b-thinking-2507 -65 22 s
qwen3-8b -47 21
qwen3-coder-30b-a3b -35 17
qwen3-coder-480b-a35b 36 9
qwen3-coder-next 45 14 b79.7
qwen3-max 53 10
qwen3-max-thinking 72 19
qwen3-next-80b-a3b 0 16 c7 l7
qwen3-next-80b-a3b-thinking 1 14
qwen3-omni-30b-a3b -21 22 s
qwen3-vl-235b-a22b 37 17
qwen3-vl-235b-a22b-thinking 30 17
qwen3-vl-30b-a3b -68 22 s
qwen3-vl-32b 18 22 s
qwen3-vl-4b -40 22 s
qwen3-vl-8b -19 22 s
qwen3-vl-plus 22 24 p
qwen3.5-0.8b -90 22 s
qwen3.5-122b-a10b 64 13
qwen3.5-27b 58 13
qwen3.5-2b -38 22 s
qwen3.5-35b-a3b 23 16
qwen3.5-397b-a17b 83 11
qwen3.5-4b 2 22 s
qwen3.5-9b 20 22 s
qwen3.5-flash 37 15
qwen3.5-max 105 30 kqwen3.6-max
qwen3.5-omni-plus 94 24 p
qwen3.5-plus 71 24 p
qwen3.6-27b 77 16
qwen3.6-35b-a3b 39 20
qwen3.6-flash 72 18 c-3
qwen3.6-max 120 19
qwen3.6-plus 103 11
qwen3.7-max 140 16
qwen3.7-plus 95 24 p
qwen3.8-max 171 26
qwq-32b -58 19 c-3 l-8
qwq-plus -14 24 p
ring-1t 66 22 s
ring-2.6-1t 127 22 s
ring-flash-2.0 -12 18 l-5 b103
seed-2.0-pro 10 37
seed-oss-36b 3 22 s
smollm-1.7b -248 23
smollm-135m -339 19
smollm-360m -304 17
smollm2-1.7b -210 15 c-4
smollm2-135m -323 17 l-6
smollm2-360m -284 18
solar-10.7b-v1.0 -200 14 c-6
solar-open-100b 35 22 s
solar-pro -149 33 l6 b22
solar-pro-2 -27 22 s b30.9
solar-pro-3 66 22 s b102
sonar -30 24 p
sonar-pro 9 24 p
starcoder2-15b-v0.1 -161 18 c3
step-1o-turbo-202506 -52 25
step-2-16k-202411 -44 21 l3
step-2-16k-exp-202412 -43 21
step-3 -5 21 c3
step-3.5-flash 52 16 b196
step-3.5-flash-2603 45 24 p
step-3.7-flash 80 19 b198
step3-vl-10b 12 22 s
trinity-large 19 18 c-4 l-8 b399
trinity-mini 11 24 p
vicuna-13b -250 17 c-6 l5
vicuna-33b -212 17 l3
vicuna-7b -274 18 c-7 l3
wizardcoder-15b-v1.0 -217 20 c6
wizardcoder-33b-v1.1 -183 30 c13
wizardcoder-python-34b-v1.0 -186 23 c8
wizardcoder-python-7b-v1.0 -237 20 c6
wizardlm-13b -233 13 l3
wizardlm-2-8x22b -113 18 c-4
wizardlm-70b -192 17 l3
yi-1.5-34b -124 16 c-4 l-6
yi-1.5-6b -169 17
yi-1.5-9b -148 19
yi-34b -159 15 c-4 l-5
yi-6b -212 19
yi-coder-9b -139 19 c6
yi-large -52 27
yi-lightning -58 14
zephyr-7b -243 16 c-5
zephyr-7b-alpha -228 17
zephyr-orpo-141b-a35b-v0.1 -162 17
`;
