import { expect, test } from 'vitest';
import { editorModelFailure } from '../../../src/editor/editor-models/editor-model-failure';

const thrown = (code: string | undefined, message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), code === undefined ? {} : { code });

test.each([
  ['not-found', thrown('NotFound', '')],
  ['refused-key', thrown('NoPermissions', 'not allowed')],
  ['quota', thrown('Blocked', 'blocked')],
  ['quota', thrown('Unknown', 'You exceeded your premium request quota')],
  ['rate-limit', thrown(undefined, 'Too many requests')],
  ['content-filter', thrown('Unknown', 'The content filter refused it')],
  ['context-too-long', thrown(undefined, 'The prompt is too long')],
  ['timeout', thrown(undefined, 'Timed out')],
  ['network', thrown('Unknown', '', new Error('getaddrinfo ENOTFOUND copilot'))],
  ['server-error', thrown(undefined, 'Response contained no choices.')],
  ['server-error', 'a string'],
  ['server-error', undefined],
] as const)('%s', (reason, error) => {
  const failure = editorModelFailure(error, 'copilot/gpt-4o');
  expect(failure.reason).toBe(reason);
  expect(failure.detail).not.toBe('');
});

test('the detail is one line that names the model where the editor says nothing', () => {
  expect(editorModelFailure(thrown('NotFound', ''), 'copilot/gpt-4o').detail).toBe(
    'The editor has no model copilot/gpt-4o now.',
  );
  expect(editorModelFailure(thrown(undefined, 'one\ntwo'), 'a/b').detail).toBe('one two');
});
