import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A reply as it goes over the wire; `body` may hold `<<wait 400 ms>>`, which is a pause. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Bytes in each piece; absent: as it comes. */
  readonly pieceBytes?: number;
  /** Absent: the reply ends. */
  readonly then?: 'hang' | 'cut';
}

/** A request's JSON body. */
export type Sent = Readonly<Record<string, unknown>>;
/** Which reply a request gets, by its number from 0. */
export type Answering = (sent: Sent, count: number) => Reply;

const folder = new URL('../../fixtures/wire/', import.meta.url);

/** Reads a reply of the fixtures; undefined where there is none of that name. */
export function replyIn(path: string): Reply | undefined {
  const file = new URL(`${path}.http`, folder);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const end = bytes.indexOf('\n\n');
  const [first = '', ...lines] = bytes.subarray(0, end).toString('utf8').split('\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: bytes.subarray(end + 2),
  };
}

/** A reply with this text, a stream unless it says otherwise. */
export function reply(body: string | Buffer, change: Partial<Reply> = {}): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: typeof body === 'string' ? Buffer.from(body) : body,
    ...change,
  };
}

/** A reply of JSON. */
export function jsonReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return reply(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export interface ReplyServer {
  readonly url: string;
  /** The bodies that came. */
  readonly sent: readonly Sent[];
  close(): Promise<void>;
}

/** A server at a free port of 127.0.0.1. */
export async function startReplyServer(answering: Answering): Promise<ReplyServer> {
  const sent: Sent[] = [];
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as Sent;
    sent.push(body);
    await send(response, answering(body, sent.length - 1));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const pause = /<<wait (\d+) ms>>\n?/;

async function send(
  response: ServerResponse,
  { status, headers, body, pieceBytes, then }: Reply,
): Promise<void> {
  response.writeHead(status, headers);
  response.flushHeaders();
  let rest = body;
  for (;;) {
    const found = pause.exec(rest.toString('latin1'));
    const before = found === null ? rest : rest.subarray(0, found.index);
    for (let at = 0; at < before.length; at += pieceBytes ?? before.length) {
      response.write(before.subarray(at, at + (pieceBytes ?? before.length)));
      if (pieceBytes !== undefined) await sleep(0);
    }
    if (found === null) break;
    await sleep(Number(found[1]));
    rest = rest.subarray(found.index + found[0].length);
  }
  if (then === 'hang') return;
  if (then === 'cut') setImmediate(() => response.socket?.destroy());
  else response.end();
}
