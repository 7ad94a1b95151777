import { describe, expect, test } from 'vitest';
import { jsonReply, reply } from '../replies';
import { data } from '../streams';
import { outcomeOf } from '../wire-case';
import { protocols } from './expectations';

/** The cause stands deeper in the error, or beside a general sentence: it is what is told. */

const cause = 'The lantern has no oil.';

describe.each(protocols)('%s', (_protocol, deployment) => {
  test.each([
    // decocms/studio#6827
    [
      'an event as text',
      {
        error: {
          message: 'Provider returned error',
          code: 400,
          metadata: {
            raw: `data: ${JSON.stringify({ error: { code: 'invalid_parameter_error', message: cause } })}\n\n`,
          },
        },
      },
    ],
    // diegosouzapw/OmniRoute#3044
    [
      'raw JSON',
      {
        error: {
          message: 'Provider returned error',
          code: 400,
          metadata: { raw: JSON.stringify({ error: { type: 'invalid_request_error', message: cause } }) },
        },
      },
    ],
    // NousResearch/hermes-agent#94199
    ['flat', { message: 'Provider returned error', code: 400, metadata: { raw: cause } }],
    [
      'twice nested',
      {
        error: {
          message: 'Error from provider: Provider returned error',
          error: { error: { message: cause } },
        },
      },
    ],
    [
      'a Python text',
      { error: { message: `Error code: 400 - {'error': {'message': '${cause}', 'param': None}}` } },
    ],
    [
      'Python’s bytes',
      {
        error: {
          message: `litellm.BadRequestError: Vertex_ai_betaException BadRequestError - b'{\\n "error": {\\n "code": 400,\\n "message": "${cause}"\\n }\\n}\\n'`,
        },
      },
    ],
    [
      'JSON in JSON in JSON',
      {
        error: {
          message: JSON.stringify({ error: { message: JSON.stringify({ error: { message: cause } }) } }),
        },
      },
    ],
    ['FastAPI', { detail: [{ type: 'value_error', loc: ['body', 'messages'], msg: cause }] }],
    ['a text for detail', { detail: cause }],
    ['Google’s list', [{ error: { code: 400, message: cause, status: 'INVALID_ARGUMENT' } }]],
    ['Cloudflare', { success: false, result: null, errors: [{ code: 5006, message: cause }], messages: [] }],
    ['a list of texts', { errors: [cause] }],
    ['MiniMax', { base_resp: { status_code: 2013, status_msg: cause } }],
    [
      'zod',
      {
        success: false,
        error: {
          name: 'ZodError',
          message: JSON.stringify([{ code: 'custom', path: ['x'], message: cause }]),
        },
      },
    ],
    [
      'a general sentence before it',
      { error: { message: 'Upstream request failed', upstream_error: { message: cause } } },
    ],
    ['a cause', { error: { message: 'An error occurred', cause: { message: cause } } }],
    [
      'an inner error',
      { error: { code: 'BadRequest', message: 'The request is invalid.', innererror: { message: cause } } },
    ],
    // AQBot-Desktop/AQBot#93, suyiiyii/AutoGLM-GUI#396
    [
      'in param',
      {
        error: {
          code: '400',
          message: 'Param Incorrect',
          param: cause,
          type: '',
        },
      },
    ],
    [
      'axios',
      {
        error: {
          message: 'Request failed with status code 400',
          response: { data: { error: { message: cause } } },
        },
      },
    ],
    [
      'beside data',
      {
        message: 'Request failed with status code 400',
        data: { error: { message: cause } },
      },
    ],
    [
      'ASP.NET',
      {
        type: 'https://tools.ietf.org/html/rfc9110',
        title: 'One or more validation errors occurred.',
        status: 400,
        errors: { lantern: [cause] },
      },
    ],
    ['Apigee', { fault: { faultstring: cause, detail: { errorcode: 'steps.x.Failed' } } }],
    ['AWS', { Message: cause }],
    [
      'Google’s details',
      {
        error: {
          code: 400,
          message: 'Bad Request',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.BadRequest',
              fieldViolations: [{ field: 'x', description: cause }],
            },
          ],
        },
      },
    ],
  ])('%s', async (_name, body) => {
    expect(await outcomeOf({ deployment }, jsonReply(400, body))).toMatchObject({
      end: 'failed',
      reason: 'invalid-request',
      detail: expect.stringContaining(cause) as string,
    });
  });
});

test.each([
  [
    'an object',
    {
      error: {
        message: 'Provider returned error',
        metadata: { raw: JSON.stringify({ error: { message: 'Insufficient Balance' } }) },
      },
    },
  ],
  ['flat', { message: 'Provider returned error', code: 402, metadata: { raw: 'Insufficient Balance' } }],
])('chat: within a stream, %s', async (_name, error) => {
  expect(await outcomeOf({}, reply(data(error)))).toMatchObject({
    reason: 'quota',
    detail: expect.stringContaining('Insufficient Balance') as string,
  });
});
