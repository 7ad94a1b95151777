import { expect, test } from 'vitest';
import { z } from 'zod';
import { failureFromError, failureFromStreamedError } from '../../src/providers/failures/failure-from';
import { fixture } from './stream-helpers';

/** Refusals as vendors word them: what they are, the status, the body, and what must stand in the detail. */
const told = z
  .record(
    z.string(),
    z.array(z.object({ reason: z.string(), status: z.number(), detail: z.string(), body: z.unknown() })),
  )
  .parse(JSON.parse(fixture('refusals/vendors.json')));

const context = { key: '', host: 'api.example' };
const failureOf = (status: number, body: unknown) =>
  failureFromError(
    undefined,
    { status, body: typeof body === 'string' ? body : JSON.stringify(body) },
    context,
  );

test.each(Object.entries(told).flatMap(([vendor, list]) => list.map((one) => ({ vendor, ...one }))))(
  '$vendor, $status: $reason ($detail)',
  ({ reason, status, body, detail }) => {
    const failure = failureOf(status, body);
    expect(failure).toMatchObject({ reason, status });
    expect(failure.detail).toContain(detail);
  },
);

test.each<readonly [reason: string, body: unknown, detail: string]>([
  [
    'context-too-long',
    {
      object: 'error',
      message: 'The prompt is longer than the maximum context length of 4096 tokens.',
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    '4096',
  ],
  ['invalid-request', { code: 400, details: 'logprobs above the allowed 20' }, 'logprobs above'],
  ['server-error', { message: 'The worker has run out of memory.', type: 'server_error' }, 'memory'],
  [
    'invalid-request',
    {
      error: {
        object: 'error',
        message: 'This model takes no images.',
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    },
    'no images',
  ],
  [
    'context-too-long',
    'The number of tokens to keep from the initial prompt is greater than the context length.',
    'to keep',
  ],
  [
    'context-too-long',
    {
      type: 'error',
      sequence_number: 2,
      error: {
        type: 'tokens',
        code: 'rate_limit_exceeded',
        message: 'Request too large for gpt-4.1 on tokens per min (TPM): Limit 20000, Requested 25100.',
        param: null,
      },
    },
    '25100',
  ],
  [
    'malformed-stream',
    {
      error: {
        message: 'Failed to call a function.',
        type: 'invalid_request_error',
        code: 'tool_use_failed',
        status_code: 400,
      },
    },
    'Failed',
  ],
  [
    'not-found',
    {
      error: {
        message: 'The model lantern-8b is not loaded.',
        type: 'invalid_request_error',
        code: 'model_not_found',
      },
    },
    'lantern-8b',
  ],
  ['quota', { error: { message: 'Insufficient balance for this account.', code: 402 } }, 'Insufficient'],
  [
    'refused-key',
    {
      type: 'error',
      error: { type: 'authentication_error', message: 'The token of this gateway has run out.' },
    },
    'gateway',
  ],
  ['not-found', { error: 'Unexpected endpoint or method. (POST /chat/completions)' }, 'Unexpected'],
  [
    'rate-limit',
    {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Slower, please.' } },
    },
    'Slower',
  ],
  [
    'server-error',
    {
      id: 'c',
      choices: [
        { index: 0, error: { code: 502, message: 'The provider went away.' }, finish_reason: 'error' },
      ],
    },
    'went away',
  ],
  ['rate-limit', { error: { code: 429, message: 'Provider returned error' } }, 'Provider'],
  [
    'server-error',
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'Overloaded',
  ],
  ['server-error', {}, 'broke the answer off'],
  ['server-error', { error: { message: 'Hm.' } }, 'Hm.'],
])('within a stream: %s (%j)', (reason, body, detail) => {
  const failure = failureFromStreamedError(body, context);
  expect(failure.reason).toBe(reason);
  expect(failure.detail).toContain(detail);
});

test('a wait that a streamed error asks for is kept', () => {
  const error = {
    error: { message: 'Rate limit reached. Please try again in 12s.', code: 'rate_limit_exceeded' },
  };
  expect(failureFromStreamedError(error, context)).toMatchObject({
    reason: 'rate-limit',
    retryAfterMs: 12_000,
  });
});

test('a key that stands in the deepest cause is taken out', () => {
  const raw = '{"error":{"message":"Incorrect API key provided: correct-horse-battery."}}';
  const body = { error: { message: 'Provider returned error', code: 401, metadata: { raw } } };
  const reply = { status: 401, body: JSON.stringify(body) };
  const failure = failureFromError(undefined, reply, { key: 'correct-horse-battery', host: 'api.example' });
  expect(failure.reason).toBe('refused-key');
  expect(failure.detail).not.toContain('horse');
});
