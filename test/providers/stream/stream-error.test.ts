import { expect, test } from 'vitest';
import { errorIn } from '../../../src/providers/stream/stream-error';

test.each<object>([
  { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
  { choices: [{ delta: {} }], base_resp: { status_code: '1004', status_msg: 'login fail' } },
  { success: false, result: null, errors: [{ code: 5006, message: 'No oil.' }], messages: [] },
  { success: false, errors: [], messages: ['No oil.'] },
  { choices: null, error: { message: 'No oil.' } },
  { choices: [], code: 429, message: 'Slow down' },
  { choices: {}, usage: {}, code: 500, message: 'No oil.' },
  { choices: [], errors: ['No oil.'] },
  { errors: [{ message: 'No oil.' }], data: null },
  { error: true, message: 'No oil.' },
  { error: ['No oil.'] },
  { err: 'No oil.' },
  { data: { error: { message: 'No oil.' } } },
  { error_code: 336003, error_msg: 'No oil.' },
  { code: '1113', msg: 'No oil.' },
  { header: { code: 10013, message: 'No oil.', sid: '1' } },
  { throttlingException: { message: 'Slow down' } },
  { __type: 'ThrottlingException', Message: 'Slow down' },
  { fault: { faultstring: 'No oil.' } },
  { choices: [{ delta: { error: { message: 'No oil.' } } }] },
  { choices: [{ message: { error: 'No oil.' } }] },
  { choices: [{ delta: {} }, { error: { message: 'No oil.' } }] },
  { title: 'Bad Request', status: 400 },
  { status: 'failed', message: 'No oil.' },
])('an error: %j', (event) => {
  expect(errorIn('', event)).toBeDefined();
});

test.each<object>([
  { choices: [{ delta: { content: '4' } }], base_resp: { status_code: 0, status_msg: 'success' } },
  { choices: [{ delta: { content: '4' } }], success: true, errors: [], messages: [] },
  { choices: [{ message: { content: '4', error: null } }] },
  { choices: [{ delta: { content: '4' }, error: {} }], errors: null },
  { choices: [], usage: { total_tokens: 3 } },
  { code: 0, message: 'ok' },
  { code: 200, msg: 'success', choices: [{ delta: {} }] },
  { error: false, choices: [] },
  { error: 'null' },
  { type: 'message_start', message: { content: [], error: null } },
  { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Error 500' }] },
  { type: 'response.created', response: { error: null, status: 'in_progress' } },
  { status: 'processing', message: 'Working on it' },
  { type: 'ping' },
])('no error: %j', (event) => {
  expect(errorIn('', event)).toBeUndefined();
});
