import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findLocalModels } from '../../src/providers/local-servers';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers every path named with that JSON, and hangs at paths named with `hang`. */
async function serve(replies: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const reply = replies[request.url ?? ''];
    if (reply === 'hang') return;
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const tag = (name: string, size: number, more: object = {}) => ({
  name,
  model: name,
  modified_at: '2026-10-01T12:00:00Z',
  size,
  digest: 'a80c4f17acd5',
  details: { format: 'gguf', family: 'llama', families: ['llama'], parameter_size: '3.2B' },
  ...more,
});
const nowhere = 'http://127.0.0.1:9';

test('Ollama’s smallest and largest that chat, and all of LM Studio’s', async () => {
  const ollama = await serve({
    '/api/tags': {
      models: [
        tag('qwen3:8b', 5_200_000_000),
        tag('llama3.3:70b', 42_000_000_000),
        tag('llama3.2:latest', 2_000_000_000),
        tag('nomic-embed-text:latest', 274_000_000, {
          details: { family: 'nomic-bert', families: ['nomic-bert'] },
        }),
        tag('all-minilm:latest', 45_000_000),
        tag('gpt-oss:120b-cloud', 384),
        tag('kept', 300, { remote_host: 'https://ollama.com:443', remote_model: 'kimi-k2' }),
      ],
    },
  });
  const lmStudio = await serve({
    '/v1/models': {
      object: 'list',
      data: [
        { id: 'qwen/qwen3-4b', object: 'model', owned_by: 'organization_owner' },
        { id: 'text-embedding-nomic-embed-text-v1.5', object: 'model' },
      ],
    },
  });
  expect(await findLocalModels(globalThis.fetch, undefined, { ollama, lmStudio })).toEqual([
    { provider: 'ollama', apiBase: `${ollama}/v1`, model: 'llama3.2:latest' },
    { provider: 'ollama', apiBase: `${ollama}/v1`, model: 'llama3.3:70b' },
    { provider: 'lm_studio', apiBase: `${lmStudio}/v1`, model: 'qwen/qwen3-4b' },
  ]);
});

test('none where nobody listens, or something else does', async () => {
  const other = await serve({ '/api/tags': { models: 'none' }, '/v1/models': [1, 2] });
  expect(await findLocalModels(globalThis.fetch, undefined, { ollama: nowhere, lmStudio: nowhere })).toEqual(
    [],
  );
  expect(await findLocalModels(globalThis.fetch, undefined, { ollama: other, lmStudio: other })).toEqual([]);
});

test('a server that hangs is not waited for, and hides no other', async () => {
  const ollama = await serve({ '/api/tags': 'hang' });
  const lmStudio = await serve({ '/v1/models': { data: [{ id: 'phi-4' }] } });
  const begun = performance.now();
  const found = await findLocalModels(globalThis.fetch, undefined, { ollama, lmStudio });
  expect(found.map(({ model }) => model)).toEqual(['phi-4']);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('an abort ends the search, and a fetch that throws has found nothing', async () => {
  const ollama = await serve({ '/api/tags': 'hang' });
  const bases = { ollama, lmStudio: nowhere };
  expect(await findLocalModels(globalThis.fetch, AbortSignal.abort(), bases)).toEqual([]);
  const broken = (): never => {
    throw new Error('no network');
  };
  expect(await findLocalModels(broken, undefined, bases)).toEqual([]);
});
