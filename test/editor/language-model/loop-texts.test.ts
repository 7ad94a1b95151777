import { beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../src/core/terms/request';
import type { LoopTexts } from '../../../src/editor/language-model/loop-texts';
import { createLoopTexts } from '../../../src/editor/language-model/loop-texts';

/** What follows the results of a tool: the user's next message, or what the caller says with every step. */

const user = (text: string): Message => ({ role: 'user', text });
const call: Message = { role: 'assistant', text: '', toolCalls: [{ id: '1', name: 'look', input: {} }] };
const result = (text = ''): Message => ({ role: 'user', text, toolResults: [{ callId: '1', text: 'blue' }] });

let texts: LoopTexts;
beforeEach(() => {
  texts = createLoopTexts();
  texts.remember('loop', [
    user('earlier'),
    { role: 'assistant', text: 'yes' },
    user('rules'),
    user('question'),
  ]);
});

test.each([
  ['results alone', [user('question'), call, result()]],
  ['the question again', [user('question'), call, result(), user(' question\n')]],
  ['the context, moved behind the results', [user('question'), call, result(), user('rules')]],
  ['a text in one message with the results', [user('question'), call, result('noon')]],
  ['an image of a tool', [user('question'), call, result(), user('')]],
  ['rules that aren’t the user’s', [user('question'), call, result(), { role: 'system', text: 'new' }]],
] as const)('%s go on with the loop', (_name, messages) => {
  expect(texts.isNewTurn('loop', messages)).toBe(false);
});

test.each([
  ['something else', [user('question'), call, result(), user('Forget that.')]],
  ['something else beside what is known', [call, result(), user('rules'), user('Forget that.')]],
  ['what was said in an earlier turn', [call, result(), user('earlier')]],
] as const)('%s is a new turn', (_name, messages) => {
  expect(texts.isNewTurn('loop', messages)).toBe(true);
});

test('what came in a later step is known too, and of another loop nothing is', () => {
  const messages = [user('question'), call, result(), user('Step 2.')];
  expect(texts.isNewTurn('loop', messages)).toBe(true);
  texts.remember('loop', messages);
  expect(texts.isNewTurn('loop', messages)).toBe(false);
  expect(texts.isNewTurn('loop', [user('question'), call, result(), user('rules')])).toBe(false);
  expect(texts.isNewTurn('another', messages)).toBe(true);
});

test('only so many loops are remembered', () => {
  texts = createLoopTexts(2);
  for (const id of ['a', 'b', 'c']) texts.remember(id, [user('question')]);
  const again = [call, result(), user('question')];
  expect(['a', 'b', 'c'].map((id) => texts.isNewTurn(id, again))).toEqual([true, false, false]);
});
