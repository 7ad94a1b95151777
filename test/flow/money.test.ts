import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { usdOf } from '../../src/core/terms/receipt';
import { seededRandom } from '../core/seeded-random';
import type { Billed, BillingServer } from './billing-server';
import { startBillingServer } from './billing-server';
import { openRealWindow, quiet } from './real-window';

/**
 * What a vendor would bill, by hand: USD per million tokens as the vendors print them. The file prices `local-proxy`
 * itself, the proxy reports its own costs, and Ollama on this machine is free.
 */
const printed: Readonly<Record<string, { input: number; read: number; write: number; output: number }>> = {
  'gpt-4o-mini': { input: 0.15, read: 0.075, write: 0, output: 0.6 },
  'gpt-4.1': { input: 2, read: 0.5, write: 0, output: 8 },
  'claude-sonnet-4-5': { input: 3, read: 0.3, write: 3.75, output: 15 },
  'claude-haiku-4-5': { input: 1, read: 0.1, write: 1.25, output: 5 },
  'my-model': { input: 0.7, read: 0.2, write: 0, output: 2.1 },
  'llama3.2': { input: 0, read: 0, write: 0, output: 0 },
};

const file = (port: number): string => `
model_list:
  - { model_name: mixed, litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/K }, model_info: { id: mini } }
  - { model_name: mixed, litellm_params: { model: openai/gpt-4.1, api_key: os.environ/K }, model_info: { id: strong } }
  - { model_name: mixed, litellm_params: { model: anthropic/claude-sonnet-4-5, api_key: os.environ/K }, model_info: { id: sonnet } }
  - { model_name: mixed, litellm_params: { model: anthropic/claude-haiku-4-5, api_key: os.environ/K }, model_info: { id: haiku } }
  - { model_name: mixed, litellm_params: { model: litellm_proxy/fast, api_base: 'http://127.0.0.1:${String(port)}/litellm', api_key: os.environ/K }, model_info: { id: proxied } }
  - { model_name: mixed, litellm_params: { model: ollama/llama3.2, api_base: 'http://127.0.0.1:${String(port)}/ollama/v1' }, model_info: { id: local } }
  - model_name: mixed
    litellm_params: { model: openai/my-model, api_base: 'http://127.0.0.1:${String(port)}/openai/v1' }
    model_info:
      id: priced
      input_cost_per_token: 0.7e-6
      output_cost_per_token: 2.1e-6
      cache_read_input_token_cost: 0.2e-6
# Alike at first, so that each is asked for something.
router: { priors: off }
`;

let server: BillingServer;

beforeAll(async () => {
  server = await startBillingServer(seededRandom(11));
  // The vendors' own hosts, so that the kept price list is asked; the bytes go to the server of this test.
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    const local = url
      .replace('https://api.openai.com', `http://127.0.0.1:${String(server.port)}/openai`)
      .replace('https://api.anthropic.com', `http://127.0.0.1:${String(server.port)}/anthropic`);
    return fetch(local, init);
  });
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

function byHand(bills: readonly Billed[]): number {
  return bills.reduce((sum, { vendor, model, plainInput, cacheRead, cacheWrite, output, reportedUsd }) => {
    if (vendor === 'litellm') return sum + reportedUsd;
    const price = printed[model];
    if (price === undefined) throw new Error(`No printed price of ${model}.`);
    const micros =
      plainInput * price.input + cacheRead * price.read + cacheWrite * price.write + output * price.output;
    return sum + micros / 1e6;
  }, 0);
}

test('the cost of a mixed session of 200 requests is that of the servers’ own logs', async () => {
  const keys = { keyFor: () => Promise.resolve('sk-test') };
  const environment = { K: 'sk-test' };
  const window = await openRealWindow({ file: file(server.port), environment, keys, log: quiet });
  const { conduit } = window;
  expect(window.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const random = seededRandom(5);

  let receipts = 0;
  const kinds = new Map<string, number>();
  for (let turn = 0; turn < 200; turn += 1) {
    const messages = [
      { role: 'user', text: `Question ${String(turn)}: what is ${String(turn)} squared?` } as const,
    ];
    const conversationId = `c-${String(turn)}`;
    const request = { pool: 'mixed', messages, origin: 'chat', conversationId } as const;
    for await (const event of conduit.answer(request, new AbortController().signal)) {
      if (event.type !== 'finished') continue;
      const { cost } = event.attempt.receipt;
      kinds.set(cost.kind, (kinds.get(cost.kind) ?? 0) + 1);
      receipts += usdOf(cost) ?? NaN;
      // A policy that hasn't been rated would stay with the cheapest: ratings at random keep the session mixed.
      await conduit.rate(
        event.attempt.decisionId,
        event.attempt.deploymentId,
        random() < 0.5 ? 'up' : 'down',
      );
    }
  }

  const expected = byHand(server.bills);
  const models = new Set(server.bills.map(({ vendor, model }) => `${vendor}/${model}`));
  console.log(
    `200 requests, ${String(server.bills.length)} billed by ${String(models.size)} models, ` +
      `${String(server.refused())} refused: $${receipts.toFixed(6)} by receipts, $${expected.toFixed(6)} by hand; ` +
      [...kinds].map(([kind, count]) => `${kind} ${String(count)}`).join(', '),
  );
  expect(models.size).toBe(7);
  expect(server.refused()).toBeGreaterThan(5);
  expect(server.bills.some(({ cacheWrite }) => cacheWrite > 0)).toBe(true);
  expect([...kinds.keys()]).toEqual(['exact']);
  expect(receipts).toBeCloseTo(expected, 9);
  const total = conduit.stats().pools.flatMap(({ models: all }) => all.map(({ totalUsd }) => totalUsd));
  expect(total.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(expected, 9);
  expect(conduit.spentToday()).toMatchObject({ expectedUsd: 0, unknownAttempts: 0 });
  expect(conduit.spentToday().usd).toBeCloseTo(expected, 9);
  await window.close();
}, 120_000);
