import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { shippedSignals } from '../../src/core/reward/signal-table';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import { anthropicCall, openAiCall } from '../wire/tool-call-streams';
import type { WireServer } from '../wire/wire-server';
import { agentOn } from './agent';
import type { RealWindow } from './real-window';
import { openRealWindow, quiet } from './real-window';

/** A stuck loop goes on with a model of another vendor, from the file to the bytes. */

const sealed = { thought: 'A thought of the first.', signature: 'EqQBsealedByTheFirst' };
const step = { name: 'read_file', input: { path: 'invoice.ts' }, inputTokens: 4_000 };
const tools = [{ name: 'read_file', description: 'Reads.', inputSchema: { type: 'object' } }];

let openai: WireServer;
let anthropic: WireServer;
let window: RealWindow;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
});

afterEach(() => window.close());

afterAll(() => Promise.all([openai.close(), anthropic.close()]));

/** Claude is expected to be the better one, so that it begins. */
const file = (): string => `
model_list:
  - model_name: agents
    litellm_params: { model: anthropic/claude-sonnet-4-5, api_base: '${anthropic.url}', api_key: os.environ/K }
    model_info: { id: claude, quality: 0.95, max_input_tokens: 200000, input_cost_per_token: 3.0e-6, output_cost_per_token: 1.5e-5, cache_read_input_token_cost: 3.0e-7 }
  - model_name: agents
    litellm_params: { model: openai/worker, api_base: '${openai.url}', api_key: os.environ/K }
    model_info: { id: worker, quality: 0.2, max_input_tokens: 200000, input_cost_per_token: 1.0e-6, output_cost_per_token: 4.0e-6 }
router: { priors: off, preset: quality, escalate: auto }
`;

test('without the first vendor’s signed thoughts, at its full price, which the record has', async () => {
  let calls = 0;
  const next = (): string => `call_${String((calls += 1))}`;
  anthropic.script(() => ({ kind: 'raw', body: anthropicCall({ ...step, id: next() }, sealed) }));
  openai.script(({ body }) =>
    JSON.stringify(body).includes('const total')
      ? { kind: 'answer', chunks: ['Done.'], usage: { input: 5_000, output: 20 } }
      : { kind: 'raw', body: openAiCall({ ...step, input: { path: 'total.ts' }, id: next() }) },
  );
  const keys = { keyFor: () => Promise.resolve('sk-test') };
  window = await openRealWindow({ file: file(), environment: { K: 'sk-test' }, keys, log: quiet });
  const text = `const lines = [];\n${'// A line of the invoice.\n'.repeat(300)}`;
  const agent = agentOn({
    ...{ conduit: window.conduit, pool: 'agents', tools },
    run: ({ input }) => (input['path'] === 'total.ts' ? 'const total = 3;' : text),
  });

  const begun = await agent.step();
  expect(begun.decision?.deploymentId).toBe('claude');
  let last = begun;
  let taken = 1;
  while (last.decision?.escalatedFrom === undefined && taken < 30) {
    last = await agent.step();
    taken += 1;
  }
  // The first goes on with what it had thought as long as it is asked.
  expect(JSON.stringify(anthropic.requests.at(-1)?.body)).toContain(sealed.signature);
  const { decision } = last;
  expect(decision).toMatchObject({
    deploymentId: 'worker',
    escalatedFrom: begun.decision?.id,
    escalation: { deploymentId: 'claude', stuck: 'repeats' },
  });
  const sent = JSON.stringify(openai.requests.at(-1)?.body);
  expect(sent).toContain('invoice.ts');
  expect(sent).not.toContain(sealed.signature);
  expect(sent).not.toContain(sealed.thought);
  const [chosen] = decision?.candidates ?? [];
  expect(chosen?.deploymentId).toBe('worker');
  expect(chosen?.cache).toBeUndefined();
  expect(chosen?.costUsd).toBeGreaterThan((decision?.inputTokens ?? 0) * 1e-6);
  expect(decision?.escalation?.stayUsd).toBeGreaterThan(0);

  const done = await agent.step();
  expect(done.events.at(-1)).toMatchObject({ type: 'finished', attempt: { deploymentId: 'worker' } });
  expect(done.decision?.id).toBe(decision?.id);
  expect(JSON.stringify(openai.requests.at(-1)?.body)).not.toContain(sealed.signature);

  const { conduit } = window;
  await conduit.refresh();
  const [worker, claude] = ['worker', 'claude'].map((id) => conduit.arm('agents', id));
  expect(claude?.quality.weight).toBeCloseTo(shippedSignals['loop-given-up'].weight, 2);
  expect(claude?.quality.weight).toBeGreaterThan(10 * (worker?.quality.weight ?? 1));
  const spent = conduit.stats().recent.map(({ stuckWith, answeredBy }) => [answeredBy, stuckWith]);
  expect(spent).toEqual([
    ['worker', 'claude'],
    ['claude', undefined],
  ]);
});
