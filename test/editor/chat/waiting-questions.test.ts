import { beforeEach, expect, test } from 'vitest';
import type { Question } from '../../../src/editor/chat/saved-conversation';
import type { WaitingQuestions } from '../../../src/editor/chat/waiting-questions';
import { createWaitingQuestions } from '../../../src/editor/chat/waiting-questions';

let changes: (readonly string[])[];
let waiting: WaitingQuestions;

beforeEach(() => {
  changes = [];
  waiting = createWaitingQuestions(() => changes.push(waiting.prompts));
});

function question(prompt: string): Question {
  return { prompt, attachments: [], origin: 'chat' };
}

test('questions wait in order until they are taken', () => {
  waiting.add(question('a'));
  waiting.add(question('b'));
  waiting.addFirst(question('first'));
  const asked: string[] = [];
  waiting.offer(() => false);
  expect(waiting.prompts).toEqual(['first', 'a', 'b']);
  for (let index = 0; index < 4; index += 1) waiting.offer(({ prompt }) => asked.push(prompt) > 0);
  expect(asked).toEqual(['first', 'a', 'b']);
  expect(changes.at(-1)).toEqual([]);
});

test('one is taken back only where it still stands, and all at the end', () => {
  for (const prompt of ['a', 'b', 'c']) waiting.add(question(prompt));
  expect(waiting.takeBack(0, 'b')).toBeUndefined();
  expect(waiting.prompts).toEqual(['a', 'b', 'c']);
  expect(waiting.takeBack(1, 'b')?.prompt).toBe('b');
  expect(waiting.takeAll().map(({ prompt }) => prompt)).toEqual(['a', 'c']);
  expect(waiting.prompts).toEqual([]);
});
