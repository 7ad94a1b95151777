/**
 * Other names of models, and names that leave out what the table's have: versions under their other numbers, the size
 * that a local server takes for a bare name, and the model that an API means by it.
 */
const anywhere = `
claude-instant-1.2 claude-instant-1
claude-instant claude-instant-1
claude-3.5-sonnet-v2 claude-3.5-sonnet
codestral-22b codestral-2405
codestral:22b-v0.1 codestral-2405
codestral-25.01 codestral-2501
codestral-25.08 codestral-2508
command-a-03-2025 command-a
command-r:35b command-r-35b
command-r-03-2024 command-r-35b
command-r-plus:104b command-r-plus
command-r-plus-v1 command-r-plus
command-r-v1 command-r-35b
command-r-plus-04-2024 command-r-plus
deepseek-coder-v2:16b deepseek-coder-v2-lite
deepseek-coder-v2-lite:16b deepseek-coder-v2-lite
deepseek-r1-0120 deepseek-r1
deepseek-r1:1.5b deepseek-r1-distill-qwen-1.5b
deepseek-r1:7b deepseek-r1-distill-qwen-7b
deepseek-r1:8b deepseek-r1-0528-qwen3-8b
deepseek-r1-0528:8b deepseek-r1-0528-qwen3-8b
deepseek-r1:14b deepseek-r1-distill-qwen-14b
deepseek-r1:32b deepseek-r1-distill-qwen-32b
deepseek-r1:70b deepseek-r1-distill-llama-70b
deepseek-r1:671b deepseek-r1
deepseek-v3:671b deepseek-v3
deepseek-v3-1226 deepseek-v3
deepseek-v3.1-terminus deepseek-v3.1
deepseek-v3.1:671b deepseek-v3.1
devstral-2 devstral-2512
devstral-2-2512 devstral-2512
devstral-2:123b devstral-2512
devstral-2:123b-2512 devstral-2512
devstral-medium-1.0 devstral-medium-2507
devstral-small-1.0 devstral-small-2505
devstral-small-1.1 devstral-small-2507
devstral-small-2 devstral-small-2512
devstral-small-2:24b devstral-small-2512
devstral-small-2:24b-2512 devstral-small-2512
gemini-pro gemini-1.0-pro
gemini-pro-latest gemini-3.1-pro
gemma:2b gemma-2b
gemma:7b gemma-7b
gemma3 gemma-3-4b
gpt-3.5-turbo-16k gpt-3.5-turbo
gpt-35-turbo gpt-3.5-turbo
gpt-35-turbo-16k gpt-3.5-turbo
gpt-35-turbo-0125 gpt-3.5-turbo
gpt-35-turbo-0613 gpt-3.5-turbo
gpt-35-turbo-1106 gpt-3.5-turbo
gpt-4-0314 gpt-4
gpt-4-o gpt-4o
gpt-4-0613 gpt-4
gpt-4-turbo-0409 gpt-4-turbo
grok-3-fast grok-3
grok-3-mini-fast grok-3-mini
grok-4-0709 grok-4
grok-beta grok-2
kimi-k2-0711 kimi-k2
kimi-k2-thinking-turbo kimi-k2-thinking
llama2 llama-2-7b
llama3 llama-3-8b
llama3.1 llama-3.1-8b
llama3.2 llama-3.2-3b
llama4:16x17b llama-4-scout
llama4:128x17b llama-4-maverick
llama3.3 llama-3.3-70b
llama-4-scout-17b llama-4-scout
llama-4-maverick-17b llama-4-maverick
llama-4-scout-109b llama-4-scout
llama-4-maverick-400b llama-4-maverick
magistral-medium-1 magistral-medium-2506
magistral-medium-1.2 magistral-medium-2509
magistral-small-1 magistral-small-2506
magistral-small-1.2 magistral-small-2509
minimax-text-01 minimax-01
mistral mistral-7b
mistral-large-2 mistral-large-2407
mistral-large-2-2407 mistral-large-2407
mistral-large-2:123b mistral-large-2411
mistral-large:123b mistral-large-2411
mistral-large-3 mistral-large-2512
mistral-large-3-2512 mistral-large-2512
mistral-large-3-675b mistral-large-2512
mistral-large-3-675b-2512 mistral-large-2512
mistral-medium-3 mistral-medium-2505
mistral-medium-3.1 mistral-medium-2508
mistral-medium-2604 mistral-medium-3.5
ministral-14b-2512 ministral-3-14b-2512
ministral-3b-2512 ministral-3-3b-2512
ministral-8b-2512 ministral-3-8b-2512
ministral-3:14b ministral-3-14b-2512
ministral-3:3b ministral-3-3b-2512
ministral-3:8b ministral-3-8b-2512
mistral-nemo mistral-nemo-2407
mistral-nemo:12b mistral-nemo-2407
mistral-nemo:12b-2407 mistral-nemo-2407
mistral-small-22b mistral-small-2409
mistral-small-24b mistral-small-2501
mistral-small-24b-2501 mistral-small-2501
mistral-small-3 mistral-small-2501
mistral-small-3.1 mistral-small-2503
mistral-small-3.1-24b mistral-small-2503
mistral-small-3.1-24b-2503 mistral-small-2503
mistral-small-3.2 mistral-small-2506
mistral-small-3.2-2506 mistral-small-2506
mistral-small-3.2-24b mistral-small-2506
mistral-small-3.2-24b-2506 mistral-small-2506
mistral-small-4 mistral-small-2603
mistral-small-4-119b-2603 mistral-small-2603
mixtral mixtral-8x7b
nemotron-3-nano nemotron-3-nano-30b-a3b
nemotron-3-super nemotron-3-super-120b-a12b
nemotron-3-ultra nemotron-3-ultra-550b-a55b
nemotron:70b llama-3.1-nemotron-70b
nemotron-70b llama-3.1-nemotron-70b
nova-2-lite-v1 nova-2-lite
nova-lite-v1 nova-lite
nova-micro-v1 nova-micro
nova-premier-v1 nova-premier
nova-pro-v1 nova-pro
olmo-2-0325-32b olmo-2-32b
olmo-2-1124-13b olmo-2-13b
olmo-2-1124-7b olmo-2-7b
phi3 phi-3-mini-4k
phi3:3.8b phi-3-mini-4k
phi3:14b phi-3-medium-4k
phi3:mini phi-3-mini-4k
phi3:medium phi-3-medium-4k
phi-3-small phi-3-small-8k
phi3.5 phi-3.5-mini
phi3.5:3.8b phi-3.5-mini
qwen-qwq-32b qwq-32b
qwq qwq-32b
qwen2 qwen2-7b
qwen2.5 qwen2.5-7b
qwen2.5-coder qwen2.5-coder-7b
qwen3 qwen3-8b
qwen3-coder qwen3-coder-480b-a35b
qwen3-coder-plus qwen3-coder-480b-a35b
solar:10.7b solar-10.7b-v1.0
`;

