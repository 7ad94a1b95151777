/* eslint-disable max-lines -- a table */
/**
 * Written by `npm run model-abilities` from the public figures in
 * scripts/model-abilities/figures.json; docs/model-abilities.md says where they are from and how far they can be trusted.
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
  ],
  size: { one: -2.46, tenfold: 1.18, bend: -0.27, deviation: 0.77 },
  sizeOfKin: { tenfold: 0.61, bend: -0.65, deviation: 0.39 },
  price: { one: 1.17, tenfold: 0.51, deviation: 0.72 },
  nothing: { ability: -0.53, deviation: 1 },
  version: { gain: 0.13, gainEach: 0.8, most: 0.6, fixed: 0.032, each: 0.078 },
  efforts: { none: -0.21, minimal: -0.16, low: -0.05, medium: 0.06, high: 0.12, on: 0.09 },
};

/**
 * A model's name, its ability and deviation in hundredths; "s" or "p" where it is known by its size or its price, "k"
 * with the name of the other version that it is taken after; "c" and "l" how much better it is at code and at language;
 * "b" thousands of millions of parameters that its name leaves out.
 */
export const modelAbilitiesTable = `
chatgpt-4o-latest -3 15 c4 l7
claude-2.0 -141 16
claude-2.1 -117 19
claude-3-haiku -100 10 l3
claude-3-opus -17 10 l3
claude-3-sonnet -58 11 c-3
claude-3.5-haiku -41 17 c9
claude-3.5-sonnet 1 10 c6
claude-3.7-sonnet 24 9
claude-fable-5 154 14
claude-haiku-4.5 37 9 c3 l-4
claude-instant-1 -168 27
claude-opus-4 63 8 c-3
claude-opus-4.1 69 11 c4
claude-opus-4.5 88 6 c8
claude-opus-4.6 106 7 c4
claude-opus-4.7 122 15 c8 l-5
claude-opus-4.8 133 9 l-4
claude-opus-5 144 18
claude-sonnet-4 49 8 l-3
claude-sonnet-4.5 70 7 c5
claude-sonnet-4.6 93 11
claude-sonnet-5 107 15
codegemma-7b -189 18
codellama-13b -225 18
codellama-34b -211 15 l-4
codellama-70b -167 19 c-5 l-11
codellama-7b -241 18
codeqwen1.5-7b -165 19 c4
codestral-2405 -121 14 c4 b22
codestral-2501 -78 17 b22
codestral-2508 -19 22 s b22
codex-mini 21 24 p
command-a -10 17 b111
command-a-reasoning-08-2025 52 24 p
command-r-08-2024 -98 14 c-6 b32
command-r-35b -147 17
command-r-plus -128 16 c-8 l6 b104
command-r-plus-08-2024 -62 12 c-10 b104
command-r7b-12-2024 -130 21 l4
command-r7b-arabic-02-2025 -87 22 s
deepseek-coder-1.3b -273 25 c10
deepseek-coder-33b -170 19 c4
deepseek-coder-6.7b -205 21 c6
deepseek-coder-7b-v1.5 -192 29 c12
deepseek-coder-v2 -77 13 c7 l-4 b236
deepseek-coder-v2-lite -166 22 s b16
deepseek-llm-67b -158 16 c-4 l-4
deepseek-llm-7b -223 17
deepseek-moe-16b -206 20
deepseek-r1 19 12 c3 b685
deepseek-r1-0528 21 12 c6 b685
deepseek-r1-0528-qwen3-8b -61 22 s
deepseek-r1-distill-llama-70b -42 16 l-8
deepseek-r1-distill-llama-8b -130 35 l-4
deepseek-r1-distill-qwen-1.5b -208 30
deepseek-r1-distill-qwen-14b -85 17 l-5
deepseek-r1-distill-qwen-32b -67 16 l-8
deepseek-r1-distill-qwen-7b -134 30 l-3
deepseek-v2-0628 -60 18
deepseek-v2.5 -63 11 c4 b236
deepseek-v2.5-1210 -27 13 b236
deepseek-v3 -16 10 b671
deepseek-v3-0324 0 14 c6 l3 b671
deepseek-v3.1 24 13 b685
deepseek-v3.2 31 5 c-3 l-3 b685
deepseek-v3.2-speciale 43 22 s b685
deepseek-v4-flash 54 14 b284
deepseek-v4-pro 84 11 c-4 b1600
devstral-2512 23 15 c-6 l-10 b125
devstral-medium-2507 -15 19 c-4
devstral-small-2505 -42 22 s b24
devstral-small-2507 -38 28 b24
devstral-small-2512 34 14 b24
dolphin-2.2.1-mistral-7b -214 17 c-3
dolphin-2.6-mixtral-8x7b -163 18
dolphin-mistral-24b-venice-edition -21 22 s
ernie-4.5-300b-a47b 9 19
ernie-5.0 20 19 c4
ernie-5.1 55 22
exaone-4.0-1.2b -136 22 s
exaone-4.0-32b -12 22 s
exaone-4.5-33b 65 22 s
falcon-180b -199 18 c-5
falcon-40b -238 17
falcon-7b -289 15
falcon-h1r-7b -4 22 s
falcon3-10b -98 14
falcon3-1b -224 15 l3
falcon3-3b -161 15 l3
falcon3-7b -112 14
falcon3-mamba-7b -125 19
gemini-1.0-pro -96 12 c-5
gemini-1.0-ultra -102 28
gemini-1.5-flash -88 10 c4 l6
gemini-1.5-flash-8b -118 15 c-3 l4
gemini-1.5-pro -50 13 l7
gemini-2.0-flash -50 11 c6 l10
gemini-2.0-flash-lite -58 15 l6
gemini-2.0-flash-thinking -22 18 c-9
gemini-2.0-pro 3 12
gemini-2.5-flash 17 9 l3
gemini-2.5-flash-lite -33 15 c4 l6
gemini-2.5-pro 49 9 l6
gemini-3-flash 70 8 c3 l6
gemini-3-pro 87 9 c-4 l3
gemini-3.1-flash-lite 25 14 c-4 l5
gemini-3.1-pro 105 15 c-5 l5
gemini-3.5-flash 109 15
gemma-1.1-2b -263 16 l3
gemma-1.1-7b -197 13
gemma-2-27b -81 11 c4 l7
gemma-2-2b -201 14 l6
gemma-2-2b-jpn -207 17
gemma-2-9b -121 12 l8
gemma-2-9b-simpo -133 18 l6
gemma-2b -273 13
gemma-3-12b -71 14 l6
gemma-3-1b -213 25
gemma-3-270m -213 22 s
gemma-3-27b -70 19 c-3 l11
gemma-3-4b -108 18 l5
gemma-3n-e2b -83 22 s
gemma-3n-e4b -161 38 c16 l17
gemma-4-12b 26 22 s
gemma-4-26b-a4b 12 22 s
gemma-4-31b 36 14 c-5 l4
gemma-4-e2b -12 22 s
gemma-4-e4b 15 22 s
gemma-7b -229 14 c-4
glm-4-0520 -74 18
glm-4-9b -171 18 l-4
glm-4-plus -50 20
glm-4-plus-0111 -49 20
glm-4.5 28 12 c-3 b355
glm-4.5-air -2 12 l-4 b106
glm-4.5-flash -36 28 kglm-4.7-flash
glm-4.5v -5 17 b108
glm-4.6 38 15 l-4 b357
glm-4.6v 4 19 l-5 b108
glm-4.7 53 10 l-4 b357
glm-4.7-flash -11 19 b31.2
glm-5 69 8 l3 b744
glm-5-turbo 74 24 p
glm-5.1 93 10 c5 b744
glm-5.2 103 13 b753
glm-5v-turbo 59 21 l-4
gpt-3.5-turbo -105 14 c13
gpt-4 -51 11 c7
gpt-4-0125 -26 11
gpt-4-1106 -24 11 c4
gpt-4-turbo -31 9 c-4 l3
gpt-4.1 25 8 c6 l3
gpt-4.1-mini -17 8 c8
gpt-4.1-nano -64 10 c4
gpt-4.5 16 11 l7
gpt-4o -21 7
gpt-4o-mini -77 11 c5 l3
gpt-5 57 8 l-3
gpt-5-chat 47 14 c4
gpt-5-codex 65 20 l4
gpt-5-mini 11 11
gpt-5-nano -35 11 c-5 l-6
gpt-5-pro 113 17 c-5
gpt-5.1 62 9
gpt-5.1-chat 58 22 kgpt-5.1
gpt-5.1-codex 62 10 c-3
gpt-5.1-codex-max 77 15 c6
gpt-5.1-codex-mini 26 15 c-3
gpt-5.2 72 8 c6
gpt-5.2-chat 72 21 kgpt-5.2
gpt-5.2-codex 80 10
gpt-5.2-pro 134 19
gpt-5.3-chat 85 22 kgpt-5.2
gpt-5.3-codex 84 13
gpt-5.3-codex-spark 87 24 p
gpt-5.3-instant 87 21 c4 l3
gpt-5.4 109 9
gpt-5.4-mini 47 13 l-7
gpt-5.4-nano 7 19 l-9
gpt-5.4-pro 154 24 p
gpt-5.5 125 9 l3
gpt-5.5-instant 129 22 kgpt-5.5
gpt-5.5-pro 164 24 p
gpt-5.6-luna 95 19
gpt-5.6-sol 144 15
gpt-5.6-terra 116 19
gpt-oss-120b -26 8 c-4 l-3
gpt-oss-20b -51 17 l-4
granite-20b-functioncalling -139 17
granite-3.0-1b-a400m -248 21
granite-3.0-2b -189 14 l-3
granite-3.0-3b-a800m -185 20
granite-3.0-8b -157 20 c-13 l-3
granite-3.1-1b-a400m -236 23
granite-3.1-2b -170 14
granite-3.1-3b-a800m -172 21
granite-3.1-8b -119 13 l-4
granite-3.2-2b -161 18
granite-3.2-8b -103 15
granite-3.3-8b -72 22 s
granite-4.0-1b -94 22 s
granite-4.0-350m -172 17
granite-4.0-h-1b -98 22 s
granite-4.0-h-350m -179 22 s
granite-4.0-h-small -23 22 s b32
granite-4.0-micro -70 22 s b3
granite-4.1-30b 67 22 s
granite-4.1-3b -8 22 s
granite-4.1-8b 5 22 s
granite-7b -191 20 l-3
grok-2 -29 10 c-3 l3 b270
grok-2-mini -67 12
grok-3 28 13 l3
grok-3-mini -14 13 c-4
grok-4 57 11 c-6
grok-4-fast -4 15 c-3 l3
grok-4.1 59 18 l6
grok-4.1-fast 20 14 c-11
grok-4.20 66 11 c-6 l-3
grok-4.3 70 14
grok-4.5 115 17
grok-build-0.1 75 18 c-4
grok-code-fast-1 -7 14 c-4 l-4
hunyuan-large -43 26
hunyuan-t1 8 26
hunyuan-turbos -22 18
hunyuan-vision-1.5 3 26
hy3 55 19 b295
intellect-3 3 18 l-6 b107
jamba-1.5-large -44 17 c-3 b398
jamba-1.5-mini -100 17 l-3 b52
jamba-1.6-large 7 22 s b398
jamba-1.6-mini -51 22 s b52
jamba-1.7-large 32 22 s b398
jamba-1.7-mini -21 22 s b52
jamba-mini-2 19 31 kjamba-1.7-mini
jamba-reasoning-3b -65 22 s
kimi-k2 18 8 c7 b1000
kimi-k2-0905 29 13 l-3 b1000
kimi-k2-thinking 44 7 c-6 b1000
kimi-k2.5 62 8 b1000
kimi-k2.6 88 12 b1000
kimi-k2.7-code 96 17 b1000
kimi-k3 154 18
kimi-linear-48b-a3b -8 22 s
lfm-40b -103 22 s
lfm2-1.2b -142 22 s
lfm2-2.6b -78 22 s
lfm2-24b-a2b -13 22 s
lfm2-8b-a1b -68 22 s
lfm2.5-1.2b -59 22 s
lfm2.5-1.2b-thinking -59 22 s
lfm2.5-8b-a1b -2 22 s
lfm2.5-vl-1.6b -75 22 s
ling-1t 63 22 s
ling-2.6-1t 71 35
ling-2.6-flash 34 22 s b107
ling-flash-2.0 -16 17 l-5 b103
ling-mini-2.0 -48 22 s b16.3
llama-13b -313 39 c-25 l-14
llama-2-13b -239 12
llama-2-70b -202 12
llama-2-70b-steerlm -206 18 c-5
llama-2-7b -213 12
llama-3-70b -76 10 l4
llama-3-8b -139 12 c-3
llama-3.1-405b -31 10 l5
llama-3.1-70b -66 8 l5
llama-3.1-8b -131 8 c-3
llama-3.1-nemotron-51b -85 17
llama-3.1-nemotron-70b -57 11
llama-3.1-nemotron-nano-4b-v1.1 -82 22 s
llama-3.1-nemotron-ultra-253b-v1 -13 53
llama-3.1-tulu-3-405b 8 22 s
llama-3.1-tulu-3-70b -69 17 c-4
llama-3.1-tulu-3-8b -126 17 c-3
llama-3.2-11b -100 22 s
llama-3.2-1b -201 12
llama-3.2-3b -139 14 c-7
llama-3.2-90b -49 22 s
llama-3.3-70b -44 8 c-5 l8
llama-3.3-nemotron-super-49b-v1 -31 17
llama-3.3-nemotron-super-49b-v1.5 -12 17 l-4
llama-4-maverick -41 9 c-3 l3 b402
llama-4-scout -59 14 b109
longcat-flash 20 20 c5
longcat-flash-2602 56 28 klongcat-flash
longcat-flash-lite 22 22 s b68.5
magistral-medium-2506 3 22 c-5 l-7
magistral-medium-2509 47 24 p
magistral-small-2506 -25 22 s b23.6
magistral-small-2509 -4 22 s b24
mimo-v2-flash 29 17 b309
mimo-v2-omni 55 24 p
mimo-v2-pro 67 15
mimo-v2.5 53 22 s b310
mimo-v2.5-pro 84 20 b1020
minimax-01 -49 20
minimax-m1 7 17 l-3 b456
minimax-m2 13 11 c-7 l-11 b230
minimax-m2.1 35 11 c8 b230
minimax-m2.5 44 9 c4 l-3 b230
minimax-m2.7 53 12 b230
minimax-m3 82 12 b428
ministral-3-14b-2512 -8 22 s
ministral-3-3b-2512 -53 22 s
ministral-3-8b-2512 -20 22 s
ministral-3b-2410 -166 22 s
ministral-8b-2410 -147 20 c4
mistral-7b -175 14 c-6
mistral-large-2402 -72 12 c-4
mistral-large-2407 -45 12 b123
mistral-large-2411 -32 9 b123
mistral-large-2512 28 14 b675
mistral-medium-2312 -79 22 c-4 l-3
mistral-medium-2505 -16 13 c5
mistral-medium-2508 5 16 c3 l3
mistral-medium-3.5 69 25 b128
mistral-nemo-2407 -141 17 b12
mistral-nemo-minitron-8b -142 18
mistral-saba -55 22 s b24
mistral-small-2409 -108 17 b22
mistral-small-2501 -72 12 c-3 l-3 b24
mistral-small-2503 -59 14 b24
mistral-small-2506 -34 15 c4 b24
mistral-small-2603 30 22 s b119
mixtral-8x22b -79 11
mixtral-8x7b -134 13 c-5
muse-spark 121 32 kmuse-spark-1.1
muse-spark-1.1 135 23
nemotron-3-nano-30b-a3b -39 22 c-9
nemotron-3-nano-4b -5 22 s
nemotron-3-nano-omni-30b-a3b 13 22 s
nemotron-3-super-120b-a12b 11 24 c-3
nemotron-3-ultra-550b-a55b 69 27 l-6
nemotron-4-340b -73 17 c-3 l-3
nemotron-cascade-2-30b-a3b 27 22 s
nemotron-mini-4b -177 18 l3
nemotron-nano-12b-v2-vl -15 22 s
nemotron-nano-9b-v2 -45 22 s
nova-2-lite -7 28 l-4
nova-2-omni 33 24 p
nova-2-pro 66 24 p
nova-lite -91 14
nova-micro -112 12 l-3
nova-premier 32 24 p
nova-pro -60 12 l3
o1 36 8 c-6
o1-mini -23 10
o1-pro 115 24 p
o3 40 7 c-4
o3-mini 2 9 c8 l-3
o3-pro 76 16
o4-mini 22 7 c8
olmo-2-13b -129 23 c-8 l-3
olmo-2-32b -91 18 c-5 l-4
olmo-2-7b -142 21
olmo-3-32b-think -13 21 c-5 l-8
olmo-3-7b -27 22 s
olmo-3-7b-think -17 22 s
olmo-3.1-32b 39 22 s
olmo-3.1-32b-think 30 22 s
olmo-7b -235 17 c-6 l-10
phi-3-medium-4k -140 19 c-4 l-4 b14
phi-3-mini-4k -179 15 l-9 b3.8
phi-3-small-8k -157 17 c-3 l-4 b7
phi-3.5-mini -152 19 b3.8
phi-3.5-moe -92 17 b42
phi-4 -80 10 l-14 b14
phi-4-mini -112 17 b3.84
phi-4-multimodal -98 22 s b5.6
phi-4-reasoning-plus -51 18 l-3 b14
pixtral-large-2411 -30 22 s b124
qwen-14b -184 19
qwen-flash -32 24 p
qwen-max -12 19 c-4
qwen-max-0919 -53 18
qwen-plus-0125 -6 18
qwen-turbo -97 24 p
qwen1.5-0.5b -323 18
qwen1.5-1.8b -282 20
qwen1.5-110b -117 15 c-8 l-3
qwen1.5-14b -163 12 l-3
qwen1.5-32b -141 16 l-4
qwen1.5-4b -231 16 c-5 l-7
qwen1.5-72b -131 13 c-3
qwen1.5-7b -196 12 l-4
qwen1.5-moe-a2.7b -196 17
qwen2-0.5b -291 18
qwen2-1.5b -229 18
qwen2-57b-a14b -116 18
qwen2-72b -90 12 c-3
qwen2-7b -151 18
qwen2-math-72b -89 17
qwen2-vl-72b -65 19 l-3
qwen2-vl-7b -134 18 l-3
qwen2.5-0.5b -265 17
qwen2.5-1.5b -201 18
qwen2.5-14b -80 19 l3
qwen2.5-14b-1m -102 19 l4
qwen2.5-32b -60 17 c-3 l3
qwen2.5-3b -167 17
qwen2.5-72b -36 10 c3
qwen2.5-7b -101 15 c4
qwen2.5-7b-1m -135 17 l3
qwen2.5-coder-0.5b -278 17 c-3
qwen2.5-coder-1.5b -205 17
qwen2.5-coder-14b -99 16 c7
qwen2.5-coder-32b -56 10 c11 l-7
qwen2.5-coder-3b -169 17
qwen2.5-coder-7b -127 17 c6
qwen2.5-math-1.5b -222 18 l-4
qwen2.5-math-72b -75 17 l-6
qwen2.5-math-7b -151 19 l-5
qwen2.5-max -9 13 c3 l5
qwen2.5-plus-1127 -49 20
qwen2.5-turbo -93 24 p
qwen2.5-vl-32b -96 22 s
qwen3-0.6b -170 19
qwen3-1.7b -116 19
qwen3-14b -29 15 l3
qwen3-235b-a22b 10 9 c5 l4
qwen3-235b-a22b-2507 16 11 c5 l5
qwen3-235b-a22b-thinking-2507 5 13 l6
qwen3-30b-a3b -31 18 c-8 l3
qwen3-30b-a3b-2507 -33 22 c9 l6
qwen3-30b-a3b-thinking-2507 -38 22 s
qwen3-32b -8 11
qwen3-4b -94 22 s
qwen3-4b-2507 -57 18
qwen3-4b-thinking-2507 -67 22 s
qwen3-8b -45 21
qwen3-coder-30b-a3b -29 17
qwen3-coder-480b-a35b 32 8
qwen3-coder-next 29 14 b79.7
qwen3-max 43 10
qwen3-max-thinking 55 18
qwen3-next-80b-a3b -3 16 c7 l7
qwen3-next-80b-a3b-thinking 3 14
qwen3-omni-30b-a3b -24 22 s
qwen3-vl-235b-a22b 27 17
qwen3-vl-235b-a22b-thinking 20 17
qwen3-vl-30b-a3b -60 22 s
qwen3-vl-32b 13 22 s
qwen3-vl-4b -42 22 s
qwen3-vl-8b -24 22 s
qwen3-vl-plus 11 24 p
qwen3.5-0.8b -92 22 s
qwen3.5-122b-a10b 47 13
qwen3.5-27b 41 13
qwen3.5-2b -40 22 s
qwen3.5-35b-a3b 12 16
qwen3.5-397b-a17b 62 11
qwen3.5-4b -19 22 s
qwen3.5-9b -1 22 s
qwen3.5-flash 36 14
qwen3.5-max 104 28 kqwen3.6-max
qwen3.5-omni-plus 71 24 p
qwen3.5-plus 66 23 kqwen3.6-plus
qwen3.6-27b 57 16
qwen3.6-35b-a3b 26 20
qwen3.6-flash 46 18 c-3
qwen3.6-max 95 19
qwen3.6-plus 76 11
qwen3.7-max 112 15
qwen3.7-plus 82 23 kqwen3.6-plus
qwen3.8-max 168 21
qwq-32b -47 19 c-3 l-8
qwq-plus -12 24 p
ring-1t 64 22 s
ring-2.6-1t 93 22 s
ring-flash-2.0 -20 18 l-5 b103
seed-2.0-pro 31 35
seed-oss-36b -8 22 s
smollm-1.7b -251 23
smollm-135m -342 19
smollm-360m -307 17
smollm2-1.7b -212 15 c-4
smollm2-135m -325 17 l-6
smollm2-360m -286 18
solar-10.7b-v1.0 -203 14 c-6
solar-open-100b 34 22 s
solar-pro -151 33 l6 b22
solar-pro-2 -29 22 s b30.9
solar-pro-3 39 22 s b102
sonar -25 24 p
sonar-pro 17 24 p
step-1o-turbo-202506 -47 26
step-2-16k-202411 -42 21
step-2-16k-exp-202412 -42 20
step-3 -3 20
step-3.5-flash 24 16 b196
step-3.5-flash-2603 19 24 p
step-3.7-flash 52 19 b198
step3-vl-10b 10 22 s
trinity-large 6 18 c-4 l-8 b399
trinity-mini -11 24 p
vicuna-13b -253 17 c-6 l5
vicuna-33b -214 17 l3
vicuna-7b -276 18 c-7 l3
wizardcoder-15b-v1.0 -219 20 c6
wizardcoder-33b-v1.1 -186 30 c13
wizardcoder-python-34b-v1.0 -188 23 c8
wizardcoder-python-7b-v1.0 -239 20 c6
wizardlm-13b -236 13 l3
wizardlm-2-8x22b -90 18 c-3
wizardlm-70b -194 17 l3
yi-1.5-34b -127 16 c-4 l-6
yi-1.5-6b -172 17
yi-1.5-9b -151 19
yi-34b -161 15 c-4 l-5
yi-6b -215 19
yi-coder-9b -142 19 c6
yi-large -45 27
yi-lightning -57 14
zephyr-7b -245 16 c-5
zephyr-7b-alpha -230 17
zephyr-orpo-141b-a35b-v0.1 -165 17
`;
