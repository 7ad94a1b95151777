import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literalIn } from '../../src/providers/failures/literal';
import { readVendorError } from '../../src/providers/failures/vendor-error';

const said = 'The field is wrong.';

test.each<readonly [shape: string, body: unknown]>([
  ['a text', said],
  ['JSON in a text', JSON.stringify({ error: { message: said } })],
  ['an error that is a text', { error: said }],
  ['an error object', { error: { message: said } }],
  ['an error within an error', { error: { error: { message: said } } }],
  ['JSON within the message', { error: { message: JSON.stringify({ error: { message: said } }) } }],
  [
    'JSON within JSON within the message',
    { message: JSON.stringify({ error: JSON.stringify({ message: said }) }) },
  ],
  ['JSON behind other words', { message: `Upstream error: {"error": {"message": "${said}"}}` }],
  [
    'Python’s writing',
    { message: `Error code: 400 - {'error': {'message': '${said}', 'type': None, 'ok': False}}` },
  ],
  ['Python’s bytes', { message: `AnthropicException - b'{"type":"error","error":{"message":"${said}"}}'` }],
  ['an array of one', [{ error: { message: said } }]],
  ['a list of errors', { errors: [{ message: said, code: 7 }], success: false }],
  ['errors that are texts', { errors: [said] }],
  ['msg', { code: 7, msg: said }],
  ['detail', { detail: said }],
  ['details', { code: 7, details: said }],
  ['a detail object', { detail: { error: said } }],
  ['error_description', { error: 'invalid_request', error_description: said }],
  ['errorMessage', { errorMessage: said, errorType: 'x' }],
  ['a general error beside it', { error: 'Bad Request', message: said }],
  ['a general message and details', { message: 'Bad Request', details: said }],
  ['a title', { title: 'Bad Request', detail: said, status: 400 }],
  ['a response that failed', { response: { error: { message: said } } }],
  ['an error event', { type: 'error', sequence_number: 3, message: said, code: null, param: null }],
  ['a choice', { choices: [{ error: { message: said } }] }],
  [
    'a choice beside a general error',
    { error: { message: 'Provider returned error' }, choices: [{ error: { message: said } }] },
  ],
  [
    'raw JSON',
    {
      error: {
        message: 'Provider returned error',
        metadata: { raw: JSON.stringify({ error: { message: said } }) },
      },
    },
  ],
  ['raw text', { error: { message: 'Provider returned error', metadata: { raw: said } } }],
  ['a raw object', { error: { message: 'Provider returned error', metadata: { raw: { message: said } } } }],
  ['a base response', { base_resp: { status_code: 1004, status_msg: said } }],
  ['an event’s data', `event: error\ndata: {"error":{"message":"${said}"}}\n\n`],
  ['an inner error', { error: { code: 'BadRequest', message: 'Error', innererror: { message: said } } }],
])('the words are read from %s', (_shape, body) => {
  expect(readVendorError(body).message).toBe(said);
});

test.each<readonly [status: number | undefined, body: unknown]>([
  [402, { error: { message: said, code: 402 } }],
  [402, { error: { message: said, code: '402' } }],
  [429, { error: { message: said, status_code: 429 } }],
  [429, { message: said, type: 'rate_limited', code: '1300', raw_status_code: 429 }],
  [400, { message: said, status: 400 }],
  [400, { message: `<400> InternalError.Algo: ${said}` }],
  [429, { message: `Error code: 429 - ${said}` }],
  [
    503,
    {
      error: {
        message: 'Provider returned error',
        code: 500,
        metadata: { raw: '{"error":{"message":"x","code":503}}' },
      },
    },
  ],
  [undefined, { error: { message: said, code: 200 } }],
  [undefined, { error: { message: said, code: 1113 } }],
  [undefined, { error: { message: '400 tokens are too few' } }],
  [undefined, { error: { message: said, code: 'bad' } }],
])('status %s of %j', (status, body) => {
  expect(readVendorError(body).status).toBe(status);
});

