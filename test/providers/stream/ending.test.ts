import { expect, test } from 'vitest';
import type { Ending } from '../../../src/providers/stream/ending';
import { endingOf } from '../../../src/providers/stream/ending';

const words: Readonly<Record<Ending, readonly string[]>> = {
  whole: [
    'stop',
    'STOP',
    'end_turn',
    'stop_sequence',
    'eos',
    'eos_token',
    'COMPLETE',
    'completed',
    'done',
    'finished',
    'FINISH_REASON_STOP',
    'normal',
    'endOfTurn',
  ],
  cut: [
    'length',
    'max_tokens',
    'MAX_TOKENS',
    'max_output_tokens',
    'model_length',
    'model_context_window_exceeded',
    'token_limit',
    'maxTokens',
    'MaxTokens',
    'context_length',
    'limit_reached',
    'max_new_tokens',
    'truncated',
    'FINISH_REASON_MAX_TOKENS',
  ],
  filtered: [
    'content_filter',
    'SAFETY',
    'safety',
    'content_filtered',
    'guardrail_intervened',
    'PROHIBITED_CONTENT',
    'BLOCKLIST',
    'RECITATION',
    'SPII',
    'IMAGE_SAFETY',
    'sensitive',
    'moderation',
    'blocked',
    'ContentFilter',
    'content_policy_violation',
  ],
  refused: ['refusal', 'refused', 'declined'],
  'tool-calls': ['tool_calls', 'tool_use', 'tool_call', 'function_call', 'toolUse', 'TOOL_CALL'],
  broken: [
    'error',
    'ERROR',
    'insufficient_system_resource',
    'network_error',
    'abort',
    'aborted',
    'cancelled',
    'timeout',
    'server_error',
    'MALFORMED_FUNCTION_CALL',
    'function_call_filter: MALFORMED_FUNCTION_CALL',
    'UNEXPECTED_TOOL_CALL',
    'OTHER',
    'model_overloaded',
    'disconnected',
    'interrupted',
    'failed',
    'pause_turn',
    'engine_overloaded',
  ],
};

test.each(Object.entries(words).flatMap(([ending, all]) => all.map((word) => [word, ending] as const)))(
  '%s: %s',
  (word, ending) => expect(endingOf(word)).toBe(ending),
);

test.each(['', ' ', 'null', 'None', 'undefined'])('%j says nothing', (word) => {
  expect(endingOf(word)).toBeUndefined();
});
