import { beforeEach, describe, expect, test } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { parseSaved, textOfSaved } from '../../../src/editor/chat/conversation-file';
import type { ToldUses } from '../../../src/editor/observations/answer-uses';
import type { TurnView } from '../../../src/webview/protocol/chat';
import { attemptWith } from '../../core/samples';
import {
  target,
  stage,
  stageIn,
  stageWith,
  decided,
  decidedFor,
  finished,
  failure,
  question,
  ended,
  strongAnswer,
  weakAnswer,
} from './conversation-stage';

beforeEach(() => {
  target.current = { pool: 'default' };
});

test('the router is told the user’s own words and what is attached, at each answer', async () => {
  const { conversation, requests } = stage([decided, finished('strong')], [decided, finished('strong')]);
  const attachments = [{ label: 'a.ts', languageId: 'typescript', text: 'throw new TypeError();' }];
  conversation.ask({ prompt: 'Why?', attachments, origin: 'chat' });
  await ended(conversation);
  conversation.redo('id-1');
  await ended(conversation);
  const known = { words: 'Why?', language: 'typescript' };
  expect(requests).toMatchObject([{ known }, { known }]);
});

test('an answer streams into its turn and ends with the line', async () => {
  const { conversation, posted } = stage([
    decided,
    { type: 'text', text: 'A' },
    { type: 'text', text: 'B' },
    finished('strong'),
  ]);
  expect(conversation.ask(question('Why?'))).toBe(true);
  await ended(conversation);
  expect(conversation.part().turns).toMatchObject([
    { prompt: 'Why?', answer: 'AB', status: 'done', line: { model: 'strong' } },
  ]);
  // The first text comes with its turn.
  expect(posted.filter(({ type }) => type === 'delta')).toEqual([
    { type: 'delta', turnId: 'id-1', text: 'B' },
  ]);
  expect(posted).toContainEqual({
    type: 'turn',
    turn: expect.objectContaining({ id: 'id-1', status: 'streaming', answer: 'A' }) as TurnView,
  });
});

test('a second question is refused while an answer is under way, so that the caller keeps its text', async () => {
  const { conversation } = stage([decided, finished('strong')]);
  expect(conversation.ask(question('first'))).toBe(true);
  expect(conversation.ask(question('second'))).toBe(false);
  await ended(conversation);
  expect(conversation.part().turns).toHaveLength(1);
});

test('the conversation goes on: the history carries what was asked and answered', async () => {
  const { conversation, requests } = stage(
    [decided, { type: 'text', text: 'Four.' }, finished('strong')],
    [decided, finished('strong')],
  );
  conversation.ask(question('2+2?'));
  await ended(conversation);
  conversation.ask(question('And 3+3?'));
  await ended(conversation);
  expect(requests[1]?.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
    'user: 2+2?',
    'assistant: Four.',
    'user: And 3+3?',
  ]);
  expect(requests[0]?.conversationId).toBe(requests[1]?.conversationId);
});

test('a failure keeps the prompt, says what happened, and retry asks the same again', async () => {
  const failed: AnswerEvent = {
    type: 'failed',
    attempt: attemptWith({ decisionId: 'd1', deploymentId: 'strong', outcome: 'failed', failure }),
    failure,
    partial: false,
  };
  const { conversation, requests } = stage(
    [decided, failed],
    [decided, { type: 'text', text: 'ok' }, finished('strong')],
  );
  conversation.ask(question('Why?'));
  await ended(conversation);
  const [turn] = conversation.part().turns;
  expect(turn).toMatchObject({ prompt: 'Why?', status: 'failed' });
  expect(turn?.error?.text).toContain('strong failed (server error): 500 from the server. ');
  expect(turn?.error?.actions).toContain('retry');
  expect(conversation.retry(turn?.id ?? '')).toBe(true);
  await ended(conversation);
  expect(conversation.part().turns).toMatchObject([{ prompt: 'Why?', answer: 'ok', status: 'done' }]);
  expect(requests[1]?.messages).toEqual(requests[0]?.messages);
});

