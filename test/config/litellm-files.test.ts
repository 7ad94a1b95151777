import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import type { Loaded } from '../../src/config/load-configuration';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { Deployment } from '../../src/core/terms/deployment';
import type { ModelClient } from '../../src/core/terms/ports';
import { createModelClient } from '../../src/providers/model-clients';
import { vendorNamed } from '../../src/vendors/lookup';
import { campaignSeed, runs } from '../runs';

/**
 * LiteLLM files with something changed in them as people change it. No prompt ever goes to a host that the file doesn't
 * name; no file is refused for what one entry says; and each message stands within the entry that it is of.
 */

const folder = path.resolve(import.meta.dirname, '../fixtures/config/litellm-files');
const seed = campaignSeed('litellm-files');
vi.setConfig({ testTimeout: runs(60_000) });

/** A server for each host of the files; it counts what it is asked, and by which key. */
const hosts = ['127.0.0.2:4001', '127.0.0.3:4002', '127.0.0.4:4003'];
const servers: Server[] = [];
const asked: { readonly host: string; readonly key: string | undefined }[] = [];
const placeOf = new Map<string, string>();

beforeAll(async () => {
  for (const host of hosts) {
    const server = createServer((request, response) => answer(host, request, response));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host.split(':')[0], resolve));
    const { address, port } = server.address() as AddressInfo;
    placeOf.set(host, `${address}:${String(port)}`);
  }
});

afterAll(() => {
  for (const server of servers) server.close();
});

function answer(host: string, request: IncomingMessage, response: ServerResponse): void {
  const { authorization, 'x-api-key': xKey, 'api-key': azureKey } = request.headers;
  const key = [authorization?.replace('Bearer ', ''), xKey, azureKey]
    .flat()
    .find((each) => each !== undefined);
  asked.push({ host, key });
  request.resume();
  response
    .writeHead(404, { 'content-type': 'application/json' })
    .end('{"error":{"message":"no such model"}}');
}

const anyObject = z.record(z.string(), z.unknown());
const fileSchema = z.looseObject({ model_list: z.array(anyObject) });
type File = z.infer<typeof fileSchema>;

function readSeeds(): readonly File[] {
  return readdirSync(folder).map((name) => {
    const text = hosts.reduce(
      (all, host) => all.replaceAll(host, placeOf.get(host) ?? host),
      readFileSync(path.join(folder, name), 'utf8'),
    );
    return fileSchema.parse(parseDocument(text, { merge: true }).toJS());
  });
}

function environment(): Readonly<Record<string, string>> {
  const names = [
    'OPENAI_API_KEY',
    'HOUSE_KEY',
    'CLAUDE_KEY',
    'AZURE_EU_KEY',
    'AZURE_CA_KEY',
    'GROQ_API_KEY',
    'PROXY_KEY',
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, `key of ${name}`])),
    VLLM_BASE: `http://${placeOf.get('127.0.0.4:4003') ?? ''}/v1`,
  };
}

const oddValues = fc.constantFrom<unknown>(
  null,
  true,
  'yes',
  '',
  0,
  -1,
  3,
  '12',
  '0x10',
  1.5e300,
  [],
  ['a'],
  {},
  { a: 1 },
  'os.environ/UNSET',
  'os.environ/',
  'text',
  'http://',
  'localhost',
  'https://${HOST}/v1',
  'http:other.example',
  ' "http://127.0.0.9:1/v1" ',
  'openai/',
  'azure/',
  '*',
  'embedding',
);
const fields = fc.constantFrom(
  'model',
  'api_base',
  'base_url',
  'api_key',
  'api_version',
  'organization',
  'custom_llm_provider',
  'litellm_credential_name',
  'max_tokens',
  'temperature',
  'extra_body',
  'extra_headers',
  'headers',
  'region_name',
  'azure_ad_token',
  'use_litellm_proxy',
  'input_cost_per_token',
  'reasoning_effort',
  'timeout',
  'unheard_of',
);

/** What may happen to an entry: each returns another one. */
type Change = (entry: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

function inParams(change: (params: Record<string, unknown>) => Record<string, unknown>): Change {
  return (entry) => {
    const params = anyObject.safeParse(entry['litellm_params']);
    return params.success ? { ...entry, litellm_params: change(params.data) } : entry;
  };
}

const misspelt: Readonly<Record<string, string>> = {
  api_base: 'api_bse',
  base_url: 'baseURL',
  api_key: 'apikey',
  model: 'modle',
  litellm_credential_name: 'litellm_credential_nam',
  api_version: 'api_verison',
};
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fields, oddValues).map(([field, value]) => inParams((params) => ({ ...params, [field]: value }))),
  fields.map((field) => inParams(({ [field]: _gone, ...params }) => params)),
  fc.constantFrom(...Object.keys(misspelt)).map((field) =>
    inParams((params) => {
      if (!(field in params)) return params;
      const { [field]: value, ...others } = params;
      return { ...others, [misspelt[field] ?? field]: value };
    }),
  ),
  fc.constantFrom('api_base', 'base_url', 'api_key').map((field): Change => (entry) => {
    const params = anyObject.safeParse(entry['litellm_params']);
    if (!params.success || !(field in params.data)) return entry;
    const { [field]: value, ...others } = params.data;
    return { ...entry, litellm_params: others, [field]: value };
  }),
  fc.constantFrom('/chat/completions', '/v1/v1', '?a=b', '//', '/models').map((end) =>
    inParams((params) => ({
      ...params,
      ...(typeof params['api_base'] === 'string' && { api_base: `${params['api_base']}${end}` }),
    })),
  ),
  fc
    .tuple(fc.constantFrom('id', 'mode', 'quality', 'base_model', 'supports_vision'), oddValues)
    .map(([field, value]): Change => (entry) => ({ ...entry, model_info: { [field]: value } })),
  oddValues.map((value): Change => (entry) => ({ ...entry, litellm_params: value })),
  oddValues.map((value): Change => (entry) => ({ ...entry, model_info: value })),
);

