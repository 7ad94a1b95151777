import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who is asked, by the first segment of the path. */
export type BillingVendor = 'openai' | 'anthropic' | 'litellm' | 'ollama';

/** What one reply used, as the vendor counts it. */
export interface Billed {
  readonly vendor: BillingVendor;
  readonly model: string;
  /** Tokens of input that were neither read from a cache nor written to one. */
  readonly plainInput: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  /** What the proxy says that it cost, in USD; 0 where the vendor says nothing. */
  readonly reportedUsd: number;
}

export interface BillingServer {
  readonly port: number;
  /** Every reply that a vendor would bill, in order. */
  readonly bills: readonly Billed[];
  /** Requests that were refused before anything was billed. */
  readonly refused: () => number;
  close(): Promise<void>;
}

/** Answers as four vendors do, with usage drawn from `random`, refuses now and then, and keeps the bills. */
export async function startBillingServer(random: () => number): Promise<BillingServer> {
  const bills: Billed[] = [];
  let refused = 0;
  const draw = (most: number): number => Math.floor(random() * most);

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [, vendor = '', ...rest] = (request.url ?? '').split('/');
      if (rest.join('/').endsWith('model/info')) {
        response.writeHead(404).end();
        return;
      }
      if (random() < 0.1) {
        refused += 1;
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('{"error":{"message":"bad","type":"invalid_request_error","code":null}}');
        return;
      }
      const { model } = JSON.parse(body) as { model: string };
      const cached = random() < 0.4;
      const plainInput = 20 + draw(3_000);
      const bill: Billed = {
        vendor: vendor as BillingVendor,
        model,
        plainInput,
        cacheRead: cached && vendor !== 'litellm' ? 1_024 + draw(2_000) : 0,
        cacheWrite: cached && vendor === 'anthropic' ? 1_024 + draw(500) : 0,
        output: 5 + draw(900),
        reportedUsd: vendor === 'litellm' ? (1 + draw(9_999)) / 1e6 : 0,
      };
      bills.push(bill);
      const headers = {
        'content-type': 'text/event-stream',
        ...(bill.reportedUsd > 0 && {
          'x-litellm-call-id': 'call',
          'x-litellm-response-cost': String(bill.reportedUsd),
        }),
      };
      response.writeHead(200, headers).end(vendor === 'anthropic' ? messagesOf(bill) : chunksOf(bill));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    bills,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** OpenAI's chunks: its input holds what was read from the cache. */
function chunksOf({ model, plainInput, cacheRead, output }: Billed): string {
  const chunk = (fields: object): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model, ...fields })}\n\n`;
  const usage = {
    prompt_tokens: plainInput + cacheRead,
    completion_tokens: output,
    total_tokens: plainInput + cacheRead + output,
    prompt_tokens_details: { cached_tokens: cacheRead },
    completion_tokens_details: { reasoning_tokens: Math.floor(output / 2) },
  };
  return (
    chunk({ choices: [{ index: 0, delta: { content: 'An answer.' }, finish_reason: null }] }) +
    chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) +
    chunk({ choices: [], usage }) +
    'data: [DONE]\n\n'
  );
}

/** Anthropic's events: its input holds neither what was read nor what was written. */
function messagesOf({ model, plainInput, cacheRead, cacheWrite, output }: Billed): string {
  const event = (type: string, fields: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  const usage = {
    input_tokens: plainInput,
    cache_read_input_tokens: cacheRead,
    cache_creation_input_tokens: cacheWrite,
    output_tokens: 1,
  };
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    content: [],
    model,
    stop_reason: null,
    usage,
  };
  return (
    event('message_start', { message }) +
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'An answer.' } }) +
    event('content_block_stop', { index: 0 }) +
    event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: output } }) +
    event('message_stop', {})
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += String(part);
  return body;
}
