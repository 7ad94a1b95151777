import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from './behaviour';

/** One request as the server saw it. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined where there was none. */
  readonly body: unknown;
  /** True where the client closed the connection before the server had ended its reply. */
  readonly closedByClient: boolean;
  /** True where the server sent its whole reply. */
  readonly finished: boolean;
  /** Resolves when the reply is over, whoever ended it. */
  readonly settled: Promise<void>;
}

export interface WireServer {
  /** What goes into `api_base`. */
  readonly url: string;
  readonly port: number;
  /** In order of arrival, since the start or the last `forget`. */
  readonly requests: readonly WireRequest[];
  /**
   * How to answer from now on: every request, or those for `model`, perhaps by what is asked. With `times`, only that
   * often, before whatever holds otherwise.
   */
  script(behaviour: Behaviour | Choose, scope?: { readonly model?: string; readonly times?: number }): void;
  /** Drops the scripts and the log. */
  forget(): void;
  close(): Promise<void>;
}

/** What distinguishes one vendor's server from another's. */
export interface Vendor {
  /** Path segment that belongs to the base URL, e.g. `/v1`. */
  readonly base: string;
  /** Answers what isn't a completion, or refuses a request that the vendor would refuse. Undefined: go on. */
  intercept(request: WireRequest): { readonly status: number; readonly body: unknown } | undefined;
  /** The vendor's stream for an answer, event by event. Everything up to the last text is in `beginning`. */
  encode(
    request: WireRequest,
    answer: Answer,
  ): { readonly beginning: readonly string[]; readonly end: readonly string[] };
}

export type Answer = Extract<Behaviour, { kind: 'answer' }>;

/** Chooses a behaviour for a request. */
type Choose = (request: WireRequest) => Behaviour;

interface Script {
  readonly behaviour: Behaviour | Choose;
  readonly model: string | undefined;
  remaining: number;
}

/** Starts a server of `vendor` on a free port of 127.0.0.1. */
export async function startWireServer(vendor: Vendor, port = 0): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const scripts: Script[] = [];

  function behaviourFor(request: WireRequest): Behaviour {
    const scripted = scriptFor(request);
    return typeof scripted === 'function' ? scripted(request) : scripted;
  }

  function scriptFor(request: WireRequest): Behaviour | Choose {
    const model = modelOf(request);
    const matching = scripts.filter((script) => script.model === undefined || script.model === model);
    const counted = matching.find(({ remaining }) => remaining > 0 && remaining < Infinity);
    if (counted !== undefined) {
      counted.remaining -= 1;
      return counted.behaviour;
    }
    const standing = matching.filter(({ remaining }) => remaining === Infinity);
    const own = standing.findLast((script) => script.model !== undefined) ?? standing.at(-1);
    return own?.behaviour ?? { kind: 'answer' };
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = log(incoming, response, await bodyOf(incoming));
    requests.push(request);
    const intercepted = vendor.intercept(request);
    if (intercepted !== undefined) sendJson(response, intercepted.status, intercepted.body);
    else await reply(response, request, behaviourFor(request), vendor);
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (!response.destroyed) response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(address.port)}${vendor.base}`,
    port: address.port,
    requests,
    script: (behaviour, { model, times } = {}) => {
      scripts.push({ behaviour, model, remaining: times ?? Infinity });
    },
    forget: () => {
      scripts.length = 0;
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function log(incoming: IncomingMessage, response: ServerResponse, body: unknown): WireRequest {
  const settled = new Promise<void>((resolve) => response.once('close', resolve));
  let cut = false;
  const request = {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body,
    closedByClient: false,
    finished: false,
    settled,
  };
  response.once('finish', () => (request.finished = true));
  response.once('conduit-cut', () => (cut = true));
  response.once('close', () => (request.closedByClient = !request.finished && !cut));
  return request;
}

async function reply(
  response: ServerResponse,
  request: WireRequest,
  behaviour: Behaviour,
  vendor: Vendor,
): Promise<void> {
  switch (behaviour.kind) {
    case 'error':
      sendJson(response, behaviour.status, behaviour.body, behaviour.headers);
      return;
    case 'hang':
      return;
    case 'raw':
      response.writeHead(behaviour.status ?? 200, {
        'content-type': behaviour.contentType ?? eventStream,
        ...behaviour.headers,
      });
      const { count = 0, everyMs = 0 } = behaviour.pings ?? {};
      await send(response, Array<string>(count).fill(': ping\n\n'), everyMs);
      await send(response, pieces(behaviour.body, behaviour.pieceBytes), behaviour.pieceBytes ? 1 : 0);
      end(response, behaviour.then ?? 'end');
      return;
    case 'answer': {
      const { beginning, end: ending } = vendor.encode(request, behaviour);
      response.writeHead(200, { 'content-type': eventStream, 'cache-control': 'no-cache' });
      await send(response, beginning, behaviour.delayMs ?? 0);
      if (behaviour.then === undefined || behaviour.then === 'end') await send(response, ending, 0);
      end(response, behaviour.then ?? 'end');
    }
  }
}

const eventStream = 'text/event-stream; charset=utf-8';

/** `text` in pieces of `bytes`, wherever a character or an event ends. */
function pieces(text: string, bytes = Infinity): readonly Buffer[] {
  const all = Buffer.from(text);
  const count = bytes === Infinity ? 1 : Math.ceil(all.length / bytes);
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? all : all.subarray(index * bytes, (index + 1) * bytes),
  );
}

async function send(
  response: ServerResponse,
  events: readonly (string | Buffer)[],
  delayMs: number,
): Promise<void> {
  for (const event of events) {
    if (response.destroyed) return;
    response.write(event);
    if (delayMs > 0) await sleep(delayMs);
  }
}

function end(response: ServerResponse, how: 'end' | 'hang' | 'cut'): void {
  if (how === 'end') response.end();
  if (how !== 'cut') return;
  response.emit('conduit-cut');
  // After what was written has left: a cut stream, not a lost one.
  setImmediate(() => response.socket?.end(() => response.socket?.destroy()));
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': contentType, ...headers });
  response.end(text);
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** The model that a request names. */
export function modelOf({ body }: WireRequest): string {
  const model = field(body, 'model');
  return typeof model === 'string' ? model : '';
}

/** The text of the last message of the user. */
export function lastUserText({ body }: WireRequest): string {
  const messages = field(body, 'messages');
  if (!Array.isArray(messages)) return '';
  const last: unknown = messages.findLast((message: unknown) => field(message, 'role') === 'user');
  const content = field(last, 'content');
  if (typeof content === 'string') return content;
  const [block, ...others] = Array.isArray(content) ? (content as unknown[]) : [];
  // A single text may stand in a block, which can say more of it.
  const text = others.length === 0 ? field(block, 'text') : undefined;
  return typeof text === 'string' ? text : JSON.stringify(content ?? '');
}

/** A property of something parsed from JSON. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
