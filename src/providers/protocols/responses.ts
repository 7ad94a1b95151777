import { z } from 'zod';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../../core/ports';
import type { Usage } from '../../core/receipt';
import { filtered, toolCall } from '../failures/answer-failures';
import type { RunningCall } from './call-client';
import { createCallClient } from './call-client';
import { fields, optionsOf, temperatureConcession, withExtra } from './chat-request';
import { usageOf } from './chat-usage';
import { failureFromStreamedError, malformed } from '../failures/failure-from';
import { openAiFetch, openAiSdk } from './openai-sdk';
import { tokenCount } from './token-count';
import type { Body, Concession } from './tolerant-call';
import { callTolerantly, refusesLimit, withoutField } from './tolerant-call';

const count = tokenCount.nullish().catch(undefined);
const usageSchema = z.object({
  input_tokens: tokenCount,
  output_tokens: tokenCount,
  input_tokens_details: z
    .object({ cached_tokens: count, cache_write_tokens: count })
    .nullish()
    .catch(undefined),
  output_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(undefined),
});

/** What is read of an event. The vendor may add types of events at any time. */
const eventSchema = z.object({
  type: z.string(),
  // Of response.output_text.delta and response.refusal.delta.
  delta: z.unknown().optional(),
  // Of response.output_item.added.
  item: z.object({ type: z.string().nullish(), name: z.string().nullish() }).nullish().catch(undefined),
  // Of the last event, whichever it is.
  response: z
    .object({
      model: z.string().nullish(),
      error: z.unknown().optional(),
      incomplete_details: z.object({ reason: z.string().nullish() }).nullish().catch(undefined),
      // A report that makes no sense is no report.
      usage: usageSchema.nullish().catch(undefined),
    })
    .nullish(),
});
type ResponseEvent = z.infer<typeof eventSchema>;

/** OpenAI's Responses API. */
export function createResponsesClient(keys: KeyRing): ModelClient {
  return createCallClient({
    keys,
    fetchFor: ({ deployment }, key) => openAiFetch(deployment, key),
    stream: async function* (running) {
      yield* read(await open(running), running);
    },
  });
}

async function open({ call, key, http, signal }: RunningCall): Promise<AsyncIterable<unknown>> {
  const sdk = openAiSdk(call.deployment, key, http);
  const send = (body: Body): Promise<AsyncIterable<unknown>> =>
    sdk.post('/responses', { body, signal, stream: true });
  return callTolerantly(bodyOf(call), concessions, send, http.errorReply);
}

/** The smallest limit that the API takes. */
const smallestLimit = 16;

function bodyOf(call: ModelCall): Body {
  const { deployment, messages } = call;
  const { maxOutputTokens, temperature, reasoningEffort, extraBody } = optionsOf(call);
  const own = fields({
    max_output_tokens: maxOutputTokens === undefined ? undefined : Math.max(smallestLimit, maxOutputTokens),
    temperature,
    reasoning: reasoningEffort === undefined ? undefined : { effort: reasoningEffort },
    model: deployment.model,
    input: messages.map(({ role, text }) => ({ role, content: text })),
    stream: true,
  });
  // The vendor keeps what is asked and answered for 30 days unless it is told not to.
  return withExtra(own, { store: false, ...extraBody });
}

const concessions: readonly Concession[] = [
  (words, body) => (refusesLimit(words) ? withoutField(body, 'max_output_tokens') : undefined),
  (words, body) => (/reasoning/i.test(words) ? withoutField(body, 'reasoning') : undefined),
  temperatureConcession,
];

async function* read(events: AsyncIterable<unknown>, running: RunningCall): AsyncGenerator<ModelEvent> {
  const { key, signal } = running;
  let anyText = false;
  let tool: string | undefined;
  for await (const raw of events) {
    const event = eventSchema.parse(raw);
    switch (event.type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta': {
        const text = z.string().parse(event.delta);
        anyText ||= text.trim() !== '';
        yield { type: 'text', text };
        break;
      }
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
      case 'response.output_item.added':
        // A sign of life: the model thinks.
        if (event.item?.type === 'function_call') tool = event.item.name ?? '';
        yield { type: 'text', text: '' };
        break;
      case 'response.completed':
        if (!anyText && tool !== undefined) yield { type: 'failed', failure: toolCall(tool, key) };
        else yield finished(event, false);
        return;
      case 'response.incomplete':
        if (event.response?.incomplete_details?.reason === 'content_filter') {
          yield { type: 'failed', failure: filtered };
        } else yield finished(event, true);
        return;
      case 'response.failed':
        yield { type: 'failed', failure: failureFromStreamedError(event.response?.error ?? {}, running) };
        return;
      case 'error':
        yield { type: 'failed', failure: failureFromStreamedError(raw, running) };
        return;
    }
  }
  if (signal.aborted) return;
  yield { type: 'failed', failure: malformed('The stream ended without response.completed.', key) };
}

function finished({ response }: ResponseEvent, truncated: boolean): ModelEvent {
  return {
    type: 'finished',
    usage: response?.usage ? toUsage(response.usage) : undefined,
    servedModel: response?.model ?? undefined,
    truncated,
  };
}

function toUsage(usage: z.infer<typeof usageSchema>): Usage {
  return usageOf({
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cached: usage.input_tokens_details?.cached_tokens,
    cacheWrite: usage.input_tokens_details?.cache_write_tokens,
    reasoning: usage.output_tokens_details?.reasoning_tokens,
  });
}
