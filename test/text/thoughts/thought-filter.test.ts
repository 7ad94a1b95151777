import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createThoughtFilter } from '../../../src/text/thoughts/thought-filter';

/** What comes of a text in these pieces. */
function parted(pieces: readonly string[]): { readonly text: string; readonly thoughts: string } {
  const filter = createThoughtFilter();
  let text = '';
  let thoughts = '';
  for (const part of [...pieces.flatMap((piece) => filter.take(piece)), ...filter.end()]) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'thought') thoughts += part.text;
    else {
      thoughts += text;
      text = '';
    }
  }
  return { text, thoughts: thoughts.trimEnd() };
}

describe.each([
  ['<think>Hm.</think>\n\n42', 'Hm.', '42'],
  ['\n <THINK>Hm.</THINK>42', 'Hm.', '42'],
  ['<thinking>Hm.</thinking>42', 'Hm.', '42'],
  ['[THINK]Hm.[/THINK]42', 'Hm.', '42'],
  ['◁think▷Hm.◁/think▷42', 'Hm.', '42'],
  ['<think>One.</think><think>Two.</think>42', 'One.Two.', '42'],
  ['<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>42', 'Hm.', '42'],
  ['Hm.\n</think>\n\n42', 'Hm.', '42'],
  ['</think>\n42', '', '42'],
  ['Hm.</think>42', 'Hm.', '42'],
  ['<think duration="3">Hm.</think>42', 'Hm.', '42'],
  ['<think>Hm.</think>\n<answer>\n42</answer>\n', 'Hm.', '42'],
  ['<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>42<|END_RESPONSE|>', 'Hm.', '42'],
  ['<|channel>thought\nHm.<channel|>42', 'Hm.', '42'],
])('%j', (whole, thoughts, text) => {
  test('is told apart, in whatever pieces it comes', () => {
    expect(parted([whole])).toEqual({ text, thoughts });
    expect(parted(Array.from(whole))).toEqual({ text, thoughts });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (lengths) => {
        const pieces: string[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn += 1) {
          const length = lengths[turn % lengths.length] ?? 1;
          pieces.push(whole.slice(at, at + length));
          at += length;
        }
        expect(parted(pieces)).toEqual({ text, thoughts });
      }),
    );
  });
});

test.each([
  'The tag <think> begins it, and </think> ends it.',
  '42 </think> is not an answer.',
  '```xml\n<think>\nx\n</think>\n```',
  '<thin',
  '<b>bold</b>',
  ' \n 42',
  'Use `</think>`\nhere',
  'Use `a</think>` here',
  '<answer>42</answer>',
  '<thinker>x</thinker>',
])('%j is an answer as it is', (text) => {
  expect(parted([text])).toEqual({ text, thoughts: '' });
  expect(parted(Array.from(text))).toEqual({ text, thoughts: '' });
});

test('an answer that ends within its thoughts has them as its text: better than none', () => {
  expect(parted(['<think>It is 42.']).text).toBe('It is 42.');
});

test('any text without the marks is an answer as it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom(...Array.from('<>/[]|think \n4')) })),
      (pieces) => {
        const whole = pieces.join('');
        fc.pre(!/think/i.test(whole));
        expect(parted(pieces)).toEqual({ text: whole, thoughts: '' });
      },
    ),
  );
});
