import { describe, expect, test } from 'vitest';
import { edited } from './edited';

const document = 'import os\n\n\ndef f():\n    return 1\n';
const draft = '```python\ndef f():\n    # a longer draft, which is wrong\n    return sum([1, 1, 0])\n```';
const answer = '```python\ndef f():\n    return 2\n```';

describe('thoughts within the text', () => {
  test.each([
    ['before the answer', `<think>\nMaybe:\n${draft}\n</think>\n${answer}`],
    ['behind a greeting', `Sure.\n<think>\n${draft}\n</think>\n${answer}`],
    ['behind the answer', `${answer}\n<think>\nIs that right?\n${draft}\n</think>\n`],
    ['several of them', `<think>a</think>\n<think>\n${draft}\n</think>\n${answer}`],
    ['in capitals, with an attribute', `<Thinking type="deep">\n${draft}\n</Thinking>\n${answer}`],
    ['another tag', `<scratchpad>\n${draft}\n</scratchpad>\n\n${answer}`],
    ['that end without having begun', `${draft}\nNo.\n</think>\n${answer}`],
    ['in one line', `<reasoning>${draft.replaceAll('\n', ' ')}</reasoning>\n${answer}`],
    ['with a fence that stays open', `<think>\n\`\`\`python\ndef f():\n</think>\n${answer}`],
  ])('%s', (_name, text) => {
    expect(edited(text, document, [4, 5], 'python')).toEqual({
      text: document.replace('1', '2'),
      doubts: [],
      proposed: true,
    });
  });

  test('a document that is about thoughts keeps its tags', () => {
    const prompt = 'Write your thoughts so:\n<think>\nold\n</think>\n';
    expect(
      edited('Write your thoughts so:\n<think>\nnew\n</think>', prompt, undefined, 'plaintext').text,
    ).toBe(prompt.replace('old', 'new'));
  });

  test('code that has such a tag within its block keeps it', () => {
    const { text } = edited('```ts\nconst tag = `\n<think>\na</think>`;\n```', 'const tag = ``;\n');
    expect(text).toBe('const tag = `\n<think>\na</think>`;\n');
  });

  test('thoughts without an end are the answer: better than none', () => {
    expect(edited(`<think>\n${answer}`, document, [4, 5], 'python').text).toBe(document.replace('1', '2'));
  });
});