/** The first entry stays: one good model must not be lost by what another one says. */
const mutated = fc.tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 4 }));

function mutate(file: File, all: readonly (readonly [number, Change])[]): string {
  const list = [...file.model_list];
  for (const [at, change] of all) {
    const index = 1 + (at % (list.length - 1));
    list[index] = { ...change(list[index] ?? {}) };
  }
  // Without aliases: what one brings is marked where it is written, which may be another entry.
  return stringify({ ...file, model_list: list }, { aliasDuplicateObjects: false });
}

let cases = 0;
let requests = 0;

test('a mutated LiteLLM file never sends a prompt to a host that it doesn’t name', async () => {
  const seeds = readSeeds();
  const client = clientWithKeys();
  await fc.assert(
    fc.asyncProperty(mutated, async ([which, all]) => {
      const file = seeds[which % seeds.length];
      if (file === undefined) throw new Error('There is no such seed.');
      const text = mutate(file, all);
      const loaded = loadConfiguration({
        file: { name: 'conduit.yaml', text },
        environment: environment(),
        storedHosts: new Set(),
      });
      cases += 1;
      expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      checkLines(text, loaded);
      for (const [entry, deployment] of deploymentsOf(text, loaded)) {
        checkHost(text, entry, deployment);
        if (cases % 10 === 0 && deployment.apiBase.startsWith('http://127.')) await ask(client, deployment);
      }
    }),
    { numRuns: runs(100), seed },
  );
});

afterAll(() => {
  console.log(`LiteLLM files checked: ${String(cases)}, with ${String(requests)} real requests`);
});

/** Each deployment with the entry that it was made of. */
function deploymentsOf(
  text: string,
  { configuration, values }: Loaded,
): readonly (readonly [unknown, Deployment])[] {
  const list = fileSchema.parse(parseDocument(text, { merge: true }).toJS()).model_list;
  const entries = new Map(
    values.flatMap(({ path: where, value }) => {
      const index = /^model_list\[(\d+)\]\.model_info\.id$/.exec(where)?.[1];
      return index === undefined ? [] : [[value, list[Number(index)]] as const];
    }),
  );
  const all = configuration.pools.flatMap(({ deployments }) => deployments);
  expect(all.length).toBeGreaterThan(0);
  return all.map((deployment) => [entries.get(deployment.id), deployment] as const);
}

/** Fields that say nothing of a host, whatever stands in them. */
const decidesNothing = [
  ...[
    'model',
    'api_key',
    'api_version',
    'max_tokens',
    'temperature',
    'extra_body',
    'reasoning_effort',
    'timeout',
  ],
  ...['input_cost_per_token', 'rpm'],
];

/** The host is one that the file or a variable names; the vendor's own only where the entry speaks of no other. */
function checkHost(text: string, entry: unknown, { apiBase, provider }: Deployment): void {
  const { origin, host } = new URL(apiBase);
  const own = vendorNamed(provider)?.base;
  const { litellm_params: params, model_info: _info, model_name: _pool, ...beside } = anyObject.parse(entry);
  const deciding = Object.entries(anyObject.parse(params)).filter(
    ([field]) => !decidesNothing.includes(field),
  );
  const written = JSON.stringify([Object.fromEntries(deciding), beside]);
  if (own !== undefined && new URL(own).origin === origin) {
    expect(written).not.toMatch(/https?:|VLLM_BASE|credential/);
    return;
  }
  expect(`${text} ${environment()['VLLM_BASE'] ?? ''}`).toContain(host);
}

/** Each message stands in the entry that it names, or where a credential is written. */
function checkLines(text: string, { problems }: Loaded): void {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const list = document.get('model_list');
  const items: readonly unknown[] = isSeq(list) ? list.items : [];
  for (const { path: where, line, message } of problems) {
    expect(message).not.toBe('');
    const index = /^model_list\[(\d+)\]/.exec(where)?.[1];
    const item = index === undefined ? undefined : items[Number(index)];
    if (!isMap(item) || !item.range) continue;
    expect(line).toBeGreaterThanOrEqual(lines.linePos(item.range[0]).line);
    expect(line).toBeLessThanOrEqual(lines.linePos(item.range[1]).line);
  }
}

function clientWithKeys(): ModelClient {
  return createModelClient({
    keys: {
      keyFor: ({ key }) => Promise.resolve(key.kind === 'environment' ? environment()[key.name] : ''),
    },
    editorModels: {
      stream: () => {
        throw new Error('There is no editor.');
      },
    },
  });
}

/** A real request: its own server is asked, nobody else, and with no other key than the file names. */
async function ask(client: ModelClient, deployment: Deployment): Promise<void> {
  asked.length = 0;
  const call = { deployment, messages: [{ role: 'user' as const, text: 'Hello.' }], options: {} };
  for await (const event of client.stream(call, new AbortController().signal))
    expect(event.type).not.toBe('');
  if (deployment.key.kind === 'environment' && environment()[deployment.key.name] === undefined) {
    expect(asked).toEqual([]);
    return;
  }
  requests += 1;
  const { host } = new URL(deployment.apiBase);
  for (const { host: name, key } of asked) {
    expect(placeOf.get(name)).toBe(host);
    if (deployment.key.kind === 'environment') expect(key).toBe(environment()[deployment.key.name]);
    else expect(key ?? 'none').toBe('none');
  }
  if ([...placeOf.values()].includes(host)) expect(asked.length).toBeGreaterThan(0);
}
