import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../../core/ports';
import type { Usage } from '../../core/receipt';
import type { JsonObject } from '../../core/tools';
import { filtered } from '../failures/answer-failures';
import type { RunningCall } from './call-client';
import { fields, optionsOf, temperatureConcession, withExtra } from './chat-request';
import { usageOf } from './chat-usage';
import { failureFromStreamedError, malformed } from '../failures/failure-from';
import { createOpenAiClient } from './openai-client';
import { responsesInput, responsesTools } from './responses-input';
import { tokenCount } from './token-count';
import type { Body, Concession } from './tolerant-call';
import { refusesLimit, withoutField } from './tolerant-call';
import type { WireCall } from './tool-calls';
import { hasFailed, toolCallEvents } from './tool-calls';

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

const itemSchema = z.looseObject({
  type: z.string().nullish(),
  name: z.string().nullish(),
  call_id: z.string().nullish(),
  arguments: z.string().nullish(),
  encrypted_content: z.string().nullish(),
});

/** What is read of an event. The vendor may add types of events at any time. */
const eventSchema = z.object({
  type: z.string(),
  // Of response.output_text.delta and response.refusal.delta.
  delta: z.unknown().optional(),
  // Of response.output_item.added and response.output_item.done.
  item: itemSchema.nullish().catch(undefined),
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
  return createOpenAiClient(keys, {
    path: '/responses',
    body: bodyOf,
    concessions,
    read,
  });
}

/** The smallest limit that the API takes. */
const smallestLimit = 16;

function bodyOf(call: ModelCall): Body {
  const { deployment } = call;
  const { maxOutputTokens, temperature, reasoningEffort, extraBody } = optionsOf(call);
  const own = fields({
    max_output_tokens: maxOutputTokens === undefined ? undefined : Math.max(smallestLimit, maxOutputTokens),
    temperature,
    reasoning: reasoningEffort === undefined ? undefined : { effort: reasoningEffort },
    model: deployment.model,
    input: responsesInput(call),
    ...responsesTools(call),
    stream: true,
  });
  // The vendor keeps what is asked and answered for 30 days unless it is told not to.
  return withExtra(own, { store: false, ...extraBody });
}

const concessions: readonly Concession[] = [
  // A model that doesn't think has nothing to encrypt.
  (words, body) => (/encrypted|include/i.test(words) ? withoutField(body, 'include') : undefined),
  (words, body) => (refusesLimit(words) ? withoutField(body, 'max_output_tokens') : undefined),
  (words, body) => (/reasoning/i.test(words) ? withoutField(body, 'reasoning') : undefined),
  temperatureConcession,
];

async function* read(events: AsyncIterable<unknown>, running: RunningCall): AsyncGenerator<ModelEvent> {
  const { key, signal } = running;
  let anyText = false;
  let thoughts: JsonObject[] = [];
  const calls: WireCall[] = [];
  let asked: WireCall | undefined;
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
      case 'response.function_call_arguments.delta':
        // A sign of life: the model thinks.
        if (event.item?.type === 'function_call') asked = toWireCall(event.item, []);
        yield { type: 'text', text: '' };
        break;
      case 'response.output_item.done':
        if (event.item?.type === 'function_call') {
          calls.push(toWireCall(event.item, thoughts));
          thoughts = [];
          // As nothing is stored, a thought that isn't there in full can't be referred to.
        } else if (event.item?.type === 'reasoning' && event.item.encrypted_content)
          thoughts.push(event.item);
        break;
      case 'response.completed': {
        const whole = calls.length > 0 ? calls : [asked ?? []].flat();
        const events = toolCallEvents(whole, !anyText && whole.length > 0, running);
        yield* events;
        if (!hasFailed(events)) yield finished(event, false);
        return;
      }
      case 'response.incomplete':
        if (event.response?.incomplete_details?.reason === 'content_filter') {
          yield { type: 'failed', failure: filtered };
        } else {
          // Calls that were whole before the limit was reached stand.
          yield* toolCallEvents(calls, false, running);
          yield finished(event, true);
        }
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
  yield { type: 'failed', failure: malformed(l10n.t('The stream ended without response.completed.'), key) };
}

function toWireCall(
  { call_id, name, arguments: input }: z.infer<typeof itemSchema>,
  verbatim: JsonObject[],
): WireCall {
  return { id: call_id ?? '', name: name ?? '', input: input ?? '', verbatim };
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
