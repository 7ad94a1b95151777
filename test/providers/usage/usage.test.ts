import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargedByTier } from '../../../src/providers/usage/charged-otherwise';
import { readChatUsage } from '../../../src/providers/usage/chat-usage';
import { createMessagesUsage } from '../../../src/providers/usage/messages-usage';
import { readResponsesUsage } from '../../../src/providers/usage/responses-usage';

const usage = (inputTokens: number, outputTokens: number, more = {}) => ({
  inputTokens,
  outputTokens,
  cachedInputTokens: 0,
  ...more,
});
const chat = (prompt_tokens: unknown, completion_tokens: unknown, total_tokens?: unknown, more = {}) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens,
  ...more,
});
const thought = (reasoning_tokens: unknown) => ({ completion_tokens_details: { reasoning_tokens } });
const cached = (cached_tokens: unknown) => ({ prompt_tokens_details: { cached_tokens } });
const uncertain = { uncertain: true };

describe('what a model thought', () => {
  test.each([
    ['beside, by the total', chat(40, 11, 171, thought(120)), usage(40, 131, { reasoningTokens: 120 })],
    ['inside, by the total', chat(40, 131, 171, thought(120)), usage(40, 131, { reasoningTokens: 120 })],
    ['in the total alone', chat(40, 11, 171), usage(40, 131, { reasoningTokens: 120 })],
    [
      'more than the output',
      chat(40, 11, undefined, thought(120)),
      usage(40, 131, { reasoningTokens: 120, ...uncertain }),
    ],
    [
      'either, with no total',
      chat(40, 131, null, thought(120)),
      usage(40, 131, { reasoningTokens: 120, ...uncertain }),
    ],
    [
      'more than a whole that the total has',
      chat(40, 11, 51, thought(120)),
      usage(40, 131, { reasoningTokens: 120, ...uncertain }),
    ],
    [
      'none, and a total that says some',
      chat(40, 11, 171, thought(0)),
      usage(40, 131, { reasoningTokens: 120, ...uncertain }),
    ],
  ])('%s', (_where, raw, expected) => {
    expect(readChatUsage(raw, true)).toEqual(expected);
  });

  test('is told by what is known of the vendor, where there is no total', () => {
    expect(readChatUsage(chat(40, 131, undefined, thought(120)), true, true)).toEqual(
      usage(40, 251, { reasoningTokens: 120 }),
    );
    expect(readChatUsage(chat(40, 11), true, true)).toEqual(usage(40, 11, uncertain));
    expect(readChatUsage(chat(40, 131, 171, thought(120)), true, true)).toEqual(
      usage(40, 131, { reasoningTokens: 120 }),
    );
  });

  test('is part of the output of the Responses API', () => {
    const raw = { input_tokens: 40, output_tokens: 131, output_tokens_details: { reasoning_tokens: 120 } };
    expect(readResponsesUsage(raw, true)).toEqual(usage(40, 131, { reasoningTokens: 120 }));
    expect(readResponsesUsage({ ...raw, total_tokens: 500 }, true)).toMatchObject(uncertain);
  });
});

describe('what a cache held', () => {
  test.each([
    ['is part of the input', chat(100, 10, 110, cached(80)), usage(100, 10, { cachedInputTokens: 80 })],
    ['stands beside it', chat(20, 10, 110, cached(80)), usage(100, 10, { cachedInputTokens: 80 })],
    ['exceeds it', chat(100, 10, 110, cached(500)), usage(600, 10, { cachedInputTokens: 500, ...uncertain })],
    [
      'of a Messages API in another’s words, beside',
      { input_tokens: 20, output_tokens: 10, cache_read_input_tokens: 80 },
      usage(100, 10, { cachedInputTokens: 80 }),
    ],
    [
      'of a gateway, which may be either',
      chat(100, 10, 110, { cache_read_input_tokens: 80 }),
      usage(100, 10, { cachedInputTokens: 80, ...uncertain }),
    ],
    [
      'by hits and misses',
      chat(100, 10, 110, { prompt_cache_hit_tokens: 80, prompt_cache_miss_tokens: 20 }),
      usage(100, 10, { cachedInputTokens: 80 }),
    ],
    [
      'by hits and misses that are not the whole',
      chat(100, 10, 110, { prompt_cache_hit_tokens: 80, prompt_cache_miss_tokens: 50 }),
      usage(100, 10, { cachedInputTokens: 80, ...uncertain }),
    ],
  ])('%s', (_where, raw, expected) => {
    expect(readChatUsage(raw, true)).toEqual(expected);
  });
});

