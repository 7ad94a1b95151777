import { expect, test } from 'vitest';
import { followUpsOf } from '../../../src/editor/participant/participant-follow-ups';
import type { TurnMetadata } from '../../../src/editor/participant/participant-history';
import { pastOf } from '../../../src/editor/participant/participant-history';
import { readRequest } from '../../../src/editor/participant/participant-request';

const turn: TurnMetadata = {
  conversationId: 'c',
  question: 'a',
  answer: 'Words.',
  decisionId: 'd',
  deploymentId: 'mini',
  pool: 'gpt',
};
const code = 'So:\n\n```ts\nlet a = 1;\n```\n';
const labels = (change: Partial<TurnMetadata>, models = 2): readonly string[] =>
  followUpsOf({ ...turn, ...change }, models).map(({ label }) => label);

test('another model and staying are offered where there is another', () => {
  expect(labels({})).toEqual(['Ask another model', 'Stay with mini']);
  expect(labels({}, 1)).toEqual([]);
  expect(labels({ lockedTo: { pool: 'gpt', deploymentId: 'mini' } })).toEqual([
    'Ask another model',
    'Let Conduit choose again',
  ]);
});

test('code is offered to be tested, and tests to be explained', () => {
  expect(labels({ answer: code }, 1)).toEqual(['Write tests for it']);
  expect(labels({ answer: code, command: 'tests' }, 1)).toEqual(['Explain it']);
});

test('nothing is offered where nothing was answered', () => {
  expect(labels({ answer: '' })).toEqual([]);
  expect(labels({ question: '', answer: '', deploymentId: undefined })).toEqual([]);
});

test('each does what it says when it is sent', () => {
  const pools = [{ name: 'gpt', deployments: [{ id: 'mini' }] }];
  const wanted = [...followUpsOf(turn, 2), ...followUpsOf({ ...turn, answer: code }, 2)].map((followUp) =>
    readRequest(followUp, pastOf([turn]), pools),
  );
  expect(wanted.map(({ kind }) => kind)).toEqual(['again', 'lock', 'question', 'again', 'lock']);
});
