import { expect, test } from 'vitest';
import { callOptionsOf } from '../../../src/editor/language-model/model-options';

test.each([
  [undefined, {}],
  [{}, {}],
  [
    { temperature: 0.3, max_tokens: 77 },
    { temperature: 0.3, maxOutputTokens: 77 },
  ],
  [{ max_tokens: 77, max_completion_tokens: 66 }, { maxOutputTokens: 66 }],
  [{ max_output_tokens: 5 }, { maxOutputTokens: 5 }],
  [{ maxTokens: 5.9 }, { maxOutputTokens: 5 }],
  [{ temperature: 'hot', max_tokens: -1, top_p: null }, {}],
  [
    { temperature: 3, top_p: -1 },
    { temperature: 2, extraBody: { top_p: 0 } },
  ],
  [{ topP: 0.9 }, { extraBody: { top_p: 0.9 } }],
  [{ reasoning_effort: 'high' }, { reasoningEffort: 'high' }],
  [{ reasoningEffort: 'Low' }, { reasoningEffort: 'low' }],
  [{ reasoning: { effort: 'xhigh', summary: 'auto' } }, { reasoningEffort: 'xhigh' }],
  [{ output_config: { effort: 'max' } }, { reasoningEffort: 'xhigh' }],
  [{ effort: 'minimal' }, { reasoningEffort: 'minimal' }],
  [
    { reasoning_effort: 'auto', thinking: { type: 'enabled', budget_tokens: 8_000 } },
    { reasoningEffort: 'medium' },
  ],
  [{ thinking: { type: 'enabled', budget_tokens: 1_024 } }, { reasoningEffort: 'low' }],
  [{ thinking: { type: 'enabled', budget_tokens: 64_000 } }, { reasoningEffort: 'high' }],
  [{ thinking: { type: 'disabled' } }, { reasoningEffort: 'none' }],
  [{ thinking: true, reasoning: 'much' }, {}],
  [{ _capturingTokenCorrelationId: 'x', _otelTraceContext: null, api_key: 'k', stream: false }, {}],
])('of the options %j those that can be understood hold', (options, understood) => {
  expect(callOptionsOf(options)).toEqual(understood);
});

test('what the caller sends goes before what the user set in the editor', () => {
  expect(callOptionsOf({ temperature: 1 }, { temperature: 0, reasoningEffort: 'high' })).toEqual({
    temperature: 1,
    reasoningEffort: 'high',
  });
});
