import { afterEach, expect, test, vi } from 'vitest';
import { findLocalModels } from '../../src/providers/local-servers';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { call, clock, deploymentWith, editorModels, fixture, keys, textOf } from './stream-helpers';

afterEach(() => vi.unstubAllGlobals());

/** As the editor does: the global `fetch` is replaced after everything was made, by one that knows its proxy. */
function replaceFetch(body: string) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (input: string | URL | Request) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  });
  return asked;
}

const client = createModelClient({ keys, editorModels });

test.each([
  ['openai', {}, 'https://api.openai.com/v1/chat/completions'],
  ['responses', { protocol: 'responses' }, 'https://api.openai.com/v1/responses'],
  [
    'azure',
    { provider: 'azure', apiBase: 'https://my.openai.azure.com', model: 'gpt-4o', apiVersion: '2024-10-21' },
    'https://my.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
  ],
  [
    'anthropic',
    { protocol: 'anthropic-messages', apiBase: 'https://api.anthropic.com' },
    'https://api.anthropic.com/v1/messages',
  ],
] as const)('%s is reached by the editor’s fetch', async (folder, change, address) => {
  // The SDK is loaded, and the client made, before the editor's is in place.
  replaceFetch('');
  await call(client, deploymentWith(change));
  vi.unstubAllGlobals();
  const asked = replaceFetch(fixture(`${folder}/answer.sse`));
  expect(textOf(await call(client, deploymentWith(change)))).toBe('Hello!');
  expect(asked).toEqual([address]);
});

test('so are the prices of a proxy', async () => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const book = createPriceBook({ keys, log, clock });
  const asked = replaceFetch('{"data":[]}');
  book.prepare?.([deploymentWith({ provider: 'litellm_proxy', apiBase: 'https://proxy.example/v1' })]);
  await vi.waitFor(() => expect(log.debug).toHaveBeenCalled());
  expect(asked).toEqual(['https://proxy.example/model/info']);
});

test('so are local servers, by the fetch that is passed', async () => {
  const asked = replaceFetch('{"models":[],"data":[]}');
  await findLocalModels(globalThis.fetch);
  expect(asked.sort()).toEqual(['http://127.0.0.1:11434/api/tags', 'http://127.0.0.1:1234/v1/models']);
});
