import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseProblem, readBase } from '../../../src/config/models/base-url';
import { vendors } from '../../../src/vendors/catalogue';
import { runs } from '../../runs';
import { caseText, listOf, load, modelsOf, othersIn } from './read';

function baseOf(model: string, address: string): string | undefined {
  const entry = `{ model_name: a, litellm_params: { model: ${model}, api_base: ${JSON.stringify(address)} } }`;
  return othersIn(load(listOf(entry)))[0]?.apiBase;
}

describe('addresses that people copy with too much or too little', () => {
  test('Claude at the address of somebody else', () => {
    const models = modelsOf(load(caseText('12-anthropic-own-api-base/conduit.yaml')));
    const key = { kind: 'secret', host: 'c.example' };
    expect(models).toMatchObject([
      { apiBase: 'https://c.example/anthropic', key },
      { apiBase: 'https://c.example/api', key },
      { apiBase: 'https://c.example/plain', key },
    ]);
  });

  test.each([
    ['openai/x', 'https://h.example/v1/', 'https://h.example/v1'],
    ['openai/x', ' https://h.example/v1 ', 'https://h.example/v1'],
    ['openai/x', '"https://h.example/v1"', 'https://h.example/v1'],
    ['openai/x', '<https://h.example/v1>', 'https://h.example/v1'],
    ['openai/x', '“https://h.example/v1”', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1//', 'https://h.example/v1'],
    ['openai/x', 'https://h.example//v1', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/v1', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/chat/completions', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/chat/completions/', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/completions', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/responses', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/models', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/embeddings', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1?a=b', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1#a', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/a%20b/v1', 'https://h.example/a%20b/v1'],
    ['openai/x', '(https://h.example/v1)', 'https://h.example/v1'],
    ['openai/x', '«https://h.example/v1»', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1,', 'https://h.example/v1'],
    ['openai/x', 'See https://h.example/v1.', undefined],
    ['openai/x', 'https://h.example/v1.', 'https://h.example/v1'],
    ['openai/x', 'https://h.example.', 'https://h.example.'],
    ['openai/x', 'https://h.example/v1\u200B', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/v1/chat', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/openai/v1/models/gpt-x', 'https://h.example/openai/v1'],
    ['openai/x', 'https://h.example/v1/audio/speech', 'https://h.example/v1'],
    ['openai/x', 'https://h.example/models/x/v1', 'https://h.example/models/x/v1'],
    [
      'openai/x',
      'https://h.example/v1/account/gateway/openai',
      'https://h.example/v1/account/gateway/openai',
    ],
    ['openai/x', 'https://api.openai.com/V1', 'https://api.openai.com/v1'],
    ['openai/x', 'https://eu.api.openai.com', 'https://eu.api.openai.com/v1'],
    ['openai/x', 'https://openrouter.ai/v1', 'https://openrouter.ai/api/v1'],
    ['openai/x', 'http://gpu-box:11434', 'http://gpu-box:11434/v1'],
    ['openai/x', 'http://gpu-box:11434/api/chat', 'http://gpu-box:11434/v1'],
    ['openai/x', 'https://gpu-box.example/api', 'https://gpu-box.example/api'],
    ['groq/x', 'https://api.groq.com/v1', 'https://api.groq.com/openai/v1'],
    ['mistral/x', 'https://api.mistral.ai/v1/fim/completions', 'https://api.mistral.ai/v1'],
    ['deepseek/x', 'https://api.deepseek.com/beta', 'https://api.deepseek.com/beta'],
    ...['v1', 'openai', 'v1beta/openai/v1', 'v1beta/models/gemini-x:streamGenerateContent?alt=sse'].map(
      (path): [string, string, string] => [
        'gemini/x',
        `https://generativelanguage.googleapis.com/${path}`,
        'https://generativelanguage.googleapis.com/v1beta/openai',
      ],
    ),
    ['anthropic/x', 'https://h.example/v1/messages/count_tokens', 'https://h.example'],
    ['anthropic/x', 'https://h.example/v1/complete', 'https://h.example'],
    ['ollama/x', 'http://localhost:11434/api/show', 'http://localhost:11434/v1'],
    ['ollama/x', 'http://localhost:11434/api/v1', 'http://localhost:11434/v1'],
    ['ollama_chat/x', 'https://h.example/ollama', 'https://h.example/ollama/v1'],
    ['lm_studio/x', 'http://localhost:1234/api/v0', 'http://localhost:1234/v1'],
    ['hosted_vllm/x', 'https://h.example/api', 'https://h.example/api'],
    ['azure/d', 'https://a.example.azure.com/v1', 'https://a.example.azure.com/openai/v1'],
    ['azure/d', 'https://a.example.azure.com/openai/openai', 'https://a.example.azure.com/openai'],
    ['azure/d', 'https://a.example.azure.com/openai/deployments/', 'https://a.example.azure.com/openai'],
    [
      'azure/d',
      'https://a.example.azure.com/openai/deployments/d/chat',
      'https://a.example.azure.com/openai',
    ],
    [
      'azure/d',
      'https://a.example.azure.com/openai/models?api-version=1',
      'https://a.example.azure.com/openai',
    ],
    ['openai/x', 'https://h.example', 'https://h.example'],
    ['openai/x', 'https://h.example:8443/api/v3', 'https://h.example:8443/api/v3'],
    ['openai/x', 'https://api.openai.com', 'https://api.openai.com/v1'],
    ['openai/x', 'https://openrouter.ai', 'https://openrouter.ai/api/v1'],
    ['openai/x', 'http://localhost:11434', 'http://localhost:11434/v1'],
    ['openai/x', 'https://x.services.ai.azure.com/models', 'https://x.services.ai.azure.com/models'],
    ['groq/x', 'https://api.groq.com/openai', 'https://api.groq.com/openai/v1'],
    [
      'gemini/x',
      'https://generativelanguage.googleapis.com/v1beta',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    ],
    [
      'gemini/x',
      'https://generativelanguage.googleapis.com/v1beta/models',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    ],
    ['deepseek/x', 'https://api.deepseek.com/v1', 'https://api.deepseek.com/v1'],
    ['anthropic/x', 'https://h.example/v1/messages?beta=true', 'https://h.example'],
    ['anthropic/x', 'https://h.example/v1/v1/messages', 'https://h.example'],
    ['ollama/x', 'http://gpu-box:11434/api/chat', 'http://gpu-box:11434/v1'],
    ['ollama/x', 'http://gpu-box:11434/api', 'http://gpu-box:11434/v1'],
    ['hosted_vllm/x', 'http://gpu-box:8000/v1/chat/completions', 'http://gpu-box:8000/v1'],
    ['azure/d', 'https://a.example.azure.com/openai/v1/', 'https://a.example.azure.com/openai/v1'],
    [
      'azure/d',
      'https://a.example.azure.com/openai/deployments/d/chat/completions',
      'https://a.example.azure.com/openai',
    ],
  ])('%s at %s is called at %s', (model, address, base) => {
    expect(baseOf(model, address)).toBe(base);
  });

  test.each([
    'h.example/v1',
    'http:h.example',
    'https:/h.example/v1',
    'https:\\\\h.example\\v1',
    'ftp://h.example',
    'https://me:secret@h.example',
    'https://h.example@evil.example',
    'https://',
    'https:///v1',
    'https://a b/v1',
    'https://h.example/v1 https://evil.example/v1',
    'https://h.example/v1 /chat/completions',
    'OPENAI_BASE_URL=https://h.example/v1',
    'https://https://h.example',
    'https://<resource>.example',
    'https://{resource}.example/v1',
    'https://h.example:port/v1',
  ])('%s leaves the model out: no other host is made of it', (address) => {
    expect(baseOf('openai/x', address)).toBeUndefined();
  });

  test.each([
    ['https://h.example/v1/chat/completions', true],
    ['https://h.example/v1?a=b', true],
    ['https://h.example/v1/', false],
    ['https://h.example/v1', false],
  ])('what was changed of %s is told: %j', (address, told) => {
    const entry = `{ model_name: a, litellm_params: { model: openai/x, api_base: "${address}" } }`;
    const notes = load(listOf(entry)).problems.filter(({ severity }) => severity === 'note');
    expect(notes.map(({ line, message }) => [line, message])).toEqual(
      told ? [[3, 'is read as https://h.example/v1']] : [],
    );
  });

  test('scheme, host and port never change, whatever the path', () => {
    const segment = fc.constantFrom(
      'v1',
      'v1beta',
      'api',
      'chat',
      'completions',
      'messages',
      'models',
      'openai',
      'deployments',
      'd',
      '%2e%2e',
      '',
      '..',
      'responses',
      ':80',
    );
    const origin = fc.constantFrom(
      'https://h.example',
      'http://127.0.0.1:8080',
      'https://api.openai.com',
      'http://[::1]:11434',
      'https://a.openai.azure.com',
      'http://localhost:1234',
    );
    const end = fc.constantFrom('', '/', '?a=https://evil.example', '#@evil.example', '//');
    fc.assert(
      fc.property(
        fc.constantFrom(...vendors),
        origin,
        fc.array(segment, { maxLength: 6 }),
        end,
        (vendor, host, path, tail) => {
          const address = `${host}/${path.join('/')}${tail}`;
          fc.pre(vendor.protocol !== 'editor' && baseProblem(address) === undefined);
          const { base } = readBase(vendor, address);
          expect(new URL(base).origin).toBe(new URL(host).origin);
        },
      ),
      { numRuns: runs(500) },
    );
  });
});