/** What local servers take bare names for, that elsewhere are names of larger models. */
const onLocalServers = `
codellama codellama-7b
deepseek-coder deepseek-coder-1.3b
deepseek-coder-v2 deepseek-coder-v2-lite
deepseek-r1 deepseek-r1-0528-qwen3-8b
devstral devstral-small-2507
devstral:24b devstral-small-2507
gemma gemma-7b
gemma2 gemma-2-9b
gemma3n gemma-3n-e4b
gemma4 gemma-4-e4b
glm4 glm-4-9b
gpt-oss gpt-oss-20b
granite3.3 granite-3.3-8b
llama4 llama-4-scout
magistral magistral-small-2506
magistral:24b magistral-small-2506
ministral-3 ministral-3-8b-2512
mistral-small mistral-small-2501
nemotron llama-3.1-nemotron-70b
olmo2 olmo-2-7b
olmo-3 olmo-3-7b
qwen3-coder qwen3-coder-30b-a3b
qwen3-next qwen3-next-80b-a3b
qwen3-vl qwen3-vl-8b
qwen3.5 qwen3.5-9b
qwen3.6 qwen3.6-35b-a3b
smollm2 smollm2-1.7b
tulu3 llama-3.1-tulu-3-8b
tulu3:8b llama-3.1-tulu-3-8b
tulu3:70b llama-3.1-tulu-3-70b
`;

type Aliases = readonly (readonly [alias: string, name: string])[];

/** Each with the name in the table. */
export const modelAliases: Aliases = pairsIn(anywhere);

/** Likewise, for what runs on a local server, where they go before the others. */
export const localAliases: Aliases = pairsIn(onLocalServers);

function pairsIn(written: string): Aliases {
  return written
    .trim()
    .split('\n')
    .map((row) => {
      const [alias = '', name = ''] = row.split(' ');
      return [alias, name] as const;
    });
}
