import OpenAI from 'openai';
import type { Failure } from '../core/failure';
import { hostOf } from '../core/pool/host';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../core/ports';
import type { Usage } from '../core/receipt';
import { failureFrom, innermostMessage, malformed } from './failure-from';

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;
type Body = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;

/** OpenAI's chat completions, as OpenAI and every compatible server speak them. */
export function createOpenAiClient(keys: KeyRing): ModelClient {
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

/** Asks for usage in the stream; a server that doesn't know that option is asked again without. */
async function open({ deployment, messages }: ModelCall, key: string, signal: AbortSignal): Promise<AsyncIterable<Chunk>> {
  const client = new OpenAI({
    apiKey: key === '' ? 'none' : key,
    baseURL: deployment.apiBase,
    maxRetries: 0,
    logLevel: 'off',
    // What the environment says of the user's OpenAI account is no business of another host's.
    ...(hostOf(deployment.apiBase) === 'api.openai.com' ? {} : { organization: null, project: null }),
  });
  const body: Body = {
    model: deployment.model,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    stream: true,
  };
  try {
    return await client.chat.completions.create({ ...body, stream_options: { include_usage: true } }, { signal });
  } catch (error) {
    const refused = error instanceof OpenAI.APIError && error.status === 400 && error.message.includes('stream_options');
    if (!refused) throw error;
    return client.chat.completions.create(body, { signal });
  }
}

async function* read(chunks: AsyncIterable<Chunk>, key: string, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  let usage: Usage | undefined;
  let servedModel: string | undefined;
  let finish: string | undefined;
  for await (const chunk of chunks) {
    servedModel = chunk.model || servedModel;
    if (chunk.usage) usage = toUsage(chunk.usage);
    // Servers that only claim to be compatible leave `choices` out of the usage chunk.
    const choice = (chunk.choices as Chunk['choices'] | undefined)?.[0];
    if (choice === undefined) continue;
    finish = choice.finish_reason ?? finish;
    const text = choice.delta.content;
    if (text) yield { type: 'text', text };
  }
  if (signal.aborted) return;
  if (finish === undefined) {
    yield { type: 'failed', failure: malformed('The stream ended without a finish_reason.', key) };
  } else if (finish === 'content_filter') {
    const failure: Failure = { reason: 'content-filter', detail: 'The provider’s content filter ended the answer.', status: undefined };
    yield { type: 'failed', failure };
  } else {
    yield { type: 'finished', usage, servedModel, truncated: finish === 'length' };
  }
}

function toUsage(reported: OpenAI.CompletionUsage): Usage {
  return {
    inputTokens: reported.prompt_tokens,
    outputTokens: reported.completion_tokens,
    cachedInputTokens: reported.prompt_tokens_details?.cached_tokens ?? 0,
  };
}

function toFailure(error: unknown, key: string): Failure {
  if (error instanceof OpenAI.APIConnectionTimeoutError) {
    return { reason: 'timeout', detail: 'The server did not answer in time.', status: undefined };
  }
  if (error instanceof OpenAI.APIConnectionError) {
    return failureFrom({ status: undefined, code: undefined, message: innermostMessage(error) }, key);
  }
  if (error instanceof OpenAI.APIError) {
    const code = error.code ?? error.type;
    // An error inside of a stream that had begun with 200 has no status of its own.
    const status = (error.status as number | undefined) ?? (code === undefined ? 500 : undefined);
    return failureFrom({ status, code: code ?? undefined, message: error.message }, key);
  }
  if (error instanceof SyntaxError) return malformed('The stream is not valid JSON.', key);
  const message = error instanceof Error ? innermostMessage(error) : String(error);
  return failureFrom({ status: undefined, code: undefined, message }, key);
}
