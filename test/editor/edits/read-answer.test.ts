import { expect, test } from 'vitest';
import type { AnswerEvent } from '../../../src/core/answer-event';
import type { Answered } from '../../../src/editor/edits/read-answer';
import { readAnswer } from '../../../src/editor/edits/read-answer';
import { attemptWith, decisionWith } from '../../core/samples';

const decided: AnswerEvent = { type: 'decided', decision: decisionWith({ id: 'd', deploymentId: 'mini' }) };
const failure = { reason: 'server-error', detail: 'Overloaded.', status: 500 } as const;

async function read(...events: readonly AnswerEvent[]) {
  const grown: (readonly [string, Answered])[] = [];
  // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
  async function* stream(): AsyncGenerator<AnswerEvent> {
    yield* events;
  }
  const end = await readAnswer(stream(), (answer, by) => grown.push([answer, by]));
  return { grown, end };
}

test('the answer grows, and belongs to the model that gives it, after a fallback too', async () => {
  const { grown, end } = await read(
    decided,
    { type: 'fell-back', from: 'mini', to: 'strong', failure },
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
    { type: 'finished', attempt: attemptWith(), truncated: true },
  );
  const by = { decisionId: 'd', deploymentId: 'strong' };
  expect(grown).toEqual([
    ['', { ...by, deploymentId: 'mini' }],
    ['', by],
    ['a', by],
    ['ab', by],
  ]);
  expect(end).toMatchObject({ kind: 'finished', truncated: true });
  expect(end.kind === 'finished' && end.line).toBe('strong · $0.0003 · 1.4 s');
});

test('a failure says what happened and what can be done', async () => {
  const attempt = attemptWith({ deploymentId: 'mini', outcome: 'failed', failure });
  const { end } = await read(decided, { type: 'failed', attempt, failure, partial: false });
  expect(end).toMatchObject({ kind: 'failed', actions: ['retry', 'show-log'] });
  expect(end.kind === 'failed' && end.text).toContain('mini failed (server error): Overloaded.');
  const none = await read({ type: 'no-model', pool: 'gpt', excluded: [] });
  expect(none.end.kind === 'failed' && none.end.text).toContain('Nothing was sent.');
});

test('a failure in the middle says that nothing came of it: no answer stands above', async () => {
  const attempt = attemptWith({ deploymentId: 'mini', outcome: 'failed', failure });
  const { end } = await read(
    decided,
    { type: 'text', text: 'a' },
    { type: 'failed', attempt, failure, partial: true },
  );
  expect(end.kind === 'failed' && end.text).toBe(
    'mini failed (server error): Overloaded. Nothing was changed. Retry.',
  );
});

test('a stream that was stopped ends as that', async () => {
  const { end } = await read(decided, { type: 'stopped', attempt: attemptWith({ outcome: 'stopped' }) });
  expect(end).toEqual({ kind: 'stopped' });
});
