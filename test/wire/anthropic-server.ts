import { randomUUID } from 'node:crypto';
import type { Answer, Vendor, WireRequest, WireServer } from './wire-server';
import { field, lastUserText, modelOf, startWireServer } from './wire-server';

export interface AnthropicServerOptions {
  readonly port?: number;
  /** Keys that are accepted; undefined: any. */
  readonly acceptKeys?: readonly string[];
}

/** A local server that speaks Anthropic's Messages API as documented, and logs what it gets. */
export function startAnthropicServer(options: AnthropicServerOptions = {}): Promise<WireServer> {
  const vendor: Vendor = {
    base: '',
    intercept: (request) => intercept(request, options),
    encode,
  };
  return startWireServer(vendor, options.port);
}

function intercept(request: WireRequest, { acceptKeys }: AnthropicServerOptions) {
  const { method, path, headers, body } = request;
  const listsModels = method === 'GET' && /^\/v1\/models(\?|$)/.test(path);
  if (!listsModels && (method !== 'POST' || path !== '/v1/messages')) {
    return refuse(404, 'not_found_error', 'Not Found');
  }
  // The SDKs send the first since API version 2026-10-21, curl examples the second.
  const key = headers.authorization?.replace(/^Bearer /, '') ?? headers['x-api-key'];
  if (typeof key !== 'string') return refuse(401, 'authentication_error', 'x-api-key header is required');
  if (acceptKeys !== undefined && !acceptKeys.includes(key)) {
    return refuse(401, 'authentication_error', 'invalid x-api-key');
  }
  if (headers['anthropic-version'] === undefined) {
    return refuse(400, 'invalid_request_error', 'anthropic-version: header is required');
  }
  if (listsModels) return { status: 200, body: { data: [], has_more: false, first_id: null, last_id: null } };
  if (typeof field(body, 'max_tokens') !== 'number') {
    return refuse(400, 'invalid_request_error', 'max_tokens: Field required');
  }
  const messages = field(body, 'messages');
  const roles = Array.isArray(messages) ? messages.map((message: unknown) => field(message, 'role')) : [];
  if (roles.length === 0)
    return refuse(400, 'invalid_request_error', 'messages: at least one message is required');
  if (roles.some((role) => role !== 'user' && role !== 'assistant')) {
    return refuse(400, 'invalid_request_error', 'messages: Unexpected role "system".');
  }
  return undefined;
}

function refuse(status: number, type: string, message: string) {
  return { status, body: anthropicError(type, message) };
}

/** The documented body of every error. */
function anthropicError(type: string, message: string): unknown {
  return { type: 'error', error: { type, message }, request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' };
}

function encode(request: WireRequest, answer: Answer) {
  const asked = modelOf(request);
  const event = (type: string, rest: Readonly<Record<string, unknown>> = {}): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
  const usage =
    answer.usage === false ? { input: 0, output: 0 } : (answer.usage ?? { input: 20, output: 10 });
  const cached = usage.cached ?? 0;
  const chunks = answer.chunks ?? ['Answer from ', asked, ' to: ', lastUserText(request)];
  const stop = { stop: 'end_turn', length: 'max_tokens', refused: 'refusal' }[answer.finish ?? 'stop'];
  return {
    beginning: [
      event('message_start', {
        message: {
          id: `msg_${randomUUID()}`,
          type: 'message',
          role: 'assistant',
          content: [],
          model: answer.servedModel ?? asked,
          stop_reason: null,
          stop_sequence: null,
          usage: {
            input_tokens: usage.input - cached,
            cache_creation_input_tokens: 0,
            cache_read_input_tokens: cached,
            output_tokens: 1,
          },
        },
      }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      event('ping'),
      ...chunks.map((text) =>
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
      ),
    ],
    end: [
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: stop, stop_sequence: null },
        usage: { output_tokens: usage.output },
      }),
      event('message_stop'),
    ],
  };
}
