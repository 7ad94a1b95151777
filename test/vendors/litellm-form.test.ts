import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import type { Deployment } from '../../src/core/terms/deployment';
import { hostOf } from '../../src/core/terms/host';
import type { ModelEvent } from '../../src/core/terms/ports';
import { createKeyRing } from '../../src/editor/keys/key-ring';
import type { KeyStore } from '../../src/editor/keys/key-store';
import { checkKey } from '../../src/providers/check-key';
import { createModelClient } from '../../src/providers/model-clients';
import { vendors } from '../../src/vendors/catalogue';
import { collect, editorModels, question } from '../providers/stream-helpers';
import { startReplayServer } from '../wire/replay-server';

/**
 * Each vendor in the form that LiteLLM documents: test/fixtures/config/vendors/<prefix>.yaml, whose first lines say what
 * must come of it. Whoever adds a vendor adds a file.
 */

const folder = path.resolve(import.meta.dirname, '../fixtures/config/vendors');
const served = vendors.filter(({ protocol }) => protocol !== 'editor').map(({ prefix }) => prefix);
const key = 'correct-horse-battery-staple';

interface Expected {
  readonly text: string;
  /** Where the question goes. */
  readonly url: string;
  readonly model: string;
  /** The variable that the file names; undefined: none is needed. */
  readonly variable: string | undefined;
  /** Path and query of the request that checks a key; undefined: there is none. */
  readonly check: string | undefined;
}

function expectedOf(prefix: string): Expected {
  const name = `test/fixtures/config/vendors/${prefix}.yaml`;
  const file = path.join(folder, `${prefix}.yaml`);
  if (!existsSync(file))
    throw new Error(`There is no ${name}: CONTRIBUTING, "Add a vendor", says what it holds.`);
  const text = readFileSync(file, 'utf8');
  const said = (what: string): string => {
    const value = new RegExp(`^# ${what}: (.*)$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`${name} lacks the line "# ${what}: …", or "# ${what}: none".`);
    return value;
  };
  const unless = (value: string): string | undefined => (value === 'none' ? undefined : value);
  const variable = unless(said('key'));
  return { text, url: said('sent to'), model: said('model'), variable, check: unless(said('key check')) };
}

function deploymentOf(text: string): Deployment {
  const { configuration, problems } = parseConfiguration(text, { environment: {} });
  expect(problems).toEqual([]);
  expect(configuration?.pools.map(({ name, deployments }) => [name, deployments.length])).toEqual([
    ['chat', 1],
  ]);
  const [deployment] = configuration?.pools[0]?.deployments ?? [];
  if (deployment === undefined) throw new Error('The file has no model.');
  return deployment;
}

/** Secret storage with these keys, by host. */
function storeWith(stored: Readonly<Record<string, string>>): KeyStore {
  return {
    hosts: () => Promise.resolve(new Set(Object.keys(stored))),
    get: (host) => Promise.resolve(stored[host]),
    set: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}

interface Sent {
  readonly url: string;
  readonly model: unknown;
  readonly headers: Headers;
}

/** What goes over the network for a question, and the stream's end. */
async function ask(
  deployment: Deployment,
  environment: Readonly<Record<string, string>>,
  stored: Readonly<Record<string, string>> = {},
): Promise<{ readonly sent: readonly Sent[]; readonly end: ModelEvent | undefined }> {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const { model } = JSON.parse(await new Response(init?.body).text()) as { model: unknown };
    sent.push({
      url: input instanceof Request ? input.url : String(input),
      model,
      headers: new Headers(init?.headers),
    });
    return new Response('{}', { status: 418 });
  });
  const client = createModelClient({
    keys: createKeyRing(storeWith(stored), environment, () => false),
    editorModels,
  });
  const events = await collect(
    client.stream({ deployment, messages: question }, new AbortController().signal),
  );
  return { sent, end: events.at(-1) };
}

afterEach(() => vi.unstubAllGlobals());

describe.each(served)('%s', (prefix) => {
  test('is asked at its address, by the name that it knows the model by, with the key', async () => {
    const { text, url, model, variable } = expectedOf(prefix);
    const { sent } = await ask(deploymentOf(text), variable === undefined ? {} : { [variable]: key });
    expect(sent.map((request) => [request.url, request.model])).toEqual([[url, model]]);
    const carried = [...(sent[0]?.headers.values() ?? [])].filter((value) => value.includes(key));
    expect(carried).toHaveLength(variable === undefined ? 0 : 1);
  });

  test('is sent nothing where the key is missing', async () => {
    const { text, variable } = expectedOf(prefix);
    if (variable === undefined) return;
    const { sent, end } = await ask(deploymentOf(text), {});
    expect(sent).toEqual([]);
    expect(end).toMatchObject({ type: 'failed', failure: { reason: 'missing-key' } });
  });

  test('gets a key that is stored for its host, and none that is stored for another', async () => {
    const deployment = deploymentOf(expectedOf(prefix).text);
    const host = hostOf(deployment.apiBase);
    const keyOf = (stored: Readonly<Record<string, string>>): Promise<string | undefined> =>
      createKeyRing(storeWith(stored), {}, () => false).keyFor(deployment);
    expect(await keyOf({ [host]: key })).toBe(key);
    expect((await keyOf({ 'llm.example': key })) ?? '').toBe('');
  });

  test('is asked whether it takes a key, at no cost', async () => {
    const { text, check } = expectedOf(prefix);
    const { apiBase, provider, apiVersion } = deploymentOf(text);
    const server = await startReplayServer();
    try {
      const target = { provider, apiVersion, apiBase: server.url + new URL(apiBase).pathname };
      const outcome = async (status: number): Promise<string> => {
        server.script({ kind: 'error', status, body: { error: { message: 'No.' } } }, { times: 1 });
        return (await checkKey(target, key, new AbortController().signal)).kind;
      };
      const outcomes = [await outcome(200), await outcome(401), await outcome(404)];
      expect(server.requests.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual(
        check === undefined ? [] : Array.from({ length: 3 }, () => `GET ${check}`),
      );
      expect(outcomes).toEqual(
        check === undefined
          ? ['uncheckable', 'uncheckable', 'uncheckable']
          : ['accepted', 'refused', 'unchecked'],
      );
      for (const { headers } of server.requests) {
        expect(Object.values(headers).filter((value) => String(value).includes(key))).toHaveLength(1);
      }
    } finally {
      await server.close();
    }
  });
});

test('what has ended is left out with a word on why, and the rest serves', () => {
  const text = readFileSync(path.join(folder, 'ended.yaml'), 'utf8');
  const { configuration, problems } = parseConfiguration(text, { environment: {} });
  expect(configuration?.pools.flatMap(({ deployments }) => deployments.map(({ id }) => id))).toEqual([
    'served',
  ]);
  expect(problems.map(({ severity, path: where, message }) => [severity, where, message])).toEqual([
    [
      'warning',
      'model_list[0].litellm_params.model',
      'GitHub Models ended on 2026-07-30: the model is left out',
    ],
    [
      'warning',
      'model_list[1].litellm_params.model',
      'Perplexity Sonar ended on 2026-09-27: the model is left out. Its Agent API is openai/responses/<model>, with the api_base https://api.perplexity.ai/v1',
    ],
  ]);
});
