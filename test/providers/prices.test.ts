import { describe, expect, test } from 'vitest';
import type { Usage } from '../../src/core/terms/receipt';
import { createPriceBook } from '../../src/providers/prices/prices';
import { claudeCacheFactors } from '../../src/providers/prices/stated-price';
import { deploymentWith } from './stream-helpers';

const { costOf } = createPriceBook();
const usage = { inputTokens: 1_000, outputTokens: 500, cachedInputTokens: 0 };
const cached = { ...usage, cachedInputTokens: 800 };
const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };

describe('the file’s price', () => {
  test('is exact for measured usage, estimated otherwise', () => {
    const deployment = deploymentWith({ price });
    expect(costOf(deployment, usage, true)).toEqual({
      kind: 'exact',
      usd: expect.closeTo(0.003, 9) as number,
    });
    expect(costOf(deployment, usage, false).kind).toBe('estimated');
  });

  test('says nothing of cached tokens, so that the cost is estimated', () => {
    expect(costOf(deploymentWith({ price }), cached, true)).toMatchObject({ kind: 'estimated', usd: 0.003 });
  });

  test('is exact for cached tokens where it states their prices', () => {
    const stated = { ...price, cachedInputUsdPerToken: 1e-7, cacheWriteUsdPerToken: 1.25e-6 };
    const both = { ...usage, cachedInputTokens: 600, cacheWriteTokens: 200 };
    // 200 × 1 + 600 × 0.1 + 200 × 1.25 + 500 × 4 millionths
    expect(costOf(deploymentWith({ price: stated }), both, true)).toEqual({
      kind: 'exact',
      usd: expect.closeTo(0.00251, 9) as number,
    });
    const half = { ...price, cachedInputUsdPerToken: 1e-7 };
    expect(costOf(deploymentWith({ price: half }), both, true)).toEqual({
      kind: 'estimated',
      usd: expect.closeTo(0.00246, 9) as number,
    });
  });

  test('of Claude has the vendor’s usual shares for what the file leaves out, as an estimate', () => {
    const claude = deploymentWith({ price, protocol: 'anthropic-messages', model: 'claude-sonnet-4-5' });
    const both = { ...usage, cachedInputTokens: 600, cacheWriteTokens: 200 };
    // 200 × 1 + 600 × 0.1 + 200 × 1.25 + 500 × 4 millionths
    expect(costOf(claude, both, true)).toEqual({
      kind: 'estimated',
      usd: expect.closeTo(0.00251, 9) as number,
    });
    const listed = deploymentWith({ ...claude, price: undefined, apiBase: 'https://api.anthropic.com' });
    const usdOf = (change: Partial<Usage>): number =>
      (costOf(listed, { ...usage, outputTokens: 0, ...change }, true) as { usd: number }).usd;
    expect(usdOf({ cachedInputTokens: 1_000 }) / usdOf({})).toBeCloseTo(claudeCacheFactors.read, 9);
    expect(usdOf({ cacheWriteTokens: 1_000 }) / usdOf({})).toBeCloseTo(claudeCacheFactors.written, 9);
  });

  test('of a simulated model is simulated, measured or not', () => {
    const deployment = deploymentWith({
      provider: 'simulated',
      protocol: 'simulated',
      apiBase: 'simulated:',
      price,
    });
    expect(costOf(deployment, usage, true)).toMatchObject({ kind: 'simulated', usd: 0.003 });
    expect(costOf(deployment, usage, false).kind).toBe('simulated');
    expect(costOf({ ...deployment, price: undefined }, usage, true)).toEqual({ kind: 'simulated', usd: 0 });
  });
});