test.each<readonly [param: string | undefined, body: unknown]>([
  ['temperature', { error: { message: said, param: 'temperature' } }],
  ['messages[0].role', { error: { message: said, param: 'messages[0].role', code: 'invalid_value' } }],
  ['stream_options', { detail: [{ loc: ['body', 'stream_options'], msg: said, type: 'extra_forbidden' }] }],
  ['role', { detail: [{ loc: ['body', 'messages', 0, 'role'], msg: said }] }],
  ['temperature', { message: { detail: [{ loc: ['body', 'temperature'], msg: said }] }, object: 'error' }],
  [
    'generation_config.top_k',
    {
      error: {
        code: 400,
        message: said,
        details: [
          {
            '@type': 'BadRequest',
            fieldViolations: [{ field: 'generation_config.top_k', description: 'Too large.' }],
          },
        ],
      },
    },
  ],
  [
    'top_p',
    {
      error: {
        message: 'Provider returned error',
        metadata: { raw: '{"error":{"message":"x","param":"top_p"}}' },
      },
    },
  ],
  [
    'temperature',
    {
      error: {
        message: `litellm.BadRequestError: OpenAIException - {'error': {'message': 'x', 'param': 'temperature'}}`,
        param: 'None',
      },
    },
  ],
  [undefined, { error: { message: said, param: null } }],
  [undefined, { error: { message: said, param: 'None' } }],
  [undefined, { detail: [{ loc: ['body'], msg: said }] }],
])('parameter %s of %j', (param, body) => {
  expect(readVendorError(body).param).toBe(param);
});

test('a field’s name stands before what is wrong with it', () => {
  const body = { detail: [{ loc: ['body', 'temperature'], msg: said, input: 'what I asked' }] };
  expect(readVendorError(body).message).toBe(`temperature: ${said}`);
});

test('the codes of the deepest cause come first', () => {
  const raw = JSON.stringify({ error: { message: said, type: 'inner_type', code: 'inner' } });
  const body = { error: { message: 'Provider returned error', code: 'outer', metadata: { raw } } };
  expect(readVendorError(body).codes).toEqual(['inner', 'inner_type', 'outer']);
});

test('what is quoted of the request is no cause', () => {
  const quoted = 'Invalid schema {"type": "object", "message": "insufficient balance"} for the function.';
  expect(readVendorError({ error: { message: quoted } }).message).toBe(quoted);
  const generated = { message: 'Broken call.', failed_generation: 'insufficient balance', code: 'broken' };
  expect(readVendorError({ error: generated })).toMatchObject({ message: 'Broken call.', codes: ['broken'] });
});

test.each([
  [
    '<html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>',
    'The server answered with a web page: Sign in – Please sign in',
  ],
  ['<!doctype html><title>Sign in</title>', 'The server answered with a web page: Sign in'],
  ['<html><script>var a = 1;</script></html>', 'The server answered with an empty web page.'],
])('a page is told as one: %s', (page, message) => {
  expect(readVendorError(page).message).toBe(message);
});

test('nothing is read from nothing', () => {
  for (const body of [undefined, null, 7, true, '', [], {}, { error: null }, { error: {} }])
    expect(readVendorError(body)).toEqual({
      message: undefined,
      codes: [],
      status: undefined,
      param: undefined,
    });
});

test('any JSON is read without a throw, and its own cause is found in any wrapping', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      fc.constantFrom('error', 'detail', 'message', 'raw'),
      (value, name) => {
        readVendorError(value);
        readVendorError(JSON.stringify(value));
        readVendorError({ [name]: value, error: { message: JSON.stringify(value) } });
      },
    ),
    { numRuns: 500 },
  );
});

test('JSON within a text is what it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.string(), (value, before) => {
      fc.pre(!/[{[]/.test(before));
      expect(literalIn(before + JSON.stringify(value))?.value).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('an endless nest is read no deeper than errors are', () => {
  let body: unknown = { message: said };
  for (let depth = 0; depth < 5_000; depth += 1) body = { error: body };
  expect(readVendorError(body).message).toBeUndefined();
  expect(literalIn('{"a":'.repeat(5_000))).toBeUndefined();
});
