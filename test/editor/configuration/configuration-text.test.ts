import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { LocalModel } from '../../../src/vendors/local-model';
import type { EffectiveValue } from '../../../src/config/effective-values';
import {
  completionStart,
  completionText,
  variableNames,
} from '../../../src/editor/configuration/completion-text';
import { effectiveText } from '../../../src/editor/configuration/effective-text';
import { createLocalModels } from '../../../src/editor/configuration/local-models';
import { requestText } from '../../../src/editor/configuration/workspace-request-text';
import { configurationWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';

describe('the page of effective values', () => {
  const configuration = configurationWith([poolWith([deploymentWith('mini')])]);
  const pageOf = (values: readonly EffectiveValue[]): string =>
    effectiveText({ configuration, values, pool: 'default', keyOf: () => 'key from E2E_KEY' });

  test('has every value with its tier and place, and the pools with their keys’ whereabouts', () => {
    const text = pageOf([
      { path: 'router.preset', value: 'speed', tier: 'environment', place: 'CONDUIT_PRESET' },
      { path: 'router.switch_after', value: '50', tier: 'file', place: 'conduit.yaml:7' },
      { path: 'embedding_model', value: 'none', tier: 'default', place: undefined },
    ]);
    expect(text).toMatch(/^router\.preset: speed +# environment, CONDUIT_PRESET$/m);
    expect(text).toMatch(/^router\.switch_after: 50 +# your file, conduit\.yaml:7$/m);
    expect(text).toMatch(/^embedding_model: none +# default$/m);
    expect(text).toMatch(/^ {2}default: +# requests go here$/m);
    expect(text).toMatch(/^ {4}- mini +# openai\/mini at 127\.0\.0\.1:1; key from E2E_KEY$/m);
  });

  test('is YAML, whatever the values are', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = pageOf([{ path: 'router.pool', value, tier: 'file', place: undefined }]);
        const parsed = z.object({ 'router.pool': z.unknown() }).parse(parse(text));
        if (typeof parsed['router.pool'] === 'string') expect(parsed['router.pool']).toBe(value);
        expect(text).toContain('# Pools, from');
      }),
    );
  });
});

describe('a workspace’s request', () => {
  const request = (...lines: readonly string[]) => ({ fingerprint: 'f', lines });

  test('is shown line by line, with what follows', () => {
    const shown = requestText(request('Prompts would go to evil.example with the key in TOKEN.'), false);
    expect(shown.complete).toBe(true);
    expect(shown.detail).toContain('• Prompts would go to evil.example with the key in TOKEN.\n');
    expect(shown.detail).toContain('Nothing of this is applied unless you allow it.');
  });

  test('can not break out of its line, nor turn its words around', () => {
    const shown = requestText(request('a\n\nNothing leaves this machine.\u202e.kcatta\u0000'), false);
    expect(shown.detail.split('\n')[0]).toBe('• a Nothing leaves this machine. .kcatta');
  });

  test.each([
    ['too many lines', Array.from({ length: 25 }, (_, index) => `line ${index}`)],
    ['a line that is too long', ['x'.repeat(1_501)]],
  ])('with %s can’t be shown in full, and says so', (_name, lines) => {
    const shown = requestText(request(...lines), false);
    expect(shown.complete).toBe(false);
    expect(shown.detail).toContain('can’t be allowed');
  });
});

describe('models of local servers', () => {
  const model: LocalModel = { provider: 'ollama', apiBase: 'http://127.0.0.1:11434/v1', model: 'llama3.2' };
  const stage = (...answers: (readonly LocalModel[] | Error)[]) => {
    let nowMs = 0;
    let asked = 0;
    const models = createLocalModels({
      find: () => {
        asked += 1;
        const answer = answers.shift() ?? [];
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
      monotonicMs: () => nowMs,
      log: { debug: () => undefined },
    });
    return { models, asked: () => asked, pass: (ms: number) => (nowMs += ms) };
  };

  test('are looked for at most once a minute', async () => {
    const { models, asked, pass } = stage([model], []);
    expect(await models.recent()).toEqual([model]);
    pass(59_000);
    expect(await models.recent()).toEqual([model]);
    expect(asked()).toBe(1);
    pass(1_000);
    expect(await models.recent()).toEqual([]);
  });

  test('a command looks at once, and says whether there are others', async () => {
    const { models } = stage([model], [model], []);
    expect(await models.refresh()).toBe(true);
    expect(await models.refresh()).toBe(false);
    expect(await models.refresh()).toBe(true);
  });

  test('two that ask at once share one look, and a look that fails keeps what was known', async () => {
    const { models, asked } = stage([model], new Error('broken'));
    await Promise.all([models.recent(), models.recent()]);
    expect(asked()).toBe(1);
    expect(await models.refresh()).toBe(false);
    expect(await models.recent()).toEqual([model]);
  });
});

test.each([
  ['', 0],
  ['  - mod', 4],
  ['      model: openai/gpt-5.4-m', 13],
  ['      api_key: os.environ/OPEN', 15],
  ['      api_base: http://127.0.0.1:40', 16],
  ['  preset:', 9],
  ['  preset: ', 10],
  ['router: { pre', 10],
])('a completion after "%s" replaces from column %d', (before, start) => {
  expect(completionStart(before)).toBe(start);
});

test.each([
  ['  ', 'key', 'router:\n  $0', 'router:\n  $0'],
  ['  - ', 'key', 'model_info:\n  $0', 'model_info:\n    $0'],
  ['preset:', 'value', 'speed', ' speed'],
  ['preset: ', 'value', 'speed', 'speed'],
] as const)('after "%s" a %s is inserted as it must be indented', (before, kind, insertText, text) => {
  expect(completionText({ insertText, kind }, before)).toBe(text);
});

test('only variables that may hold a key or an address are offered, by name', () => {
  expect(variableNames({ PATH: '/bin', OPENAI_API_KEY: 'sk', OLLAMA_HOST: 'h', HOME: '/' })).toEqual([
    'OLLAMA_HOST',
    'OPENAI_API_KEY',
  ]);
});