test('what throws (a ledger that can not be written) becomes an error of the turn', async () => {
  const { conversation } = stage(new Error('conduit.db is locked'));
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(conversation.part().turns).toMatchObject([
    {
      prompt: 'Why?',
      status: 'failed',
      error: { text: 'conduit.db is locked', actions: ['retry', 'show-log'] },
    },
  ]);
});

test('after a fallback the notice names both models and the rating is evidence about the one that answered', async () => {
  const { conversation, rate } = stage([
    decided,
    { type: 'fell-back', from: 'strong', to: 'weak', failure },
    { type: 'text', text: 'x' },
    finished('weak'),
  ]);
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(conversation.part().turns[0]?.notices).toEqual([
    'strong failed (server error); weak was asked instead.',
  ]);
  await conversation.rate('d1', 'down');
  expect(rate).toHaveBeenLastCalledWith('d1', 'weak', 'down', undefined);
  expect(conversation.part().turns[0]?.thumb).toBe('down');
  await conversation.rate('d1', undefined);
  expect(rate).toHaveBeenLastCalledWith('d1', 'weak', undefined, undefined);
  expect(conversation.part().turns[0]?.thumb).toBeUndefined();
});

test('a model that is asked again is said so until something becomes of it', async () => {
  const again = { type: 'retrying', deploymentId: 'strong', waitMs: 3_000, failure } as const;
  const retried = 'strong failed (server error); it was asked again after 3 s.';
  const { conversation, posted } = stage(
    [decided, again, { type: 'fell-back', from: 'strong', to: 'weak', failure }, finished('weak')],
    [decided, again, { type: 'text', text: 'x' }, finished('strong')],
  );
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(JSON.stringify(posted)).toContain(retried);
  expect(conversation.part().turns[0]?.notices).toEqual([
    'strong failed (server error); weak was asked instead.',
  ]);
  conversation.ask(question('And why?'));
  await ended(conversation);
  expect(conversation.part().turns[1]?.notices).toEqual([retried]);
});

test('no eligible model: the reason for each, and the way to a key', async () => {
  const { conversation } = stage([
    { type: 'no-model', pool: 'gpt', excluded: [{ deploymentId: 'mini', reason: 'missing-key' }] },
  ]);
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(conversation.part().turns[0]?.error?.text).toContain('mini: no API key');
  expect(conversation.part().turns[0]?.error?.actions[0]).toBe('set-key');
});

/** Two models' answers to the same question, ready to be told apart. */
test('a question that names a pool goes there, past the lock of its conversation', async () => {
  target.current = { pool: 'default', only: 'strong' };
  const { conversation, requests } = stage(weakAnswer, strongAnswer);
  conversation.ask({ ...question('Why?'), pool: 'fast' });
  await ended(conversation);
  conversation.ask(question('And?'));
  await ended(conversation);
  expect(requests).toMatchObject([{ pool: 'fast' }, { pool: 'default', only: 'strong' }]);
  expect(requests[0]?.only).toBeUndefined();
});

