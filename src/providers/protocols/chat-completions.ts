import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { Deployment } from '../../core/pool/deployment';
import type { KeyRing, ModelClient, ModelEvent } from '../../core/ports';
import { filtered } from '../failures/answer-failures';
import type { RunningCall } from './call-client';
import { createChatToolCalls, toolDeltas } from './chat-tool-calls';
import { chatBody, chatConcessions } from './chat-request';
import { chatUsageSchema, toUsage } from './chat-usage';
import { failureFromStreamedError, malformed } from '../failures/failure-from';
import { createOpenAiClient } from './openai-client';
import { reportedCost } from '../prices/reported-cost';
import { hasFailed, toolCallEvents } from './tool-calls';

/** What is read of a chunk. Servers that only claim to be compatible leave much of the rest out. */
const chunkSchema = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            // DeepSeek and Groq, and OpenRouter: what a reasoning model thinks before it answers.
            reasoning_content: z.string().nullish(),
            reasoning: z.string().nullish(),
            tool_calls: toolDeltas.nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  // A report that makes no sense is no report: the cost is estimated then.
  usage: chatUsageSchema.nullish().catch(undefined),
  // Groq's own place for it.
  x_groq: z
    .object({ usage: chatUsageSchema.nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
type Chunk = z.infer<typeof chunkSchema>;

/** OpenAI's chat completions, as OpenAI, Azure and every compatible server speak them. */
export function createChatCompletionsClient(keys: KeyRing): ModelClient {
  return createOpenAiClient(keys, {
    path: '/chat/completions',
    body: chatBody,
    concessions: chatConcessions,
    read,
  });
}

async function* read(chunks: AsyncIterable<unknown>, running: RunningCall): AsyncGenerator<ModelEvent> {
  const { key, signal } = running;
  let finish: string | undefined;
  const toolCalls = createChatToolCalls();
  let anyText = false;
  let last: Chunk = {};
  for await (const raw of chunks) {
    const chunk = chunkSchema.parse(raw);
    last = { model: chunk.model || last.model, usage: chunk.usage ?? chunk.x_groq?.usage ?? last.usage };
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const { content, refusal, reasoning_content: thought, reasoning, tool_calls: tools } = choice.delta ?? {};
    const text = content || refusal;
    if (text) yield { type: 'text', text };
    // An empty text is a sign of life, so that long thinking, or a long tool call, isn't taken for a server that hangs.
    else if (thought || reasoning || tools) yield { type: 'text', text: '' };
    anyText ||= Boolean(text?.trim());
    toolCalls.add(tools ?? []);
    finish = choice.finish_reason || finish;
  }
  if (signal.aborted) return;
  if (finish === undefined) {
    yield { type: 'failed', failure: malformed(l10n.t('The stream ended without a finish_reason.'), key) };
  } else if (finish === 'content_filter') {
    yield { type: 'failed', failure: filtered };
  } else if (finish === 'error') {
    yield { type: 'failed', failure: failureFromStreamedError(undefined, running) };
  } else {
    const asksInstead = !anyText && (finish === 'tool_calls' || finish === 'function_call');
    const events = toolCallEvents(toolCalls.calls, asksInstead, running);
    yield* events;
    if (!hasFailed(events)) yield finished(last, finish === 'length', running);
  }
}

function finished({ model, usage }: Chunk, truncated: boolean, { call, http }: RunningCall): ModelEvent {
  const { deployment } = call;
  const costUsd = reportedCost(deployment, usage ?? undefined, http.header);
  return {
    type: 'finished',
    usage: usage ? toUsage(usage, isGoogle(deployment)) : undefined,
    servedModel: model ?? undefined,
    truncated,
    ...(costUsd !== undefined && { costUsd }),
  };
}

function isGoogle({ provider, apiBase }: Deployment): boolean {
  return provider === 'gemini' || new URL(apiBase).hostname.endsWith('.googleapis.com');
}
