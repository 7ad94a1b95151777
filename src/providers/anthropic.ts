import Anthropic from '@anthropic-ai/sdk';
import type { Failure } from '../core/failure';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../core/ports';
import type { Usage } from '../core/receipt';
import type { Message } from '../core/request';
import { failureFrom, innermostMessage, malformed } from './failure-from';

type StreamEvent = Anthropic.Messages.RawMessageStreamEvent;

/** The protocol demands a limit; every current model takes this one. */
const maxOutputTokens = 8_192;

/** Anthropic's Messages API. */
export function createAnthropicClient(keys: KeyRing): ModelClient {
  return {
    stream: async function* (call, signal) {
      const key = (await keys.keyFor(call.deployment)) ?? '';
      try {
        yield* read(await open(call, key, signal), key, signal);
      } catch (error) {
        if (!signal.aborted) yield { type: 'failed', failure: toFailure(error, key) };
      }
    },
  };
}

async function open({ deployment, messages }: ModelCall, key: string, signal: AbortSignal): Promise<AsyncIterable<StreamEvent>> {
  const client = new Anthropic({
    apiKey: key === '' ? 'none' : key,
    // The SDK would send a token of the environment to whatever host is configured.
    authToken: null,
    // The SDK adds the version segment itself.
    baseURL: deployment.apiBase.replace(/\/v1\/?$/, ''),
    maxRetries: 0,
    logLevel: 'off',
  });
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return client.messages.create(
    {
      model: deployment.model,
      max_tokens: maxOutputTokens,
      ...(system.length > 0 && { system: system.join('\n\n') }),
      messages: messages.flatMap(toMessageParam),
      stream: true,
    },
    { signal },
  );
}

function toMessageParam({ role, text }: Message): Anthropic.Messages.MessageParam[] {
  return role === 'system' ? [] : [{ role, content: text }];
}

async function* read(events: AsyncIterable<StreamEvent>, key: string, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  let usage: Usage | undefined;
  let servedModel: string | undefined;
  let stopReason: string | null = null;
  let ended = false;
  for await (const event of events) {
    switch (event.type) {
      case 'message_start':
        servedModel = event.message.model;
        usage = toUsage(event.message.usage);
        break;
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') yield { type: 'text', text: event.delta.text };
        break;
      case 'message_delta':
        stopReason = event.delta.stop_reason;
        // Counts here are totals of the whole answer.
        if (usage !== undefined) usage = { ...usage, outputTokens: event.usage.output_tokens };
        break;
      case 'message_stop':
        ended = true;
        break;
      case 'content_block_start':
      case 'content_block_stop':
        break;
    }
  }
  if (signal.aborted) return;
  if (!ended) yield { type: 'failed', failure: malformed('The stream ended without message_stop.', key) };
  else if (stopReason === 'refusal') yield { type: 'failed', failure: refusal };
  else yield { type: 'finished', usage, servedModel, truncated: stopReason === 'max_tokens' };
}

const refusal: Failure = { reason: 'content-filter', detail: 'The model refused to answer.', status: undefined };

/** `input_tokens` leaves the cache out; the core's input is everything that was read. */
function toUsage(reported: Anthropic.Messages.Usage): Usage {
  const cached = reported.cache_read_input_tokens ?? 0;
  const written = reported.cache_creation_input_tokens ?? 0;
  return {
    inputTokens: reported.input_tokens + cached + written,
    outputTokens: reported.output_tokens,
    cachedInputTokens: cached,
  };
}

function toFailure(error: unknown, key: string): Failure {
  if (error instanceof Anthropic.APIConnectionTimeoutError) {
    return { reason: 'timeout', detail: 'The server did not answer in time.', status: undefined };
  }
  if (error instanceof Anthropic.APIConnectionError) {
    return failureFrom({ status: undefined, code: undefined, message: innermostMessage(error) }, key);
  }
  if (error instanceof Anthropic.APIError) {
    const code = error.type ?? undefined;
    const status = (error.status as number | undefined) ?? (code === undefined ? 500 : undefined);
    return failureFrom({ status, code, message: error.message }, key);
  }
  if (error instanceof SyntaxError) return malformed('The stream is not valid JSON.', key);
  const message = error instanceof Error ? innermostMessage(error) : String(error);
  return failureFrom({ status: undefined, code: undefined, message }, key);
}
