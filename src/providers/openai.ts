import OpenAI from 'openai';
import { z } from 'zod';
import type { Failure } from '../core/failure';
import { hostOf } from '../core/pool/host';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../core/ports';
import { createCallFetch } from './error-reply';
import type { CallContext } from './failure-from';
import { failureFromError, failureFromStreamedError, malformed } from './failure-from';
import { missingKey } from './missing-key';
import { tokenCount } from './token-count';

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;
type CallFetch = ReturnType<typeof createCallFetch>;

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
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: tokenCount,
      completion_tokens: tokenCount,
      prompt_tokens_details: z.object({ cached_tokens: tokenCount.nullish() }).nullish(),
    })
    .transform(({ prompt_tokens, completion_tokens, prompt_tokens_details: details }) => ({
      inputTokens: prompt_tokens,
      outputTokens: completion_tokens,
      cachedInputTokens: Math.min(details?.cached_tokens ?? 0, prompt_tokens),
    }))
    .nullish()
    // A report that makes no sense is no report: the cost is estimated then.
    .catch(undefined),
});

/** OpenAI's chat completions, as OpenAI and every compatible server speak them. */
export function createOpenAiClient(keys: KeyRing): ModelClient {
  return {
    stream: async function* (call, signal) {
      const key = await keys.keyFor(call.deployment);
      if (key === undefined) {
        yield { type: 'failed', failure: missingKey(call.deployment) };
        return;
      }
      const context = { key, host: hostOf(call.deployment.apiBase) };
      const http = createCallFetch({ key, foreignHeaders: process.env['OPENAI_CUSTOM_HEADERS'] });
      try {
        yield* read(await open(call, key, http, signal), context, signal);
      } catch (error) {
        if (signal.aborted) return;
        yield { type: 'failed', failure: failureFromError(error, http.errorReply(), context) };
      }
    },
  };
}

/** Asks for usage in the stream; a server that doesn't know that option is asked again without. */
async function open(
  { deployment, messages }: ModelCall,
  key: string,
  http: CallFetch,
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const client = new OpenAI({
    // The SDK insists on one; servers that need none ignore it.
    apiKey: key === '' ? 'none' : key,
    baseURL: deployment.apiBase,
    maxRetries: 0,
    logLevel: 'off',
    fetch: http.fetch,
    // What the environment says of the user's OpenAI account is no business of another host's.
    adminAPIKey: null,
    ...(hostOf(deployment.apiBase) === 'api.openai.com' ? {} : { organization: null, project: null }),
  });
  const body: Body = {
    model: deployment.model,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    stream: true,
  };
  try {
    return await client.chat.completions.create(
      { ...body, stream_options: { include_usage: true } },
      { signal },
    );
  } catch (error) {
    const reply = http.errorReply();
    const refused =
      (reply?.status === 400 || reply?.status === 422) && /stream_options|include_usage/.test(reply.body);
    if (!refused) throw error;
    return client.chat.completions.create(body, { signal });
  }
}

async function* read(
  chunks: AsyncIterable<unknown>,
  context: CallContext,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  let finish: string | undefined;
  let last: z.infer<typeof chunkSchema> = {};
  for await (const raw of chunks) {
    const chunk = chunkSchema.parse(raw);
    last = { model: chunk.model || last.model, usage: chunk.usage ?? last.usage };
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const { content, refusal, reasoning_content: thought, reasoning } = choice.delta ?? {};
    const text = content || refusal;
    if (text) yield { type: 'text', text };
    // An empty text is a sign of life, so that long thinking isn't taken for a server that hangs.
    else if (thought || reasoning) yield { type: 'text', text: '' };
    finish = choice.finish_reason || finish;
  }
  if (signal.aborted) return;
  if (finish === undefined) {
    yield { type: 'failed', failure: malformed('The stream ended without a finish_reason.', context.key) };
  } else if (finish === 'content_filter') {
    yield { type: 'failed', failure: filtered };
  } else if (finish === 'error') {
    yield { type: 'failed', failure: failureFromStreamedError(undefined, context) };
  } else {
    const { model, usage } = last;
    yield {
      type: 'finished',
      usage: usage ?? undefined,
      servedModel: model ?? undefined,
      truncated: finish === 'length',
    };
  }
}

const filtered: Failure = {
  reason: 'content-filter',
  detail: 'The provider’s content filter ended the answer.',
  status: undefined,
};
