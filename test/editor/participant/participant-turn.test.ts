import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { NextTurns } from '../../../src/editor/observations/next-turns';
import { createAskedPictures } from '../../../src/editor/participant/participant-images';
import type { Past } from '../../../src/editor/participant/participant-history';
import type { TurnParts } from '../../../src/editor/participant/participant-turn';
import { respond } from '../../../src/editor/participant/participant-turn';
import { attemptWith, decisionWith } from '../../core/samples';

vi.mock('vscode', () => import('../fake-vscode'));

const nothingBefore: Past = {
  conversationId: undefined,
  lockedTo: undefined,
  messages: [],
  last: undefined,
};

/** What the models say, and what was handed on of it. */
const answerText = '`sky.blue()`';
const handed: (readonly unknown[])[] = [];

/** What was read of the turn before. */
const read = vi.fn<NextTurns['read']>();

/** The request that the router gets for a request of the native chat. */
async function askedBy(
  request: { readonly command?: string; readonly prompt: string },
  past: Past = nothingBefore,
): Promise<RouteRequest | undefined> {
  const asked: RouteRequest[] = [];
  async function* answer(given: RouteRequest): AsyncGenerator<AnswerEvent> {
    asked.push(given);
    yield await Promise.resolve({ type: 'decided', decision: decisionWith() });
    yield { type: 'text', text: answerText };
    yield { type: 'finished', attempt: attemptWith(), truncated: false };
  }
  const pool = { name: 'default', deployments: [] };
  const parts = {
    conduit: () => Promise.resolve({ answer }),
    configuration: {
      pool: () => Promise.resolve(pool),
      current: () => Promise.resolve({ pools: [pool] }),
    },
    uses: { replaced: () => undefined },
    nextTurns: { read },
    pictures: createAskedPictures(),
    onAnswered: () => undefined,
    taken: { answered: (...answer: readonly unknown[]) => handed.push(answer) },
  } as unknown as TurnParts;
  const stream = {
    markdown: () => undefined,
    progress: () => undefined,
    button: () => undefined,
    reference: () => undefined,
  } as unknown as vscode.ChatResponseStream;
  await respond(parts, {
    request: { references: [], ...request } as unknown as vscode.ChatRequest,
    stream,
    signal: new AbortController().signal,
    past,
    conversationId: 'c',
  });
  return asked[0];
}

test('a command says what kind of task it is', async () => {
  expect(await askedBy({ command: 'fix', prompt: 'the loop never ends' })).toMatchObject({
    origin: 'participant',
    known: { kind: 'fix-code' },
  });
});

test('a question says what the user’s own words are', async () => {
  expect(await askedBy({ prompt: 'Why is the sky blue?' })).toMatchObject({
    known: { kind: undefined, words: 'Why is the sky blue?', language: undefined },
  });
});

test('another answer is of the kind that the first one was', async () => {
  const question = (await askedBy({ command: 'tests', prompt: 'with vitest' }))?.messages.at(-1)?.text ?? '';
  const last = { question, before: [], pool: 'default', words: 'with vitest', answers: [], given: undefined };
  expect(await askedBy({ command: 'another', prompt: '' }, { ...nothingBefore, last })).toMatchObject({
    known: { kind: 'write-tests' },
  });
});

test('an answer is handed on with what it answers, to notice what is taken from it', async () => {
  handed.length = 0;
  await askedBy({ prompt: 'Why is the sky blue?' });
  const by = { decisionId: 'decision', deploymentId: 'strong' };
  expect(handed).toEqual([[by, answerText, [{ role: 'user', text: 'Why is the sky blue?' }]]]);
});

describe('what is said of the answer before', () => {
  const given = { by: { decisionId: 'd1', deploymentId: 'mini' }, question: 'Sort it', answer: 'Sorted.' };
  const last = {
    question: 'Sort it',
    before: [],
    pool: 'default',
    words: 'Sort it',
    answers: [given.by],
    given,
  };
  const past: Past = { ...nothingBefore, last };

  beforeEach(() => read.mockClear());

  test('is read of a question’s own words', async () => {
    await askedBy({ prompt: 'That is wrong.' }, past);
    expect(read.mock.calls).toEqual([[given, 'That is wrong.']]);
  });

  test.each([
    ['a command', { command: 'fix', prompt: 'that is wrong' }, past],
    ['another answer', { command: 'another', prompt: '' }, past],
    ['the first question', { prompt: 'That is wrong.' }, nothingBefore],
    [
      'an answer that did not come whole',
      { prompt: 'That is wrong.' },
      { ...past, last: { ...last, given: undefined } },
    ],
  ])('is not read with %s', async (_name, request, before) => {
    await askedBy(request, before);
    expect(read).not.toHaveBeenCalled();
  });
});
