import { describe, expect, test } from 'vitest';
import { createPriceBook } from '../../src/providers/prices';
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
    ['gpt-4o-mini', 'openai', 'https://api.openai.com/v1'],
    ['claude-sonnet-4-5', 'anthropic', 'https://api.anthropic.com'],
    ['gemini-2.5-flash', 'openai', 'https://generativelanguage.googleapis.com/v1beta/openai'],
    ['llama-3.3-70b-versatile', 'openai', 'https://api.groq.com/openai/v1'],
  ] as const)('knows %s', (model, provider, apiBase) => {
    const deployment = deploymentWith({ model, provider, apiBase });
    const cost = costOf(deployment, usage, true);
    expect(cost).toMatchObject({ kind: 'exact' });
    expect('usd' in cost && cost.usd).toBeGreaterThan(0);
    expect(costOf(deployment, usage, false).kind).toBe('estimated');
  });

  test('takes what the vendor takes for cached tokens', () => {
    const full = costOf(deploymentWith(), usage, true);
    const discounted = costOf(deploymentWith(), cached, true);
    expect(full).toMatchObject({ usd: expect.closeTo(450e-6, 9) as number });
    expect(discounted).toMatchObject({ kind: 'exact', usd: expect.closeTo(390e-6, 9) as number });
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

  test('behind another port may be a proxy to one that costs money: unknown, never free', () => {
    expect(costOf(deploymentWith({ apiBase: 'http://127.0.0.1:4000/v1' }), usage, true).kind).toBe('unknown');
  });
});
