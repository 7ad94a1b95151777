import { describe, expect, test } from 'vitest';
import { caseText, listOf, load, messages, modelsOf, othersIn, said } from './read';

const house = 'https://llm.house.example/v1';

describe('an address, a version or a key that is written in another of LiteLLM’s ways: what is read', () => {
  test('base_url is api_base', () => {
    const loaded = load(caseText('01-litellm-base-url/conduit.yaml'), { HOUSE_KEY: 'x' });
    expect(modelsOf(loaded).map(({ apiBase, key }) => [apiBase, key])).toEqual([
      ['http://10.20.30.40:8000/v1', { kind: 'environment', name: 'HOUSE_KEY' }],
      ['http://10.20.30.40:8000/v1', { kind: 'environment', name: 'HOUSE_KEY' }],
    ]);
    expect(said(loaded)).toEqual([]);
  });

  test('litellm_credential_name takes key and address from credential_list', () => {
    const loaded = load(caseText('02-litellm-credential-list/conduit.yaml'));
    expect(modelsOf(loaded)).toMatchObject([
      { model: 'house-large', apiBase: house, key: { kind: 'environment', name: 'HOUSE_KEY' } },
      { model: 'gpt-4o', apiBase: 'https://api.openai.com/v1' },
    ]);
  });

  test('a credential whose name is a number', () => {
    const text = `credential_list:
  - { credential_name: 7, credential_values: { api_base: "${house}" } }
${listOf('{ model_name: a, litellm_params: { model: openai/x, litellm_credential_name: 7 } }')}`;
    expect(othersIn(load(text))).toMatchObject([{ apiBase: house }]);
  });

  test('a null beside a credential is as if it weren’t there', () => {
    const text = `credential_list:
  - { credential_name: c, credential_values: { api_base: "${house}" } }
${listOf('{ model_name: a, litellm_params: { model: openai/x, litellm_credential_name: c, api_base: null } }')}`;
    expect(othersIn(load(text))).toMatchObject([{ apiBase: house }]);
  });

  test('what a model says itself comes before its credential', () => {
    const text = `credential_list:
  - { credential_name: c, credential_values: { api_base: "${house}", api_key: os.environ/HOUSE_KEY } }
${listOf('{ model_name: a, litellm_params: { model: openai/x, litellm_credential_name: c, api_base: "https://own.example/v1" } }')}`;
    expect(othersIn(load(text))).toMatchObject([
      { apiBase: 'https://own.example/v1', key: { kind: 'environment', name: 'HOUSE_KEY' } },
    ]);
  });

  test.each([
    ['api_base', 'os.environ/ADDRESS', { apiBase: 'https://from.example/v1' }],
    ['base_url', 'os.environ/ADDRESS', { apiBase: 'https://from.example/v1' }],
    ['api_base', '" os.environ/ADDRESS "', { apiBase: 'https://from.example/v1' }],
    ['model', '"openai/ gpt-x "', { model: 'gpt-x' }],
    ['model', 'os.environ/MODEL', { provider: 'groq', model: 'llama-x' }],
    ['custom_llm_provider', 'os.environ/PROVIDER', { provider: 'mistral' }],
    ['temperature', 'os.environ/TEMPERATURE', { options: { temperature: 0.3 } }],
    ['max_tokens', 'os.environ/LIMIT', { options: { maxOutputTokens: 900 } }],
    ['extra_body', '{ a: [os.environ/LIMIT] }', { options: { extraBody: { a: ['900'] } } }],
  ])('%s may be %s', (field, written, expected) => {
    const params = { model: 'openai/x', ...{ [field]: written } };
    const fields = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
    const variables = {
      ADDRESS: 'https://from.example/v1',
      MODEL: 'groq/llama-x',
      PROVIDER: 'mistral',
      TEMPERATURE: '0.3',
      LIMIT: '900',
    };
    const loaded = load(listOf(`{ model_name: a, litellm_params: { ${fields.join(', ')} } }`), variables);
    expect(othersIn(loaded)).toMatchObject([expected]);
  });

  test('environment_variables of the file are set, as the proxy sets them', () => {
    const text = `environment_variables: { HOUSE: "${house}", OTHER: os.environ/REAL }
${listOf(
  '{ model_name: a, litellm_params: { model: openai/x, api_base: os.environ/HOUSE, api_key: os.environ/OTHER } }',
)}`;
    expect(othersIn(load(text))).toMatchObject([
      { apiBase: house, key: { kind: 'environment', name: 'REAL' } },
    ]);
  });

  test('a key that the file itself sets is one in the file: no variable of the same name is sent', () => {
    const text = `environment_variables: { OPENAI_API_KEY: sk-planted }
${listOf(`{ model_name: a, litellm_params: { model: openai/x, api_base: "${house}", api_key: os.environ/OPENAI_API_KEY } }`)}`;
    const loaded = load(text, { OPENAI_API_KEY: 'planted-too' });
    expect(othersIn(loaded)).toMatchObject([{ key: { kind: 'secret', host: 'llm.house.example' } }]);
    expect(messages(loaded)).toContain('keys are not read from files');
    expect(JSON.stringify(loaded.problems)).not.toContain('planted');
  });

  test('a variable of the file that moves a vendor moves its models', () => {
    const text = `environment_variables: { OPENAI_API_BASE: "${house}" }\n${listOf()}`;
    expect(modelsOf(load(text))).toMatchObject([{ apiBase: house }]);
  });

  test('Azure’s address with its deployment and version, as the portal shows it', () => {
    const address =
      'https://a.example.azure.com/openai/deployments/d1/chat/completions?api-version=2024-10-21';
    const entry = `{ model_name: a, litellm_params: { model: azure/d1, api_base: "${address}" } }`;
    expect(othersIn(load(listOf(entry)))).toMatchObject([
      { apiBase: 'https://a.example.azure.com/openai', apiVersion: '2024-10-21' },
    ]);
  });

  test('a variable of the environment that counts only without a file is named', () => {
    const loaded = load(listOf(), { OPENAI_BASE_URL: house });
    expect(modelsOf(loaded)).toMatchObject([{ apiBase: 'https://api.openai.com/v1' }]);
    expect(messages(loaded)).toContain('OPENAI_BASE_URL counts only without a file');
  });
});

