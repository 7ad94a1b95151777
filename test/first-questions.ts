/** Models of different public strength, whose figures are far enough apart for one order; and ten questions to them. */

export const best = 'gpt-5.4';
export const second = 'gpt-4.1';
export const weak: readonly string[] = ['mistral-7b-instruct-v0.3', 'llama-3.1-8b-instruct'];
/** The best one stands last: the order of a file decides nothing. */
export const names: readonly string[] = [...weak, second, best];

/** Of several kinds, about code and other things. */
export const questions: readonly string[] = [
  'What is a monad?',
  'How do I reverse a list in Python?',
  'Explain what this does: x => x + 1',
  'Write a function that adds two numbers.',
  'Who wrote Faust?',
  'What is 17 * 23?',
  'Translate "good morning" into French.',
  'Fix this: for (i = 0; i < 3; i++ { }',
  'Name three sorting algorithms.',
  'Write a haiku about rain.',
];
