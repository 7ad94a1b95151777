import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseSaved, textOfSaved } from '../../../src/editor/chat/conversation-file';
import type { Question } from '../../../src/editor/chat/saved-conversation';
import type { ToldUses } from '../../../src/editor/observations/answer-uses';
import { readQuestion } from '../../../src/text/slash-commands';
import type { Stage } from './conversation-stage';
import {
  asked,
  decided,
  ended,
  failure,
  noticing,
  question,
  stage,
  stageIn,
  stageWith,
  strongAnswer,
  weakAnswer,
} from './conversation-stage';
import { attemptWith } from '../../core/samples';

beforeEach(() => {
  noticing.current = true;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const wrong = 'That is wrong.';

async function next(staged: Pick<Stage, 'conversation'>, now: Question): Promise<void> {
  expect(staged.conversation.ask(now)).toBe(true);
  await vi.runAllTimersAsync();
  await ended(staged.conversation);
}

test('what the next question says of an answer is told of it, and the request of the question is as ever', async () => {
  const staged = await asked(strongAnswer, weakAnswer);
  await next(staged, question(wrong));
  expect(staged.observe.mock.calls).toEqual([['d1', 'strong', { kind: 'next-turn', turn: 'says-wrong' }]]);
  expect(staged.requests[1]?.messages.at(-1)?.text).toBe(wrong);
});

test('of an answer that another took the place of nothing, of that one it is told', async () => {
  const staged = await asked(strongAnswer, weakAnswer, strongAnswer);
  staged.conversation.redo(staged.id);
  await ended(staged.conversation);
  staged.observe.mockClear();
  await next(staged, question('Thanks!'));
  expect(staged.observe.mock.calls).toEqual([['d2', 'weak', { kind: 'next-turn', turn: 'thanks' }]]);
});

test.each<[string, (staged: Stage & { readonly id: string }) => unknown]>([
  ['asking another model', ({ conversation, id }) => conversation.redo(id)],
  ['asking a second one beside it', ({ conversation, id }) => conversation.duel(id)],
])('%s is no next turn', async (_name, act) => {
  const staged = await asked(strongAnswer, weakAnswer);
  act(staged);
  await vi.runAllTimersAsync();
  await ended(staged.conversation);
  expect(staged.observe.mock.calls.filter(([, , { kind }]) => kind === 'next-turn')).toEqual([]);
});

test.each<[string, Question]>([
  ['a command', { ...readQuestion('/fix that is wrong', []), attachments: [], origin: 'chat' }],
  ['a pool alone', question('/wrong')],
  ['another feature', { ...question(wrong), origin: 'explain-selection' }],
  ['an earlier question in other words', { ...question(wrong), apart: true }],
])('%s tells nothing of the answer before', async (_name, now) => {
  const staged = await asked(strongAnswer, weakAnswer);
  await next(staged, now);
  expect(staged.observe).not.toHaveBeenCalled();
});

test('a command with a pool’s name and own words tells what these say', async () => {
  const staged = await asked(strongAnswer, weakAnswer);
  await next(staged, { ...readQuestion(`/fast ${wrong}`, ['fast']), attachments: [], origin: 'chat' });
  expect(staged.observe).toHaveBeenCalledOnce();
});

test('an answer that failed, was stopped or stands beside another tells nothing', async () => {
  const broken = { type: 'failed', attempt: attemptWith(), failure, partial: true } as const;
  const staged = stage(
    [decided, { type: 'text', text: 'Half' }, broken],
    strongAnswer,
    weakAnswer,
    strongAnswer,
  );
  await next(staged, question('Why?'));
  await next(staged, question(wrong));
  const last = staged.conversation.part().turns.at(-1)?.id ?? '';
  staged.conversation.duel(last);
  await ended(staged.conversation);
  await next(staged, question(wrong));
  expect(staged.observe).not.toHaveBeenCalled();
});

test('the same words about another file are no question asked again', async () => {
  const file = (text: string) => [{ label: 'a.ts', languageId: 'typescript', text }];
  const words = 'Explain how this module reads its configuration';
  const classes = [];
  for (const text of ['a', 'b']) {
    const staged = stage(strongAnswer, weakAnswer);
    await next(staged, { ...question(words), attachments: file('a') });
    await next(staged, { ...question(words), attachments: file(text) });
    classes.push(staged.observe.mock.calls[0]?.[2]);
  }
  expect(classes).toEqual([
    { kind: 'next-turn', turn: 'asks-again' },
    { kind: 'next-turn', turn: 'goes-on' },
  ]);
});

test('nothing is read where it may not be', async () => {
  noticing.current = false;
  const staged = await asked(strongAnswer, weakAnswer);
  await next(staged, question(wrong));
  expect(staged.observe).not.toHaveBeenCalled();
});

test('it is told once over a reload, and in a conversation that goes on from there', async () => {
  const told: ToldUses = new Map();
  const first = stageIn(told, [], strongAnswer, weakAnswer);
  await next(first, question('Why?'));
  const before = first.conversation.saved();
  await next(first, question(wrong));
  expect(first.observe).toHaveBeenCalledOnce();

  const fork = stageIn(told, before, weakAnswer);
  await next(fork, question(wrong));
  expect(fork.observe).not.toHaveBeenCalled();

  const file = textOfSaved({
    id: 'c',
    revision: 'r',
    updatedMs: 0,
    turns: first.conversation.saved().slice(0, 1),
  });
  const reloaded = stageWith(parseSaved(file)?.turns ?? [], weakAnswer);
  await next(reloaded, question(wrong));
  expect(reloaded.observe).not.toHaveBeenCalled();
});
