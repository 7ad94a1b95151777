import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import { createBetterAddress } from '../../src/providers/better-address';
import { deploymentWith } from './stream-helpers';

let server: Server | undefined;
const asked: string[] = [];

afterEach(() => {
  server?.close();
  asked.length = 0;
});

/** A server that has its list of models at these paths; everything else is not found. */
async function serving(paths: readonly string[], type = 'application/json'): Promise<string> {
  const own = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    const there = paths.includes(request.url ?? '');
    response.writeHead(there ? 200 : 404, { 'content-type': type }).end('{"data":[]}');
  });
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((own.address() as AddressInfo).port)}`;
}

const notFound = { reason: 'not-found', detail: 'Not Found.', status: 404 } as const;

function at(apiBase: string, change: Partial<Deployment> = {}): Deployment {
  return deploymentWith({ provider: 'openai', protocol: 'chat-completions', apiBase, ...change });
}

async function detailAt(deployment: Deployment, failure = notFound): Promise<string> {
  const { told } = createBetterAddress();
  return (await told(failure, deployment, 'the-key', new AbortController().signal)).detail;
}

describe('a 404 at an address whose path is wrong', () => {
  test.each([
    ['', '/v1/models', '/v1'],
    ['/v1', '/models', ''],
    ['/house', '/house/v1/models', '/house/v1'],
    ['/house', '/v1/models', '/v1'],
    ['/v2', '/v1/models', '/v1'],
  ])('at %j tells the address that would work', async (path, there, better) => {
    const origin = await serving([there]);
    expect(await detailAt(at(origin + path))).toBe(
      `Not Found. The server answers at ${origin}${better}: write that as api_base in conduit.yaml.`,
    );
    expect(asked.every((each) => each.endsWith(' Bearer the-key'))).toBe(true);
  });

  test('says nothing where the address is right: then the model isn’t there', async () => {
    const origin = await serving(['/v1/models', '/models']);
    expect(await detailAt(at(`${origin}/v1`))).toBe('Not Found.');
    expect(asked).toHaveLength(1);
  });

  test('says nothing where nobody answers, or with a page', async () => {
    const origin = await serving(['/v1/models'], 'text/html');
    expect(await detailAt(at(origin))).toBe('Not Found.');
    expect(await detailAt(at('http://127.0.0.1:1'))).toBe('Not Found.');
  });

  test('asks nothing for other failures, and for addresses that name the model', async () => {
    const origin = await serving(['/v1/models']);
    const { told } = createBetterAddress();
    const signal = new AbortController().signal;
    await told({ ...notFound, status: 500 }, at(origin), 'k', signal);
    await told(notFound, at(origin, { provider: 'azure' }), 'k', signal);
    await told(notFound, at(origin, { protocol: 'anthropic-messages' }), 'k', signal);
    expect(asked).toEqual([]);
  });

  test('asks once for each address', async () => {
    const origin = await serving(['/v1/models']);
    const { told } = createBetterAddress();
    const signal = new AbortController().signal;
    await told(notFound, at(origin), 'k', signal);
    const before = asked.length;
    expect((await told(notFound, at(origin), 'k', signal)).detail).toContain(`${origin}/v1`);
    expect(asked).toHaveLength(before);
  });
});
