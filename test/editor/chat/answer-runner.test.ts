import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { createAnswerRunner } from '../../../src/editor/chat/answer-runner';
import { newTurn } from '../../../src/editor/chat/turn';
import { viewOf } from '../../../src/editor/chat/turn-view';
import { decided, finished, question } from './conversation-stage';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** When, in ms after the question, something is told to be kept. */
async function changesOf(answer: () => AsyncGenerator<AnswerEvent>): Promise<readonly number[]> {
  const startedMs = Date.now();
  const changes: number[] = [];
  const turn = newTurn('t', question('Why?'));
  const runner = createAnswerRunner(
    {
      conduit: () => Promise.resolve({ answer, allowOver: () => Promise.resolve() }),
      target: () => Promise.resolve({ pool: 'default' }),
      agreeToCost: () => Promise.resolve('once'),
      post: () => undefined,
      onAnswering: () => undefined,
      onAnswered: () => undefined,
      onChanged: () => changes.push(Date.now() - startedMs),
    },
    'conversation',
    [turn],
    { viewOf, onFinished: () => Promise.resolve() },
  );
  runner.start(turn, turn.answer);
  await vi.advanceTimersByTimeAsync(20_000);
  return changes;
}

test('a long answer is kept with its decision, every few seconds while it comes, and whole', async () => {
  const changes = await changesOf(async function* () {
    yield decided;
    for (let tenths = 0; tenths < 100; tenths += 1) {
      await sleep(100);
      yield { type: 'text', text: 'x' };
    }
    yield finished('strong');
  });
  expect(changes).toEqual([0, 250, 3_100, 6_100, 9_100, 10_000]);
});

test('nothing is written while a request goes out, nor after its answer ended', async () => {
  const changes = await changesOf(async function* () {
    yield decided;
    await sleep(200);
    yield { type: 'text', text: 'x' };
    yield finished('strong');
  });
  expect(changes).toEqual([0, 200]);
});

test('the text of an answer is handed on with what it answers once it has ended; one without text isn’t', async () => {
  const handed: unknown[] = [];
  const turn = newTurn('t', question('Why?'));
  const scripts: AnswerEvent[][] = [
    [decided, finished('strong')],
    [decided, { type: 'text', text: 'Because' }, { type: 'text', text: ' of it.' }, finished('strong')],
  ];
  const runner = createAnswerRunner(
    {
      conduit: () =>
        Promise.resolve({
          allowOver: () => Promise.resolve(),
          answer: async function* () {
            yield* await Promise.resolve(scripts.shift() ?? []);
          },
        }),
      target: () => Promise.resolve({ pool: 'default' }),
      agreeToCost: () => Promise.resolve('once'),
      post: () => undefined,
      onAnswering: () => undefined,
      onAnswered: () => undefined,
      onText: (...text) => handed.push(text),
      onChanged: () => undefined,
    },
    'conversation',
    [turn],
    { viewOf, onFinished: () => Promise.resolve() },
  );
  for (const _ of [1, 2]) {
    runner.start(turn, turn.answer);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  const by = { decisionId: expect.any(String) as string, deploymentId: 'strong' };
  expect(handed).toEqual([[by, 'Because of it.', [{ role: 'user', text: 'Why?' }]]]);
});
