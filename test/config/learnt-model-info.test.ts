import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withLearntModelInfo } from '../../src/config/file/learnt-model-info';

const text = `# my models
model_list:
  - model_name: gpt            # the pool
    litellm_params: { model: litellm_proxy/fast }
    model_info:
      id: fast                 # a name
      quality: 0.5
  - model_name: gpt
    litellm_params: { model: litellm_proxy/strong }
    model_info: { id: strong, quality: 0.9 }
  - model_name: gpt
    litellm_params: { model: litellm_proxy/other }
    model_info:
      id: other
`;
const learnt = new Map([
  ['fast', { inputUsdPerToken: 1.23456e-7, outputUsdPerToken: 4e-7, quality01: 0.6789 }],
  ['strong', { inputUsdPerToken: 3e-6, outputUsdPerToken: 15e-6 }],
]);

test('prices and qualities are written into model_info, and nothing else changes', () => {
  const changed = withLearntModelInfo(text, learnt);
  const models = (parse(changed) as { model_list: { model_info: unknown }[] }).model_list;
  expect(models.map(({ model_info }) => model_info)).toEqual([
    { id: 'fast', input_cost_per_token: 1.235e-7, output_cost_per_token: 4e-7, quality: 0.68 },
    { id: 'strong', quality: 0.9, input_cost_per_token: 3e-6, output_cost_per_token: 1.5e-5 },
    { id: 'other' },
  ]);
  const lines = (from: string): string[] => from.split('\n');
  const lost = lines(text).filter((line) => !lines(changed).includes(line));
  expect(lost).toEqual(['      quality: 0.5', '    model_info: { id: strong, quality: 0.9 }']);
  expect(changed).toContain('      id: fast                 # a name\n');
});

test('written twice it is the same text, and broken YAML is left alone', () => {
  const once = withLearntModelInfo(text, learnt);
  expect(withLearntModelInfo(once, learnt)).toBe(once);
  expect(withLearntModelInfo('model_list: [', learnt)).toBe('model_list: [');
  expect(withLearntModelInfo('', learnt)).toBe('');
});

test('numbers are written so that YAML 1.1 reads them as numbers too', () => {
  expect(withLearntModelInfo(text, learnt)).toContain('output_cost_per_token: 4.0e-7\n');
});
