import { expect, test } from 'vitest';
import { z } from 'zod';
import { decidingRow, reasonOf, refusals } from '../../src/providers/failures/failure-reason';
import { bareCode } from '../../src/providers/failures/refusal-row';
import { fixture } from './stream-helpers';

const exampleSchema = z.object({
  /** Null where the error came within a stream. */
  status: z
    .number()
    .nullable()
    .transform((status) => status ?? undefined),
  codes: z.array(z.string()),
  message: z.string(),
});

/** For each row what it alone decides. */
const examples = z
  .record(z.string(), z.array(exampleSchema))
  .parse(JSON.parse(fixture('refusals/rows.json')));

test('every row has an example, and no two rows a name', () => {
  const ids = refusals.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(examples).sort()).toEqual([...ids].sort());
});

test.each(Object.entries(examples).flatMap(([id, list]) => list.map((example) => ({ id, ...example }))))(
  '$id decides $status $codes $message',
  ({ id, status, codes, message }) => {
    expect(decidingRow(codes, message, status).id).toBe(id);
  },
);

test.each<readonly [reason: string, status: number, codes: readonly string[], message: string]>([
  ['rate-limit', 429, [], 'You have exceeded the token limit per minute. Reduce your tokens per minute.'],
  [
    'rate-limit',
    429,
    ['rate_limit_error'],
    "This request would exceed your organization's rate limit of 50,000 input tokens per minute.",
  ],
  [
    'rate-limit',
    429,
    ['rate_limit_exceeded'],
    'Rate limit reached on tokens per min (TPM): Limit 200000, Used 199000, Requested 2000. Please try again in 300ms.',
  ],
  [
    'rate-limit',
    429,
    ['429'],
    'Requests have exceeded token rate limit of your current pricing tier. Please retry after 20 seconds.',
  ],
  [
    'rate-limit',
    429,
    ['rate_limit_exceeded'],
    'Rate limit reached on tokens per day (TPD): Limit 100000, Used 97050, Requested 3619. Please try again in 9m38s.',
  ],
  [
    'invalid-request',
    400,
    ['string_above_max_length'],
    "Invalid 'messages[2].tool_calls[0].id': string too long. Expected a string with maximum length 40.",
  ],
  [
    'invalid-request',
    400,
    ['invalid_request_error'],
    'max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens for claude-3-5',
  ],
  ['invalid-request', 400, [], 'The maximum tokens you requested exceeds the model limit of 4096.'],
  ['invalid-request', 400, [], '`temperature` is deprecated for this model.'],
  [
    'invalid-request',
    400,
    [],
    '`max_tokens` must be less than or equal to `8192`; the maximum value is less than the `context_window` for this model',
  ],
  ['invalid-request', 400, [], 'thinking budget must be at least 1024; budget_tokens exceeded max_tokens'],
  [
    'invalid-request',
    400,
    ['invalid_request_error'],
    'messages.1.content.0.image.source: image exceeds 5 MB maximum: 6000000 bytes > 5242880 bytes',
  ],
  ['invalid-request', 400, [], "Unsupported value: 'temperature' does not support 0.2 with this model."],
  [
    'not-found',
    404,
    ['model_not_found'],
    'The model `gpt-9` does not exist or you do not have access to it.',
  ],
  [
    'server-error',
    500,
    ['api_error'],
    'model requires more system memory (23.4 GiB) than is available (12.1 GiB)',
  ],
  ['refused-key', 401, ['invalid_request_error'], 'Invalid Authentication'],
])('%s, and no false friend: %s %j %s', (reason, status, codes, message) => {
  expect(reasonOf(codes, message, status)).toBe(reason);
});

test('what a server quotes of the request decides nothing', () => {
  const asked =
    'why do I get “rate limit exceeded” and “insufficient balance” from the API, and what is a context window exceeded error?';
  for (const quoted of [`"${asked}"`, `'${asked}'`, `\`${asked}\``])
    expect(reasonOf([], `Invalid value: ${quoted} is no role.`, 400)).toBe('invalid-request');
  const pydantic = `1 validation error: [type=string_type, input_value={'content': '${asked}'}, input_type=dict]`;
  expect(reasonOf([], pydantic, 400)).toBe('invalid-request');
});

test('codes are compared without case, separators and their last word', () => {
  const ways = ['rate_limit_error', 'RateLimitError', 'RATE-LIMIT', 'rate limit'];
  expect(new Set(ways.map(bareCode))).toEqual(new Set(['ratelimit']));
});

test('a long message takes no long time', () => {
  const before = performance.now();
  for (const piece of ['model ', 'limit 1 ', "'a ", '"', 'exceed context ', 'input '])
    reasonOf([], piece.repeat(20_000), 400);
  expect(performance.now() - before).toBeLessThan(2_000);
});
