import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { turnClasses } from '../../../src/core/terms/observation';
import { turnClassOf } from '../../../src/text/next-turn/turn-class';
import { runs } from '../../runs';

/** After an answer with code to a question that none of these ask again. */
const classOf = (next: string, answerHasCode = true, question = 'Write a parser for INI files in Go') =>
  turnClassOf({ question, answerHasCode, next });

describe('what is said in the user’s own words', () => {
  test.each([
    ['That is wrong.', 'says-wrong'],
    ['thanks, but it still fails', 'says-wrong'],
    ['Great, now everything is gone.', 'says-wrong'],
    ['Great, now it works.', 'thanks'],
    ['Thanks! Now how do I read comments?', 'thanks'],
    ['Can you add comments too? Thanks', 'goes-on'],
    ['No problem, next: sections', 'goes-on'],
    ['That’s not wrong, but please use a map.', 'goes-on'],
    ['What happens if the value is wrong?', 'goes-on'],
    ['wrong button colour in my CSS, how do I change it?', 'goes-on'],
    ['Das stimmt leider nicht.', 'says-wrong'],
    ['Merci beaucoup !', 'thanks'],
    ['Это не работает', 'says-wrong'],
    ['这个代码不行', 'says-wrong'],
    ['ＴＨＡＮＫＳ！', 'thanks'],
  ] as const)('%s', (next, expected) => {
    expect(classOf(next)).toBe(expected);
  });

  test.each([
    ['a fence', 'Use this:\n```go\n// that is wrong, it does not work\nreturn nil\n```'],
    ['an open fence', 'Use this:\n~~~\nthat is wrong\n'],
    ['inline code', 'Rename `itDoesNotWork` to `that is wrong`'],
    ['quotation marks', 'The message is to say "that is wrong"'],
    ['typographic ones', 'Die Meldung soll „das ist falsch“ sagen'],
    ['a quotation', '> that is wrong\n\nPut this line into the help'],
  ])('is not what stands in %s', (_name, next) => {
    expect(classOf(next)).toBe('goes-on');
  });

  test('are no words at all: nothing is told', () => {
    expect(['', ' \n ', '???', '…', '\u{1F937}'].map((next) => classOf(next))).toEqual(
      Array(5).fill(undefined),
    );
  });

  test('in a language that no lexicon has tell nothing', () => {
    expect(classOf('هذا الكود لا يعمل عندي إطلاقا')).toBeUndefined();
    expect(classOf('Bu kod benim bilgisayarımda çalışmıyor maalesef')).toBeUndefined();
  });

  test('are a thumb of their own', () => {
    expect([classOf('👍'), classOf('👎')]).toEqual(['thanks', 'says-wrong']);
  });
});

describe('an error', () => {
  const trace = 'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\nKeyError: 3';

  test('after code is one of it, with thanks or complaints around it', () => {
    expect(classOf(trace)).toBe('pastes-error');
    expect(classOf(`thanks, almost there\n\n\`\`\`\n${trace}\n\`\`\``)).toBe('pastes-error');
    expect(classOf(`still wrong\n${trace}`)).toBe('pastes-error');
  });

  test('after an answer without code is a question', () => {
    expect(classOf(trace, false)).toBe('goes-on');
    expect(classOf(`${trace}\nthat is wrong, there is a key`, false)).toBe('says-wrong');
  });

  test('is found at the end of what was pasted, however long it is', () => {
    const log = Array.from({ length: 20_000 }, (_, at) => `12:00:00 step ${String(at)}`).join('\n');
    expect(classOf(`${log}\n${trace}`)).toBe('pastes-error');
  });
});

describe('the same question', () => {
  const question = 'How do I cancel a request when the component unmounts?';
  const after = (next: string) => classOf(next, false, question);

  test('is asked again word for word, in capitals, and in nearly the same words', () => {
    expect(after(question)).toBe('asks-again');
    expect(after(question.toUpperCase())).toBe('asks-again');
    expect(after('how can i cancel requests when a component is unmounted')).toBe('asks-again');
    expect(after('I repeat: how to cancel a request when the component unmounts?')).toBe('asks-again');
  });

  test('is not what asks for more, for another number, or for less', () => {
    expect(after('How do I cancel a timer when the component unmounts?')).toBe('goes-on');
    expect(after('How do I cancel another request when the component unmounts?')).toBe('goes-on');
    expect(after('unmounts?')).toBe('goes-on');
    expect(classOf('list the primes up to 200', true, 'list the primes up to 100')).toBe('goes-on');
  });

  test('is not “go on” after “go on”', () => {
    expect(classOf('continue', true, 'continue')).toBe('goes-on');
  });

  test('is it also where its own words complain', () => {
    const complaint = 'Why does my parser not work? It is wrong about comments';
    expect(classOf(complaint, true, complaint)).toBe('asks-again');
  });
});

describe('whatever is written', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '```',
      '\n',
      ' ',
      '"',
      '`',
      'no, ',
      'thanks',
      'wrong',
      'Error: x y',
      '不对',
      '다시',
      'ありがとう',
      '　',
      '>',
      '. ',
    ),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('one of the classes is told, or nothing', () => {
    const property = fc.property(text, text, fc.boolean(), (question, next, answerHasCode) => {
      expect([undefined, ...turnClasses]).toContain(turnClassOf({ question, answerHasCode, next }));
    });
    fc.assert(property, { numRuns: runs(500) });
  });

  test('the same is told each time, and of text in any form of Unicode', () => {
    const property = fc.property(text, text, (question, next) => {
      const told = (form: string) => turnClassOf({ question, answerHasCode: true, next: form });
      expect(told(next)).toBe(told(next));
    });
    fc.assert(property, { numRuns: runs(200) });
    for (const next of [
      'Das ist überhaupt nicht richtig, da fehlt ein Ä',
      'já não funciona',
      '動きません',
      '틀렸어',
    ])
      expect(['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) => classOf(next.normalize(form)))).toEqual(
        Array(4).fill(classOf(next)),
      );
  });

  test('never more than a bound of it is read: what stands in the middle of a long text changes nothing', () => {
    const property = fc.property(text, fc.integer({ min: 0, max: 200_000 }), (middle, more) => {
      const begin = 'That is wrong. '.padEnd(9_000, 'and so on ');
      const end = 'x '.repeat(5_000);
      expect(classOf(begin + middle + 'y'.repeat(more) + end)).toBe('says-wrong');
    });
    fc.assert(property, { numRuns: runs(50) });
  });

  test.each([
    ['spaces', ' '.repeat(300_000)],
    ['one word', 'a'.repeat(300_000)],
    ['quotes', '"'.repeat(300_000)],
    ['fences', '```\n'.repeat(100_000)],
    ['lines of a trace', '    at f (a.js:1:1)\n'.repeat(30_000)],
    ['“not” and again', 'not '.repeat(80_000)],
    ['“it is” and again', 'it is the '.repeat(30_000)],
    ['sentences', 'No. '.repeat(80_000)],
    ['Chinese', '不对'.repeat(100_000)],
    ['accents', 'a\u0301\u0302\u0303'.repeat(80_000)],
  ])('a page full of %s is read like any other', (_name, next) => {
    expect([undefined, ...turnClasses]).toContain(classOf(next));
    expect([undefined, ...turnClasses]).toContain(turnClassOf({ question: next, answerHasCode: true, next }));
  });
});
