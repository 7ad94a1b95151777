import { z } from 'zod';
import { failureReasons } from '../../src/core/terms/failure';
import type { Deployment } from '../../src/core/terms/deployment';
import type { KeyRing, ModelClient, ModelEvent } from '../../src/core/terms/ports';
import type { Cost } from '../../src/core/terms/receipt';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { withDeadlines } from '../../src/providers/dispatch/deadlines';
import { collect, deploymentWith, editorModels, fixture, question } from './stream-helpers';

/** The folders of test/fixtures, one for each vendor's way to speak its protocol. */
export const vendors = [
  'openai',
  'azure',
  'gemini',
  'groq',
  'openrouter',
  'ollama',
  'litellm',
  'responses',
  'anthropic',
] as const;
export type VendorName = (typeof vendors)[number];

const usage = z.strictObject({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number(),
  cacheWriteTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
});
const expectedStream = z.strictObject({
  text: z.string().optional(),
  usage: usage.optional(),
  servedModel: z.string().optional(),
  usd: z.number().optional(),
  /** True where the server itself says what the call cost. */
  reported: z.boolean().optional(),
  truncated: z.boolean().optional(),
  reason: z.enum(failureReasons).optional(),
  detail: z.string().optional(),
});
const expectedVendor = z.strictObject({
  deployment: z.strictObject({
    provider: z.enum([
      'openai',
      'anthropic',
      'gemini',
      'groq',
      'openrouter',
      'azure',
      'ollama',
      'litellm_proxy',
    ]),
    protocol: z.enum(['chat-completions', 'responses', 'anthropic-messages']),
    model: z.string(),
    apiVersion: z.string().optional(),
  }),
  free: z.boolean().optional(),
  streams: z.record(z.string(), expectedStream),
});
const errors = z.record(
  z.string(),
  z.strictObject({
    status: z.number(),
    body: z.unknown(),
    headers: z.record(z.string(), z.string()).optional(),
    retryAfterMs: z.number().optional(),
  }),
);

/** What the fixtures of a vendor are and what must be made of them. */
export function fixturesOf(vendor: VendorName) {
  const expected = expectedVendor.parse(JSON.parse(fixture(`${vendor}/expected.json`)));
  return { ...expected, errors: errors.parse(JSON.parse(fixture(`${vendor}/errors.json`))) };
}

/** Looks like no key, so that only knowing it keeps it out of messages. */
export const secret = 'correct-horse-battery-staple';
const keys: KeyRing = { keyFor: () => Promise.resolve(secret) };
const client: ModelClient = createModelClient({ keys, editorModels });
const { costOf } = createPriceBook();

/** USD per token, so that the sums of expected.json can be done by hand: 1, 4, 0.1 and 1.25 per million. */
const price = {
  inputUsdPerToken: 1e-6,
  outputUsdPerToken: 4e-6,
  cachedInputUsdPerToken: 1e-7,
  cacheWriteUsdPerToken: 1.25e-6,
};

/** The vendor's deployment, at `apiBase`. */
export function deploymentOf(vendor: VendorName, apiBase: string): Deployment {
  const { deployment, free } = fixturesOf(vendor);
  return deploymentWith({
    ...deployment,
    apiVersion: deployment.apiVersion,
    apiBase,
    price: free === true ? undefined : price,
  });
}

export interface Outcome {
  readonly text: string;
  /** The event that ended the stream. */
  readonly end: Extract<ModelEvent, { type: 'finished' | 'failed' }>;
  /** Undefined where it failed. */
  readonly cost: Cost | undefined;
}

/** Calls the deployment through its SDK. Throws where the stream has no end. */
export async function outcomeOf(deployment: Deployment, limitMs = 20_000): Promise<Outcome> {
  const abort = new AbortController();
  const stream = client.stream({ deployment, messages: question }, abort.signal);
  const limits = { firstTokenMs: limitMs, stallMs: limitMs };
  const events = await collect(withDeadlines(stream, limits, abort.signal));
  abort.abort();
  const end = events.at(-1);
  if (end?.type !== 'finished' && end?.type !== 'failed') throw new Error('The stream had no end.');
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { text, end, cost: costOfEnd(deployment, end) };
}

function costOfEnd(deployment: Deployment, end: Outcome['end']): Cost | undefined {
  if (end.type === 'failed') return undefined;
  if (end.costUsd !== undefined) return { kind: 'exact', usd: end.costUsd };
  return end.usage === undefined ? { kind: 'unknown' } : costOf(deployment, end.usage, true);
}