describe('the price list', () => {
  test.each([
    ['gpt-4o-mini', 'openai', 'https://api.openai.com/v1', 'exact'],
    ['claude-sonnet-4-5', 'anthropic', 'https://api.anthropic.com', 'exact'],
    ['gemini-2.5-flash', 'openai', 'https://generativelanguage.googleapis.com/v1beta/openai', 'exact'],
    ['models/gemini-2.5-flash', 'gemini', 'https://generativelanguage.googleapis.com/v1beta/openai', 'exact'],
    ['llama-3.3-70b-versatile', 'groq', 'https://api.groq.com/openai/v1', 'exact'],
    // Whoever serves it at the moment has a price of its own, and so have Azure's regions.
    ['openai/gpt-4o-mini', 'openrouter', 'https://openrouter.ai/api/v1', 'estimated'],
    ['openai/gpt-4o-mini:nitro', 'openrouter', 'https://openrouter.ai/api/v1', 'estimated'],
    ['gpt-4o', 'azure', 'https://my-resource.openai.azure.com', 'estimated'],
  ] as const)('knows %s', (model, provider, apiBase, kind) => {
    const deployment = deploymentWith({ model, provider, apiBase });
    const cost = costOf(deployment, usage, true);
    expect(cost).toMatchObject({ kind });
    expect('usd' in cost && cost.usd).toBeGreaterThan(0);
    expect(costOf(deployment, usage, false).kind).toBe('estimated');
  });

  test('takes what the vendor takes for cached tokens', () => {
    const full = costOf(deploymentWith(), usage, true);
    const discounted = costOf(deploymentWith(), cached, true);
    expect(full).toMatchObject({ usd: expect.closeTo(450e-6, 9) as number });
    expect(discounted).toMatchObject({ kind: 'exact', usd: expect.closeTo(390e-6, 9) as number });
  });

  test('takes what Anthropic takes for writing to the cache', () => {
    const deployment = deploymentWith({
      provider: 'anthropic',
      model: 'claude-sonnet-4-5',
      apiBase: 'https://api.anthropic.com',
    });
    const written = { ...usage, cachedInputTokens: 600, cacheWriteTokens: 200, reasoningTokens: 100 };
    // 200 × 3 + 600 × 0.3 + 200 × 3.75 + 500 × 15 millionths
    expect(costOf(deployment, written, true)).toEqual({
      kind: 'exact',
      usd: expect.closeTo(0.00903, 9) as number,
    });
  });

  test('is an estimate for cached tokens that it has no price for, and for a dearer service tier', () => {
    const groq = deploymentWith({
      provider: 'groq',
      model: 'llama-3.3-70b-versatile',
      apiBase: 'https://api.groq.com/openai/v1',
    });
    expect(costOf(groq, cached, true).kind).toBe('estimated');
    const priority = deploymentWith({ options: { extraBody: { service_tier: 'priority' } } });
    expect(costOf(priority, usage, true).kind).toBe('estimated');
    const unasked = deploymentWith({ options: { extraBody: { cache_control: null } } });
    expect(costOf(unasked, usage, true).kind).toBe('exact');
  });

  test('knows what OpenRouter gives away, and no price of what the editor serves', () => {
    const free = deploymentWith({
      provider: 'openrouter',
      model: 'meta-llama/llama-3.3-70b-instruct:free',
      apiBase: 'https://openrouter.ai/api/v1',
    });
    expect(costOf(free, usage, true)).toEqual({ kind: 'exact', usd: 0 });
    const editors = deploymentWith({ provider: 'vscode', protocol: 'editor', apiBase: 'vscode:' });
    expect(costOf(editors, usage, true)).toEqual({ kind: 'unknown' });
    expect(costOf({ ...editors, price }, usage, true)).toMatchObject({ kind: 'exact', usd: 0.003 });
  });

  test('is not asked about other hosts, nor about models that it does not know', () => {
    expect(costOf(deploymentWith({ model: 'gpt-unheard-of' }), usage, true).kind).toBe('unknown');
    expect(costOf(deploymentWith({ apiBase: 'https://proxy.example.com/v1' }), usage, true).kind).toBe(
      'unknown',
    );
  });
});

describe('a model on this machine', () => {
  test('is free at the ports of Ollama and LM Studio', () => {
    const deployment = deploymentWith({ model: 'llama3.2', apiBase: 'http://localhost:11434/v1' });
    expect(costOf(deployment, usage, false)).toEqual({ kind: 'exact', usd: 0 });
  });

  test('is free at another port where its provider says so, but not where Ollama passes it on', () => {
    const at = (model: string, apiBase: string) => deploymentWith({ provider: 'ollama', model, apiBase });
    expect(costOf(at('llama3.2', 'http://127.0.0.1:8080/v1'), usage, false)).toEqual({
      kind: 'exact',
      usd: 0,
    });
    expect(costOf(at('gpt-oss:120b-cloud', 'http://127.0.0.1:11434/v1'), usage, true).kind).toBe('unknown');
    expect(costOf(at('llama3.2', 'http://gpu.example:11434/v1'), usage, true).kind).toBe('unknown');
  });

  test('behind another port may be a proxy to one that costs money: unknown, never free', () => {
    expect(costOf(deploymentWith({ apiBase: 'http://127.0.0.1:4000/v1' }), usage, true).kind).toBe('unknown');
  });
});