describe('a report', () => {
  test.each([
    ['of texts', chat('40', ' 131.0', '171', thought('120')), usage(40, 131, { reasoningTokens: 120 })],
    ['with nulls', chat(40, 11, 51, { prompt_tokens_details: null, ...thought(null) }), usage(40, 11)],
    ['with details that are none', chat(40, 11, 51, cached('many')), usage(40, 11, uncertain)],
    ['with a fraction', chat(40.4, 11), usage(40, 11, uncertain)],
    ['without its output', chat(40, undefined, 51), usage(40, 11, uncertain)],
    [
      'with sounds',
      chat(40, 11, 51, { prompt_tokens_details: { audio_tokens: 3 } }),
      usage(40, 11, uncertain),
    ],
    ['of another tier', chat(40, 11, 51, { service_tier: 'priority' }), usage(40, 11, uncertain)],
    [
      'with predictions that exceed the output',
      chat(40, 11, 51, { completion_tokens_details: { rejected_prediction_tokens: 12 } }),
      usage(40, 11, uncertain),
    ],
    ['of the usual tier', chat(40, 11, 51, { service_tier: 'standard' }), usage(40, 11)],
    ['of Ollama’s own', { prompt_eval_count: 40, eval_count: 11 }, usage(40, 11)],
  ])('%s is read', (_what, raw, expected) => {
    expect(readChatUsage(raw, true)).toEqual(expected);
  });

  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['zeros', chat(0, 0, 0)],
    ['an output of zero', chat(40, 0, 40)],
    ['an input of zero', chat(0, 11, 11)],
    ['less than nothing', chat(-1, 11)],
    ['no number', chat('many', 'more')],
    ['more than anybody sends', chat(1e15, 11)],
  ])('that says %s is none', (_what, raw) => {
    expect(readChatUsage(raw, true)).toBeUndefined();
  });

  test('may say zero of an answer that never came', () => {
    expect(readChatUsage(chat(40, 0, 40), false)).toEqual(usage(40, 0));
  });
});

describe('Anthropic’s reports', () => {
  const after = (...reports: readonly unknown[]) => {
    const usage = createMessagesUsage();
    for (const report of reports) usage.add(report);
    return usage;
  };

  test('count the whole answer so far: a later zero erases nothing', () => {
    const whole = after(
      { input_tokens: 1234, output_tokens: 1 },
      { input_tokens: 0, output_tokens: 200, cache_read_input_tokens: 0 },
    );
    expect(whole.usage(true)).toEqual(usage(1234, 200));
  });

  test('have no output before a total is told', () => {
    const begun = after({ input_tokens: 1234, output_tokens: 1 });
    expect(begun.usage(true)).toBeUndefined();
    expect(begun.soFar()).toEqual(usage(1234, 1));
    expect(after(undefined).soFar()).toBeUndefined();
    expect(after({ input_tokens: 1234, output_tokens: 1 }, { output_tokens: 0 }).usage(true)).toBeUndefined();
    const message = createMessagesUsage();
    message.add({ input_tokens: 12, output_tokens: 3 }, true);
    expect(message.usage(true)).toEqual(usage(12, 3));
  });

  test('tell how long what was written is kept', () => {
    const cache_creation = { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 60 };
    const written = { input_tokens: 10, cache_creation_input_tokens: 100, cache_creation };
    expect(after(written, { output_tokens: 2 }).usage(true)).toEqual(
      usage(110, 2, { cacheWriteTokens: 100, cacheWriteHourTokens: 60 }),
    );
    expect(after({ ...written, cache_creation_input_tokens: 70 }, { output_tokens: 2 }).usage(true)).toEqual(
      usage(110, 2, { cacheWriteTokens: 100, cacheWriteHourTokens: 60, ...uncertain }),
    );
  });

  test('that get less can’t be true', () => {
    const less = after({ input_tokens: 1234 }, { input_tokens: 100, output_tokens: 7 }, { output_tokens: 3 });
    expect(less.usage(true)).toEqual(usage(100, 7, uncertain));
    const moved = after(
      { input_tokens: 1234 },
      { input_tokens: 34, cache_read_input_tokens: 1200, output_tokens: 7 },
    );
    expect(moved.usage(true)).toEqual(usage(1234, 7, { cachedInputTokens: 1200 }));
  });
});

