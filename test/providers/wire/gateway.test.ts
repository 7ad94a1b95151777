import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deploymentWith } from '../stream-helpers';
import type { Reply } from './replies';
import { jsonReply, reply, startReplyServer } from './replies';
import { block, chat, chunk, message, textBlock } from './streams';
import type { Asked, Outcome } from './wire-case';
import { ask, claude, newDispatcher, readFile } from './wire-case';

/** A gateway that people run, between Conduit and the servers: what comes through it is what comes without it. */

const toolOfChat = {
  tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'read_file', arguments: '' } }],
};
const piece = (input: string) => ({ tool_calls: [{ index: 0, function: { arguments: input } }] });
const use = { type: 'tool_use', id: 'toolu_1', name: 'read_file', input: {} };
const inputs = ['{"path"', ':"a"}'].map((partial_json) => ({ type: 'input_json_delta', partial_json }));

const protocols = [
  {
    name: 'chat',
    provider: 'openai',
    deployment: {},
    text: chat([{ role: 'assistant', content: '' }, { content: 'It is ' }, { content: '42. 雪🙂' }]),
    cut: chat([{ content: 'It is' }], 'length'),
    call: chat([toolOfChat, piece('{"path"'), piece(':"a"}')], 'tool_calls'),
    broken: chunk({ content: 'It is' }),
  },
  {
    name: 'messages',
    provider: 'anthropic',
    deployment: claude,
    text: message(textBlock(0, 'It is ') + textBlock(1, '42. 雪🙂')),
    cut: message(textBlock(0, 'It is'), 'max_tokens'),
    call: message(textBlock(0, 'I read.') + block(1, use, inputs), 'tool_use'),
    broken: message('').slice(0, 200),
  },
] as const;

let gateway: { readonly url: string; readonly process: ChildProcess };

beforeAll(async () => {
  const port = await freePort();
  const entry = createRequire(import.meta.url).resolve('@portkey-ai/gateway/build/start-server.js');
  const started = spawn(process.execPath, [entry, `--port=${String(port)}`, '--headless'], {
    stdio: 'ignore',
  });
  gateway = { url: `http://127.0.0.1:${String(port)}`, process: started };
  await vi.waitFor(async () => expect((await fetch(gateway.url)).ok).toBe(true), {
    timeout: 60_000,
    interval: 200,
  });
}, 90_000);
afterAll(() => gateway.process.kill());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What comes of a reply without the gateway and with it. */
async function both(
  { provider, deployment }: (typeof protocols)[number],
  asked: Asked,
  answered: Reply,
): Promise<readonly [Omit<Outcome, 'sent'>, Omit<Outcome, 'sent'>]> {
  const server = await startReplyServer(() => answered);
  try {
    const direct = await ask(deploymentWith({ ...deployment, apiBase: server.url }), asked, newDispatcher());
    // The gateway is told by headers where to go, as a proxy's user is told by the environment.
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      headers.set('x-portkey-provider', provider);
      headers.set('x-portkey-custom-host', server.url);
      return real(input, { ...init, headers });
    });
    const through = deploymentWith({ ...deployment, apiBase: `${gateway.url}/v1` });
    return [direct, await ask(through, asked, newDispatcher())];
  } finally {
    vi.unstubAllGlobals();
    await server.close();
  }
}

describe.each(protocols)('$name', (protocol) => {
  test.each([
    ['a text', {}, reply(protocol.text)],
    ['a text in single bytes', {}, reply(protocol.text, { pieceBytes: 1 })],
    ['a text that is cut', {}, reply(protocol.cut)],
    ['a tool call', { tools: [readFile] }, reply(protocol.call)],
  ] as const)('%s is the same', async (_what, asked, answered) => {
    const [direct, through] = await both(protocol, asked, answered);
    expect(through.text).toBe(direct.text);
    expect(through.calls.map(({ name, input }) => [name, input])).toEqual(
      direct.calls.map(({ name, input }) => [name, input]),
    );
    expect(through).toMatchObject({ end: direct.end, usage: direct.usage });
    expect(direct.end).not.toBe('failed');
  });

  test.each([
    ['a refused key', 401, 'authentication_error', 'invalid x-api-key'],
    ['used-up money', 402, 'billing_error', 'Your credit balance is too low.'],
    ['a model that isn’t there', 404, 'not_found_error', 'model: lantern'],
    [
      'a prompt that is too long',
      400,
      'invalid_request_error',
      'prompt is too long: 250000 tokens > 200000 maximum',
    ],
    ['a limit of the minute', 429, 'rate_limit_error', 'This request would exceed your rate limit.'],
    ['overload', 529, 'overloaded_error', 'Overloaded'],
  ])('%s fails for the same reason, in the same words', async (_what, status, type, words) => {
    const [direct, through] = await both(
      protocol,
      {},
      jsonReply(status, { type: 'error', error: { type, message: words } }),
    );
    expect(direct.detail).toContain(words);
    expect(through).toMatchObject({
      end: 'failed',
      reason: direct.reason,
      detail: expect.stringContaining(words) as string,
    });
  });

  test('a stream that breaks off is not whole', async () => {
    const [direct, through] = await both(protocol, {}, reply(protocol.broken));
    expect([direct.end, through.end]).toEqual(['failed', 'failed']);
  });
});