describe('an address, a version or a key that is written in another of LiteLLM’s ways: what leaves a model out', () => {
  test('an address whose variable isn’t set', () => {
    const loaded = load(caseText('11-api-base-variable-unset/conduit.yaml'), { AZURE_API_KEY: 'x' });
    expect(modelsOf(loaded)).toMatchObject([
      { apiBase: 'https://eu.example.azure.com', apiVersion: '2024-10-21' },
    ]);
    expect(said(loaded)).toEqual(['5 model_list[0].litellm_params.api_base']);
    expect(messages(loaded)).toContain('AZURE_API_BASE is not set');
  });

  test.each([
    ['organization', 'model: openai/x, organization: org-1'],
    ['litellm_credential_name', 'model: openai/x, litellm_credential_name: nobody'],
    ['extra_headers', 'model: openai/x, extra_headers: { Authorization: os.environ/KEY }'],
    ['extra_headers', 'model: openai/x, extra_headers: { x-portkey-provider: other }'],
    ['headers', 'model: openai/x, headers: { Ocp-Apim-Subscription-Key: k }'],
    ['headers', 'model: openai/x, headers: a'],
    ['azure_ad_token', 'model: azure/d, api_base: "https://a.example", azure_ad_token: os.environ/KEY'],
    ['tenant_id', 'model: azure/d, api_base: "https://a.example", tenant_id: t'],
    ['aws_region_name', 'model: anthropic/claude-x, aws_region_name: us-east-1'],
    ['vertex_project', 'model: gemini/gemini-x, vertex_project: p'],
    ['region_name', 'model: openai/x, region_name: eu'],
    ['use_litellm_proxy', 'model: openai/x, use_litellm_proxy: true'],
    ['mock_response', 'model: openai/x, mock_response: hello'],
    ['deployment_id', 'model: openai/x, deployment_id: d'],
    ['api_bas', 'model: openai/x, api_bas: "https://house.example/v1"'],
    ['litellm_credential_nam', 'model: openai/x, litellm_credential_nam: house'],
    ['apiBase', 'model: openai/x, apiBase: "https://house.example/v1"'],
    ['endpoint', 'model: openai/x, endpoint: house.example'],
    ['gateway', 'model: openai/x, gateway: "https://house.example/v1"'],
    ['gateway', 'model: openai/x, gateway: os.environ/HOUSE'],
    ['openai_api_base', 'model: openai/x, openai_api_base: os.environ/UNSET'],
    ['openai_api_key', 'model: openai/x, openai_api_key: os.environ/KEY'],
    ['credential_name', 'model: openai/x, credential_name: house'],
    ['litellm_credentials', 'model: openai/x, litellm_credentials: house'],
    ['provider', 'model: openai/x, provider: azure'],
    ['api_key', 'model: openai/x, api_key: [a]'],
    ['base_url', 'model: openai/x, base_url: "https://a.example/v1", api_base: "https://b.example/v1"'],
    ['api_base', 'model: openai/x, api_base: "https://os.environ/HOUSE/v1"'],
    ['api_base', 'model: openai/x, api_base: "https://https://house.example/v1"'],
    ['api_base', 'model: openai/x, api_base: "https://${HOUSE}/v1"'],
    ['api_base', 'model: openai/x, api_base: os.environ/'],
    ['api_version', 'model: azure/d, api_base: "https://a.example", api_version: os.environ/UNSET'],
    ['custom_llm_provider', 'model: openai/x, custom_llm_provider: os.environ/UNSET'],
    ['api_base', 'model: azure/d1, api_base: "https://a.example/openai/deployments/d2"'],
    ['api_base', 'model: azure/d, api_base: "https://a.example/?api-version=1", api_version: "2"'],
  ])('%s in { %s }', (field, params) => {
    const entry = `{ model_name: a, litellm_params: { ${params} } }`;
    const loaded = load(listOf(entry), { HOUSE: house });
    expect(modelsOf(loaded).map(({ pool }) => pool)).toEqual(['good']);
    expect(said(loaded)).toEqual([`3 model_list[1].litellm_params.${field}`]);
    expect(messages(loaded)).toContain('left out');
  });

  test.each(['api_base: "https://house.example/v1"', 'api_key: os.environ/KEY'])(
    '%s beside litellm_params, where LiteLLM doesn’t read it',
    (field) => {
      const loaded = load(listOf(`{ model_name: a, ${field}, litellm_params: { model: openai/x } }`));
      expect(modelsOf(loaded).map(({ pool }) => pool)).toEqual(['good']);
      expect(messages(loaded)).toContain('belongs into litellm_params');
    },
  );

  test.each([
    'litellm_settings: { api_base: "https://house.example/v1" }',
    'litellm_settings: { use_litellm_proxy: true }',
    'router_settings: { default_litellm_params: { api_base: "https://house.example/v1" } }',
    'api_base: "https://house.example/v1"',
  ])('%s for all of them', (section) => {
    const loaded = load(`${section}\n${listOf()}`);
    expect(modelsOf(loaded)).toEqual([]);
    expect(messages(loaded)).toContain('LiteLLM would take');
  });

  test.each([
    'model: openai/x, extra_headers: { anthropic-beta: a, X-Title: b }',
    'model: azure/d, api_base: "https://a.example", region_name: eu',
    'model: openai/x, organization: null',
    'model: openai/x, use_litellm_proxy: false',
    'model: openai/x, base_url: "https://a.example/v1", api_base: "https://a.example/v1"',
    'model: openai/x, base_url: "https://a.example/v1/chat/completions", api_base: "https://a.example/v1/"',
    'model: openrouter/x, provider: { order: [a] }',
  ])('but not what decides nothing: { %s }', (params) => {
    expect(othersIn(load(listOf(`{ model_name: a, litellm_params: { ${params} } }`)))).toHaveLength(1);
  });

  test('no message repeats what a variable holds', () => {
    const text = listOf(
      '{ model_name: a, litellm_params: { model: os.environ/A } }',
      '{ model_name: a, litellm_params: { model: openai/x, custom_llm_provider: os.environ/A } }',
      '{ model_name: a, litellm_params: { model: openai/x, api_base: os.environ/A } }',
    );
    const loaded = load(text, { A: 'planted/planted' });
    expect(modelsOf(loaded)).toHaveLength(1);
    expect(JSON.stringify([loaded.problems, loaded.values])).not.toContain('planted');
  });
});