test('a reply says at which tier it was served', () => {
  expect(chargedByTier({ service_tier: 'default' })).toBe(false);
  expect(chargedByTier({ x: 1 })).toBe(false);
  expect(chargedByTier({ service_tier: 'flex' })).toBe(true);
  expect(chargedByTier({ response: { service_tier: 'Flex' } }, 'flex')).toBe(false);
  expect(chargedByTier({ service_tier: 'default' }, 'priority')).toBe(true);
  expect(chargedByTier({ usage: { service_tier: 'batch' } }, 'auto')).toBe(true);
});

const anyCount = fc.oneof(
  fc.nat(1_000),
  fc.constantFrom(null, undefined, 0, '7', '-3', -1, NaN, {}, 'x', 1e20),
);

test('no report makes parts that exceed the whole, and none throws', () => {
  const anyReport = fc.record({
    prompt_tokens: anyCount,
    completion_tokens: anyCount,
    total_tokens: anyCount,
    prompt_tokens_details: fc.oneof(
      fc.constant(null),
      fc.record({ cached_tokens: anyCount, cache_write_tokens: anyCount }),
    ),
    completion_tokens_details: fc.oneof(fc.constant([]), fc.record({ reasoning_tokens: anyCount })),
    cache_creation: fc.record({ ephemeral_1h_input_tokens: anyCount, ephemeral_5m_input_tokens: anyCount }),
  });
  fc.assert(
    fc.property(anyReport, fc.boolean(), fc.boolean(), (raw, answered, beside) => {
      for (const read of [readChatUsage(raw, answered, beside), readResponsesUsage(raw, answered)]) {
        if (read === undefined) continue;
        const { cacheWriteTokens: written = 0, cacheWriteHourTokens: hour = 0 } = read;
        expect(read.cachedInputTokens + written).toBeLessThanOrEqual(read.inputTokens);
        expect(hour).toBeLessThanOrEqual(written);
        expect(read.reasoningTokens ?? 0).toBeLessThanOrEqual(read.outputTokens);
      }
    }),
  );
});

test('a report whose total is none of the sums is never certain', () => {
  const counts = fc.record({
    input: fc.integer({ min: 1, max: 500 }),
    output: fc.integer({ min: 1, max: 500 }),
    held: fc.nat(900),
    thoughts: fc.integer({ min: 1, max: 900 }),
    total: fc.integer({ min: 1, max: 3_000 }),
  });
  fc.assert(
    fc.property(counts, fc.boolean(), ({ input, output, held, thoughts, total }, beside) => {
      const sums = [0, held].flatMap((a) => [0, thoughts].map((b) => input + output + a + b));
      fc.pre(!sums.includes(total));
      const raw = chat(input, output, total, { ...cached(held), ...thought(thoughts) });
      expect(readChatUsage(raw, true, beside)?.uncertain ?? true).toBe(true);
    }),
  );
});

test('parts that exceed their whole, with no total that explains it, are never certain', () => {
  const parts = fc.record({
    input: fc.integer({ min: 1, max: 500 }),
    output: fc.integer({ min: 1, max: 500 }),
    more: fc.integer({ min: 1, max: 500 }),
    ofInput: fc.boolean(),
    withTotal: fc.boolean(),
  });
  fc.assert(
    fc.property(parts, ({ input, output, more, ofInput, withTotal }) => {
      const part = ofInput ? cached(input + more) : thought(output + more);
      const raw = chat(input, output, withTotal ? input + output : undefined, part);
      expect(readChatUsage(raw, true)).toMatchObject(uncertain);
    }),
  );
});
