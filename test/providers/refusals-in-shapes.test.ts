import { expect, test } from 'vitest';
import { readVendorError } from '../../src/providers/failures/vendor-error';

/** The cause is told wherever a server puts it. */

const cause = 'The lantern has no oil.';
const general = 'Request failed with status code 400';

test.each<readonly [name: string, body: unknown]>([
  ['in param', { error: { code: '400', message: 'Param Incorrect', param: cause, type: '' } }],
  ['axios', { message: general, name: 'AxiosError', response: { data: { error: { message: cause } } } }],
  ['beside data', { error: { message: general }, data: { error: { message: cause } } }],
  ['data as text', { code: 400, message: 'Bad Request', data: cause }],
  ['data as JSON', { message: general, data: JSON.stringify({ error: { message: cause } }) }],
  ['ASP.NET', { title: 'One or more validation errors occurred.', status: 400, errors: { '$.x': [cause] } }],
  ['a model state', { Message: 'The request is invalid.', ModelState: { 'request.x': [cause] } }],
  ['Laravel', { message: 'The given data was invalid.', errors: { x: [cause] } }],
  ['Django', { non_field_errors: [cause] }],
  ['Apigee', { fault: { faultstring: cause, detail: { errorcode: 'steps.Failed' } } }],
  ['AWS', { Message: cause, __type: 'com.amazon.coral.service#ValidationException' }],
  ['AWS of old', { Error: { Code: 'Invalid', Message: cause } }],
  ['an exception', { modelStreamErrorException: { message: cause } }],
  [
    'Google’s details',
    {
      error: {
        code: 400,
        message: 'Bad Request',
        details: [{ '@type': 'BadRequest', fieldViolations: [{ field: 'contents', description: cause }] }],
      },
    },
  ],
  [
    'problem details',
    { title: 'Bad Request', status: 400, 'invalid-params': [{ name: 'x', reason: cause }] },
  ],
  ['Ory', { error: { status: 'Bad Request', message: 'Bad Request', reason: cause } }],
  ['GraphQL', { errors: [{ message: cause, extensions: { code: 'BAD_INPUT' } }] }],
  ['iFlytek', { header: { code: 10013, message: cause, sid: '1' } }],
  ['a text for error', { error: cause, message: 'Bad Request' }],
  ['an unknown field', { success: false, info: cause }],
])('%s', (_name, body) => {
  expect(readVendorError(body).message).toBe(cause);
});

test('what a server repeats of the request is no cause', () => {
  const asked = 'why is the key invalid?';
  for (const beside of [
    { config: { data: JSON.stringify({ messages: [{ content: asked }] }) } },
    { input: asked, prompt: asked },
    { data: JSON.stringify({ messages: [{ role: 'user', content: asked }] }) },
    { request: { messages: [{ content: asked }] } },
    { metadata: { provider_name: 'Lantern AI Studio', raw: '' } },
  ])
    expect(readVendorError({ error: { message: 'Bad Request', ...beside } }).message).toBe('Bad Request');
});

test('names the field that is wrong, not its sentence', () => {
  expect(readVendorError({ errors: { '$.temperature': [cause] } }).param).toBe('temperature');
  expect(readVendorError({ error: { message: 'Param Incorrect', param: cause } }).param).toBeUndefined();
  expect(readVendorError({ __type: 'com.amazon.coral.service#ThrottlingException' }).codes).toEqual([
    'ThrottlingException',
  ]);
});
