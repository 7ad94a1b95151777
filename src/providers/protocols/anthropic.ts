import * as l10n from '@vscode/l10n';
import Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import type { KeyRing, ModelClient, ModelEvent } from '../../core/ports';
import type { Usage } from '../../core/receipt';
import { refusal } from '../failures/answer-failures';
import { blockSchema, createAnswerBlocks } from './anthropic-blocks';
import { messagesBody, messagesConcessions } from './anthropic-request';
import type { RunningCall } from './call-client';
import { createCallClient } from './call-client';
import { usageOf } from './chat-usage';
import { createCallFetch } from '../failures/error-reply';
import { malformed } from '../failures/failure-from';
import { tokenCount } from './token-count';
import type { Body } from './tolerant-call';
import { callTolerantly } from './tolerant-call';
import { hasFailed, toolCallEvents } from './tool-calls';

const count = tokenCount.nullish();

/** Of message_start, and of message_delta with the totals of the whole answer. */
const usageSchema = z
  .object({
    input_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    output_tokens: count,
    output_tokens_details: z.object({ thinking_tokens: count }).nullish().catch(undefined),
  })
  .nullish()
  // A report that makes no sense is no report.
  .catch(undefined);
type MessageUsage = NonNullable<z.infer<typeof usageSchema>>;

/** What is read of an event. The vendor may add types of events and deltas at any time. */
const eventSchema = z.object({
  type: z.string(),
  // Of message_start.
  message: z.object({ model: z.string().nullish(), usage: usageSchema }).nullish(),
  // Of content_block_start and content_block_delta.
  index: z.number().nullish().catch(undefined),
  // Of content_block_start.
  content_block: blockSchema.nullish().catch(undefined),
  // Of content_block_delta and message_delta.
  delta: z
    .object({
      type: z.string().nullish(),
      text: z.string().nullish(),
      partial_json: z.string().nullish(),
      thinking: z.string().nullish(),
      signature: z.string().nullish(),
      stop_reason: z.string().nullish(),
    })
    .nullish(),
  // Of message_delta.
  usage: usageSchema,
});

/** Anthropic's Messages API. */
export function createAnthropicClient(keys: KeyRing): ModelClient {
  return createCallClient({
    keys,
    fetchFor: (_call, key) =>
      createCallFetch({
        key,
        keyHeader: 'authorization',
        foreignHeaders: process.env['ANTHROPIC_CUSTOM_HEADERS'],
      }),
    stream: async function* (running) {
      yield* read(await open(running), running);
    },
  });
}

async function open({ call, key, http, signal }: RunningCall): Promise<AsyncIterable<unknown>> {
  const sdk = new Anthropic({
    // The SDK would look for credentials of its own; servers that need none ignore it.
    apiKey: key === '' ? 'none' : key,
    // The SDK would send a token of the environment to whatever host is configured.
    authToken: null,
    // The SDK adds the version segment itself.
    baseURL: call.deployment.apiBase.replace(/\/+(v1\/*)?$/, ''),
    maxRetries: 0,
    logLevel: 'off',
    fetch: http.fetch,
  });
  const send = (body: Body): Promise<AsyncIterable<unknown>> =>
    sdk.post('/v1/messages', { body, signal, stream: true });
  return callTolerantly(messagesBody(call), messagesConcessions, send, http.errorReply);
}

async function* read(events: AsyncIterable<unknown>, running: RunningCall): AsyncGenerator<ModelEvent> {
  const { key, signal } = running;
  let usage: MessageUsage | undefined;
  let outputReported = false;
  let servedModel: string | undefined;
  let stopReason: string | undefined;
  const blocks = createAnswerBlocks();
  let anyText = false;
  for await (const raw of events) {
    const event = eventSchema.parse(raw);
    const { type, message, delta } = event;
    if (type === 'message_start') {
      servedModel = message?.model ?? undefined;
      usage = message?.usage ?? undefined;
    } else if (type === 'message_delta') {
      stopReason = delta?.stop_reason ?? stopReason;
      outputReported ||= typeof event.usage?.output_tokens === 'number';
      usage = { ...usage, ...reported(event.usage ?? {}) };
    } else if (type === 'content_block_start') {
      if (event.content_block) blocks.start(event.index ?? 0, event.content_block);
    } else if (type === 'content_block_delta') {
      if (delta) blocks.add(event.index ?? 0, delta);
      // Another kind of delta is thinking, or a tool's input: a sign of life, no token.
      const text = delta?.type === 'text_delta' ? (delta.text ?? '') : '';
      anyText ||= text.trim() !== '';
      yield { type: 'text', text };
    }
  }
  if (signal.aborted) return;
  if (stopReason === undefined) {
    yield { type: 'failed', failure: malformed(l10n.t('The stream ended without a stop_reason.'), key) };
  } else if (stopReason === 'refusal') {
    yield { type: 'failed', failure: refusal };
  } else {
    const calls = toolCallEvents(blocks.calls(), !anyText && stopReason === 'tool_use', running);
    yield* calls;
    if (hasFailed(calls)) return;
    const truncated = stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded';
    // What message_start says of the output is its beginning alone.
    yield { type: 'finished', usage: outputReported ? toUsage(usage) : undefined, servedModel, truncated };
  }
}

/** The counts that are there: those of message_delta are totals, but it may leave out what didn't change. */
function reported(usage: MessageUsage): MessageUsage {
  return Object.fromEntries(
    Object.entries(usage).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** `input_tokens` leaves the cache out; the core's input is everything that was read. */
function toUsage(usage: MessageUsage | undefined): Usage | undefined {
  const { input_tokens: fresh, output_tokens: outputTokens } = usage ?? {};
  if (typeof fresh !== 'number' || typeof outputTokens !== 'number') return undefined;
  const cached = usage?.cache_read_input_tokens ?? 0;
  const cacheWrite = usage?.cache_creation_input_tokens ?? 0;
  return usageOf({
    inputTokens: fresh + cached + cacheWrite,
    outputTokens,
    cached,
    cacheWrite,
    reasoning: usage?.output_tokens_details?.thinking_tokens,
  });
}
