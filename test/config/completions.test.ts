import { describe, expect, test } from 'vitest';
import { completionsAt, hoverAt } from '../../src/config/file/completions';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import type { ConfigurationCompletion } from '../../src/config/file/completions';

/** A text with its cursor at "|". */
function placed(marked: string): readonly [text: string, line: number, column: number] {
  const at = marked.indexOf('|');
  const before = marked.slice(0, at).split('\n');
  return [marked.slice(0, at) + marked.slice(at + 1), before.length, (before.at(-1) ?? '').length + 1];
}

function complete(marked: string, names: readonly string[] = []): readonly ConfigurationCompletion[] {
  return completionsAt(...placed(marked), names);
}

function labels(marked: string): readonly string[] {
  return complete(marked).map(({ label }) => label);
}

const top = [
  'model_list',
  'router',
  'budgets',
  'signals',
  'cache',
  'judge',
  'ledger',
  'team',
  'instructions',
  'embedding_model',
];
const ofModel = ['model_name', 'litellm_params', 'model_info'];

describe('keys are offered at their level, in a file that is half-written', () => {
  test.each([
    ['|', top],
    ['mod|', top],
    ['router:\n  preset: cost\n|', top.filter((key) => key !== 'router')],
    ['cache:\n  |', ['enabled', 'redis_url']],
    ['cache:\n  enabled: true\n  |', ['redis_url']],
    ['cache: { |', ['enabled', 'redis_url']],
    ['cache: { enabled: true, |', ['redis_url']],
    ['model_list:\n  - |', ofModel],
    ['model_list:\n- |', ofModel],
    ['model_list:\n  - model_name: a\n    |', ofModel.slice(1)],
    ['model_list:\n  - model_name: a\n    litellm_params: { model: openai/x }\n  - |', ofModel],
    ['model_list:\n  - |\n    litellm_params: { model: openai/x }\n', ['model_name', 'model_info']],
    ['model_list:\n  - model_name: a\n    litellm_params:\n      |\nrouter: [', undefined],
    ['router:\n  preset: cost\n  nonsense:\n    |', []],
    ['# rou|', []],
    ['router: # |', []],
  ])('%j', (marked, expected) => {
    if (expected !== undefined) expect(labels(marked)).toEqual(expected);
    else expect(labels(marked)).toContain('api_base');
  });

  test('with what follows them, and with what they mean', () => {
    expect(complete('router:\n  pre|').find(({ label }) => label === 'preset')).toMatchObject({
      kind: 'key',
      insertText: 'preset: $0',
      documentation: expect.stringContaining('CONDUIT_PRESET') as string,
    });
    expect(complete('|').find(({ label }) => label === 'model_list')?.insertText).toBe('model_list:\n  - $0');
  });
});

describe('values are offered for their key', () => {
  test.each([
    ['router:\n  preset: |', ['balanced', 'quality', 'cost', 'speed']],
    ['router:\n  preset:|', ['balanced', 'quality', 'cost', 'speed']],
    ['router: { keep_prompts: |', ['true', 'false']],
    ['model_list:\n  - model_name: "a b"\n  - model_name: c # d\nrouter:\n  pool: |', ['a b', 'c']],
    ['model_list:\n  - model_name: gpt\n  - model_name: |', ['gpt']],
    ['model_list:\n  - model_name: a\n    model_info:\n      mode: |', ['chat', 'responses']],
    ['instructions: |', []],
    ['nonsense: |', []],
  ])('%j', (marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  test('the prefixes of providers, and none once one is written', () => {
    const model = (written: string): string =>
      `model_list:\n  - model_name: a\n    litellm_params:\n      model: ${written}|`;
    expect(labels(model(''))).toContain('openrouter/');
    expect(labels(model('open'))).toContain('openai/');
    expect(labels(model('openai/gpt'))).not.toContain('openai/');
  });

  test('variables for keys: the usual ones, those of the environment, and those that the file has', () => {
    const found = complete(
      'model_list:\n  - litellm_params: { model: x, api_key: os.environ/MINE }\n  - litellm_params:\n      api_key: os.environ/|',
      ['OUR_KEY'],
    ).map(({ insertText }) => insertText);
    expect(found).toEqual(
      expect.arrayContaining(['os.environ/OPENAI_API_KEY', 'os.environ/OUR_KEY', 'os.environ/MINE']),
    );
  });

  test('each is valid where it is offered', () => {
    for (const key of ['preset', 'keep_prompts']) {
      for (const { insertText } of complete(`router: { ${key}: |`)) {
        const { problems } = parseConfiguration(`model_list:\nrouter: { ${key}: ${insertText} }\n`);
        expect(problems.map(({ severity }) => severity)).toEqual(['warning']);
      }
    }
  });
});

describe('hovers', () => {
  test.each([
    ['rou|ter:\n  preset: cost', 'How Conduit chooses', 1, 7],
    ['router:\n  |preset: cost', 'CONDUIT_PRESET', 3, 9],
    ['router: { preset: co|st }', 'lowest price', 19, 23],
    ['model_list:\n  - model_name: a\n    litellm_params:\n      model: groq/lla|ma', 'Groq', 14, 24],
    ['model_list:\n  - model_name: a\n    litellm_params: { api_k|ey: x }', 'Set API Key', 23, 30],
    ['cache:\n  redis_url|: x', 'Redis', 3, 12],
  ])('%j', (marked, text, column, endColumn) => {
    const hover = hoverAt(...placed(marked));
    expect(hover?.text).toContain(text);
    expect(hover).toMatchObject({ column, endColumn });
  });

  test.each(['nonsense|: 1', '# router|', '|', 'router:\n  |', 'instructions: so|mething'])(
    'nothing is known of %j',
    (marked) => {
      expect(hoverAt(...placed(marked))).toBeUndefined();
    },
  );
});
