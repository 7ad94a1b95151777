import { randomUUID } from 'node:crypto';
import type { Answer, Vendor, WireRequest, WireServer } from './wire-server';
import { field, lastUserText, modelOf, startWireServer } from './wire-server';

export interface OpenAiServerOptions {
  readonly port?: number;
  /** Keys that are accepted; undefined: any, or none. */
  readonly acceptKeys?: readonly string[];
  /** Models listed at `/v1/models`. */
  readonly models?: readonly string[];
}

/** A local server that speaks OpenAI's chat completions as documented, and logs what it gets. */
export function startOpenAiServer(options: OpenAiServerOptions = {}): Promise<WireServer> {
  const vendor: Vendor = {
    base: '/v1',
    intercept: (request) => intercept(request, options),
    encode,
  };
  return startWireServer(vendor, options.port);
}

function intercept(request: WireRequest, { acceptKeys, models = [] }: OpenAiServerOptions) {
  const { method, path, headers } = request;
  const key = headers.authorization?.replace(/^Bearer /, '') ?? '';
  if (acceptKeys !== undefined && !acceptKeys.includes(key)) return { status: 401, body: incorrectKey(key) };
  if (method === 'GET' && path === '/v1/models') {
    const data = models.map((id) => ({ id, object: 'model', created: 1_686_935_002, owned_by: 'openai' }));
    return { status: 200, body: { object: 'list', data } };
  }
  if (method === 'POST' && path === '/v1/chat/completions') return undefined;
  const message = `Invalid URL (${method} ${path})`;
  return {
    status: 404,
    body: { error: { message, type: 'invalid_request_error', param: null, code: null } },
  };
}

/** The documented body of a 401. The vendor quotes the key with its middle masked; this one quotes all of it. */
function incorrectKey(key: string): unknown {
  const message = `Incorrect API key provided: ${key}. You can find your API key at https://platform.openai.com/account/api-keys.`;
  return { error: { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' } };
}

function encode(request: WireRequest, answer: Answer) {
  const asked = modelOf(request);
  const wantsUsage = field(field(request.body, 'stream_options'), 'include_usage') === true;
  const chunk = (choices: readonly unknown[], usage: unknown = null): string => {
    const head = {
      id: `chatcmpl-${randomUUID()}`,
      object: 'chat.completion.chunk',
      created: 1_694_268_190,
      model: answer.servedModel ?? asked,
      system_fingerprint: 'fp_44709d6fcb',
      choices,
    };
    return `data: ${JSON.stringify(wantsUsage ? { ...head, usage } : head)}\n\n`;
  };
  const choice = (delta: unknown, finish: string | null = null): unknown => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason: finish,
  });
  const chunks = answer.chunks ?? ['Answer from ', asked, ' to: ', lastUserText(request)];
  const finish = { stop: 'stop', length: 'length', refused: 'content_filter' }[answer.finish ?? 'stop'];
  const usage = answer.usage ?? { input: 20, output: 10 };
  return {
    beginning: [
      chunk([choice({ role: 'assistant', content: '', refusal: null })]),
      ...chunks.map((content) => chunk([choice({ content })])),
    ],
    end: [
      chunk([choice({}, finish)]),
      ...(wantsUsage && usage !== false
        ? [
            chunk([], {
              prompt_tokens: usage.input,
              completion_tokens: usage.output,
              total_tokens: usage.input + usage.output,
              prompt_tokens_details: { cached_tokens: usage.cached ?? 0, audio_tokens: 0 },
              completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
            }),
          ]
        : []),
      'data: [DONE]\n\n',
    ],
  };
}
