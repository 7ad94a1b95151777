import { expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import { loadConfiguration } from '../../src/config/load-configuration';
import { createPriceBook } from '../../src/providers/prices/prices';

const { costOf } = createPriceBook();

function load(params: string, info: string) {
  const text = `model_list:
  - model_name: big
    litellm_params: { model: gemini/gemini-9-pro${params} }
    model_info: { id: g${info} }
`;
  return loadConfiguration({
    file: { name: 'conduit.yaml', text },
    environment: {},
    storedHosts: new Set(),
  });
}

function deploymentOf(params: string, info: string): Deployment {
  const { configuration, problems } = load(params, info);
  const deployment = configuration.pools[0]?.deployments[0];
  if (deployment === undefined) throw new Error(problems.map(({ message }) => message).join());
  expect(problems.filter(({ path }) => path !== '')).toEqual([]);
  return deployment;
}

const usage = (inputTokens: number, outputTokens: number, more = {}) => ({
  inputTokens,
  outputTokens,
  cachedInputTokens: 0,
  ...more,
});
const exactly = (usd: number) => ({ kind: 'exact', usd: expect.closeTo(usd, 10) as number });
const about = (usd: number) => ({ kind: 'estimated', usd: expect.closeTo(usd, 10) as number });

const base = ', input_cost_per_token: 1.25e-06, output_cost_per_token: 1.0e-05';
const long =
  ', input_cost_per_token_above_200k_tokens: 2.5e-06, output_cost_per_token_above_200k_tokens: 1.5e-05';

test('a long request is at the price for long ones, whole', () => {
  for (const deployment of [deploymentOf(base, long), deploymentOf('', base + long)]) {
    // 250,000 × 2.5 + 1,000 × 15 millionths
    expect(costOf(deployment, usage(250_000, 1_000), true)).toEqual(exactly(0.64));
    // 1,000 × 1.25 + 1,000 × 10
    expect(costOf(deployment, usage(1_000, 1_000), true)).toEqual(exactly(0.01125));
    // 200,000 × 1.25 + 1,000 × 10
    expect(costOf(deployment, usage(200_000, 1_000), true)).toEqual(exactly(0.26));
  }
});

test('what the file doesn’t say of long requests is an estimate', () => {
  const input = deploymentOf(base, ', input_cost_per_token_above_128k_tokens: 2.5e-06');
  // 150,000 × 2.5 + 1,000 × 10
  expect(costOf(input, usage(150_000, 1_000), true)).toEqual(about(0.385));
  const cache = deploymentOf(base, `${long}, cache_read_input_token_cost: 1.25e-07`);
  expect(costOf(cache, usage(1_000, 0, { cachedInputTokens: 800 }), true).kind).toBe('exact');
  expect(costOf(cache, usage(250_000, 0, { cachedInputTokens: 800 }), true).kind).toBe('estimated');
});

test('of several limits the highest that is exceeded holds', () => {
  const deployment = deploymentOf(
    base,
    ', input_cost_per_token_above_32k_tokens: 2.0e-06, output_cost_per_token_above_32k_tokens: 2.0e-05' +
      ', input_cost_per_token_above_128k_tokens: 3.0e-06, output_cost_per_token_above_128k_tokens: 3.0e-05',
  );
  expect(costOf(deployment, usage(100_000, 0), true)).toEqual(exactly(0.2));
  expect(costOf(deployment, usage(150_000, 1_000), true)).toEqual(exactly(0.48));
});

test('caches of an hour, thoughts and service tiers have prices of their own', () => {
  const kinds = deploymentOf(
    base,
    ', cache_creation_input_token_cost: 1.5e-06, cache_creation_input_token_cost_above_1hr: 2.5e-06' +
      ', output_cost_per_reasoning_token: 2.0e-06',
  );
  const written = usage(1_000, 100, {
    cacheWriteTokens: 900,
    cacheWriteHourTokens: 400,
    reasoningTokens: 60,
  });
  // 100 × 1.25 + 500 × 1.5 + 400 × 2.5 + 40 × 10 + 60 × 2
  expect(costOf(kinds, written, true)).toEqual(exactly(0.002395));
  const flex = ', extra_body: { service_tier: flex }';
  const stated = ', input_cost_per_token_flex: 6.25e-07, output_cost_per_token_flex: 5.0e-06';
  expect(costOf(deploymentOf(base + flex, stated), usage(1_000, 100), true)).toEqual(exactly(0.001125));
  expect(costOf(deploymentOf(base + flex, ''), usage(1_000, 100), true)).toEqual(about(0.00225));
});

test('what model_info says of a price holds', () => {
  const deployment = deploymentOf(base + long, ', input_cost_per_token_above_200k_tokens: 4.0e-06');
  expect(costOf(deployment, usage(250_000, 0), true)).toEqual(exactly(1));
});

test('a price that is none, and one that has no other beside it, are said', () => {
  const { configuration, problems } = load(base, ', input_cost_per_token_above_64k_tokens: cheap');
  expect(configuration.pools[0]?.deployments[0]?.id).toBe('g');
  expect(problems).toMatchObject([
    {
      severity: 'warning',
      path: 'model_list[0].model_info.input_cost_per_token_above_64k_tokens',
      message: 'must be USD per token, for example 1.5e-07: it has no effect',
    },
  ]);
  expect(load('', long).problems).toMatchObject([{ severity: 'warning', path: 'model_list[0].model_info' }]);
});

test('base_model says what a deployment stands for', () => {
  const text = `model_list:
  - model_name: chat
    litellm_params: { model: azure/team-chat, api_base: https://a.openai.azure.com, api_version: v1 }
    model_info: { id: a, base_model: azure/gpt-4o-mini }
`;
  const { configuration } = loadConfiguration({
    file: { name: 'conduit.yaml', text },
    environment: {},
    storedHosts: new Set(),
  });
  const deployment = configuration.pools[0]?.deployments[0];
  if (deployment === undefined) throw new Error('no deployment');
  expect(deployment).toMatchObject({ model: 'team-chat', pricedAs: 'azure/gpt-4o-mini' });
  // 1,000 × 0.15 + 500 × 0.6 millionths; regions differ
  expect(costOf(deployment, usage(1_000, 500), true)).toEqual(about(0.00045));
  const unnamed = { ...deployment, pricedAs: undefined };
  expect(costOf(unnamed, usage(1_000, 500), true)).toEqual({ kind: 'unknown' });
  expect(costOf(unnamed, usage(1_000, 500), true, 'gpt-4o-mini-2024-07-18')).toEqual(about(0.00045));
});
