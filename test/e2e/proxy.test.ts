import type { IncomingMessage, Server } from 'node:http';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';

/** The editor's own proxy setting: a host that only the proxy can reach answers. */

let openai: WireServer;
let proxy: Server;
let editor: Editor;
const asked: string[] = [];

beforeAll(async () => {
  openai = await startOpenAiServer();
  proxy = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    const { pathname } = new URL(incoming.url ?? '', 'http://model.test');
    const { method, headers } = incoming;
    const outgoing = forward(
      { port: openai.port, host: '127.0.0.1', path: pathname, method, headers },
      (reply: IncomingMessage) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      },
    );
    incoming.pipe(outgoing);
  });
  proxy.on('connect', (incoming: IncomingMessage, client: Socket) => {
    asked.push(incoming.url ?? '');
    const tunnel = connect(openai.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.pipe(client);
      client.pipe(tunnel);
    });
    for (const socket of [tunnel, client]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  editor = await startEditor({
    settings: { 'http.proxy': `http://127.0.0.1:${String(port)}`, 'http.proxySupport': 'override' },
    env: { PROXY_TEST_KEY: 'sk-key-of-the-proxy-test-0123456789' },
    globalStorageFiles: {
      'conduit.yaml': configurationOf([
        {
          id: 'far',
          provider: 'openai',
          apiBase: 'http://model.test/v1',
          price: 1e-6,
          keyName: 'PROXY_TEST_KEY',
        },
      ]),
    },
  });
});

afterAll(async () => {
  await editor.close();
  await openai.close();
  proxy.closeAllConnections();
  proxy.close();
});

test('a key from the environment is held back from a host without encryption until the user sends it', async () => {
  const toast = await editor.notification('would go to http://model.test without encryption');
  await toast.getByRole('button', { name: 'Review' }).click();
  const dialog = editor.page.locator('.monaco-dialog-box', { hasText: 'PROXY_TEST_KEY' });
  await dialog.waitFor();
  expect(asked.filter((url) => url.includes('model.test'))).toEqual([]);
  await dialog.getByRole('button', { name: 'Send It', exact: true }).click();
});

test('a model that only the editor’s proxy can reach answers through it', async () => {
  await editor.command('Conduit: Ask');
  await editor.answerInput('Is anybody behind the proxy?');
  const turn = (await editor.chatFrame()).getByTestId('turn').last();
  await turn.getByTestId('answer-line').waitFor();
  expect(await turn.getByTestId('answer').innerText()).toContain('Answer from far');
  expect(asked.some((url) => url.includes('model.test'))).toBe(true);
});
