import Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import type { Failure } from '../core/failure';
import { hostOf } from '../core/pool/host';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../core/ports';
import type { Message } from '../core/request';
import { createCallFetch } from './error-reply';
import { failureFromError, malformed } from './failure-from';
import { missingKey } from './missing-key';
import { tokenCount } from './token-count';

const inputUsage = z.object({
  input_tokens: tokenCount,
  cache_read_input_tokens: tokenCount.nullish(),
  cache_creation_input_tokens: tokenCount.nullish(),
  output_tokens: tokenCount.nullish(),
});

/** What is read of an event. The vendor may add types of events and deltas at any time. */
const eventSchema = z.object({
  type: z.string(),
  // Of message_start.
  message: z.object({ model: z.string().nullish(), usage: inputUsage.nullish().catch(undefined) }).nullish(),
  // Of content_block_delta and message_delta.
  delta: z
    .object({ type: z.string().nullish(), text: z.string().nullish(), stop_reason: z.string().nullish() })
    .nullish(),
  // Of message_delta: totals of the whole answer.
  usage: z.object({ output_tokens: tokenCount }).nullish().catch(undefined),
});

/** Anthropic's Messages API. */
export function createAnthropicClient(keys: KeyRing): ModelClient {
  return {
    stream: async function* (call, signal) {
      const key = await keys.keyFor(call.deployment);
      if (key === undefined) {
        yield { type: 'failed', failure: missingKey(call.deployment) };
        return;
      }
      const context = { key, host: hostOf(call.deployment.apiBase) };
      const http = createCallFetch({ key, foreignHeaders: process.env['ANTHROPIC_CUSTOM_HEADERS'] });
      try {
        yield* read(await open(call, key, http.fetch, signal), key, signal);
      } catch (error) {
        if (signal.aborted) return;
        yield { type: 'failed', failure: failureFromError(error, http.errorReply(), context) };
      }
    },
  };
}

async function open(
  { deployment, messages }: ModelCall,
  key: string,
  fetch: ReturnType<typeof createCallFetch>['fetch'],
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const client = new Anthropic({
    // The SDK would look for credentials of its own; servers that need none ignore it.
    apiKey: key === '' ? 'none' : key,
    // The SDK would send a token of the environment to whatever host is configured.
    authToken: null,
    // The SDK adds the version segment itself.
    baseURL: deployment.apiBase.replace(/\/+(v1\/*)?$/, ''),
    maxRetries: 0,
    logLevel: 'off',
    fetch,
  });
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return client.messages.create(
    {
      model: deployment.model,
      max_tokens: maxOutputTokens(deployment.model),
      ...(system.length > 0 && { system: system.join('\n\n') }),
      messages: messages.flatMap(toMessageParam),
      stream: true,
    },
    { signal },
  );
}

/**
 * The protocol demands a limit, which thinking counts towards too. The third generation takes no more than 4096 or
 * 8192, all later ones at least 32000. A compatible server's model is unknown: every current one takes 8192.
 */
function maxOutputTokens(model: string): number {
  if (/^claude-(2|instant|3-(opus|sonnet|haiku))/.test(model)) return 4_096;
  return /^claude-(?!3)/.test(model) ? 32_000 : 8_192;
}

/** The vendor refuses empty texts, such as an answer that was stopped before its first token. */
function toMessageParam({ role, text }: Message): Anthropic.Messages.MessageParam[] {
  return role === 'system' || text.trim() === '' ? [] : [{ role, content: text }];
}

async function* read(
  events: AsyncIterable<unknown>,
  key: string,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  let input: z.infer<typeof inputUsage> | undefined;
  let outputTokens: number | undefined;
  let servedModel: string | undefined;
  let stopReason: string | undefined;
  for await (const raw of events) {
    const { type, message, delta, usage } = eventSchema.parse(raw);
    if (type === 'message_start') {
      servedModel = message?.model ?? undefined;
      input = message?.usage ?? undefined;
    } else if (type === 'message_delta') {
      stopReason = delta?.stop_reason ?? stopReason;
      outputTokens = usage?.output_tokens ?? outputTokens;
    } else if (type === 'content_block_delta') {
      // Another kind of delta is thinking: a sign of life, no token.
      yield { type: 'text', text: delta?.type === 'text_delta' ? (delta.text ?? '') : '' };
    }
  }
  if (signal.aborted) return;
  if (stopReason === undefined) {
    yield { type: 'failed', failure: malformed('The stream ended without a stop_reason.', key) };
  } else if (stopReason === 'refusal') {
    yield { type: 'failed', failure: refusal };
  } else {
    const truncated = stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded';
    yield { type: 'finished', usage: toUsage(input, outputTokens), servedModel, truncated };
  }
}

const refusal: Failure = {
  reason: 'content-filter',
  detail: 'The model refused to answer.',
  status: undefined,
};

/** `input_tokens` leaves the cache out; the core's input is everything that was read. */
function toUsage(input: z.infer<typeof inputUsage> | undefined, outputTokens: number | undefined) {
  if (input === undefined || outputTokens === undefined) return undefined;
  const cachedInputTokens = input.cache_read_input_tokens ?? 0;
  const written = input.cache_creation_input_tokens ?? 0;
  return { inputTokens: input.input_tokens + cachedInputTokens + written, outputTokens, cachedInputTokens };
}