describe('what is done with an answer', () => {
  const hello: AnswerEvent = { type: 'text', text: 'Hello' };

  test('is told once of the decision and the model that answered, after a fallback too', async () => {
    const fell: AnswerEvent = {
      type: 'fell-back',
      from: 'strong',
      to: 'weak',
      failure,
    };
    const { conversation, observe } = stage([decided, fell, hello, finished('weak')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    await conversation.used('d1', 'copied');
    await conversation.used('d1', 'copied');
    await conversation.used('d1', 'inserted');
    expect(observe.mock.calls).toEqual([
      ['d1', 'weak', { kind: 'copied' }],
      ['d1', 'weak', { kind: 'inserted' }],
    ]);
  });

  test('is told of nothing that the conversation does not show: the page is not trusted', async () => {
    const { conversation, observe } = stage([decided, hello, finished('strong')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    await conversation.used('somebody else’s', 'copied');
    expect(observe).not.toHaveBeenCalled();
  });

  test('is told of an earlier answer, after its window was closed too', async () => {
    const { conversation } = stage(
      [decided, hello, finished('strong')],
      [decidedFor('d2', 'weak'), hello, finished('weak')],
    );
    conversation.ask(question('Why?'));
    await ended(conversation);
    conversation.redo('id-1');
    await ended(conversation);
    const file = textOfSaved({ id: 'c', revision: 'r', updatedMs: 0, turns: conversation.saved() });
    const { conversation: reopened, observe } = stageWith(parseSaved(file)?.turns ?? []);
    await reopened.used('d1', 'copied');
    await reopened.used('d2', 'inserted');
    expect(observe.mock.calls).toEqual([
      ['d1', 'strong', { kind: 'copied' }],
      ['d2', 'weak', { kind: 'inserted' }],
    ]);
  });

  test('is told once over a reload, and of answers that a conversation has in common with another', async () => {
    const told: ToldUses = new Map();
    const { conversation, observe, changed } = stageIn(told, [], [decided, hello, finished('strong')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    const before = conversation.saved();
    changed.mockClear();
    await conversation.used('d1', 'copied');
    expect(changed).toHaveBeenCalledOnce();
    await conversation.used('d1', 'copied');
    expect(changed).toHaveBeenCalledOnce();

    const fork = stageIn(told, before);
    await fork.conversation.used('d1', 'copied');
    expect(fork.observe).not.toHaveBeenCalled();

    const file = textOfSaved({ id: 'c', revision: 'r', updatedMs: 0, turns: conversation.saved() });
    const reloaded = stageWith(parseSaved(file)?.turns ?? []);
    await reloaded.conversation.used('d1', 'copied');
    expect(reloaded.observe).not.toHaveBeenCalled();
    await reloaded.conversation.used('d1', 'inserted');
    expect(reloaded.observe.mock.calls).toEqual([['d1', 'strong', { kind: 'inserted' }]]);
    expect(observe).toHaveBeenCalledOnce();
  });

  test('that could not be recorded is told the next time', async () => {
    const { conversation, observe } = stage([decided, hello, finished('strong')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    observe.mockRejectedValueOnce(new Error('conduit.db is locked'));
    await expect(conversation.used('d1', 'copied')).rejects.toThrow('locked');
    expect(conversation.saved()[0]).not.toHaveProperty('told');
    await conversation.used('d1', 'copied');
    expect(observe).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['regenerated', undefined],
    ['regenerated', { pool: 'default', deploymentId: 'strong' }],
    ['retried-elsewhere', { pool: 'default', deploymentId: 'weak' }],
  ] as const)('asked for again it is %s, by %j', async (kind, by) => {
    const { conversation, observe } = stage([decided, hello, finished('strong')], []);
    conversation.ask(question('Why?'));
    await ended(conversation);
    conversation.redo('id-1', by);
    await ended(conversation);
    expect(observe.mock.calls).toEqual([['d1', 'strong', { kind }]]);
  });

  test('of a duel that is answered anew both answers are told', async () => {
    const { conversation, observe } = stage(
      [decided, hello, finished('strong')],
      [decidedFor('d2', 'weak'), hello, finished('weak')],
      [],
    );
    conversation.ask(question('Why?'));
    await ended(conversation);
    conversation.duel('id-1');
    await ended(conversation);
    await conversation.used('d2', 'copied');
    conversation.redo('id-1');
    await ended(conversation);
    expect(observe.mock.calls).toEqual([
      ['d2', 'weak', { kind: 'copied' }],
      ['d1', 'strong', { kind: 'regenerated' }],
      ['d2', 'weak', { kind: 'regenerated' }],
    ]);
  });

  test('a thumb down may have a reason, which goes when the thumb is changed', async () => {
    const { conversation, rate } = stage([decided, hello, finished('strong')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    await conversation.rate('d1', 'down', 'too-long');
    expect(rate.mock.calls).toEqual([['d1', 'strong', 'down', 'too-long']]);
    expect(conversation.part().turns[0]).toMatchObject({ thumb: 'down', reason: 'too-long' });
    await conversation.rate('d1', 'up');
    expect(conversation.part().turns[0]).not.toHaveProperty('reason');
  });
});
